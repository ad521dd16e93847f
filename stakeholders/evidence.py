"""What an officer hands in: one region, its coverage and its listings, on paper or as a table."""

from functools import cached_property

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from regions.models import Subsector
from stakeholders.models import Freshness, Offering
from stakeholders.roles import Role

MOST_OF_A_ROLE = 50  # listings on the page; the download has all
METHOD = _(
    "Counted are the published listings of the directory on the day of this sheet; a listing in two"
    " subsectors counts in both, but once in its role. A role is alive when one of its listings in"
    " the lead subsectors, or across all of them, is not out of date; one that nobody has confirmed"
    " yet counts, too. Confirmed: somebody responsible said “still true” within the rhythm of the"
    " listing, 180 days unless it says otherwise. A need is met when a listing of the region offers"
    " what another of the region looks for."
)


class EvidenceSheet:
    """The public facts of a region from `for_profile()`, as of today."""

    method = METHOD

    def __init__(self, region, build_uri):
        self.region, self._build_uri = region, build_uri
        self.day = timezone.localdate()
        self.listings = region.stakeholders.published().for_sheet()
        self.filename = f"lembar-data-{region.slug}-{self.day}"

    @property
    def address(self):
        return self._build_uri(reverse("stakeholders:evidence_sheet", args=[self.region.slug]))

    @cached_property
    def coverage(self):
        return self.region.stakeholders.published().coverage()

    @property
    def living_roles(self):
        return self.coverage.living_roles(self.region.lead_subsectors)

    @cached_property
    def roles(self):
        """Return [(role, its cell, its first listings, how many more)] in their order."""
        first = {role: [] for role in Role}
        for listing in self.listings.first_of_each_role(MOST_OF_A_ROLE):
            first[Role(listing.role)].append(listing)
        cells = self.coverage.roles
        return [
            (role, cells[role.value], first[role], cells[role.value].total - len(first[role]))
            for role in Role
        ]

    @cached_property
    def subsectors(self):
        """Return [(subsector, is a lead, its six cells)], leads first, without empty others."""
        leads = self.region.lead_subsectors
        rows = [(each, each in leads, self.coverage.row(each)) for each in Subsector.objects.all()]
        told = [row for row in rows if row[1] or any(cell.total for _role, cell in row[2])]
        return sorted(told, key=lambda row: not row[1])

    @property
    def across(self):
        return self.coverage.row(None)

    @cached_property
    def confirmed(self):
        """How many listings somebody responsible has confirmed in time."""
        in_time = [Freshness.FRESH, Freshness.DUE]
        return self.region.stakeholders.published().with_freshness_in(in_time).count()

    @cached_property
    def needs(self):
        here = Offering.objects.open().filter(stakeholder__region=self.region)
        return list(here.by_needed_category())

    @property
    def needs_met(self):
        return sum(need["offering"] > 0 for need in self.needs)

    def address_of(self, listing):
        return self._build_uri(listing.get_absolute_url())
