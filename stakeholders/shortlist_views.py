"""/pilihan/: the listings that a visitor keeps, or that somebody shared."""

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from regions.csv import csv_response
from regions.error_views import csrf_failure
from regions.facets import Ignored
from regions.requests import read_or_post, way_back
from stakeholders.export import HEADER, rows
from stakeholders.models import Stakeholder
from stakeholders.shortlist import MOST, codes_of, ids_in


@csrf_exempt  # A token would cost every page a cookie: `_is_from_here` instead, see ADR 16.
@never_cache
@read_or_post
def shortlist(request):
    if request.method == "POST":
        return _change(request)
    is_own = "p" not in request.GET
    ids = request.shortlist.ids if is_own else ids_in(request.GET["p"])
    if request.GET.get("format") == "csv":
        return _table(request, ids)
    return _page(request, ids, is_own)


def _table(request, ids):
    listings = _in_order(Stakeholder.objects.published().for_export(), ids)
    filename = f"pilihan-{timezone.localdate()}"
    return csv_response(filename, HEADER, rows(listings, request.build_absolute_uri))


def _page(request, ids, is_own):
    listings = _in_order(Stakeholder.objects.published().for_cards(), ids)
    shown = [listing.pk for listing in listings]
    gone = [pk for pk in ids if pk not in shown]
    if is_own:
        request.shortlist.remove(gone)  # so that this is said once
    if successors := Stakeholder.objects.successors_of(gone):
        return _page(request, _followed(request, ids, successors, is_own), is_own)
    wanted = request.GET.get("format")
    context = {
        "listings": listings,
        "is_own_shortlist": is_own,
        "gone": len(gone),
        "codes": codes_of(shown),
        "link": request.build_absolute_uri(f"{request.path}?p={codes_of(shown)}"),
        "day": timezone.localdate(),
        "ignored": [Ignored(_("Format"), wanted)] if wanted else [],
    }
    return render(request, "stakeholders/shortlist.html", context)


def _followed(request, ids, successors, is_own):
    """Where a listing was merged into another, that one takes its place."""
    if is_own:
        request.shortlist.add(successors.values())
        return request.shortlist.ids
    return list(dict.fromkeys(successors.get(pk, pk) for pk in ids))


def _in_order(listings, ids):
    found = listings.in_bulk(ids)
    return [found[pk] for pk in ids if pk in found]


def _change(request):
    if not _is_from_here(request):
        return csrf_failure(request)
    wanted, unwanted = (ids_in(request.POST.get(name, "")) for name in ("tambah", "hapus"))
    listings = Stakeholder.objects.published().only("name").in_bulk([*wanted, *unwanted])
    said = _add_and_remove(request.shortlist, wanted, unwanted, listings)
    if request.headers.get("HX-Request"):
        pressed = next(iter([*wanted, *unwanted]), None)
        context = {**said, "stakeholder": listings.get(pressed)}
        return render(request, "stakeholders/_shortlist_changed.html", context)
    is_done = not (said["left_out"] or said["gone"])
    text = render_to_string("stakeholders/_said.html", said)
    messages.add_message(request, messages.SUCCESS if is_done else messages.WARNING, text)
    return HttpResponseRedirect(_way_back(request, [*wanted, *unwanted]))


def _add_and_remove(shortlist, wanted, unwanted, listings):
    """Return what there is to say about it; `listings` are the public ones by id."""
    left_out = shortlist.add([pk for pk in wanted if pk in listings])
    removed = shortlist.remove(unwanted)
    return {
        "added": [listings[pk] for pk in wanted if pk in shortlist],
        "left_out": [listings[pk] for pk in left_out],
        "gone": len([pk for pk in wanted if pk not in listings]),
        "removed": [listings[pk] for pk in removed if pk in listings],
        "undo": codes_of(removed),
        "most": MOST,
    }


def _is_from_here(request):
    """Browsers tell which site a form was sent from; who does not tell changes nothing."""
    site = request.headers.get("Sec-Fetch-Site")  # sent by all of today's, over https
    if site:
        return site == "same-origin"
    return request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"


def _way_back(request, ids):
    """Return the address of the page with the button: on it the button, on the list its news."""
    own = reverse("stakeholders:shortlist")
    address = way_back(request, own)
    if address == own or len(ids) != 1:
        return f"{own}#main"
    return f"{address}#s-{codes_of(ids)}"
