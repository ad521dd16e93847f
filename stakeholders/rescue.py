"""What a search that found nothing leads to instead: few queries, whatever was asked."""

from functools import cached_property
from typing import NamedTuple

from django.db.models import CharField, Count, Value

from regions.models import Province, Region
from stakeholders.fitting import fitting_offerings
from stakeholders.models import SearchEntry
from stakeholders.rewording import Rewordings

PLACES = ["wilayah", "provinsi", "dekat", "radius"]
MOST_REGIONS, MOST_OFFERINGS = 4, 3


class Way(NamedTuple):
    """Another search, that finds something."""

    words: str
    address: str
    rows: int


class Rescue:
    """Takes a `StakeholderFilter` that found nothing."""

    def __init__(self, filterset):
        self.filterset, self.search = filterset, filterset.search
        self.rewordings = Rewordings(filterset.search)

    @property
    def removals(self):
        """What would be found without one of several things asked for: a list of `Removal`."""
        rows = {name: self._rows.get(("without", name)) for name in self.filterset.removable}
        return self.filterset.removals(rows)

    @property
    def shorter(self):
        """What the text would bring without one of its words: a list of `Way`."""
        return self._ways("shorter", self.rewordings.shorter)

    @property
    def respelled(self):
        """What the text would bring with other words for those that nobody uses."""
        return self._ways("respelled", self.rewordings.respelled)

    def _ways(self, kind, rewordings):
        return [
            Way(each.words, self._address(each.search), rows)
            for nth, each in enumerate(rewordings)
            if (rows := self._rows.get((kind, str(nth))))
        ]

    @cached_property
    def _rows(self):
        """Return {(kind, which of that kind): rows found}, all counted in one query."""
        narrowed, rewordings = self.filterset.narrowed, self.rewordings
        searches = {"shorter": rewordings.shorter, "respelled": rewordings.respelled}
        parts = [_counted("without", name, narrowed(name)) for name in self.filterset.removable]
        parts += [
            _counted(kind, str(nth), narrowed("q").mentioning(each.search))
            for kind, found in searches.items()
            for nth, each in enumerate(found)
        ]
        counted = parts[0].union(*parts[1:], all=True) if parts else []
        return {(kind, which): rows for kind, which, rows in counted}

    def _address(self, search, *without, **instead):
        text = {"q": search.text} if search.text else {}
        return self.filterset.address("q", *without, **text, **instead)

    @cached_property
    def regions(self):
        """The nearest regions that have it: with `rows`, `distance_km` and an `address`."""
        place = self._place()
        if place is None:
            return []
        search = self.rewordings.without_places
        there = self._anywhere().mentioning(search)
        found = Region.objects.filter(search_entries__in=there).annotate(rows=Count("pk"))
        regions = found.with_distance_to(place).order_by("distance_km", "pk")[:MOST_REGIONS]
        for region in regions:
            region.address = self._address(search, *PLACES, wilayah=region.slug)
        return regions

    def _anywhere(self):
        """Return what all filters leave but those of the place and the text."""
        entries = SearchEntry.objects.all()
        chosen = self.filterset.chosen
        for name in self.filterset.facets.keys() & chosen.keys() - {*PLACES}:
            entries = self.filterset.filters[name].filter(entries, chosen[name])
        return entries

    def _place(self):
        """Return the region or province that the search is narrowed to, or rows of such."""
        chosen = self.filterset.chosen
        if self.filterset.place and "radius" in chosen:
            return self.filterset.place
        if "wilayah" in chosen:
            return Region.objects.filter(slug__in=chosen["wilayah"])
        if self.search.places:
            option = self.search.places[0].options[0]
            model = Province if option.kind == "province" else Region
            return model.objects.filter(pk=option.pk)
        provinces = chosen.get("provinsi")
        return Province.objects.filter(code__in=provinces) if provinces else None

    @cached_property
    def subsectors(self):
        """The subsectors asked for, by choice or in words: slugs."""
        meant = [
            item.value
            for term in self.search.terms
            for pk in term.subsectors
            if (item := self.filterset.lists.item("subsector", pk)) and not term.is_excluded
        ]
        return list(dict.fromkeys([*self.filterset.chosen.get("subsektor", []), *meant]))

    @property
    def text(self):
        """The text that was asked for, but for its places."""
        return self.rewordings.without_places.text

    @property
    def words(self):
        return [term.text for term in self.search.terms if not (term.is_excluded or term.is_meant)]

    @cached_property
    def offerings(self):
        """Open needs and offers that fit what was asked for, one a listing."""
        chosen = self.filterset.chosen
        return fitting_offerings(
            subsectors=self.subsectors,
            offered=chosen.get("menawarkan", []),
            needed=chosen.get("membutuhkan", []),
            words=self.words,
            regions=chosen.get("wilayah", []),
        ).newest_of_each(MOST_OFFERINGS)


def _counted(kind, which, entries):
    named = entries.order_by().annotate(
        kind=Value(kind, CharField()), which=Value(which, CharField())
    )
    return named.values_list("kind", "which").annotate(rows=Count("pk"))
