"""Organisation types and offering categories from the files in stakeholders/data/."""

from pathlib import Path
from typing import NamedTuple

from regions.reference_files import fields_of, read_rows
from stakeholders.models import OfferingCategory, OrganizationType

DATA = Path(__file__).parent / "data"


class TaxonomyFiles(NamedTuple):
    organization_types: list
    offering_categories: list


def read_taxonomy_files(folder):
    types = fields_of(OrganizationType, "slug", "role", "name_id", "name_en", "position")
    categories = fields_of(OfferingCategory, "slug", "name_id", "name_en", "position")
    return TaxonomyFiles(
        read_rows(folder / "organization_types.csv", types, unique=["slug"]),
        read_rows(folder / "offering_categories.csv", categories, unique=["slug"]),
    )


def load_taxonomy_files(files, follow):
    """Bring the rows into the database; yields what was loaded and what became of it."""
    types = follow(OrganizationType, files.organization_types, key=["slug"])
    yield "organization_types.csv", types
    categories = follow(OfferingCategory, files.offering_categories, key=["slug"])
    yield "offering_categories.csv", categories
