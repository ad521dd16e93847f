from collections import Counter
from functools import cached_property
from typing import NamedTuple

import django_filters
from django import forms
from django.core.cache import caches
from django.utils.translation import gettext_lazy as _

from regions.facets import (
    Facet,
    FacetFilterSet,
    ForgivingField,
    Ignored,
    PlaceFilter,
    SortFilter,
    TextFilter,
)
from regions.models import Region
from stakeholders import facet_counts
from stakeholders.cards import Cards
from stakeholders.lists import Lists
from stakeholders.models import ACROSS, MOST_RANKED, Freshness, SearchEntry, Stakeholder
from stakeholders.readings import Readings
from stakeholders.rescue import Rescue
from stakeholders.roles import Role
from stakeholders.search import Search

KEPT = 60  # seconds
FARTHEST_KM = 5500  # from Sabang to Merauke
RADII_KM = [25, 50, 100, 250, 500]


class RadiusField(ForgivingField, forms.CharField):
    def clean(self, value):
        text = (value or "").strip()
        radius = int(text) if text.isascii() and text.isdigit() and len(text) < 5 else 0
        is_right = 1 <= radius <= FARTHEST_KM
        self.ignored = [value] if text and not is_right else []
        return radius if is_right else None


class RadiusFilter(django_filters.Filter):
    """Kilometres around the place of `dekat`."""

    field_class = RadiusField


class EntryFacet(Facet):
    """A facet told by columns of the search table, and found by lexemes of its index.

    `keys(lists, values)` returns what follows the `mark` in the lexemes of the options;
    `options_of(lists, tally)` returns the options that the listings of a tally belong to.
    """

    def __init__(self, *, options_of, mark="", keys=None, **kwargs):
        super().__init__(**kwargs)
        self.options_of = options_of
        self.mark = mark
        self.keys = keys

    def filter(self, queryset, values):
        if not values:
            return queryset
        return queryset.with_any(self.mark, self.keys(self.parent.lists, values))


class FreshnessFacet(EntryFacet):
    """No index knows what time makes of a row."""

    def filter(self, queryset, values):
        return queryset.with_freshness_in(values) if values else queryset


def _keys(kind):
    return lambda lists, values: lists.keys(kind, values)


def _keys_of_subsectors(lists, slugs):
    return lists.keys("subsector", slugs) + [0] * (ACROSS in slugs)


def _parent(kind, column):
    def options_of(lists, tally):
        item = lists.item(kind, getattr(tally, column))
        return [item.parent] if item else []

    return options_of


def _value(kind, column):
    def options_of(lists, tally):
        item = lists.item(kind, getattr(tally, column))
        return [item.value] if item else []

    return options_of


def _bits(kind, column, none=()):
    def options_of(lists, tally):
        mask, values, found = getattr(tally, column), lists.bits(kind), []
        while mask:
            lowest = mask & -mask
            found.append(values[lowest.bit_length() - 1])
            mask ^= lowest
        return found or none

    return options_of


