"""What waits in a region, and how urgently; counted for all regions at once."""

from collections import Counter, defaultdict
from datetime import timedelta
from typing import NamedTuple

from django.db.models import CharField, Count, F, Sum, Value
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from accounts.models import Invitation, OfficerAssignment
from collaborations.models import Inquiry, StewardInvitation, Suggestion
from regions.models import RegionSubsector
from stakeholders.lists import Lists
from stakeholders.models import (
    Freshness,
    ListingChange,
    SearchEntry,
    Stakeholder,
    VainSearch,
    freshness_now,
)
from stakeholders.roles import Role

VAIN_DAYS = 30


class Matter(NamedTuple):
    """A kind of thing that waits for an officer."""

    name: str
    icon: str
    label: str  # as a heading
    words: str  # with the number before it
    page: str  # where it is dealt with
    query: str = ""
    is_pressing: bool = True  # somebody waits, or the region looks abandoned

    def address(self, region=None):
        """Where these are dealt with, those of one region alone if it is given."""
        parts = [self.query] if self.query else []
        if self.page == "workspace:region":
            return f"{reverse(self.page, args=[region.slug])}{self.query}" if region else ""
        if region:
            parts.insert(0, f"wilayah={region.slug}")
        address = reverse(self.page)
        return f"{address}?{'&'.join(parts)}" if parts else address


# In the order of their urgency: people who wait for an answer come first.
MATTERS = {
    matter.name: matter
    for matter in [
        Matter(
            "inquiry",
            "mail",
            _("Unanswered inquiries"),
            ngettext_lazy("unanswered inquiry", "unanswered inquiries"),
            "workspace:inquiries",
        ),
        Matter(
            "proposal",
            "propose",
            _("Proposals"),
            ngettext_lazy("proposal to decide", "proposals to decide"),
            "workspace:proposals",
        ),
        Matter(
            "claim",
            "person",
            _("Claims of organisations"),
            ngettext_lazy(
                "organisation that asks for its listing", "organisations that ask for their listing"
            ),
            "workspace:stewards",
        ),
        Matter(
            "review",
            "edit",
            _("Changes to review"),
            ngettext_lazy("change to review", "changes to review"),
            "workspace:reviews",
        ),
        Matter(
            "stale",
            "stale",
            _("Out of date"),
            ngettext_lazy("partner out of date", "partners out of date"),
            "workspace:listings",
            "kesegaran=stale",
        ),
        Matter(
            "due",
            "due",
            _("Confirmation due"),
            ngettext_lazy("confirmation due", "confirmations due"),
            "workspace:listings",
            "kesegaran=due",
        ),
        Matter(
            "draft",
            "planned",
            _("Drafts"),
            ngettext_lazy("draft not yet published", "drafts not yet published"),
            "workspace:listings",
            "status=draft",
            is_pressing=False,
        ),
        Matter(
            "unverified",
            "unverified",
            _("Never confirmed"),
            ngettext_lazy("partner never confirmed", "partners never confirmed"),
            "workspace:listings",
            "kesegaran=unverified",
            is_pressing=False,
        ),
        Matter(
            "gap",
            "warning",
            _("Empty places in the lead subsectors"),
            ngettext_lazy("empty place in a lead subsector", "empty places in lead subsectors"),
            "workspace:region",
            "#kosong",
            is_pressing=False,
        ),
        Matter(
            "vain",
            "search",
            _("Searches that found nobody"),
            ngettext_lazy("search that found nobody", "searches that found nobody"),
            "workspace:region",
            "#pencarian",
            is_pressing=False,
        ),
        Matter(
            "invitation",
            "person",
            _("Open invitations"),
            ngettext_lazy("open invitation", "open invitations"),
            "workspace:people",
            is_pressing=False,
        ),
        Matter(
            "steward",
            "person",
            _("Invited stewards"),
            ngettext_lazy("steward invited, no answer yet", "stewards invited, no answer yet"),
            "workspace:stewards",
            is_pressing=False,
        ),
    ]
}


class Waiting(NamedTuple):
    """So many of one matter, as a page shows them."""

    matter: Matter
    number: int
    address: str

    @property
    def words(self):
        return self.matter.words % self.number


