from django.urls import path

from regions import views

app_name = "regions"

urlpatterns = [
    path("wilayah/", views.region_list, name="regions"),
    path("wilayah/peta/", views.region_map, name="map"),
    path("wilayah/<slug:slug>/", views.region_detail, name="region"),
    path("wilayah/<slug:slug>/pratinjau/", views.region_preview, name="region_preview"),
    path("provinsi/<slug:slug>/", views.province_detail, name="province"),
    path("subsektor/", views.subsector_list, name="subsectors"),
    path("subsektor/<slug:slug>/", views.subsector_detail, name="subsector"),
]
