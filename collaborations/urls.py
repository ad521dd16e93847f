from django.urls import path

from collaborations import views

app_name = "collaborations"

urlpatterns = [
    path("praktik-baik/", views.practice_list, name="practices"),
    path("praktik-baik/<slug:slug>/", views.practice_detail, name="practice"),
]
