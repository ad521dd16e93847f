"""Listings as a table: what is public about each, in one row."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from regions.csv import day_of
from regions.time_limits import allow_more_time

AT_A_TIME = 1000  # rows read; memory stays the same however many there are
HEADER = [
    _("Name"),
    _("Role"),
    _("Organisation type"),
    _("Kabupaten or kota"),
    _("Province"),
    _("Subsectors"),
    _("In one line"),
    _("Website"),
    _("Public e-mail"),
    _("Public phone"),
    _("Offers"),
    _("Needs"),
    _("Confirmed on"),
    _("State"),
    _("Page"),
]


def streamed(listings):
    """Yield listings by name, a few at a time, for as long as it takes."""
    with transaction.atomic():
        allow_more_time()
        yield from listings.order_by("name", "pk").iterator(chunk_size=AT_A_TIME)


def rows(listings, build_uri):
    """Yield a row under `HEADER` for each of the listings, which come from `for_export()`."""
    for listing in listings:
        yield [
            listing.name,
            listing.get_role_display(),
            listing.organization_type.name,
            listing.region.name,
            listing.region.province.short_name,
            "; ".join(subsector.name for subsector in listing.subsectors.all()),
            listing.summary,
            listing.website,
            listing.public_email,
            listing.public_phone,
            _asks(listing.offers),
            _asks(listing.needs),
            day_of(listing.verified_at),
            listing.freshness.label,
            build_uri(listing.get_absolute_url()),
        ]


def _asks(offerings):
    """Name the categories of those that are still valid, each once."""
    names = (each.category.name for each in offerings if not each.has_ended)
    return "; ".join(dict.fromkeys(names))
