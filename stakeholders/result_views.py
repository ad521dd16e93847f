"""Other views of what the partner search found: a map, a table."""

from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from regions.csv import csv_response
from regions.tiles.shading import PARTNERS, Shading, TileMap
from stakeholders.export import HEADER, rows, streamed
from stakeholders.filters import StakeholderFilter

FOUND = Shading("", _("Partners found"), PARTNERS)


@require_safe
def stakeholder_map(request):
    filterset = StakeholderFilter(_on_one_page(request.GET))
    context = {
        "filterset": filterset,
        "found_as": "stakeholders/_found_map.html",
        "is_wide": True,
    }
    if filterset.total:
        context["map"] = _map_of(filterset)
    else:
        context["rescue"] = filterset.rescue
    return render(request, "stakeholders/stakeholder_map.html", context)


@require_safe
def stakeholder_export(request):
    listings = streamed(StakeholderFilter(_on_one_page(request.GET)).listings.for_export())
    filename = f"mitra-{timezone.localdate()}"
    response = csv_response(filename, HEADER, rows(listings, request.build_absolute_uri))
    response["X-Robots-Tag"] = "noindex"
    return response


def _on_one_page(data):
    """A map or a table has no pages: what the address says about one is nothing to complain of."""
    query = data.copy()
    query.pop("halaman", None)
    return query


def _map_of(filterset):
    """Each tile leads to the list, narrowed to its region and otherwise the same."""
    start = reverse("stakeholders:stakeholders") + filterset.address("wilayah", wilayah="")
    return TileMap(FOUND, values=filterset.by_region, address_of=lambda region: start + region.slug)
