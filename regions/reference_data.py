"""Provinces, regions, subsectors and recognitions from the files in regions/data/."""

from functools import partial
from pathlib import Path
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from regions.models import (
    LATITUDES,
    LONGITUDES,
    Province,
    Recognition,
    RecognitionSubsector,
    Region,
    RegionSubsector,
    Subsector,
)
from regions.models.region import YEARS
from regions.reference_files import (
    FIRST_LINE,
    BadRowError,
    between,
    clean,
    fields_of,
    one_of,
    read_rows,
    several,
)

DATA = Path(__file__).parent / "data"
TITLE_KEY = ["scheme", "region_id", "province_id", "field"]
SEAT = {
    "latitude": between(*LATITUDES, partial(clean, Region._meta.get_field("latitude"))),
    "longitude": between(*LONGITUDES, partial(clean, Region._meta.get_field("longitude"))),
}


class RegionFiles(NamedTuple):
    provinces: list
    regions: list
    subsectors: list
    unesco: list
    kata_kreatif: list


def read_region_files(folder):
    """Return the rows of all files, checked against each other."""
    provinces = _read_provinces(folder / "provinces.csv")
    regions = _read_regions(folder / "regions.csv", provinces)
    subsectors = _read_subsectors(folder / "subsectors.csv")
    unesco = _read_unesco(folder / "uccn.csv", _names(provinces + regions))
    kata_kreatif = _read_kata_kreatif(folder / "kata_kreatif.csv", _names(regions), subsectors)
    return RegionFiles(provinces, regions, subsectors, unesco, kata_kreatif)


def load_region_files(files, follow):
    """Bring the rows into the database; yields what was loaded and what became of it."""
    provinces = follow(Province, files.provinces, key=["code"])
    yield "provinces.csv", provinces
    regions = follow(Region, _with_province(files.regions, provinces.rows), key=["code"])
    yield "regions.csv", regions
    subsectors = follow(Subsector, files.subsectors, key=["slug"])
    yield "subsectors.csv", subsectors

    titles = _unesco_titles(files.unesco, regions.rows, provinces.rows)
    yield "uccn.csv", follow(Recognition, titles, key=TITLE_KEY)
    yield from _load_kata_kreatif(files.kata_kreatif, regions.rows, subsectors.rows, follow)


def _read_provinces(path):
    columns = {
        **fields_of(Province, "code", "name", "short_name"),
        "aliases": _aliases,
        **fields_of(Province, "capital"),
        **SEAT,
        **fields_of(Province, "island", "population"),
    }
    rows = read_rows(path, columns, unique=["code", "name", "short_name"])
    return [{**row, "slug": slugify(row["short_name"])} for row in rows]


def _read_regions(path, provinces):
    columns = {
        "code": _code_within({province["code"] for province in provinces}),
        **fields_of(Region, "kind", "name", "short_name"),
        "aliases": _aliases,
        **fields_of(Region, "is_administrative", "capital"),
        **SEAT,
        **fields_of(Region, "timezone", "population"),
    }
    rows = read_rows(path, columns, unique=["code", "name"])
    return [{**row, "slug": slugify(row["name"])} for row in rows]


def _read_subsectors(path):
    columns = fields_of(Subsector, "slug", "name_id", "name_en", "ministry_field", "is_priority")
    rows = read_rows(path, columns, unique=["slug"])
    return [{**row, "position": position} for position, row in enumerate(rows, start=1)]


def _read_unesco(path, names):
    columns = {
        "code": one_of(names),
        "name": str,
        "field": one_of(Recognition.Field.values),
        "year": _past_year,
        **fields_of(Recognition, "source"),
    }
    return _rightly_named(path, read_rows(path, columns, unique=["code"]), names)


def _read_kata_kreatif(path, names, subsectors):
    columns = {
        "code": one_of(names),
        "name": str,
        "year": _past_year,
        "subsectors": several(one_of({row["slug"] for row in subsectors}), separator="+"),
        **fields_of(Recognition, "source"),
    }
    return _rightly_named(path, read_rows(path, columns, unique=["code"]), names)


def _names(places):
    return {place["code"]: place["name"] for place in places}


def _rightly_named(path, rows, names):
    """A mistyped code would honour another place: its name must be given, and be right."""
    for line, row in enumerate(rows, start=FIRST_LINE):
        name = names[row["code"]]
        if row["name"] != name:
            problem = _("Code %(code)s is %(name)s.") % {"code": row["code"], "name": name}
            raise BadRowError(path, line, "name", problem)
    return rows


def _code_within(provinces):
    read_code = partial(clean, Region._meta.get_field("code"))

    def read_region_code(text):
        code = read_code(text)
        if code[:2] not in provinces:
            raise ValidationError(_("No province has the code %(code)s.") % {"code": code[:2]})
        return code

    return read_region_code


def _aliases(text):
    alias = Region._meta.get_field("aliases").base_field
    return several(partial(clean, alias), separator=";")(text) if text else []


def _past_year(text):
    year = partial(clean, Recognition._meta.get_field("year"))
    return between(YEARS[0], timezone.localdate().year, year)(text)


def _with_province(rows, provinces):
    """Regions of a province that people deleted are left alone."""
    return [
        {**row, "province_id": provinces[row["code"][:2]].pk}
        for row in rows
        if row["code"][:2] in provinces
    ]


def _unesco_titles(rows, regions, provinces):
    return [
        _title(
            "unesco",
            row,
            region=regions.get(row["code"]),
            province=provinces.get(row["code"]),
            field=row["field"],
        )
        for row in rows
        if row["code"] in regions or row["code"] in provinces
    ]


def _title(scheme, row, *, region=None, province=None, field=""):
    return {
        "scheme": scheme,
        "region_id": region and region.pk,
        "province_id": province and province.pk,
        "field": field,
        "year": row["year"],
        "source": row["source"],
    }


def _load_kata_kreatif(rows, regions, subsectors, follow):
    """Load the titles, the subsectors they name, and these as the regions' lead subsectors."""
    rows = [row for row in rows if row["code"] in regions]
    wanted = [_title("kata-kreatif", row, region=regions[row["code"]]) for row in rows]
    titles = follow(Recognition, wanted, key=TITLE_KEY)
    yield "kata_kreatif.csv", titles

    leads = _leads(rows, regions, subsectors)
    links = _links(leads, titles.rows)
    key = ["recognition_id", "subsector_id"]
    followed = follow(RecognitionSubsector, links, key=key, replace=True)
    yield _("kata_kreatif.csv, subsectors of the titles"), followed

    followed = follow(RegionSubsector, leads, key=["region_id", "subsector_id"], replace=True)
    yield _("kata_kreatif.csv, lead subsectors of the regions"), followed


def _leads(rows, regions, subsectors):
    return [
        {
            "region_id": regions[row["code"]].pk,
            "subsector_id": subsectors[slug].pk,
            "is_lead": True,
            "since_year": row["year"],
            "basis": RegionSubsector.Basis.KATA_KREATIF,
        }
        for row in rows
        for slug in row["subsectors"]
        if slug in subsectors
    ]


def _links(leads, titles):
    title_of = {region_id: title for (_scheme, region_id, *_), title in titles.items()}
    return [
        {"recognition_id": title_of[lead["region_id"]].pk, "subsector_id": lead["subsector_id"]}
        for lead in leads
        if lead["region_id"] in title_of
    ]
