import pghistory
from django.db import transaction

from history.actions import note
from stakeholders.actions import (
    archive_listing,
    confirm_listing,
    save_listing,
    send_back_change,
)
from stakeholders.models import Stakeholder
from upkeep import tasks
from upkeep.models import Contact, SignedLink
from upkeep.models.reminder_series import address_of_contact

Outcome = SignedLink.Outcome


def confirm(*, link):
    """Note "still true"; say whether the link still opened anything, as all of these do."""

    def act(**hand):
        confirm_listing(stakeholder=link.stakeholder, **hand)
        return Outcome.CONFIRMED

    return _answered(link, act)


def correct(*, link, form):
    """Write what a valid form says, or let it wait for review; what is public now is confirmed."""

    def act(**hand):
        is_changed = form.content() != form.began_from
        if save_listing(form=form, **hand).change:
            return Outcome.SUBMITTED
        confirm_listing(stakeholder=link.stakeholder, **hand)
        return Outcome.CHANGED if is_changed else Outcome.CONFIRMED

    return _answered(link, act)


def archive(*, link):
    """Take the listing off the site; its officer can bring it back."""

    def act(**hand):
        archive_listing(stakeholder=link.stakeholder, **hand)
        return Outcome.ARCHIVED

    return _answered(link, act)


@transaction.atomic
def send_back(*, change, user, reason):
    """Give a change back; who came by a link hears of it at the address on file."""
    change = send_back_change(change=change, user=user, reason=reason)
    if change.is_by_link:
        tasks.send_correction_back.defer(change=change.pk)


@transaction.atomic
def _answered(link, act):
    """Let a link do its one act. The history says that it was one, and never its token."""
    link = _locked(link)
    if not link.is_open:
        return False
    user = link.hand
    with pghistory.context(via="link", url="/konfirmasi/", user=user.pk if user else None):
        link.note_use(act(user=user, via="" if user else "link"))
    return True


def _locked(link):
    """Return the link as it stands, and keep others from changing it or its listing."""
    Stakeholder.objects.select_for_update().get(pk=link.stakeholder_id)
    SignedLink.objects.select_for_update().get(pk=link.pk)
    return SignedLink.objects.in_token(link.token)


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
    listing = listings.filter(pk=link.stakeholder.successor().pk).first()
    if listing is None or not listing.contact_address:
        return
    if Contact.objects.of_address(listing.contact_address).may_be_asked():
        tasks.send_new_link.defer(stakeholder=listing.pk)
