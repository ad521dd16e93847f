"""Undo of an import: what nobody has touched since becomes what it was before."""

from collections import defaultdict

from history.undo import put_back, referring_rows, rows_of, same_row
from stakeholders.models import Stakeholder


def take_back(change, regions, progress):
    """Undo a change of listings, but for those that changed since; return how many were kept.

    A listing is taken back as a whole, with its links, or not at all; so are listings of regions
    that are not in the care of whoever asks any more.
    """
    rows = [row for row in rows_of(change, lock=True) if not row.is_final]
    progress(1)
    by_listing = defaultdict(list)
    for row in rows:
        by_listing[_listing_of(row)].append(row)
    kept = _outside(by_listing, regions) | _changed(by_listing) | _needed(rows)
    progress(1)
    free = [row for listing, group in by_listing.items() if listing not in kept for row in group]
    put_back(free, undo_of=change)
    progress(2)
    return len(kept)


def _listing_of(row):
    _model, pk = row.place
    return pk


def _outside(by_listing, regions):
    inside = Stakeholder.objects.filter(pk__in=by_listing, region__in=regions)
    return {*by_listing} - {*inside.values_list("pk", flat=True)}


def _changed(by_listing):
    return {
        listing
        for listing, group in by_listing.items()
        if any(row.is_unknown or not same_row(row.now, row.after) for row in group)
    }


def _needed(rows):
    """New listings to which others have come to refer."""
    return {
        listing
        for relation, others in referring_rows(rows)
        if relation.model is Stakeholder
        for listing in others.values_list(relation.field.attname, flat=True)
    }
