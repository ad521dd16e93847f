from django.urls import path

from upkeep import views

app_name = "upkeep"

urlpatterns = [
    path("konfirmasi/tautan-terkirim/", views.link_sent, name="link_sent"),
    path("konfirmasi/surel/<str:token>/", views.mails, name="mails"),
    path("konfirmasi/<str:token>/", views.link, name="link"),
    path("konfirmasi/<str:token>/perbaiki/", views.correct, name="correct"),
]
