"""The rows of all lists that the partner search chooses from, in memory: some 700."""

from functools import cached_property
from typing import NamedTuple

from django.core.cache import cache
from django.db.models import CharField, F, IntegerField, Value
from django.db.models.functions import Cast
from django.utils.translation import get_language

from regions.models import Province, Region, Subsector
from stakeholders.models import OfferingCategory, OrganizationType

KEPT = 60  # seconds


class Item(NamedTuple):
    kind: str
    position: int
    label: str
    value: str  # what stands for it in an address
    pk: int
    parent: str  # the role of a type, the province of a region


class Lists:
    def __init__(self, items):
        self._items = items

    @classmethod
    def load(cls):
        """Read them in one query, in the order and the language in which people read them."""
        key = f"search-lists-{get_language()}"
        return cls(cache.get_or_set(key, _read, KEPT))

    def of(self, kind):
        return [item for item in self._items if item.kind == kind]

    def choices(self, kind):
        return [(item.value, item.label) for item in self.of(kind)]

    def keys(self, kind, values):
        return [item.pk for item in self.of(kind) if item.value in values]

    def keys_under(self, kind, parents):
        return [item.pk for item in self.of(kind) if item.parent in parents]

    @cached_property
    def _by_key(self):
        return {(item.kind, item.pk): item for item in self._items}

    def item(self, kind, pk):
        """Return the row, or None where it has gone since the lists were read."""
        return self._by_key.get((kind, pk))

    def bits(self, kind):
        """Return the values in the order of the bits of a `SearchEntry`."""
        return [item.value for item in sorted(self.of(kind), key=lambda item: item.pk)]


def _read():
    name = Subsector.name_column()
    rows = _rows("category", OfferingCategory, name).union(
        _rows("subsector", Subsector, name),
        _rows("type", OrganizationType, name, parent="role"),
        _rows("province", Province, "short_name", value="code", position=Value(0)),
        _rows("region", Region, "name", position=Value(0), parent="province__code"),
        all=True,
    )
    return [Item(*row) for row in rows.order_by("of_list", "place", "label")]


def _rows(kind, model, label, value="slug", position="position", parent=""):
    rows = model.objects.order_by().annotate(
        of_list=Value(kind, CharField()),
        place=Cast(position, IntegerField()),
        label=F(label),
        value=F(value),
        parent=F(parent) if parent else Value("", CharField()),
    )
    return rows.values_list("of_list", "place", "label", "value", "pk", "parent")
