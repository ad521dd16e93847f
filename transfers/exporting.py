"""Listings with their private fields, as a table that an import takes back unchanged."""

from django.db import transaction

from regions.time_limits import allow_more_time
from transfers.files import MOST_ROWS
from transfers.resources import ListingResource, for_file

AT_A_TIME = 1000  # rows read; memory stays the same however many there are
MOST_IN_XLSX = MOST_ROWS


def listing_table(listings):
    """Return (header, rows)."""
    resource = ListingResource()
    return resource.get_export_headers(), _rows(resource, listings)


def _rows(resource, listings):
    with transaction.atomic():
        allow_more_time()
        ordered = for_file(listings).order_by("name", "pk")
        yield from resource.rows(ordered.iterator(chunk_size=AT_A_TIME))
