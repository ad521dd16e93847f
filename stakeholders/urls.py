from django.urls import path

from stakeholders import (
    network_views,
    region_views,
    result_views,
    shortlist_views,
    suggestion_views,
    views,
)

app_name = "stakeholders"

urlpatterns = [
    path("", views.home, name="home"),
    path("mitra/", views.stakeholder_list, name="stakeholders"),
    path("mitra/saran/", suggestion_views.suggestions, name="suggestions"),
    path("mitra/peta/", result_views.stakeholder_map, name="stakeholder_map"),
    path("mitra/ekspor/", result_views.stakeholder_export, name="stakeholder_export"),
    path("mitra/<slug:slug>/", views.stakeholder_detail, name="stakeholder"),
    path("pilihan/", shortlist_views.shortlist, name="shortlist"),
    path("wilayah/banding/", region_views.comparison, name="comparison"),
    path("wilayah/<slug:slug>/lembar-data/", region_views.evidence_sheet, name="evidence_sheet"),
    path("jejaring/", network_views.network, name="network"),
]
