import pghistory
from django.db import transaction

from history.actions import note
from stakeholders.models import Stakeholder
from upkeep import tasks
from upkeep.models import Contact, SignedLink
from upkeep.models.reminder_series import address_of_contact

Outcome = SignedLink.Outcome


def _context(link):
    """What the history says of an act by link: whose it was, and never the token."""
    return pghistory.context(
        via="link", url="/konfirmasi/", user=link.hand.pk if link.hand else None
    )


def _locked(link):
    """Return the link as it stands, with its listing, and keep others from changing either."""
    Stakeholder.objects.select_for_update().get(pk=link.stakeholder_id)
    SignedLink.objects.select_for_update().get(pk=link.pk)
    return SignedLink.objects.in_token(link.token)


@transaction.atomic
def confirm(*, link):
    """Note "still true"; say whether the link still opened anything."""
    link = _locked(link)
    if not link.is_open:
        return False
    with _context(link):
        link.stakeholder.confirm(link.hand, via="" if link.hand else "link")
    link.note_use(Outcome.CONFIRMED)
    return True


@transaction.atomic
def archive(*, link):
    """Take the listing off the site; its officer can bring it back."""
    link = _locked(link)
    if not link.is_open:
        return False
    with _context(link):
        link.stakeholder.archive()
    link.note_use(Outcome.ARCHIVED)
    return True


@transaction.atomic
def forward_link(*, stakeholder, user):
    """Return a link that an officer sends on themselves, by WhatsApp for example."""
    link = SignedLink.objects.make(stakeholder, SignedLink.Purpose.FORWARD, user)
    note(action="link", user=user, subject=stakeholder)
    return link


@transaction.atomic
def ask_for_new_link(*, link):
    """Have a new link sent to the address on file, if there is one; who asks learns neither."""
    listings = Stakeholder.objects.published().annotate(contact_address=address_of_contact())
    listing = listings.filter(pk=link.stakeholder_id).first()
    if listing is None or not listing.contact_address:
        return
    if Contact.objects.of_address(listing.contact_address).may_be_asked():
        tasks.send_new_link.defer(stakeholder=listing.pk)
