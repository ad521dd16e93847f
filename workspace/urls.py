from django.urls import path

from workspace import overview_views

app_name = "workspace"

urlpatterns = [
    path("", overview_views.overview, name="overview"),
]
