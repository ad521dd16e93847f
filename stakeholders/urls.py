from django.urls import path

from stakeholders import views

app_name = "stakeholders"

urlpatterns = [
    path("", views.home, name="home"),
    path("mitra/", views.stakeholder_list, name="stakeholders"),
    path("mitra/<slug:slug>/", views.stakeholder_detail, name="stakeholder"),
]
