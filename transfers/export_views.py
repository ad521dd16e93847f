"""Export of what somebody looks after, private contacts included."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.access import officers_only
from history.actions import note
from stakeholders.care_filter import ListingFilter
from transfers.exporting import MOST_IN_XLSX, listing_table
from transfers.files import table_response


@require_safe
@officers_only
def export(request):
    filterset = ListingFilter(request.GET, user=request.user)
    total = _chosen(filterset).count()
    context = {"filterset": filterset, "total": total, "most": MOST_IN_XLSX}
    return render(request, "transfers/export.html", context)


@require_safe
@officers_only
def download(request, kind):
    filterset = ListingFilter(request.GET, user=request.user)
    listings = _chosen(filterset)
    total = listings.count()
    if filterset.ignored:  # rather no file than one with more in it than was asked for
        return HttpResponse(_("A filter in this address is not known."), status=400)
    if kind == "xlsx" and total > MOST_IN_XLSX:
        words = _("Too many rows for Excel: choose CSV, or narrow the list.")
        return HttpResponse(words, status=400)
    note(action="export", user=request.user, count=total)
    header, rows = listing_table(listings)
    return table_response(kind, f"mitra-{timezone.localdate().isoformat()}", header, rows)


def _chosen(filterset):
    """As the list in the workspace shows them; what somebody is a mere steward of stays out."""
    return filterset.narrowed().filter(region__in=filterset.user.editable_regions())