class StakeholderFilter(FacetFilterSet):
    """The partner search: what the page, its counts and its chips all read."""

    most_rows = MOST_RANKED
    around_km = 50

    q = TextFilter(label=_("Search"), method="filter_q")
    peran = EntryFacet(
        label=_("Role"),
        mark="r",
        keys=lambda lists, roles: roles,
        choices=Role.choices,
        counted_by=facet_counts.BY_TYPE,
        options_of=_parent("type", "organization_type_id"),
    )
    subsektor = EntryFacet(
        label=_("Subsector"),
        mark="s",
        keys=_keys_of_subsectors,
        counted_by=facet_counts.BY_SUBSECTORS,
        options_of=_bits("subsector", "subsectors", none=[ACROSS]),
        first=6,
    )
    provinsi = EntryFacet(
        label=_("Province"),
        mark="p",
        keys=_keys("province"),
        counted_by=facet_counts.BY_REGION,
        options_of=_parent("region", "region_id"),
        first=5,
        most_first=True,
    )
    wilayah = EntryFacet(
        label=_("Kabupaten or kota"),
        mark="g",
        keys=_keys("region"),
        counted_by=facet_counts.BY_REGION,
        options_of=_value("region", "region_id"),
        first=5,
        most_first=True,
    )
    jenis = EntryFacet(
        label=_("Organisation type"),
        mark="t",
        keys=_keys("type"),
        counted_by=facet_counts.BY_TYPE,
        options_of=_value("type", "organization_type_id"),
        first=5,
        most_first=True,
    )
    kesegaran = FreshnessFacet(
        label=_("Confirmation"),
        choices=Freshness.choices,
        counted_by=facet_counts.BY_TYPE,
        options_of=lambda lists, tally: [tally.freshness],
    )
    menawarkan = EntryFacet(
        label=_("Offers"),
        mark="o",
        keys=_keys("category"),
        counted_by=facet_counts.BY_OFFERS,
        options_of=_bits("category", "offers"),
        first=4,
        most_first=True,
    )
    membutuhkan = EntryFacet(
        label=_("Needs"),
        mark="w",
        keys=_keys("category"),
        counted_by=facet_counts.BY_NEEDS,
        options_of=_bits("category", "needs"),
        first=4,
        most_first=True,
    )
    dekat = PlaceFilter(label=_("Near"))
    radius = RadiusFilter(label=_("Within"), method="filter_radius")
    urut = SortFilter(
        label=_("Order"),
        choices=[
            ("relevansi", _("Best match")),
            ("terdekat", _("Nearest")),
            ("terbaru", _("Newest confirmation")),
            ("nama", _("Name")),
        ],
    )

    class Meta:
        model = SearchEntry
        fields = []

    def __init__(self, data, queryset=None):
        """Take the parameters of an address, and the entries to look among if not all."""
        self.is_among_all = queryset is None
        super().__init__(data, SearchEntry.objects.all() if self.is_among_all else queryset)

    @cached_property
    def lists(self):
        return Lists.load()

    def choices(self):
        categories = self.lists.choices("category")
        return {
            "subsektor": [
                *self.lists.choices("subsector"),
                (ACROSS, _("Across all subsectors")),
            ],
            "provinsi": self.lists.choices("province"),
            "wilayah": self.lists.choices("region"),
            "jenis": self.lists.choices("type"),
            "menawarkan": categories,
            "membutuhkan": categories,
        }

    @cached_property
    def search(self):
        return Search(self.chosen.get("q", ""))

    @cached_property
    def chosen(self):
        """Without a place there is nothing that kilometres could be around."""
        chosen = super().chosen
        return {n: value for n, value in chosen.items() if n != "radius" or "dekat" in chosen}

    @property
    def ignored(self):
        words = [(self.filters["q"], word) for word in self.search.understood.left_out]
        stray = self.form.cleaned_data["radius"] if not self.place else None
        if stray and self.data.get("dekat") != "":  # "": the form, its place just emptied
            words.append((self.filters["radius"], str(stray)))
        return super().ignored + [Ignored(each.label, word) for each, word in words]

    @cached_property
    def readings(self):
        return Readings(self.search, self.lists, self.data)

    @property
    def chips(self):
        """One removable chip for each thing asked for; of the text, one for each part."""
        others = [chip for chip in super().chips if chip.facet != self.filters["q"].label]
        return self.readings.chips + others

    def filter_q(self, queryset, name, text):
        return queryset.mentioning(self.search)

    def filter_radius(self, queryset, name, radius):
        if not self.place:
            return queryset
        near = [pk for pk, km in self.distances.items() if km <= radius]
        return queryset.filter(region__in=near)

    @cached_property
    def distances(self):
        """Return {region: km from the place}, the nearest first."""
        regions = Region.objects.order_by().with_distance_to(self.place)
        return dict(regions.order_by("distance_km", "pk").values_list("pk", "distance_km"))

    @property
    def radii(self):
        """Kilometres to choose from, if a place is named."""
        return sorted({*RADII_KM, self.chosen.get("radius", RADII_KM[0])}) if self.place else []

    @property
    def around(self):
        """The same search also `around_km` around, where it asks for one region alone."""
        regions = self.chosen.get("wilayah", [])
        if len(regions) != 1 or self.place:
            return ""
        return self.address("wilayah", "provinsi", dekat=regions[0], radius=self.around_km)

    def label_of(self, name, value):
        return f"{value} km" if name == "radius" else super().label_of(name, value)

    def is_narrowed(self, but=""):
        """Whether anything is asked for, the facet `but` aside."""
        return not self.is_among_all or any(
            name != but and self._narrows(name) for name in self.chosen
        )

    @cached_property
    def everything(self):
        """What the search tells that nobody narrows: asked for most, and dearest to count."""
        return caches["process"].get_or_set("search-for-everything", Everything.read, KEPT)

    @cached_property
    def tallies(self):
        """Return {(facet or "", columns): list of `Tally`}; "" for rows that everything leaves."""
        chosen = [name for name in self.facets if name in self.chosen]
        sets = {name: {self.facets[name].counted_by} for name in chosen}
        open_sets = {f.counted_by for name, f in self.facets.items() if name not in chosen}
        sets[""] = {facet_counts.BY_REGION, *open_sets}
        narrowed = [name for name in sets if self.is_narrowed(but=name)]
        found = {}
        for tally in facet_counts.tallies({n: (self.narrowed(n), sets[n]) for n in narrowed}):
            found.setdefault((tally.part, tally.columns), []).append(tally)
        return found

    @cached_property
    def counts(self):
        counts = {name: self._counts_of(name, facet) for name, facet in self.facets.items()}
        return {"": {"": sum(self.by_region.values())}} | counts

    def _counts_of(self, name, facet):
        part = name if name in self.chosen else ""
        if not self.is_narrowed(but=part):
            return self.everything.counts[name]
        counts = Counter()
        for tally in self.tallies.get((part, facet.counted_by), []):
            for option in facet.options_of(self.lists, tally):
                counts[option] += tally.rows
        return counts

    @cached_property
    def by_region(self):
        """Return {region: rows found there}."""
        if not self.is_narrowed():
            return self.everything.by_region
        found = self.tallies.get(("", facet_counts.BY_REGION), [])
        return {tally.region_id: tally.rows for tally in found}

    @cached_property
    def rescue(self):
        """Ways on, where nothing was found."""
        return Rescue(self)

    @property
    def rescues(self):
        return self.rescue.removals

    @property
    def listings(self):
        """Return all listings found, in no order."""
        return Stakeholder.objects.filter(search_entry__in=self.narrowed())

    def filter_queryset(self, queryset):
        return Cards(self)


class Everything(NamedTuple):
    """The answer to no question at all, as it was at most a minute ago."""

    counts: dict
    by_region: dict
    best: list

    @classmethod
    def read(cls):
        search = StakeholderFilter({}, SearchEntry.objects.all())
        best = search.queryset.best_first().values_list("pk", flat=True)[:MOST_RANKED]
        return cls(search.counts, search.by_region, list(best))
