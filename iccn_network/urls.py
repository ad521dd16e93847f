from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.conf.urls.static import static
from django.contrib import admin
from django.templatetags.static import static as static_file
from django.urls import include, path
from django.utils.functional import lazy
from django.views.generic import RedirectView, TemplateView

from accounts.views import admin_login
from stakeholders.style_guide import style_guide
from workspace.staff_views import network

urlpatterns = [
    path("admin/login/", admin_login),  # before the admin's own
    path(
        "admin/password_change/",
        RedirectView.as_view(pattern_name="account_change_password"),
    ),
    path("admin/network/", admin.site.admin_view(network), name="network_health"),
    path("admin/", admin.site.urls),
    path(
        "robots.txt",
        TemplateView.as_view(template_name="robots.txt", content_type="text/plain"),
    ),
    # Asked for beside every page that is no HTML; the file's name is known once all is collected.
    path("favicon.ico", RedirectView.as_view(url=lazy(static_file, str)("img/mark.svg"))),
    *i18n_patterns(
        path("akun/", include("accounts.urls")),
        path("kelola/", include("transfers.urls")),
        path("kelola/", include("workspace.urls")),
        # First, because /mitra/usul/ is a form and no listing.
        path("", include("collaborations.urls")),
        path("", include("upkeep.urls")),
        path("", include("stakeholders.urls")),
        path("", include("regions.urls")),
        path("tentang/", TemplateView.as_view(template_name="about.html"), name="about"),
        *([path("gaya/", style_guide, name="style_guide")] if settings.DEBUG else []),
        prefix_default_language=False,
    ),
    *static(settings.MEDIA_URL, document_root=settings.MEDIA_ROOT),  # only with DEBUG
]

handler400 = "regions.error_views.bad_request"
handler403 = "regions.error_views.permission_denied"
handler404 = "regions.error_views.not_found"
handler500 = "regions.error_views.server_error"
