"""The real entries: public institutions, with nothing in them that their source does not say."""

from pathlib import Path

from django.utils import timezone
from django.utils.text import slugify

from regions.models import Region, Subsector
from regions.reference_files import fields_of, one_of, read_rows
from stakeholders.demo.entry import Entry, ReferenceRows
from stakeholders.models import OrganizationType, Stakeholder

UNIVERSITIES = Path(__file__).parent.parent / "data" / "universities.csv"
UNIVERSITIES_SOURCE = (
    "Data rujukan jejaring: perguruan tinggi dan daerah kampus utamanya, diperiksa November 2026"
)
REGIONS_SOURCE = (
    "Kepmendagri Nomor 300.2.2-2138 Tahun 2025,"
    " diubah dengan Kepmendagri Nomor 300.2.2-2430 Tahun 2025"
)


def universities():
    types = ReferenceRows(OrganizationType.objects.all(), "slug")
    regions = ReferenceRows(Region.objects.select_related("province"), "code")
    subsectors = ReferenceRows(Subsector.objects.all(), "slug")
    for row in read_universities(UNIVERSITIES):
        listing = university(row, types[row["type"]], regions[row["region_code"]])
        yield Entry(listing, [subsectors[slug] for slug in row["subsectors"]])


def read_universities(path):
    columns = {
        **fields_of(Stakeholder, "name"),
        "type": str,
        "status": one_of({"negeri", "swasta"}),
        "region_code": str,
        "region_name": str,
        **fields_of(Stakeholder, "website"),
        "aliases": lambda text: text.split(";") if text else [],
        "subsectors": lambda text: text.split("+") if text else [],
    }
    return read_rows(path, columns, unique=["name"])


def university(row, organization_type, region):
    place = f"{region.name}, {region.province.short_name}"
    return institution(
        row["name"],
        organization_type,
        region,
        aliases=row["aliases"],
        summary=f"Perguruan tinggi {row['status']} dengan kampus utama di {place}.",
        website=row["website"],
        source=UNIVERSITIES_SOURCE,
        source_url=row["website"],
    )


def governments():
    types = ReferenceRows(OrganizationType.objects.all(), "slug")
    for region in Region.objects.select_related("province"):
        yield Entry(government(region, types["pemerintah-daerah"]), [])


def government(region, organization_type):
    if region.is_administrative:
        rank = f"{region.kind} administrasi, bagian dari Provinsi"
    else:
        rank = f"daerah {region.name},"
    return institution(
        f"Pemerintah {region.name}",
        organization_type,
        region,
        aliases=[f"{'Pemkot' if region.kind == 'kota' else 'Pemkab'} {region.short_name}"],
        summary=f"Pemerintah {rank} {region.province.short_name}.",
        source=REGIONS_SOURCE,
    )


def institution(name, organization_type, region, **facts):
    """Nobody has confirmed it yet: published, but not verified."""
    return Stakeholder(
        name=name,
        slug=slugify(name),
        role=organization_type.role,
        organization_type=organization_type,
        region=region,
        status=Stakeholder.Status.PUBLISHED,
        published_at=timezone.now(),
        **facts,
    )
