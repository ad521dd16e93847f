"""What the worker does about listings: mails, and the nightly search for duplicates."""

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override
from procrastinate.contrib.django import app

from letters.mail import full_address, is_delivered, letter
from letters.tasks import PATIENTLY
from stakeholders.duplicates import find_duplicates
from stakeholders.models import ListingChange


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
