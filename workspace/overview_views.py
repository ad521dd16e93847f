from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.access import workers_only
from workspace.steward_views import steward_home


@require_safe
@workers_only
def overview(request):
    """The regions in the care of who signed in; for a steward, the own listings."""
    if not request.user.is_officer:
        return steward_home(request)
    regions = request.user.editable_regions().select_related("province")
    return render(request, "workspace/overview.html", {"regions": regions})
