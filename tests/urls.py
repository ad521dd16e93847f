"""The addresses of the site, and some that only tests reach: errors, and what else needs DEBUG."""

from django.conf.urls.i18n import i18n_patterns
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import Http404
from django.urls import path

from iccn_network.urls import handler400, handler403, handler404, handler500  # noqa: F401
from iccn_network.urls import urlpatterns as project_patterns
from regions.error_views import csrf_failure, too_slow
from stakeholders.style_guide import style_guide


def refuse(request, status):
    raise {400: BadRequest, 403: PermissionDenied, 404: Http404, 500: RuntimeError}[status]


urlpatterns = [
    *project_patterns,
    *i18n_patterns(
        path("salah/503/", too_slow),
        path("salah/formulir/", csrf_failure),
        path("salah/<int:status>/", refuse),
        path("gaya/", style_guide),
        prefix_default_language=False,
    ),
]
