from django.urls import path

from transfers import export_views, import_views

app_name = "transfers"

urlpatterns = [
    path("impor/", import_views.imports, name="imports"),
    path("impor/templat/csv/", import_views.template, {"kind": "csv"}, name="template_csv"),
    path("impor/templat/xlsx/", import_views.template, {"kind": "xlsx"}, name="template_xlsx"),
    path("impor/<int:pk>/", import_views.import_page, name="import"),
    path("impor/<int:pk>/kolom/", import_views.columns, name="columns"),
    path("impor/<int:pk>/pilihan/", import_views.decisions, name="decisions"),
    path("impor/<int:pk>/simpan/", import_views.save, name="save"),
    path("impor/<int:pk>/batalkan/", import_views.undo, name="undo"),
    path("impor/<int:pk>/ulangi/", import_views.again, name="again"),
    path("impor/<int:pk>/hapus/", import_views.delete, name="delete"),
    path("impor/<int:pk>/laporan/", import_views.report, name="report"),
    path("impor/<int:pk>/ditolak/", import_views.refused, name="refused"),
    path("ekspor/", export_views.export, name="exports"),
    path("ekspor/csv/", export_views.download, {"kind": "csv"}, name="export_csv"),
    path("ekspor/xlsx/", export_views.download, {"kind": "xlsx"}, name="export_xlsx"),
]
