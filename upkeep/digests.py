"""What an officer is told: what waits in their scope; staff also hear of regions without one."""

import datetime
from typing import NamedTuple

from django.db import transaction
from django.db.models import Count, F, OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import OfficerAssignment
from collaborations.models import Suggestion
from regions.models import Region
from stakeholders.models import DUE_WINDOW, Stakeholder
from upkeep.mailings import Mailing
from upkeep.models import ReminderSeries, SignedLink
from upkeep.models.digest_wish import scope_of, staff
from upkeep.models.reminder_series import (
    nearly_retired,
    retirement_of,
    with_refused_address,
)

MOST_REGIONS = 12
MOST_LINKS = 5
MOST_NAMED = 10


class Waiting(NamedTuple):
    """What waits in one region."""

    region: Region
    stale: int
    due: int
    proposals: int


def stale_and_due(listings):
    """Rows of (region, out of date, due) where there is any."""
    now = timezone.now()
    asked = listings.order_by().filter(stale_at__lte=now + DUE_WINDOW).values_list("region")
    stale = Count("pk", filter=Q(stale_at__lte=now))
    return asked.annotate(stale=stale, due=Count("pk", filter=Q(stale_at__gt=now)))


def waiting_in(regions):
    """Return one `Waiting` for each region where something waits, the most first."""
    listings = Stakeholder.objects.published().filter(region__in=regions)
    freshness = {region: (stale, due) for region, stale, due in stale_and_due(listings)}
    proposals = dict(
        Suggestion.objects.undecided()
        .filter(region__in=regions)
        .order_by()
        .values_list("region")
        .annotate(Count("pk"))
    )
    found = regions.in_bulk({*freshness, *proposals}).values()
    rows = [
        Waiting(region, *freshness.get(region.pk, (0, 0)), proposals.get(region.pk, 0))
        for region in found
    ]
    return sorted(rows, key=lambda row: (-sum(row[1:]), row.region.name))


def regions_without_officer():
    """Regions with public listings that nobody looks after today, those with most to do first."""
    active = OfficerAssignment.objects.active()
    cared_for = Q(pk__in=active.filter(region__isnull=False).values("region")) | Q(
        province__in=active.filter(province__isnull=False).values("province")
    )
    here = Stakeholder.objects.published().order_by().filter(region=OuterRef("pk")).values("region")
    stale = here.filter(stale_at__lte=timezone.now()).annotate(number=Count("pk"))
    listed = here.annotate(number=Count("pk"))
    counted = Region.objects.exclude(cared_for).annotate(
        listed=Subquery(listed.values("number")), stale=Subquery(stale.values("number"))
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
        return scope_of(self.user)

    @cached_property
    def waiting(self):
        return waiting_in(self.scope)

    @cached_property
    def silent(self):
        """Regions without an officer, for those who may send one."""
        is_staff = staff().filter(pk=self.user.pk).exists()
        return list(regions_without_officer()) if is_staff else []

    @cached_property
    def retiring(self):
        """Listings that leave the site soon; telling it starts their notice."""
        return nearly_retired().filter(region__in=self.scope)

    @cached_property
    def retiring_rows(self):
        rows = self.retiring.select_related("region", "reminder_series").order_by("stale_at", "pk")
        return [(row, retirement_of(row)) for row in rows[:MOST_NAMED]]

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
        count = sum(sum(row[1:]) for row in self.waiting)
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
            "retiring": self.retiring_rows,
            "retiring_count": self.retiring.count(),
            "unreachable": self.unreachable[:MOST_NAMED],
            "unreachable_count": len(self.unreachable),
            "retired": self.retired[:MOST_NAMED],
            "retired_count": len(self.retired),
        }

    def _links_to_first(self):
        """For the listings that wait longest: one link to act oneself, one to forward."""
        asked = Stakeholder.objects.published().filter(
            region__in=self.scope, stale_at__lte=timezone.now() + DUE_WINDOW
        )
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
        ReminderSeries.objects.announce(self.retiring)
        self.wish.move_on(sent_at=timezone.now())
