from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from regions.csv import csv_response
from stakeholders.network import Network


@require_safe
def network(request):
    state = Network()
    if "csv" in request.GET:
        plot = state.plot(request.GET["csv"])
        if not plot:
            raise Http404(_("There is no such table."))
        filename = f"jejaring-{plot.name}-{timezone.localdate()}"
        return csv_response(filename, plot.header, plot.table)
    return render(request, "stakeholders/network.html", {"network": state})