class RegionState:
    """What waits in one region, and how it stands."""

    completeness = None

    def __init__(self, region, counts, has_officer=True):
        self.region, self.counts, self.has_officer = region, counts, has_officer
        self.gaps = []

    @property
    def waiting(self):
        return waiting(self.counts | {"gap": self.gap_number}, self.region)

    @property
    def gap_number(self):
        return sum(len(roles) for _subsector, roles in self.gaps)

    @property
    def published(self):
        return sum(self.counts[state] for state in Freshness.values)

    @property
    def pressing(self):
        """How many things do not wait well."""
        return sum(self.counts[matter.name] for matter in MATTERS.values() if matter.is_pressing)


def waiting(counts, region=None):
    """Return what waits, the most urgent first."""
    found = [(matter, counts.get(matter.name, 0)) for matter in MATTERS.values()]
    waits = [Waiting(matter, number, matter.address(region)) for matter, number in found if number]
    return [each for each in waits if each.address]


def count_matters(regions, user):
    """Return {region: Counter of matters and of `Freshness`} in one statement.

    Nobody decides on the own changes, so these do not wait for the user.
    """
    first, *others = _counted(regions.order_by().values("pk"), user)
    counts = defaultdict(Counter)
    for region, matter, number in first.union(*others, all=True):
        counts[region][matter] += number
    return counts


def _counted(regions, user):
    """Rows of (region, matter, number), each from a table of its own."""
    published = SearchEntry.objects.filter(region__in=regions).alias(matter=freshness_now())
    yield _by_region(published, F("matter"))
    drafts = Stakeholder.objects.filter(region__in=regions, status=Stakeholder.Status.DRAFT)
    yield _by_region(drafts, _named("draft"))
    proposals = Suggestion.objects.undecided().in_regions(regions)
    yield _by_region(proposals, _named("proposal"), of="decided_in")
    lately = timezone.localdate() - timedelta(days=VAIN_DAYS)
    messages = Inquiry.objects.unanswered().filter(stakeholder__region__in=regions)
    yield _by_region(messages, _named("inquiry"), of="stakeholder__region")
    changes = ListingChange.objects.decidable_by(user).filter(stakeholder__region__in=regions)
    yield _by_region(changes, _named("review"), of="stakeholder__region")
    asked = StewardInvitation.objects.filter(stakeholder__region__in=regions)
    yield _by_region(asked.waiting(), _named("claim"), of="stakeholder__region")
    yield _by_region(asked.open(), _named("steward"), of="stakeholder__region")
    invited = Invitation.objects.valid().filter(region__in=regions)
    yield _by_region(invited, _named("invitation"))
    vain = VainSearch.objects.filter(region__in=regions, day__gt=lately)
    yield _by_region(vain, _named("vain"), number=Sum("searches"))


def _named(matter):
    return Value(matter, CharField())


def _by_region(rows, matter, *, of="region", number=None):
    named = rows.order_by().annotate(of_matter=matter).values_list(of, "of_matter")
    return named.annotate(number=number or Count("pk"))


def gaps_of_each(regions):
    """Return {region: [(lead subsector, the roles that nobody plays there)]} in two statements.

    Whoever works across all subsectors plays a role in each of them.
    """
    links = RegionSubsector.objects.filter(region__in=regions, is_lead=True)
    played = SearchEntry.objects.filter(region__in=regions).played_by_region()
    slugs = Lists.load().bits("subsector")
    gaps = defaultdict(list)
    for link in links.select_related("subsector").order_by("region", "subsector"):
        bit = 1 << slugs.index(link.subsector.slug)
        roles = [role for role in Role if not played.get((link.region_id, role.value), 0) & bit]
        if roles:
            gaps[link.region_id].append((link.subsector, roles))
    return gaps


def without_officer(regions):
    """Return the keys of those regions that no officer looks after today."""
    silent = OfficerAssignment.objects.active().silent_regions()
    return set(silent.filter(pk__in=regions.order_by().values("pk")).values_list("pk", flat=True))
