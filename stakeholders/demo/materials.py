"""What the inventor works with: files beside this one, and the regions to settle in."""

from pathlib import Path

from regions.models import Recognition, Region
from regions.reference_files import read_rows, several

FOLDER = Path(__file__).parent


def read_patterns():
    columns = {"subsectors": several(str, separator="+"), "type": str, "name": str, "summary": str}
    return read_rows(FOLDER / "patterns.csv", columns, unique=["name"])


def read_places():
    columns = dict.fromkeys(["province", "kriya", "kain", "pentas", "kuliner", "bunyi"], str)
    rows = read_rows(FOLDER / "places.csv", columns, unique=["province"])
    return {row.pop("province"): row for row in rows}


def read_offerings():
    owners = several(str, separator="+")  # roles or organisation types
    columns = {"direction": str, "category": str, "owners": owners, "description": str}
    return read_rows(FOLDER / "offerings.csv", columns, unique=["description"])


def homes():
    """Return regions of every province; the recognised and the large ones come repeatedly."""
    with_leads = Region.objects.prefetch_related("region_subsectors__subsector")
    regions = with_leads.select_related("province").order_by("code")
    recognised = regions.recognised_by(Recognition.Scheme.values)
    cities = regions.filter(kind=Region.Kind.KOTA).order_by("-population", "code")[:40]
    largest = regions.order_by("province__code", "kind", "-population", "code")
    return [*recognised] * 4 + [*cities] * 2 + [*largest.distinct("province__code", "kind")]
