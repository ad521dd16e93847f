"""What the job worker sends; each function may be called again without harm."""

import logging
from functools import partial

from django.conf import settings
from django.db import transaction
from django.utils.translation import override

from letters.mail import AddressRefusedError, deliver
from stakeholders.models import ListingChange, Stakeholder
from upkeep.digests import Digest
from upkeep.mailings import CorrectionBack, NewLink, Reminder
from upkeep.models import Contact, DigestWish
from upkeep.models.reminder_series import address_of_contact

logger = logging.getLogger(__name__)


def send_reminder(contact):
    _send(contact, Reminder)


def send_digest(wish):
    wish = DigestWish.objects.due().select_related("user").filter(pk=wish).first()
    if wish is not None:
        contact = Contact.objects.of_address(wish.user.email)
        _send(contact.pk, partial(Digest, wish))


def send_new_link(stakeholder):
    """Send a link that was asked for, whatever else went to the address today."""
    if contact := _contact_of(stakeholder):
        listing = Stakeholder.objects.get(pk=stakeholder)
        _answer(NewLink(contact, listing))


def send_correction_back(change):
    """Say why a correction that came by a link is not public; not to who wants no mails."""
    sent_back = ListingChange.objects.sent_back().select_related("stakeholder")
    found = sent_back.filter(pk=change).first()
    contact = found and found.is_by_link and _contact_of(found.stakeholder_id)
    if contact and not contact.stopped_at and not found.stakeholder.is_demo:
        _answer(CorrectionBack(contact, found))


def _contact_of(stakeholder):
    listings = Stakeholder.objects.published().annotate(contact_address=address_of_contact())
    address = listings.filter(pk=stakeholder).values_list("contact_address", flat=True).first()
    return Contact.objects.of_address(address) if address else None


def _answer(mailing):
    """Send at once, whatever else goes to the address today."""
    try:
        _deliver(mailing)
    except AddressRefusedError as problem:
        logger.warning("Contact %s: %s", mailing.contact, problem)
        mailing.contact.note_refusal()


def _send(contact, mailing_to):
    """Send the one mail of today; a crash repeats it once at most."""
    contact = Contact.objects.awaiting().claim(contact)
    if contact is None:  # had its mail today, wants none, or another process is at it
        return
    mailing = mailing_to(contact)
    try:
        has_gone = _deliver_unless_crashed_twice(mailing)
    except AddressRefusedError as problem:
        logger.warning("Contact %s: %s", contact, problem)
        contact.note_refusal()
    except Exception:
        contact.release()
        raise
    else:
        _note_sent(contact, mailing, has_gone)


def _deliver_unless_crashed_twice(mailing):
    """Say whether a mail went, or must be thought to have gone."""
    if mailing.contact.has_crashed_often:
        logger.error("Contact %s: mail given up after crashes.", mailing.contact)
    elif mailing.is_empty:
        return False
    else:
        _deliver(mailing)
    return True


@transaction.atomic
def _note_sent(contact, mailing, has_gone):
    mailing.note_sent()
    if has_gone:
        contact.note_sent()
    else:
        contact.release()


def _deliver(mailing):
    try:
        with override(settings.LANGUAGE_CODE):
            deliver(mailing.composed())
    except Exception:
        mailing.withdraw()
        raise
