"""Organisation types, offering categories and search words from the files in stakeholders/data/."""

from pathlib import Path
from typing import NamedTuple

from django.utils.translation import gettext as _

from regions.reference_files import fields_of, one_of, read_rows, several
from stakeholders.models import (
    OfferingCategory,
    OrganizationType,
    SearchTerm,
    SearchTermSubsector,
    SearchTermType,
)

DATA = Path(__file__).parent / "data"


class TaxonomyFiles(NamedTuple):
    organization_types: list
    offering_categories: list
    search_terms: list


def read_taxonomy_files(folder, subsectors):
    """Return the rows of all files; search words name the rows of `subsectors` and types."""
    types = fields_of(OrganizationType, "slug", "role", "name_id", "name_en", "position")
    categories = fields_of(OfferingCategory, "slug", "name_id", "name_en", "position")
    types = read_rows(folder / "organization_types.csv", types, unique=["slug"])
    terms = {
        **fields_of(SearchTerm, "words", "role"),
        "subsectors": _slugs_of(subsectors),
        "organization_types": _slugs_of(types),
        **fields_of(SearchTerm, "is_meant", "is_ordinary"),
    }
    return TaxonomyFiles(
        types,
        read_rows(folder / "offering_categories.csv", categories, unique=["slug"]),
        read_rows(folder / "search_terms.csv", terms, unique=["words"]),
    )


def _slugs_of(rows):
    read = several(one_of({row["slug"] for row in rows}), separator="+")
    return lambda text: read(text) if text else []


def load_taxonomy_files(files, follow):
    """Bring the rows into the database; yields what was loaded and what became of it."""
    types = follow(OrganizationType, files.organization_types, key=["slug"])
    yield "organization_types.csv", types
    categories = follow(OfferingCategory, files.offering_categories, key=["slug"])
    yield "offering_categories.csv", categories


def load_search_terms(rows, subsectors, types, follow):
    """Load the search words and what they mean, where staff have not deleted that."""
    words = [
        {name: row[name] for name in ("words", "role", "is_meant", "is_ordinary")} for row in rows
    ]
    terms = follow(SearchTerm, words, key=["words"])
    yield "search_terms.csv", terms

    links = _links(rows, terms.rows, "subsectors", subsectors, "subsector_id")
    key = ["searchterm_id", "subsector_id"]
    followed = follow(SearchTermSubsector, links, key=key, replace=True)
    yield _("search_terms.csv, subsectors of the words"), followed

    links = _links(rows, terms.rows, "organization_types", types, "organizationtype_id")
    key = ["searchterm_id", "organizationtype_id"]
    followed = follow(SearchTermType, links, key=key, replace=True)
    yield _("search_terms.csv, organisation types of the words"), followed


def _links(rows, terms, column, targets, target_id):
    return [
        {"searchterm_id": terms[row["words"]].pk, target_id: targets[slug].pk}
        for row in rows
        for slug in row[column]
        if row["words"] in terms and slug in targets
    ]
