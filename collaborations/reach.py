"""To whom a message to a listing goes: the first of these that there is."""

from accounts.models import OfficerAssignment
from collaborations.models import Inquiry

MOST_PEOPLE = 3  # of those who share the work; one answer is enough
Reached = Inquiry.Reached


def ways_to(listing):
    """Yield (who, addresses) in the order in which they are tried."""
    if listing.is_demo:
        return
    if listing.contact_email:
        yield Reached.CONTACT, [listing.contact_email]
    if listing.public_email:
        yield Reached.PUBLIC, [listing.public_email]
    for who, addresses in (
        (Reached.STEWARDS, _stewards(listing)),
        (Reached.OFFICERS, _officers(listing.region)),
    ):
        if addresses:
            yield who, addresses


def first_way_to(listing):
    """Return who reads a message first, or None where nobody can be reached."""
    return next((who for who, _addresses in ways_to(listing)), None)


def _stewards(listing):
    emails = listing.stewardships.active().values_list("user__email", flat=True)
    return list(emails[:MOST_PEOPLE])


def _officers(region):
    mine = OfficerAssignment.objects.active().covering(region).order_by("pk")
    return list(dict.fromkeys(mine.values_list("user__email", flat=True)))[:MOST_PEOPLE]
