"""What the job worker does for visitors, and when (docs/adr/0017-job-queue.md)."""

from django.db import transaction
from procrastinate.contrib.django import app

from collaborations import inquiry_letters, sending, steward_letters, suggestion_letters
from collaborations.models import (
    Inquiry,
    SavedSearch,
    StewardInvitation,
    Subscriber,
    SuggestionAnswer,
)
from letters.tasks import PATIENTLY, defer_once


@app.task(retry=PATIENTLY, priority=10)  # somebody is waiting for it
def send_confirmation(search):
    sending.send_confirmation(search)


@app.task(retry=PATIENTLY)
def send_digest(subscriber):
    sending.send_digest(subscriber)


@app.periodic(cron="5 * * * *")
@app.task(queueing_lock="queue_digests")
def queue_digests(timestamp):
    """Who is due stands in the tables, so a job that got lost or failed is made anew here."""
    for subscriber in Subscriber.objects.due().values_list("pk", flat=True):
        defer_once(send_digest, subscriber=subscriber)


@app.task(retry=PATIENTLY)
def send_suggestion_answer(suggestion):
    suggestion_letters.send_answer(suggestion)


@app.periodic(cron="35 * * * *")
@app.task(queueing_lock="queue_suggestion_answers")
def queue_suggestion_answers(timestamp):
    """Who is owed an answer stands in the table, so a job that got lost is made anew here."""
    for suggestion in SuggestionAnswer.objects.overdue().values_list("pk", flat=True):
        defer_once(send_suggestion_answer, suggestion=suggestion)


@app.periodic(cron="30 19 * * *")  # the small hours in Indonesia
@app.task(queueing_lock="forget")
def forget(timestamp):
    """Delete wishes nobody confirmed, messages a year old, and addresses needed no more."""
    SavedSearch.objects.forgotten().stop()
    StewardInvitation.objects.forgotten().delete()
    SuggestionAnswer.objects.forgotten().delete()
    Inquiry.objects.forgotten().delete()


@app.task(retry=PATIENTLY, priority=10)  # somebody is waiting for it
def send_steward_invitation(invitation, letter_number):
    steward_letters.send_invitation(invitation, letter_number)


@app.task(retry=PATIENTLY, priority=10)
def send_claim_consent(invitation):
    steward_letters.send_consent(invitation)


@app.task(retry=PATIENTLY)
def send_steward_refusal(invitation):
    steward_letters.send_refusal(invitation)


@app.task(retry=PATIENTLY, priority=10)
def send_inquiry(inquiry):
    inquiry_letters.send_inquiry(inquiry)


@app.task(retry=PATIENTLY)
def send_inquiry_news(inquiry, news):
    inquiry_letters.send_news(inquiry, news)


@app.periodic(cron="20 * * * *")
@app.task(queueing_lock="queue_inquiries")
def queue_inquiries(timestamp):
    """Queue anew what should have gone; a mail server that was away for days loses nothing."""
    for inquiry in Inquiry.objects.undelivered().values_list("pk", flat=True):
        defer_once(send_inquiry, inquiry=inquiry)


@app.periodic(cron="30 2 * * *")  # the morning in Indonesia
@app.task(queueing_lock="ask_for_outcomes")
def ask_for_outcomes(timestamp):
    for inquiry in Inquiry.objects.owing_an_outcome():
        with transaction.atomic():
            inquiry.note_outcome_asked()
            send_inquiry_news.defer(inquiry=inquiry.pk, news="outcome")
