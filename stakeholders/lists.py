"""The rows of all lists that the partner search chooses from, in memory: some 700."""

from functools import lru_cache
from time import monotonic
from typing import NamedTuple

from django.contrib.postgres.fields import ArrayField
from django.db.models import CharField, F, Func, IntegerField, Value
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
    parent: str  # the role of a type, the code of a region's province
    code: str  # of a province or region
    level: str  # the kind of a region, the island group of a province
    slug: str
    names: list  # all that it is called, the official name first


class Lists:
    def __init__(self, items):
        self._items, self._keyed = {}, {}
        for item in items:
            self._items.setdefault(item.kind, []).append(item)
            self._keyed[item.kind, item.pk] = item
        self._bits = {
            kind: [item.value for item in sorted(rows, key=lambda item: item.pk)]
            for kind, rows in self._items.items()
        }

    @staticmethod
    def load():
        """Return them in the order and the language in which people read them."""
        return _remembered(get_language(), int(monotonic() / KEPT))

    def of(self, kind):
        return self._items.get(kind, [])

    def choices(self, kind):
        return [(item.value, item.label) for item in self.of(kind)]

    def keys(self, kind, values):
        return [item.pk for item in self.of(kind) if item.value in values]

    def item(self, kind, pk):
        """Return the row, or None where it has come or gone since the lists were read."""
        return self._keyed.get((kind, pk))

    def bits(self, kind):
        """Return the values in the order of the bits of a `SearchEntry`."""
        return self._bits.get(kind, [])


@lru_cache(maxsize=2)  # for each language; in the process itself: to unpickle them took longer
def _remembered(language, time):
    return Lists(_read())


def forget_lists():
    _remembered.cache_clear()


def _read():
    """Read them all in one query."""
    name = Subsector.name_column()
    rows = _rows("category", OfferingCategory, name).union(
        _rows("subsector", Subsector, name),
        _rows("type", OrganizationType, name, parent="role"),
        _places("province", Province, "short_name", value="code", level="island"),
        _places("region", Region, "name", value="slug", level="kind", parent="province__code"),
        all=True,
    )
    return [Item(*row) for row in rows.order_by("of_list", "place", "label")]


def _rows(kind, model, label, **more):
    columns = {
        "of_list": Value(kind, CharField()),
        "place": Cast("position", IntegerField()),
        "label": F(label),
        "value": F("slug"),
        "parent": Value("", CharField()),
        "of_code": Value("", CharField()),
        "level": Value("", CharField()),
        "names": _array("name_id", "name_en"),
    }
    columns |= {name: F(each) if isinstance(each, str) else each for name, each in more.items()}
    rows = model.objects.order_by().annotate(**columns)
    head = ["of_list", "place", "label", "value", "pk", "parent", "of_code", "level", "slug"]
    return rows.values_list(*head, "names")


def _places(kind, model, label, **more):
    names = Func(_array("name", "short_name"), "aliases", function="array_cat")
    more |= {"place": Value(0), "of_code": "code", "names": names}
    return _rows(kind, model, label, **more)


def _array(*columns):
    template = "ARRAY[%(expressions)s]::varchar[]"
    return Func(*columns, template=template, output_field=ArrayField(CharField()))
