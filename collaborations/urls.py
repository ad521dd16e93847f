from django.urls import path

from collaborations import claim_views, inquiry_views, saved_search_views, suggestion_views, views

app_name = "collaborations"

urlpatterns = [
    path("praktik-baik/", views.practice_list, name="practices"),
    path("praktik-baik/<slug:slug>/", views.practice_detail, name="practice"),
    path("mitra/usul/", suggestion_views.suggest, name="suggest"),
    path("mitra/usul/terima-kasih/", suggestion_views.suggested, name="suggested"),
    path(
        "mitra/usul/status/<str:token>/",
        suggestion_views.suggestion_status,
        name="suggestion_status",
    ),
    path(
        "mitra/<slug:slug>/usul-koreksi/",
        suggestion_views.suggest_correction,
        name="suggest_correction",
    ),
    path("mitra/<slug:slug>/klaim/", claim_views.claim, name="claim"),
    path("mitra/<slug:slug>/klaim/terkirim/", claim_views.claimed, name="claimed"),
    path("mitra/<slug:slug>/hubungi/", inquiry_views.inquire, name="inquire"),
    path("mitra/<slug:slug>/hubungi/terkirim/", inquiry_views.inquiry_sent, name="inquiry_sent"),
    path("ajakan/ditarik/", inquiry_views.inquiry_withdrawn, name="inquiry_withdrawn"),
    path("ajakan/jawab/<str:token>/", inquiry_views.inquiry_answer, name="inquiry_answer"),
    path("ajakan/<str:token>/", inquiry_views.inquiry_state, name="inquiry_state"),
    path("pengelola/disetujui/", claim_views.claim_answered, {"is_agreed": True}, "claim_agreed"),
    path("pengelola/ditolak/", claim_views.claim_answered, {"is_agreed": False}, "claim_declined"),
    path("pengelola/setuju/<str:token>/", claim_views.claim_consent, name="claim_consent"),
    path("pengelola/<str:token>/", claim_views.steward_accept, name="steward_accept"),
    path("langganan/", saved_search_views.subscribe, name="subscribe"),
    path(
        "langganan/periksa-surel/",
        saved_search_views.subscription_asked,
        name="subscription_asked",
    ),
    path("langganan/selesai/", saved_search_views.subscription_ended, name="subscription_ended"),
    path(
        "langganan/konfirmasi/<str:token>/",
        saved_search_views.subscription_confirm,
        name="subscription_confirm",
    ),
    path("langganan/kelola/<str:token>/", saved_search_views.subscription, name="subscription"),
    path(
        "langganan/henti/<str:token>/",
        saved_search_views.subscription_stop,
        name="subscription_stop",
    ),
]
