from django.urls import path

from workspace import (
    history_views,
    inquiry_views,
    list_views,
    overview_views,
    people_views,
    proposal_views,
    steward_views,
    upkeep_views,
)

app_name = "workspace"

urlpatterns = [
    path("", overview_views.overview, name="overview"),
    path("wilayah/<slug:slug>/", overview_views.region, name="region"),
    path("wilayah/<slug:slug>/pengaturan/", overview_views.region_settings, name="region_settings"),
    path("mitra/", list_views.listings, name="listings"),
    path("mitra/sekaligus/", list_views.bulk, name="bulk"),
    path("mitra/<int:pk>/pengelola/", steward_views.listing_stewards, name="listing_stewards"),
    path("usulan/", proposal_views.proposals, name="proposals"),
    path("usulan/<int:pk>/", proposal_views.proposal, name="proposal"),
    path("usulan/<int:pk>/terima/", proposal_views.proposal_accept, name="proposal_accept"),
    path("usulan/<int:pk>/tolak/", proposal_views.proposal_decline, name="proposal_decline"),
    path("usulan/<int:pk>/ambil/", proposal_views.correction_take, name="correction_take"),
    path("pengelola/", steward_views.stewards, name="stewards"),
    path("pengelola/klaim/<int:pk>/", steward_views.claim, name="claim"),
    path(
        "pengelola/undangan/<int:pk>/kirim-ulang/",
        steward_views.invitation_resend,
        name="invitation_resend",
    ),
    path(
        "pengelola/undangan/<int:pk>/tarik/",
        steward_views.invitation_withdraw,
        name="invitation_withdraw",
    ),
    path("pengelola/<int:pk>/akhiri/", steward_views.stewardship_end, name="stewardship_end"),
    path("pengelola/<int:pk>/mundur/", steward_views.resign, name="resign"),
    path("mitra/<int:pk>/tautan/", upkeep_views.link, name="link"),
    path("ajakan/", inquiry_views.inquiries, name="inquiries"),
    path("ajakan/<int:pk>/", inquiry_views.inquiry, name="inquiry"),
    path("petugas/", people_views.people, name="people"),
    path("petugas/undang/", people_views.invite, name="invite"),
    path("petugas/<int:pk>/serah-terima/", people_views.hand_over, name="hand_over"),
    path("petugas/<int:pk>/akhiri/", people_views.assignment_end, name="assignment_end"),
    path(
        "petugas/undangan/<int:pk>/kirim-ulang/",
        people_views.invitation_send_again,
        name="officer_invitation_resend",
    ),
    path(
        "petugas/undangan/<int:pk>/tarik/",
        people_views.invitation_withdraw,
        name="officer_invitation_withdraw",
    ),
    path("surel/", upkeep_views.mail, name="mail"),
    path("mitra/<int:pk>/riwayat/", history_views.listing_history, name="listing_history"),
    path("riwayat/", history_views.history, name="history"),
    path("riwayat/<str:key>/", history_views.change, name="change"),
]
