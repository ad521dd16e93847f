"""Pages of the admin for network staff that look across all rooms."""

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from regions.models import Province
from workspace.network_health import SILENT, STATES, UNATTENDED, NetworkHealth

ON_A_PAGE = 50
DAYS = [30, 60, 90, 180]
SILENT_AFTER = 60


class HealthForm(forms.Form):
    hari = forms.TypedChoiceField(
        label=_("Silent after"),
        choices=[(days, _("%(days)d days") % {"days": days}) for days in DAYS],
        coerce=int,
        empty_value=SILENT_AFTER,
        required=False,
    )
    keadaan = forms.ChoiceField(
        label=_("State"), choices=[("", _("No officer or silent")), *STATES.items()], required=False
    )
    provinsi = forms.ModelChoiceField(
        label=_("Province"),
        queryset=Province.objects.order_by("name"),
        to_field_name="slug",
        empty_label=_("All provinces"),
        required=False,
    )


@require_safe
def network(request):
    """Who keeps the network true, where nobody does, and what waits the longest."""
    if not request.user.has_perm("regions.edit_all"):
        raise PermissionDenied
    form = HealthForm({"hari": SILENT_AFTER, **request.GET.dict()})
    form.is_valid()  # what is none of the choices counts as none
    health = NetworkHealth(form.cleaned_data.get("hari") or SILENT_AFTER)
    states = _chosen(health.states, **form.cleaned_data)
    context = admin.site.each_context(request) | {
        "title": _("State of the network"),
        "form": form,
        "health": health,
        "page": Paginator(states, ON_A_PAGE).get_page(request.GET.get("halaman")),
    }
    return TemplateResponse(request, "admin/network.html", context)


def _chosen(states, keadaan="", provinsi=None, **_others):
    wanted = [keadaan] if keadaan else [UNATTENDED, SILENT]
    here = (s for s in states if provinsi in (None, s.region.province))
    chosen = [state for state in here if state.state in wanted]
    return sorted(chosen, key=lambda state: (wanted.index(state.state), -state.listings))
