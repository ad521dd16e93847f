"""The empty table to fill in: headers, an example, and what may be written where."""

from itertools import zip_longest

from django.utils.translation import gettext as _

from stakeholders.lists import Lists
from stakeholders.roles import Role
from transfers.reading import EXAMPLE
from transfers.resources import ListingResource


def example_rows(regions):
    """One row that shows how; it is left out when the file comes back."""
    region = regions.select_related("province").first()
    example = {
        "id": EXAMPLE,
        "name": "Sanggar Batik Melati",
        "aliases": "SBM; Batik Melati",
        "role": Role.COMMUNITY.label,
        "organization_type": _first_type(Role.COMMUNITY),
        "region": region.name if region else "",
        "province": region.province.short_name if region else "",
        "subsectors": "; ".join(item.label for item in Lists.load().of("subsector")[:2]),
        "summary": "Sanggar yang mengajarkan batik tulis kepada anak muda.",
        "website": "https://sanggarmelati.example.id",
        "social_links": "https://www.instagram.com/sanggarmelati",
        "public_email": "halo@sanggarmelati.example.id",
        "public_phone": "0812 0000 0000",
        "contact_email": "pengurus@sanggarmelati.example.id",
        "address": "Jl. Contoh No. 1",
    }
    return [[str(example.get(key, "")) for key in ListingResource.columns()]]


def _first_type(role):
    return next((item.label for item in Lists.load().of("type") if item.parent == role), "")


def value_sheet(regions):
    """A sheet with a column for each list: (title, header, rows)."""
    lists = Lists.load()
    columns = {
        _("Role"): Role.labels,
        _("Organisation type"): [item.label for item in lists.of("type")],
        _("Role of the type"): [Role(item.parent).label for item in lists.of("type")],
        _("Subsectors"): [item.label for item in lists.of("subsector")],
        _("Kabupaten or kota"): regions.order_by("name").values_list("name", flat=True),
    }
    rows = zip_longest(*columns.values(), fillvalue="")
    return _("Allowed values"), list(columns), [[str(cell) for cell in row] for row in rows]
