"""What officers do with several listings at once, each by the rules for one of them."""

import pghistory
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from stakeholders.actions import archive_listing, confirm_listing


def confirm_many(*, listings, user):
    """Note that all of them are still true; return those of which it could be noted."""
    return _each(confirm_listing, listings, user)


def archive_many(*, listings, user):
    """Take all of them off the site; return those that could be taken off."""
    return _each(archive_listing, listings, user)


@transaction.atomic
def _each(act, listings, user):
    with pghistory.context(user=user.pk):  # one change, to be taken back as a whole
        ordered = sorted(listings, key=lambda listing: listing.pk)  # nobody waits in a circle
        return [listing for listing in ordered if _is_done(act, listing, user)]


def _is_done(act, listing, user):
    try:
        act(stakeholder=listing, user=user)
    except (PermissionDenied, ValidationError):  # somebody else was faster
        return False
    return True
