"""What changed in the regions in somebody's care, and taking it back."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from accounts.access import officers_only, workers_only
from accounts.rights import scopes_of
from history import events, undo
from history.models import Change, authors_of
from regions.requests import read_or_post, way_back
from stakeholders import changes
from workspace.finding import editable_listing
from workspace.history_filters import HistoryFilter

ON_A_PAGE = 25
ROWS_SHOWN = 100  # of one change


@require_safe
@officers_only
def history(request):
    filterset = HistoryFilter(request.GET, user=request.user)
    page = Paginator(filterset.qs, ON_A_PAGE).get_page(request.GET.get("halaman"))
    described = _describe(list(page.object_list), filterset.events)
    context = {"filterset": filterset, "page": page, "changes": described}
    return render(request, "workspace/history/list.html", context)


def _describe(found, conditions):
    """Put on each change who made it, for which scope, and what it did."""
    authors, scopes = authors_of(found), scopes_of(found)
    summaries = events.summaries([change.pk for change in found], conditions)
    for change in found:
        change.author, change.scope = authors[change], scopes[change]
        change.summary = summaries[change.pk]
    return found


@require_safe
@workers_only
def listing_history(request, pk):
    """Every change of one listing, field by field."""
    listing = editable_listing(request, pk)
    found = changes.history_of(listing, request.user)
    page = Paginator(found, ON_A_PAGE).get_page(request.GET.get("halaman"))
    row_changes = changes.load(page.object_list, request.user)
    merged = listing.merged_from.in_care_of(request.user)
    context = {"listing": listing, "page": page, "row_changes": row_changes, "merged": merged}
    _add_contexts(row_changes)
    return render(request, "workspace/history/listing.html", context)


def _add_contexts(row_changes):
    contexts = Change.objects.in_bulk({change.event.pgh_context_id for change in row_changes})
    scopes = scopes_of(contexts.values())
    for row_change in row_changes:
        row_change.context = contexts.get(row_change.event.pgh_context_id)
        row_change.scope = scopes.get(row_change.context, "")


@read_or_post
@workers_only
def change(request, key):
    """One change with all its rows, and the button that takes it back.

    Stewards find what they did last to their own listing, so that it can be taken back.
    """
    rows = undo.rows_of(key)
    mine = changes.rows_in_care(rows, request.user)
    if not mine:
        raise Http404
    if request.method == "POST":
        return _take_back(request, key)
    shown = mine[:ROWS_SHOWN]
    events.fetch_names(shown)
    events.fetch_authors(shown)
    _add_contexts(shown)
    context = {
        "first": shown[0],
        "rows": shown,
        "more": len(mine) - len(shown),
        "problems": undo.problems(rows, request.user, changes.missing_rights),
        "next": request.GET.get("next", ""),
    }
    return render(request, "workspace/history/change.html", context)


def _take_back(request, key):
    try:
        rows = undo.undo(key, request.user, changes.missing_rights)
    except ValidationError as error:
        for message in error.messages:
            messages.error(request, message)
        return redirect(request.path)
    done = ngettext("%(count)d row was set back.", "%(count)d rows were set back.", len(rows))
    messages.success(request, done % {"count": len(rows)})
    otherwise = "workspace:history" if request.user.is_officer else "workspace:overview"
    return redirect(way_back(request, reverse(otherwise)))
