"""Export of what somebody looks after, private contacts included."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.access import officers_only
from history.actions import note
from transfers.exporting import MOST_IN_XLSX, listing_table
from transfers.files import table_response
from transfers.filters import export_filter


@require_safe
@officers_only
def export(request):
    filterset = export_filter(request)
    context = {"filterset": filterset, "total": filterset.qs.count(), "most": MOST_IN_XLSX}
    return render(request, "transfers/export.html", context)


@require_safe
@officers_only
def download(request, kind):
    filterset = export_filter(request)
    total = filterset.qs.count()
    if not filterset.is_valid():
        return HttpResponse(_("A filter in this address is not known."), status=400)
    if kind == "xlsx" and total > MOST_IN_XLSX:
        return HttpResponse(
            _("Too many rows for Excel: choose CSV, or narrow the list."), status=400
        )
    note(action="export", user=request.user, count=total)
    header, rows = listing_table(filterset.qs)
    return table_response(kind, f"mitra-{timezone.localdate().isoformat()}", header, rows)
