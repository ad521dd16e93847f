"""The state of the network: every number of /jejaring/, in a fixed set of statements."""

from collections import Counter
from datetime import datetime
from functools import cached_property
from itertools import accumulate
from typing import NamedTuple

from django.core.cache import caches
from django.utils import timezone
from django.utils.translation import gettext as _

from regions.models import Province, Region, Subsector
from stakeholders.coverage import Coverage
from stakeholders.models import Freshness, SearchEntry, Stakeholder
from stakeholders.plots import Plot, Row, Series
from stakeholders.roles import Role

KEPT = 60  # seconds: with 200,000 listings counting keeps the database busy for some
SCORES = range(len(Role) + 1)
MONTHS = 24


class Numbers(NamedTuple):
    at: datetime
    islands: dict  # {region: island group}
    living: list  # (region, role)
    partnered: set  # regions where anybody but the government is listed
    freshness: list  # (role, state, number)
    months: list  # (month, number)
    coverage: Coverage

    @classmethod
    def count(cls):
        published = Stakeholder.objects.published()
        partners = published.exclude(role=Role.GOVERNMENT).order_by()
        return cls(
            at=timezone.now(),
            islands=dict(Region.objects.order_by().values_list("pk", "province__island")),
            living=SearchEntry.objects.living_roles_by_region(),
            partnered=set(partners.values_list("region", flat=True).distinct()),
            freshness=list(published.by_freshness()),
            months=list(published.by_month()),
            coverage=published.coverage(),
        )


class Network:
    def __init__(self):
        self.numbers = caches["process"].get_or_set("network", Numbers.count, KEPT)

    @property
    def at(self):
        return self.numbers.at

    @property
    def coverage(self):
        return self.numbers.coverage

    @property
    def total(self):
        return self.coverage.total

    @property
    def region_total(self):
        return len(self.numbers.islands)

    @property
    def partnered_total(self):
        return len(self.numbers.partnered)

    @property
    def complete_total(self):
        """Regions with all six roles alive."""
        return Counter(self.scores.values())[len(Role)]

    @property
    def confirmed_percent(self):
        in_time = [Freshness.FRESH, Freshness.DUE]
        confirmed = sum(n for _role, state, n in self.numbers.freshness if state in in_time)
        return round(100 * confirmed / self.total) if self.total else 0

    @cached_property
    def scores(self):
        """Return {region: number of living roles}, the regions with none included."""
        living = Counter(region for region, _role in self.numbers.living)
        return {region: living[region] for region in self.numbers.islands}

    def plot(self, name):
        """Return the plot that an address names, or None."""
        return PLOTS[name](self, name) if name in PLOTS else None

    @property
    def plots(self):
        return [self.plot(name) for name in PLOTS]

    def _plot_scores(self, name):
        regions = Counter(self.scores.values())
        return Plot(
            name,
            "bars",
            _("How many roles are alive?"),
            _(
                "Kabupaten and kota by the number of roles, 0 to 6, "
                "that are alive in their lead subsectors."
            ),
            _("Living roles"),
            [Series("plain", _("Kabupaten and kota"))],
            [Row("", str(score), [regions[score]]) for score in SCORES],
        )

    def _plot_islands(self, name):
        islands = self.numbers.islands
        regions = Counter((islands[region], score) for region, score in self.scores.items())
        return Plot(
            name,
            "bars",
            _("Living roles by island group"),
            _(
                "The share of the kabupaten and kota with 0 to 6 living roles; "
                "each part says how many."
            ),
            _("Island group"),
            [Series(f"score-{score}", str(score)) for score in SCORES],
            [
                Row("", label, [regions[island, score] for score in SCORES])
                for island, label in Province.Island.choices
            ],
            is_share=True,
        )

    def _plot_island_roles(self, name):
        islands = self.numbers.islands
        regions = Counter((islands[region], role) for region, role in self.numbers.living)
        wholes = Counter(islands.values())
        return Plot(
            name,
            "hexagons",
            _("Which role is missing where?"),
            _("Per cent of the kabupaten and kota of an island group in which the role is alive."),
            _("Island group"),
            [*_role_series(), Series("plain", _("Kabupaten and kota"))],
            [
                Row("", label, [*(regions[island, role] for role in Role.values), wholes[island]])
                for island, label in Province.Island.choices
            ],
        )

    def _plot_reach(self, name):
        islands = self.numbers.islands
        partnered = Counter(islands[region] for region in self.numbers.partnered)
        wholes = Counter(islands.values())
        return Plot(
            name,
            "bars",
            _("Where is anybody but the government listed?"),
            _("Kabupaten and kota with at least one listing that is not of the government."),
            _("Island group"),
            [Series("plain", _("With partners")), Series("without", _("Government only or none"))],
            [
                Row("", label, [partnered[island], wholes[island] - partnered[island]])
                for island, label in Province.Island.choices
            ],
            is_share=True,
        )

    def _plot_roles(self, name):
        return Plot(
            name,
            "bars",
            _("Listings by role"),
            _("Published listings, and how many of them are out of date."),
            _("Role"),
            _living_series(),
            [
                Row(role, Role(role).label, _living_numbers(cell))
                for role, cell in self.coverage.roles.items()
            ],
        )

    def _plot_subsectors(self, name):
        coverage = self.numbers.coverage
        return Plot(
            name,
            "bars",
            _("Listings by subsector"),
            _("A listing in two subsectors counts in both."),
            _("Subsector"),
            _living_series(),
            [
                Row("", each.name, _living_numbers(coverage.across_roles(each)))
                for each in Subsector.objects.all()
            ],
        )

    def _plot_freshness(self, name):
        listings = Counter({(role, state): n for role, state, n in self.numbers.freshness})
        return Plot(
            name,
            "bars",
            _("How fresh are the listings?"),
            _("The share of the listings of a role by the state of their confirmation."),
            _("Role"),
            [Series(state.value, state.label) for state in Freshness],
            [
                Row("", role.label, [listings[role.value, state.value] for state in Freshness])
                for role in Role
            ],
            is_share=True,
        )

    def _plot_growth(self, name):
        return Plot(
            name,
            "line",
            _("Growth by month"),
            _("Listings published so far that are still published."),
            _("Month"),
            [Series("new", _("New")), Series("all", _("In all"))],
            [Row("", month, [new, total]) for month, new, total in self._months()[-MONTHS:]],
        )

    def _months(self):
        """Return [(month, new, in all)] without a gap, up to now."""
        new = {month.year * 12 + month.month - 1: n for month, n in self.numbers.months}
        now = timezone.localdate()
        months = range(min(new, default=0), now.year * 12 + now.month) if new else []
        totals = accumulate(new.get(month, 0) for month in months)
        return [
            (f"{month // 12}-{month % 12 + 1:02}", new.get(month, 0), total)
            for month, total in zip(months, totals, strict=True)
        ]


# In the order of the page, two beside each other where there is space.
PLOTS = {
    "skor": Network._plot_scores,
    "skor-pulau": Network._plot_islands,
    "peran-pulau": Network._plot_island_roles,
    "subsektor": Network._plot_subsectors,
    "peran": Network._plot_roles,
    "kesegaran": Network._plot_freshness,
    "jangkauan": Network._plot_reach,
    "pertumbuhan": Network._plot_growth,
}


def _role_series():
    return [Series(role.value, role.label) for role in Role]


def _living_series():
    return [Series("plain", _("In date or not yet confirmed")), Series("stale", _("Out of date"))]


def _living_numbers(cell):
    return [cell.living, cell.total - cell.living]
