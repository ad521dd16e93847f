from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.access import officers_only


@require_safe
@officers_only
def overview(request):
    """The regions in the care of who signed in."""
    regions = request.user.editable_regions().select_related("province")
    return render(request, "workspace/overview.html", {"regions": regions})
