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
    def shorter(self):
        """What the text would bring without one of its words."""
        return self._ways["shorter"]

    @property
    def respelled(self):
        """What the text would bring with other words for those that nobody uses."""
        return self._ways["respelled"]

    @cached_property
    def _ways(self):
        """Return {kind: list of `Way`}, all counted in one query."""
        kinds = {kind: getattr(self.rewordings, kind) for kind in ("shorter", "respelled")}
        parts = [
            self._counted(kind, nth, each.search)
            for kind, found in kinds.items()
            for nth, each in enumerate(found)
        ]
        counted = parts[0].union(*parts[1:], all=True) if parts else []
        rows = {(kind, int(nth)): rows for kind, nth, rows in counted}
        return {
            kind: [
                Way(each.words, self._address(each.search), rows[kind, nth])
                for nth, each in enumerate(found)
                if rows.get((kind, nth))
            ]
            for kind, found in kinds.items()
        }

    def _counted(self, kind, nth, search):
        entries = self.filterset.narrowed("q").mentioning(search).order_by()
        named = entries.annotate(kind=Value(kind, CharField()), nth=Value(str(nth), CharField()))
        return named.values("kind", "nth").annotate(n=Count("pk")).values_list("kind", "nth", "n")

    def _address(self, search, *without, **instead):
        text = {"q": search.text} if search.text else {}
        return self.filterset.address("q", *without, **text, **instead)

    @cached_property
    def regions(self):
        """The nearest regions that have it: with `rows`, `distance_km` and an `address`."""
        place = self._place()
        if not place:
            return []
        search = self.rewordings.without_places
        entries = self._anywhere().mentioning(search).order_by()
        rows = dict(entries.values_list("region").annotate(Count("pk")))
        nearest = Region.objects.filter(pk__in=rows).with_distance_to(place)
        regions = list(nearest.order_by("distance_km", "pk")[:MOST_REGIONS])
        for region in regions:
            region.rows = rows[region.pk]
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
        """Return the region or province that the search is narrowed to, or the first of several."""
        chosen = self.filterset.chosen
        if self.filterset.place and "radius" in chosen:
            return self.filterset.place
        if "wilayah" in chosen:
            return Region.objects.filter(slug__in=chosen["wilayah"]).first()
        if self.search.places:
            option = self.search.places[0].options[0]
            model = Province if option.kind == "province" else Region
            return model.objects.filter(pk=option.pk).first()
        return Province.objects.filter(code__in=chosen.get("provinsi", [])).first()

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
