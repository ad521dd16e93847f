"""What a listing says, as plain values: to keep what is not saved yet, to compare and to merge.

A content is a dict that JSON can hold. Rows that it refers to are keys; the place is `point`; the
role is that of the organisation type. `offerings` is {key: {field: value}}, where the key of one
that is not saved yet is no number. Status and confirmation are no content: they never conflict.
"""

from collections import defaultdict
from copy import copy
from typing import Any, NamedTuple

from django.utils.dateparse import parse_date

from regions.models import Region, Subsector
from stakeholders.models import Offering, OfferingCategory, OrganizationType, Stakeholder

PLAIN = [
    *("name", "aliases", "summary", "description", "website", "social_links", "public_email"),
    *("public_phone", "contact_email", "address", "rhythm_days"),
]
PICTURES = ["logo", "photo"]
KEYS = ["organization_type", "region"]
OF_OFFERING = ["direction", "reach", "description"]


def content_of(listing):
    """Read it all; a listing without a key is a new one."""
    content = {name: getattr(listing, name) for name in PLAIN}
    content |= {name: getattr(listing, f"{name}_id") for name in KEYS}
    content |= {name: getattr(listing, name).name or "" for name in PICTURES}
    content["point"] = _point(listing.latitude, listing.longitude)
    saved = listing.pk is not None
    content["subsectors"] = sorted(listing.subsectors.values_list("pk", flat=True)) if saved else []
    offerings = listing.offerings.prefetch_related("subsectors") if saved else []
    content["offerings"] = {str(each.pk): _content_of_offering(each) for each in offerings}
    return content


def _point(latitude, longitude):
    return None if latitude is None or longitude is None else [latitude, longitude]


def _content_of_offering(offering):
    return {
        **{name: getattr(offering, name) for name in OF_OFFERING},
        "category": offering.category_id,
        "subsectors": sorted(subsector.pk for subsector in offering.subsectors.all()),
        "valid_until": offering.valid_until and offering.valid_until.isoformat(),
    }


def write(listing, content):
    """Let a listing, new or locked, say this."""
    for name in PLAIN + PICTURES:
        setattr(listing, name, content[name])
    for name in KEYS:
        setattr(listing, f"{name}_id", content[name])
    listing.role = OrganizationType.objects.get(pk=content["organization_type"]).role
    listing.latitude, listing.longitude = content["point"] or (None, None)
    listing.save()
    listing.subsectors.set(content["subsectors"])
    _write_offerings(listing, content["offerings"])


def _write_offerings(listing, wanted):
    """Rows that say the same already stay untouched, and leave no line in the history."""
    present = {str(each.pk): each for each in listing.offerings.prefetch_related("subsectors")}
    for key, row in present.items():
        if key not in wanted:
            row.delete()
    for key, values in wanted.items():
        row = present.get(key) or Offering(stakeholder=listing)
        if row.pk is None or _content_of_offering(row) != values:
            _write_offering(row, values)


def _write_offering(row, values):
    for name in [*OF_OFFERING, "valid_until"]:
        setattr(row, name, values[name])
    row.category_id = values["category"]
    row.save()
    row.subsectors.set(values["subsectors"])


def gone(content):
    """Return the keys of all in a content that names rows which do not exist any more."""
    wanted = defaultdict(set)
    for _key, model, pks in _named(content):
        wanted[model] |= pks
    there = {model: model.objects.in_bulk(pks).keys() for model, pks in wanted.items()}
    return list(dict.fromkeys(key for key, model, pks in _named(content) if pks - there[model]))


def _named(content):
    yield "organization_type", OrganizationType, {content["organization_type"]}
    yield "region", Region, {content["region"]}
    yield "subsectors", Subsector, set(content["subsectors"])
    for key, values in content["offerings"].items():
        yield f"offerings/{key}", OfferingCategory, {values["category"]}
        yield f"offerings/{key}", Subsector, set(values["subsectors"])


def laid_over(listing, content):
    """Return a copy of a listing that says this, to be looked at and never saved."""
    shown = copy(listing)
    if shown.pk is None:
        shown.pk, shown.stale_at = 0, None  # relations are read only of rows with a key
    for name in PLAIN + PICTURES:
        setattr(shown, name, content[name])
    shown.organization_type = OrganizationType.objects.get(pk=content["organization_type"])
    shown.region = Region.objects.select_related("province").get(pk=content["region"])
    shown.role = shown.organization_type.role
    shown._prefetched_objects_cache = {
        "subsectors": list(Subsector.objects.filter(pk__in=content["subsectors"])),
        "offerings": [_offering(values) for values in content["offerings"].values()],
    }
    return shown


def _offering(values):
    ends = values["valid_until"] and parse_date(values["valid_until"])
    own = {name: values[name] for name in OF_OFFERING}
    return Offering(**own, category_id=values["category"], valid_until=ends)


class Conflict(NamedTuple):
    """What two people changed differently; None is an offering that is not there."""

    key: str
    former: Any
    theirs: Any
    mine: Any


class Merged(NamedTuple):
    content: dict  # with mine where there is a conflict
    taken: list  # keys of what only they changed
    conflicts: list


def merge(base, theirs, mine):
    """Bring together what two people made of `base`: what only one of them changed stands."""
    base, theirs, mine = map(flat, (base, theirs, mine))
    mine = _as_one(base, theirs, mine)
    merged, taken, conflicts = {}, [], []
    for key in {**theirs, **base, **mine}:
        former, their, my = (version.get(key) for version in (base, theirs, mine))
        merged[key] = their if my in (former, their) else my
        if their != former and my == former:
            taken.append(key)
        elif former != their != my != former:
            conflicts.append(Conflict(key, former, their, my))
    return Merged(deep(merged), taken, conflicts)


def _as_one(base, theirs, mine):
    """An offering that both added is one: mine goes by the key of theirs."""
    known = {_what(theirs[key]): key for key in _new(theirs, base)}
    keys = {key: known.pop(_what(mine[key]), key) for key in _new(mine, base)}
    return {keys.get(key, key): value for key, value in mine.items()}


def _new(content, base):
    return [key for key in content if key.startswith("offerings/") and key not in base]


def _what(offering):
    return tuple(offering[name] for name in ("direction", "category", "description"))


def changed_keys(before, after):
    before, after = flat(before), flat(after)
    return [key for key in {**before, **after} if before.get(key) != after.get(key)]


def flat(content):
    """Put each offering beside the other fields: `offerings/12`."""
    fields = {key: value for key, value in content.items() if key != "offerings"}
    offerings = content.get("offerings", {})
    return fields | {f"offerings/{key}": values for key, values in offerings.items()}


def deep(fields):
    """Undo `flat`; what is None there is no offering."""
    content = {key: value for key, value in fields.items() if not key.startswith("offerings/")}
    content["offerings"] = {
        key.removeprefix("offerings/"): values
        for key, values in fields.items()
        if key.startswith("offerings/") and values is not None
    }
    return content


BLANK = content_of(Stakeholder())
