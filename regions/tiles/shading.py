"""What the tile map shows: one value for each region, in five classes and none."""

from bisect import bisect_right
from functools import cached_property
from itertools import groupby
from math import ceil
from typing import NamedTuple

from django import forms
from django.db.models import Count
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from regions.facets import Ignored, OneOfField
from regions.models import Province, Region, Subsector
from regions.tiles import places

CLASSES = 5
COLUMNS = [
    "code", "name", "short_name", "slug",
    "province__code", "province__short_name", "province__slug", "province__island",
]  # fmt: skip


class Shading(NamedTuple):
    code: str
    label: str
    words: str  # a plural form that says a value
    most: int | None = None  # where a value has a natural end

    def values(self, regions):
        """Return {pk: value} of those that have one: one query, however many listings there are."""
        if self.code == "pengakuan":
            titled = regions.with_title_count().filter(title_count__gt=0)
            return dict(titled.values_list("pk", "title_count"))
        listings, number = self._counted(regions.stakeholders())
        return dict(listings.order_by().values_list("region").annotate(number))

    def _counted(self, listings):
        """Return which listings count, and how."""
        match self.code:
            case "mitra":
                return listings, Count("pk")
            case "peran":
                return listings.living().in_lead_subsectors(), Count("role", distinct=True)
        return listings.in_subsectors([self.code]), Count("pk")

    def bounds(self, values):
        """Return where each class begins."""
        return list(range(1, CLASSES + 1)) if self.most else growing_bounds(values)

    def in_words(self, value):
        return self.words % {"number": value}


PARTNERS = ngettext_lazy("%(number)d partner", "%(number)d partners", "number")
ROLES = ngettext_lazy("%(number)d living role of 6", "%(number)d living roles of 6", "number")
TITLES = ngettext_lazy("%(number)d recognition", "%(number)d recognitions", "number")
ALWAYS = [
    Shading("peran", _("Living roles"), ROLES, most=6),
    Shading("mitra", _("All partners"), PARTNERS),
    Shading("pengakuan", _("Recognitions"), TITLES),
]


class ShadingChoice(forms.Form):
    """What the address asks for under `warna`: one of `ALWAYS`, or the slug of a subsector."""

    warna = OneOfField(label=_("Shade the map by"), required=False)

    def __init__(self, data):
        super().__init__(data)
        subsectors = [Shading(each.slug, each.name, PARTNERS) for each in Subsector.objects.all()]
        self.groups = [(_("All subsectors"), ALWAYS), (_("Partners in one subsector"), subsectors)]
        self.shadings = {each.code: each for each in [*ALWAYS, *subsectors]}
        self.fields["warna"].choices = list(self.shadings.items())
        self.is_valid()

    @property
    def shading(self):
        return self.shadings.get(self.cleaned_data["warna"], ALWAYS[0])

    @property
    def ignored(self):
        return [Ignored(self.fields["warna"].label, each) for each in self.fields["warna"].ignored]


def growing_bounds(values):
    """Every number is its own class, or each class spans as many times its beginning."""
    found = sorted(set(values))
    if len(found) <= CLASSES:
        return found
    growth = (found[-1] / found[0]) ** (1 / CLASSES)
    return sorted({round(found[0] * growth**step) for step in range(CLASSES)})


class Tile(NamedTuple):
    region: Region
    value: int
    shade: int  # 0 is none
    words: str
    is_shown: bool
    address: str

    @property
    def middle(self):
        return places.middle(self.region.code)


class Group(NamedTuple):
    """The tiles of a province."""

    province: Province
    tiles: list

    @property
    def best_first(self):
        return sorted(self.shown, key=lambda tile: (-tile.value, tile.region.short_name))

    @property
    def shown(self):
        return [tile for tile in self.tiles if tile.is_shown]

    @property
    def placed(self):
        """Those the map has a tile for; a region newer than the map is in the list alone."""
        return [tile for tile in self.tiles if tile.middle]

    @property
    def filled(self):
        return sum(tile.value > 0 for tile in self.shown)

    @property
    def value(self):
        return sum(tile.value for tile in self.shown)


class TileMap:
    """All regions, shaded; each tile leads to the `address_of` its region.

    Give `only`, a queryset of regions, and the others are dimmed. Give `values`, {region pk:
    number}, where they are known, and the shading is asked for words alone.
    """

    def __init__(self, shading, only=None, values=None, address_of=Region.get_absolute_url):
        self.shading = shading
        self.address_of = address_of
        self.values = shading.values(Region.objects.order_by()) if values is None else values
        self.bounds = shading.bounds(self.values.values())
        # Few classes stand as far apart as five do.
        self.shades = [0] + [
            ceil(CLASSES * nth / len(self.bounds)) for nth in range(1, len(self.bounds) + 1)
        ]
        self.shown = None if only is None else set(only.values_list("pk", flat=True))

    @cached_property
    def tiles(self):
        regions = Region.objects.select_related("province").only(*COLUMNS)
        return [self._tile(region) for region in regions.order_by("province__code", "code")]

    def _tile(self, region):
        value = self.values.get(region.pk, 0)
        shade = self.shades[bisect_right(self.bounds, value)]
        words = self.shading.in_words(value)
        is_shown = self.shown is None or region.pk in self.shown
        return Tile(region, value, shade, words, is_shown, self.address_of(region))

    @cached_property
    def islands(self):
        """Return [(island, where its name stands, groups)], in the order of reading."""
        groups = [
            Group(province, list(tiles))
            for province, tiles in groupby(self.tiles, lambda tile: tile.region.province)
        ]
        return [
            (island, places.name_place(island), inside)
            for island in Province.Island
            if (inside := [group for group in groups if group.province.island == island])
        ]

    @property
    def filled_groups(self):
        """Provinces where there is anything, the fullest first."""
        groups = [group for _island, _place, inside in self.islands for group in inside]
        return sorted((group for group in groups if group.filled), key=lambda g: -g.value)

    @property
    def total(self):
        return sum(tile.is_shown for tile in self.tiles)

    @property
    def filled(self):
        return sum(tile.is_shown and tile.value > 0 for tile in self.tiles)

    @property
    def legend(self):
        """Return [(shade, words)], none first."""
        last = self.shading.most or max(self.values.values(), default=0)
        ends = [bound - 1 for bound in self.bounds[1:]] + [last]
        ranges = list(zip(self.bounds, ends, strict=False))
        words = [str(low) if low == high else f"{low}–{high}" for low, high in ranges]
        return list(zip(self.shades, [_("none"), *words], strict=True))

    @property
    def size(self):
        return places.size()

    @property
    def borders(self):
        return places.borders()
