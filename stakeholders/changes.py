"""What the history shows, and lets be undone, to those who look after regions or one listing.

Network staff see all of it in the admin. Here nothing is shown or set back that does not belong to
listings in somebody's care: neither rows of others, nor what a row was while it was not theirs.
"""

from collections import defaultdict

from django.db.models import Q
from django.utils.translation import gettext as _

from history import events, undo
from history.models import Action, Change
from regions.models import Region
from stakeholders.models import Offering, OfferingSubsector, Stakeholder, StakeholderSubsector

EVENTS = [
    model.pgh_event_model
    for model in (Stakeholder, StakeholderSubsector, Offering, OfferingSubsector)
]
ListingEvent, LinkEvent, OfferingEvent, OfferingLinkEvent = EVENTS
ActionEvent = Action.pgh_event_model
PRIVATE = {"contact_email"}
CONFIRMATION = {"verified_at", "verified_by", "verified_via"}
ACTS = CONFIRMATION | {"status", "published_at"}  # confirm, archive, restore, publish


def events_in_care(user, region=None):
    """Return {event model: which of its events belong to this user's regions, or to one}."""
    if region is None and user.has_perm("regions.edit_all"):
        return dict.fromkeys([*EVENTS, ActionEvent], Q())
    regions = [region] if region else user.editable_regions()
    listings = Stakeholder.objects.filter(region__in=regions)
    return {
        ListingEvent: Q(region__in=regions),
        LinkEvent: Q(stakeholder__in=listings),
        OfferingEvent: Q(stakeholder__in=listings),
        OfferingLinkEvent: Q(offering__stakeholder__in=listings),
        ActionEvent: Q(region_key__in=regions if region is None else [region.pk]),
    }


def history_of(listing, user):
    """Return where `events.load` finds what this user may see of a listing and its parts."""
    seen = Q()
    if not Stakeholder.objects.in_care_of(user).contains(listing):
        seen = Q(pgh_created_at__gte=user.stewardships.active().get(stakeholder=listing).started_at)
    elif not user.has_perm("regions.edit_all"):
        seen = Q(region__in=user.editable_regions())
    parts = Q(stakeholder=listing.pk)
    return events.find(
        {
            ListingEvent: Q(pgh_obj=listing.pk) & seen,
            LinkEvent: parts,
            OfferingEvent: parts,
            OfferingLinkEvent: Q(offering__stakeholder=listing.pk),
            ActionEvent: Q(subject_type=listing._meta.label, subject_id=listing.pk),
        }
    )


def load(found, user):
    """As `events.load`, without what a listing was before it came into this user's care."""
    changes = events.load(found)
    care = {*user.editable_regions().values_list("pk", flat=True)}
    for change in changes:
        before = change.before
        if isinstance(before, ListingEvent) and before.region_id not in care:
            is_public = before.status == Stakeholder.Status.PUBLISHED
            change.hidden = PRIVATE if is_public else events.field_names(before) - {"region"}
    return changes


def rows_in_care(rows, user):
    """Return the rows of a change that belonged to this user's regions before, after and now."""
    regions = {*user.editable_regions().values_list("pk", flat=True)}
    mine = [row for row, places in _regions_of(rows).items() if places <= regions]
    return mine or (rows if is_own_last_act(rows, user) else [])


def is_own_last_act(rows, user):
    """Whether this user did it to one listing, and nothing was changed of that since.

    Then they may take it back, a steward too, and without another's eyes: it says again what it
    said before.
    """
    rows = [row for row in rows if not row.is_final]
    if len(rows) != 1 or not isinstance(rows[0].event, ListingEvent):
        return False
    [row] = rows
    mine = Stakeholder.objects.editable_by(user).filter(pk=row.event.pgh_obj_id)
    by_me = Change.objects.filter(pk=row.event.pgh_context_id, metadata__user=user.pk)
    is_act = row.kind == "update" and row.changed_fields <= ACTS
    return is_act and mine.exists() and by_me.exists() and _is_last(row.event)


def _is_last(event):
    later, of_it = Q(pgh_created_at__gt=event.pgh_created_at), Q(stakeholder=event.pgh_obj_id)
    return not (
        ListingEvent.objects.filter(pgh_obj=event.pgh_obj_id, pgh_id__gt=event.pgh_id).exists()
        or LinkEvent.objects.filter(later & of_it).exists()
        or OfferingEvent.objects.filter(later & of_it).exists()
        or OfferingLinkEvent.objects.filter(later, offering__stakeholder=event.pgh_obj_id).exists()
    )


def missing_rights(rows, user):
    """Say why this user may not take a change back, as `history.undo` asks."""
    if user.has_perm("history.undo_change"):
        return undo.missing_rights(rows, user)
    missing = _missing_rights(rows, user)
    return [] if missing and is_own_last_act(rows, user) else missing


def _missing_rights(rows, user):
    if len(rows_in_care(rows, user)) < len(rows):
        return [_("This change touches more than listings of your regions: ask network staff.")]
    waiting = _reviewed_regions(rows)
    return [
        _("In %(region)s changes wait for review: edit the listing.") % {"region": region}
        for region in waiting
    ]


def _reviewed_regions(rows):
    """Where somebody else looks at a change first, an undo alone would go round that person."""
    places = _regions_of(row for row in rows if not row.changed_fields <= CONFIRMATION)
    pks = set().union(*places.values())
    return Region.objects.filter(pk__in=pks, review=Region.Review.ALL)


def _regions_of(rows):
    """Return {row: the regions its listing was in before, after and now}; None is no known one."""
    rows = list(rows)
    links = [event for row in rows for event in row.states if isinstance(event, OfferingLinkEvent)]
    offerings = _values(Offering, "stakeholder_id", {link.offering_id for link in links}, rows)
    listings_of = {row: _listings_of(row, offerings) for row in rows}
    pks = set().union(*listings_of.values())
    regions = _values(Stakeholder, "region_id", pks, rows)
    return {row: _places_of(row, listings_of[row], regions) for row in rows}


def _places_of(row, listings, regions):
    if row.is_final:
        return {row.event.region_key}
    return set().union(*(regions.get(pk, {None}) for pk in listings))


def _listings_of(row, offerings):
    if isinstance(row.event, ListingEvent):
        return {row.event.pgh_obj_id}
    if isinstance(row.event, OfferingLinkEvent):
        return set().union(*(offerings.get(event.offering_id, {None}) for event in row.states))
    if isinstance(row.event, LinkEvent | OfferingEvent):
        return {event.stakeholder_id for event in row.states}
    return {None}


def _values(model, attname, pks, rows):
    """Return {key: what a field of the row holds now, and held before and after a change}."""
    values = defaultdict(set)
    for pk, value in model.objects.filter(pk__in=pks - {None}).values_list("pk", attname):
        values[pk].add(value)
    for row in rows:
        if row.model is model:
            values[row.event.pgh_obj_id] |= {getattr(event, attname) for event in row.states}
    return dict(values)
