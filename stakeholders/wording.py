"""Contents of listings in words: what a field was, and what it shall be."""

from typing import NamedTuple

from django.core.files.storage import default_storage
from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from stakeholders.content import PICTURES, changed_keys, flat
from stakeholders.lists import Lists
from stakeholders.models import Offering, Stakeholder

NOTHING = "–"
LISTS = {"organization_type": "type", "region": "region"}


class Said(NamedTuple):
    text: str
    picture: str = ""  # where it is


class Difference(NamedTuple):
    key: str
    label: str
    before: Said
    after: Said


def differences(before, after):
    """Return field by field what the second content says differently."""
    before_flat, after_flat = flat(before), flat(after)
    keys = changed_keys(before, after)
    return [
        Difference(
            key,
            label_of(key, after_flat.get(key) or before_flat.get(key)),
            say(key, before_flat.get(key)),
            say(key, after_flat.get(key)),
        )
        for key in keys
        if say(key, before_flat.get(key)) != say(key, after_flat.get(key))
    ]


def label_of(key, value=None):
    if key.startswith("offerings/"):
        is_need = value and value["direction"] == Offering.Direction.NEED
        return _("Need") if is_need else _("Offer")
    if key == "point":
        return _("Point on the map")
    return capfirst(str(Stakeholder._meta.get_field(key).verbose_name))


def labels_of(keys):
    """Name fields in a sentence, each once."""
    return ", ".join(dict.fromkeys(label_of(key).lower() for key in keys))


def say(key, value):
    if value in (None, "", []):
        return Said(NOTHING)
    if key in PICTURES:
        return Said("", default_storage.url(value))
    if key.startswith("offerings/"):
        return Said(_offering(value))
    if key in LISTS:
        return Said(_named(LISTS[key], [value]))
    if key == "subsectors":
        return Said(_named("subsector", value))
    return Said(", ".join(map(str, value)) if isinstance(value, list) else str(value))


def _named(kind, keys):
    items = [Lists.load().item(kind, key) for key in keys]
    names = [item.label if item else f"#{key}" for item, key in zip(items, keys, strict=True)]
    return ", ".join(names)


def _offering(values):
    ends = values["valid_until"]
    parts = [
        _named("category", [values["category"]]),
        values["description"],
        str(Offering.Reach(values["reach"]).label),
        _named("subsector", values["subsectors"]),
        ends and _("until %(day)s") % {"day": date_format(parse_date(ends))},
    ]
    return " · ".join(filter(None, parts))
