"""Changes that officers make to several listings at once."""

import pghistory
from django.db import transaction

from stakeholders.models import Stakeholder


@transaction.atomic
def confirm_many(*, listings, user):
    """Note that all of them are still true; returns the key of the change, to take it back."""
    return _each(listings, lambda listing: listing.confirm(user), user)


@transaction.atomic
def archive_many(*, listings, user):
    return _each(listings, Stakeholder.archive, user)


def _each(listings, act, user):
    with pghistory.context(user=user.pk, via="list") as context:
        for listing in listings:
            act(listing)
    return str(context.id)
