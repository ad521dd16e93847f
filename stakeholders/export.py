"""Listings as a table: what is public about each, in one row."""

from django.utils.translation import gettext_lazy as _

from stakeholders.evidence import day_of

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
    _("Confirmed on"),
    _("State"),
    _("Page"),
]


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
            day_of(listing.verified_at),
            listing.freshness.label,
            build_uri(listing.get_absolute_url()),
        ]
