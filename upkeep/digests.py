"""What an officer is told: what waits in their scope; staff also hear of regions without one."""

import datetime
from collections import defaultdict
from typing import NamedTuple

from django.db import transaction
from django.db.models import Count, F, OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, ngettext_lazy

from accounts.models import OfficerAssignment
from collaborations.models import Inquiry, StewardInvitation, Suggestion
from regions.models import Region
from stakeholders.models import DUE_WINDOW, ListingChange, Stakeholder
from upkeep.mailings import Mailing
from upkeep.models import ReminderSeries, SignedLink
from upkeep.models.digest_wish import staff
from upkeep.models.reminder_series import (
    nearly_retired,
    retirement_of,
    with_refused_address,
)

MOST_REGIONS = 12
MOST_LINKS = 5
MOST_NAMED = 10
MOST_RETIRING = 50  # only what is named counts as announced; the others come next time


KINDS = {
    "inquiry": ngettext_lazy(
        "%(count)d unanswered message", "%(count)d unanswered messages", "count"
    ),
    "proposal": ngettext_lazy("%(count)d proposal", "%(count)d proposals", "count"),
    "claim": ngettext_lazy(
        "%(count)d who wants to look after a listing",
        "%(count)d who want to look after a listing",
        "count",
    ),
    "review": ngettext_lazy("%(count)d change to review", "%(count)d changes to review", "count"),
    "stale": ngettext_lazy("%(count)d out of date", "%(count)d out of date", "count"),
    "due": ngettext_lazy("%(count)d due", "%(count)d due", "count"),
    "unverified": ngettext_lazy("%(count)d never confirmed", "%(count)d never confirmed", "count"),
}


REGION_OF = dict.fromkeys(["review", "inquiry", "claim"], "stakeholder__region")
REGION_OF["proposal"] = "decided_in"


class Waiting(NamedTuple):
    """What waits in one region: how many of each of the `KINDS`."""

    region: Region
    counts: dict

    @property
    def number(self):
        return sum(self.counts.values())

    @property
    def words(self):
        """As in "3 out of date, 2 due"."""
        here = [kind for kind in KINDS if kind in self.counts]
        return ", ".join(KINDS[kind] % {"count": self.counts[kind]} for kind in here)


def waiting_for(user, regions):
    """Return one `Waiting` for each region where something waits for this user, most first."""
    counts = defaultdict(dict)
    for kind, rows in _rows_that_wait(user, regions).items():
        by_region = rows.order_by().values_list(REGION_OF.get(kind, "region"))
        for region, number in by_region.annotate(Count("pk")):
            counts[region][kind] = number
    rows = [Waiting(region, counts[region.pk]) for region in regions.in_bulk(counts).values()]
    return sorted(rows, key=lambda row: (-row.number, row.region.name))


def _rows_that_wait(user, regions):
    now = timezone.now()
    listings = Stakeholder.objects.published().filter(region__in=regions)
    changes = ListingChange.objects.decidable_by(user)
    messages = Inquiry.objects.visible_to(user).unanswered()
    return {
        "inquiry": messages.filter(stakeholder__region__in=regions),
        "proposal": Suggestion.objects.undecided().in_regions(regions),
        "claim": StewardInvitation.objects.waiting().filter(stakeholder__region__in=regions),
        "review": changes.filter(stakeholder__region__in=regions),
        "stale": listings.filter(stale_at__lte=now),
        "due": listings.filter(stale_at__gt=now, stale_at__lte=now + DUE_WINDOW),
        "unverified": listings.filter(stale_at=None),
    }


def regions_without_officer():
    """Regions with public listings that nobody looks after today, those with most to do first."""
    here = Stakeholder.objects.published().order_by().filter(region=OuterRef("pk")).values("region")
    stale = here.filter(stale_at__lte=timezone.now()).annotate(number=Count("pk"))
    listed = here.annotate(number=Count("pk"))
    counted = (
        OfficerAssignment.objects.active()
        .silent_regions()
        .annotate(listed=Subquery(listed.values("number")), stale=Subquery(stale.values("number")))
    )
    return counted.filter(listed__gt=0).order_by(F("stale").desc(nulls_last=True), "name")


class Digest(Mailing):
    template = "digest"

    def __init__(self, wish, contact):
        super().__init__(contact)
        self.wish, self.user = wish, wish.user
        self.since = wish.sent_at or timezone.now() - datetime.timedelta(days=31)

    @cached_property
    def scope(self):
        return self.user.assigned_regions()

    @cached_property
    def waiting(self):
        return waiting_for(self.user, self.scope)

    @cached_property
    def silent(self):
        """Regions without an officer, for those who may send one."""
        is_staff = staff().filter(pk=self.user.pk).exists()
        return list(regions_without_officer()) if is_staff else []

    @cached_property
    def retiring(self):
        """Listings that leave the site soon; telling it starts their notice."""
        rows = nearly_retired().filter(region__in=self.scope).order_by("stale_at", "pk")
        return list(rows.select_related("region", "reminder_series")[:MOST_RETIRING])

    @cached_property
    def retired(self):
        """Listings that left the site since the last digest."""
        gone = Stakeholder.objects.filter(region__in=self.scope, status="archived")
        return list(
            gone.filter(reminder_series__archived_at__gt=self.since).select_related("region")
        )

    @cached_property
    def unreachable(self):
        """Listings whose contact address does not work."""
        return list(with_refused_address().filter(region__in=self.scope).select_related("region"))

    @property
    def is_empty(self):
        return not (self.waiting or self.silent or self.retired)

    @property
    def key(self):
        return f"officer-{self.user.pk}-{self.wish.due_at:%Y%m%d}"

    @property
    def subject(self):
        count = sum(row.number for row in self.waiting)
        if not count:
            return _("News from the Hexahelix directory")
        words = ngettext("%(count)d thing waits for you", "%(count)d things wait for you", count)
        return words % {"count": count}

    def context(self):
        return {
            "waiting": self.waiting[:MOST_REGIONS],
            "more_regions": max(len(self.waiting) - MOST_REGIONS, 0),
            "links": self._links_to_first(),
            "silent": self.silent[:MOST_NAMED],
            "silent_count": len(self.silent),
            "retiring": [(row, retirement_of(row)) for row in self.retiring],
            "retiring_count": len(self.retiring),
            "unreachable": self.unreachable[:MOST_NAMED],
            "unreachable_count": len(self.unreachable),
            "retired": self.retired[:MOST_NAMED],
            "retired_count": len(self.retired),
        }

    def _links_to_first(self):
        """For the listings that wait longest: one link to act oneself, one to forward."""
        doubtful = Q(stale_at=None) | Q(stale_at__lte=timezone.now() + DUE_WINDOW)
        asked = Stakeholder.objects.published().filter(doubtful, region__in=self.scope)
        first = asked.select_related("region").order_by("stale_at", "pk")[:MOST_LINKS]
        own, forwarded = SignedLink.Purpose.DIGEST, SignedLink.Purpose.FORWARD
        return [
            (self.link_to(row, own, self.user), self.link_to(row, forwarded, self.user))
            for row in first
        ]

    @transaction.atomic
    def note_sent(self):
        if self.is_empty:
            self.wish.move_on()
            return
        told = Stakeholder.objects.filter(pk__in=[row.pk for row in self.retiring])
        ReminderSeries.objects.announce(told)
        self.wish.move_on(sent_at=timezone.now())
