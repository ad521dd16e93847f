"""How the network is kept: who looks after which region, where it is silent, and what waits."""

from collections import Counter, defaultdict
from datetime import timedelta
from typing import Any, NamedTuple

from django.db.models import Count, Max, Min
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from accounts.models import Invitation, OfficerAssignment
from collaborations.models import Inquiry, StewardInvitation, Suggestion
from regions.models import Region
from stakeholders.models import LikelyDuplicate, ListingChange, Stakeholder
from upkeep.models.reminder_series import with_refused_address
from workspace.models import Visit

UNATTENDED, SILENT, ALIVE = "unattended", "silent", "alive"
STATES = {
    UNATTENDED: _("No officer"),
    SILENT: _("Officer, but silent"),
    ALIVE: _("Alive"),
}
OLDEST_SHOWN = 10


class RegionState:
    """Who looks after a region, and when they last were here or said “still true”."""

    def __init__(self, region, officers, last_visit, confirmed_at, listings, since):
        self.region, self.officers, self.listings = region, officers, listings
        self.last_seen = max(filter(None, [last_visit, confirmed_at]), default=None)
        self.state = self._state(since)

    def _state(self, since):
        if not self.officers:
            return UNATTENDED
        return ALIVE if self.last_seen and self.last_seen >= since else SILENT

    @property
    def state_label(self):
        return STATES[self.state]


class ProvinceState(NamedTuple):
    province: Any
    officers: int
    counts: Counter

    @property
    def regions(self):
        return self.counts.total()


class Queue(NamedTuple):
    """What waits: how much, and since when."""

    label: str
    number: int
    oldest: Any
    page: str  # where it is dealt with


class NetworkHealth:
    def __init__(self, days):
        self.since = timezone.now() - timedelta(days=days)

    @cached_property
    def states(self):
        """The state of every region, in six statements however many there are."""
        regions = Region.objects.select_related("province").only(
            "name", "slug", "review", "province__name", "province__slug", "province__short_name"
        )
        officers = Officers()
        visits = _latest(Visit.objects.filter(user__in=officers.keys), "seen_at")
        by_officers = Stakeholder.objects.filter(verified_by__in=officers.keys)
        confirmed = _latest(by_officers, "verified_at")
        published = Stakeholder.objects.published().order_by().values("region")
        listings = dict(published.annotate(n=Count("pk")).values_list("region", "n"))
        return [
            RegionState(
                region,
                officers.of(region),
                visits.get(region.pk),
                confirmed.get(region.pk),
                listings.get(region.pk, 0),
                self.since,
            )
            for region in regions.order_by("province__name", "name")
        ]

    @property
    def counts(self):
        found = Counter(state.state for state in self.states)
        return [(code, label, found[code]) for code, label in STATES.items()]

    @property
    def reviewed(self):
        """Regions where changes wait for somebody else."""
        return [s.region for s in self.states if s.region.review != Region.Review.NONE]

    @property
    def provinces(self):
        by_province = defaultdict(list)
        for state in self.states:
            by_province[state.region.province].append(state)
        return [
            ProvinceState(
                province,
                len({officer for state in states for officer in state.officers}),
                Counter(state.state for state in states),
            )
            for province, states in by_province.items()
        ]

    @cached_property
    def queues(self):
        return [_queue(label, rows, *where) for label, rows, *where in self._waiting()]

    def _waiting(self):
        """What it is called, the rows, which moment they wait from, and where it is dealt with."""
        proposals, stewards = "workspace:proposals", "workspace:stewards"
        asked = StewardInvitation.objects
        yield _("Changes for review"), self.changes, "submitted_at", "workspace:reviews"
        yield _("Proposals and corrections"), self.proposals, "created_at", proposals
        unattended = Suggestion.objects.unattended()
        yield _("… that no officer will decide on"), unattended, "created_at", proposals
        unanswered = Inquiry.objects.unanswered()
        yield _("Messages without an answer"), unanswered, "received_at", "workspace:inquiries"
        yield _("Claims to a listing"), asked.waiting(), "created_at", stewards
        invited, people = Invitation.objects.valid(), "admin:accounts_invitation_changelist"
        yield _("Invitations to officers"), invited, "created_at", people
        yield _("Invitations to organisations"), asked.open(), "created_at", stewards
        dead = with_refused_address()
        yield _("Listings whose contact address is dead"), dead, "verified_at", "workspace:listings"
        alike = "admin:stakeholders_likelyduplicate_changelist"
        yield _("Likely duplicates"), LikelyDuplicate.objects.open(), "found_at", alike

    @property
    def changes(self):
        return ListingChange.objects.waiting()

    @property
    def proposals(self):
        return Suggestion.objects.undecided()

    @cached_property
    def oldest_changes(self):
        return self.changes.for_queue()[:OLDEST_SHOWN]

    @cached_property
    def oldest_proposals(self):
        return self.proposals.for_list().order_by("created_at", "pk")[:OLDEST_SHOWN]


class Officers:
    """Who looks after a region or its province today; read once."""

    def __init__(self):
        self.by_place = defaultdict(set)
        active = OfficerAssignment.objects.active().select_related("user")
        for assignment in active:
            self.by_place[assignment.region_id, assignment.province_id].add(assignment.user)

    def of(self, region):
        everybody = self.by_place[region.pk, None] | self.by_place[None, region.province_id]
        return sorted(everybody, key=lambda user: (user.name, user.pk))

    @property
    def keys(self):
        return {user.pk for users in self.by_place.values() for user in users}


def _latest(rows, name):
    """Return {region: the latest moment}."""
    found = rows.order_by().values("region").annotate(latest=Max(name))
    return dict(found.values_list("region", "latest"))


def _queue(label, rows, moment, page):
    found = rows.order_by().aggregate(number=Count("pk", distinct=True), oldest=Min(moment))
    return Queue(label, found["number"], found["oldest"], page)
