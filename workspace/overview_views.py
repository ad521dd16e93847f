from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.access import officers_only, workers_only
from regions.models import Region
from regions.requests import read_or_post
from workspace.forms import RegionSettingsForm
from workspace.overview import Overview
from workspace.steward_views import steward_home
from workspace.workbench import Workbench

FEW, MANY = 5, 15  # rows of a list


@require_safe
@workers_only
def overview(request):
    """What needs attention first in each region in care; for a steward, the own listings."""
    if not request.user.is_officer:
        return steward_home(request)
    regions = list(request.user.editable_regions().select_related("province")[:2])
    if len(regions) == 1:
        return _workbench(request, regions[0], FEW)
    context = {"overview": Overview(request.user, request.GET)}
    return render(request, "workspace/overview.html", context)


@require_safe
@officers_only
def region(request, slug):
    """The workbench of one region."""
    return _workbench(request, _find(request, slug), MANY)


@read_or_post
@officers_only
def region_settings(request, slug):
    region = _find(request, slug)
    form = RegionSettingsForm(request.POST or None, instance=region, user=request.user)
    if form.is_valid():
        form.save()
        messages.success(request, _("Saved."))
        return redirect("workspace:region", region.slug)
    return render(request, "workspace/region_settings.html", {"region": region, "form": form})


def _find(request, slug):
    region = get_object_or_404(Region.objects.select_related("province"), slug=slug)
    if not request.user.editable_regions().filter(pk=region.pk).exists():
        raise PermissionDenied
    return region


def _workbench(request, region, most):
    bench = Workbench(region, request.user, most)
    return render(request, "workspace/region.html", {"bench": bench, "region": region})
