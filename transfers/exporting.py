"""Listings with their private fields, as a table that an import takes back unchanged."""

from stakeholders.export import streamed
from transfers.files import MOST_ROWS
from transfers.resources import ListingResource, for_file

MOST_IN_XLSX = MOST_ROWS


def listing_table(listings):
    """Return (header, rows)."""
    resource = ListingResource()
    return resource.get_export_headers(), resource.rows(streamed(for_file(listings)))
