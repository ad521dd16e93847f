"""What the job worker does for listings that grow old, and when (UTC)."""

from procrastinate.contrib.django import app

from letters.tasks import PATIENTLY, defer_once
from upkeep import sending
from upkeep.models import SignedLink
from upkeep.models.reminder_series import unneeded_contacts
from upkeep.retirement import archive_unanswered
from upkeep.sweep import contacts_owed, wishes_due


@app.task(retry=PATIENTLY)
def send_reminder(contact):
    sending.send_reminder(contact)


@app.task(retry=PATIENTLY)
def send_digest(wish):
    sending.send_digest(wish)


@app.task(retry=PATIENTLY, priority=10)  # somebody is waiting for it
def send_new_link(stakeholder):
    sending.send_new_link(stakeholder)


@app.task(retry=PATIENTLY)
def send_correction_back(change):
    sending.send_correction_back(change)


# In working hours of Indonesia; whoever had a mail today gets none, so one sweep sends it.
@app.periodic(cron="15 1-8 * * *")
@app.task(queueing_lock="queue_reminders")
def queue_reminders(timestamp):
    """Who is owed one stands in the tables, so a job that got lost or failed is made anew here."""
    for contact in contacts_owed():
        defer_once(send_reminder, contact=contact)


@app.periodic(cron="10 * * * *")
@app.task(queueing_lock="queue_officer_digests")
def queue_officer_digests(timestamp):
    for wish in wishes_due():
        defer_once(send_digest, wish=wish)


@app.periodic(cron="0 19 * * *")  # the small hours in Indonesia
@app.task(queueing_lock="retire_listings")
def retire_listings(timestamp):
    """Archive what nobody answered for; forget old links and addresses that nobody has any more."""
    archive_unanswered()
    SignedLink.objects.forgotten().delete()
    unneeded_contacts().delete()
