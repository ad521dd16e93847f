from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from regions.csv import csv_response
from regions.facets import Ignored
from stakeholders.network import Network


@require_safe
def network(request):
    state = Network()
    wanted = request.GET.get("csv", "")
    if plot := state.plot(wanted):
        filename = f"jejaring-{plot.name}-{timezone.localdate()}"
        return csv_response(filename, plot.header, plot.table)
    ignored = [Ignored(_("Table"), wanted)] if wanted else []
    return render(request, "stakeholders/network.html", {"network": state, "ignored": ignored})
