"""Changes about messages to listings; all that goes by mail goes from the queue."""

import re
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from collaborations import tasks
from collaborations.models import Inquiry
from collaborations.models.saved_search import JUST_NOW
from history.actions import note
from letters.tasks import defer_once

MOST_LINKS = 2
MOST_PARTNERS = 6  # whom the same text may reach in a week: a team has six roles
MOST_A_DAY = 10  # messages from one address

LINK = re.compile(r"https?://|www\.|\[url|<a\s", re.IGNORECASE)


@transaction.atomic
def send_inquiry(*, stakeholder, **fields):
    """Keep a message and send it, unless it looks like spam: then an officer reads it first."""
    same = {"sender_email": fields["sender_email"], "message": fields["message"]}
    just_now = Inquiry.objects.filter(received_at__gt=timezone.now() - JUST_NOW)
    double_click = just_now.filter(stakeholder=stakeholder, **same).first()
    if double_click:
        return double_click
    inquiry = Inquiry(stakeholder=stakeholder, **fields)
    inquiry.held_for = _reason_to_hold(inquiry)
    inquiry.save()
    tasks.send_inquiry_news.defer(inquiry=inquiry.pk, news="receipt")
    if not inquiry.is_held:
        queue_inquiry(inquiry.pk)
    return inquiry


def queue_inquiry(inquiry):
    defer_once(tasks.send_inquiry, inquiry=inquiry)


def is_enough_for_today(email):
    since = timezone.now() - timedelta(days=1)
    return Inquiry.objects.filter(sender_email=email, received_at__gt=since).count() >= MOST_A_DAY


def _reason_to_hold(inquiry):
    if len(LINK.findall(inquiry.message)) > MOST_LINKS:
        return Inquiry.Held.LINKS
    since = timezone.now() - timedelta(days=7)
    alike = Inquiry.objects.filter(message=inquiry.message, received_at__gt=since)
    others = alike.exclude(stakeholder=inquiry.stakeholder)
    if others.values("stakeholder").distinct().count() >= MOST_PARTNERS:
        return Inquiry.Held.REPEATED
    return ""


@transaction.atomic
def decline_inquiry(*, inquiry, reason):
    """The organisation does not want to, and the sender is told."""
    declined = inquiry.note_declined(reason)
    if declined:
        tasks.send_inquiry_news.defer(inquiry=inquiry.pk, news="declined")
    return declined


@transaction.atomic
def answer_inquiry(*, inquiry, user, answer=""):
    """An officer answers by mail, or says that it was answered elsewhere (no text)."""
    answered = inquiry.note_answered(user, answer)
    if answered:
        note(action="inquiry_answered", user=user, subject=inquiry.stakeholder)
    if answered and answer:
        tasks.send_inquiry_news.defer(inquiry=inquiry.pk, news="answered")
    return answered


@transaction.atomic
def forward_inquiry(*, inquiry, user):
    """Send it (again) to whoever can be reached: a held one passes, a week begins anew."""
    forwarded = inquiry.note_forwarded()
    if forwarded:
        note(action="inquiry_forwarded", user=user, subject=inquiry.stakeholder)
        queue_inquiry(inquiry.pk)
    return forwarded


@transaction.atomic
def discard_inquiry(*, inquiry, user):
    """What is no message to anybody leaves nothing but the fact."""
    discarded, _by_model = Inquiry.objects.open().filter(pk=inquiry.pk).delete()
    if discarded:
        note(action="inquiry_discarded", user=user, subject=inquiry.stakeholder)
    return bool(discarded)
