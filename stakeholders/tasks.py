"""What the worker does about listings: mails, and what is looked through every night."""

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override
from procrastinate.contrib.django import app

from letters.mail import full_address, is_delivered, letter
from letters.tasks import PATIENTLY
from stakeholders.duplicates import find_duplicates
from stakeholders.models import ListingChange, ListingDraft


@app.task(retry=PATIENTLY)
def tell_author(change):
    """Say that a change was sent back, and why; one that was sent in again needs no mail."""
    row = ListingChange.objects.sent_back().select_related("author", "stakeholder")
    if (found := row.filter(pk=change).first()) and found.author:
        with override(settings.LANGUAGE_CODE):
            mail = _sent_back(found)
        is_delivered(mail, about=found)


def _sent_back(change):
    path = f"/kelola/mitra/{change.stakeholder_id}/"
    context = {"change": change, "url": full_address(path)}
    subject = _("Please look again: %(listing)s") % {"listing": change.stakeholder}
    return letter("stakeholders/mail/sent_back", subject, context, to=change.author.email)


@app.periodic(cron="10 18 * * *")  # the small hours in Indonesia
@app.task(queueing_lock="look_for_duplicates")
def look_for_duplicates(timestamp):
    find_duplicates()


@app.periodic(cron="20 18 * * *")
@app.task(queueing_lock="forget_what_was_given_up")
def forget_what_was_given_up(timestamp):
    """Drafts, and changes sent back, hold private contacts: nobody keeps them for ever."""
    ListingDraft.objects.given_up().delete()
    ListingChange.objects.given_up().delete()
