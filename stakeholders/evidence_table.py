"""The evidence sheet as one table, whose first column says of what each row tells."""

from django.utils.translation import gettext_lazy as _

from regions.csv import day_of

COLUMNS = {
    "section": _("Section"),
    "day": _("Date of this sheet"),
    "code": _("Kemendagri code"),
    "region": _("Kabupaten or kota"),
    "province": _("Province"),
    "population": _("Population"),
    "living_roles": _("Living roles (of 6)"),
    "name": _("Name"),
    "role": _("Role"),
    "type": _("Organisation type"),
    "subsector": _("Subsector"),
    "is_lead": _("Lead subsector"),
    "year": _("Year"),
    "confirmed": _("Confirmed on"),
    "state": _("State"),
    "published": _("Published on"),
    "needing": _("Listings that need it"),
    "offering": _("Listings that offer it"),
    "details": _("Details"),
    "website": _("Website"),
    "page": _("Page"),
}
HEADER = list(COLUMNS.values())


def rows(sheet):
    """Yield the rows under `HEADER`; a section of which nothing is known says so."""
    region = sheet.region
    place = {
        "day": sheet.day.isoformat(),
        "code": region.code,
        "region": region.name,
        "province": region.province.short_name,
        "population": region.population,
        "living_roles": len(sheet.living_roles),
    }
    for section, part, nothing in SECTIONS:
        is_empty = True
        for cells in part(sheet):
            is_empty = False
            yield _row(place, cells, section=section)
        if is_empty:
            yield _row(place, section=section, details=nothing)


def _row(*parts, **more):
    cells = {name: cell for part in (*parts, more) for name, cell in part.items()}
    return [cells.get(name, "") for name in COLUMNS]


def _leads(sheet):
    for row in sheet.region.region_subsectors.all():
        if row.is_lead:
            yield {
                "subsector": row.subsector.name,
                "is_lead": _("yes"),
                "year": row.since_year,
                "details": row.get_basis_display(),
                "website": row.source_url,
            }


def _recognitions(sheet):
    for title in sheet.region.titles:
        whose = f" ({sheet.region.province})" if title.province_id else ""
        yield {
            "name": f"{title.get_scheme_display()}{whose}",
            "year": title.year,
            "details": title.honoured_for,
            "website": title.source_url,
        }


def _needs(sheet):
    for need in sheet.needs:
        yield {
            "name": need["name"],
            "state": _("met") if need["offering"] else _("not met"),
            "needing": need["needing"],
            "offering": need["offering"],
        }


def _listings(sheet):
    """One row for each listing and subsector."""
    leads = sheet.region.lead_subsectors
    for listing in sheet.listings.iterator(chunk_size=500):
        cells = {
            "name": listing.name,
            "role": listing.get_role_display(),
            "type": listing.organization_type.name,
            "confirmed": day_of(listing.verified_at),
            "state": listing.freshness.label,
            "published": day_of(listing.published_at),
            "website": listing.website,
            "page": sheet.address_of(listing),
        }
        for subsector in listing.subsectors.all():
            is_lead = _("yes") if subsector in leads else _("no")
            yield cells | {"subsector": subsector.name, "is_lead": is_lead}
        if not listing.subsectors.all():
            yield cells


def _method(sheet):
    yield {"details": sheet.method, "page": sheet.address}


SECTIONS = [
    (_("Lead subsectors"), _leads, _("None named yet.")),
    (_("Recognitions"), _recognitions, _("None on record.")),
    (_("Needs met"), _needs, _("No open need is listed.")),
    (_("Stakeholders"), _listings, _("Nobody yet.")),
    (_("Method"), _method, ""),
]
