"""Twelve months out of date without an answer: off the site, announced, undoable."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from history.models import Change
from history.undo import undo
from stakeholders.models import Stakeholder
from upkeep.models import ReminderSeries, SignedLink
from upkeep.retirement import archive_unanswered

pytestmark = pytest.mark.django_db


@pytest.fixture
def announced(listing_stale_for):
    """Make a listing whose archiving was announced so many days ago."""

    def make(*, stale_for=366, days=31, **fields):
        listing = listing_stale_for(stale_for, **fields)
        listing.refresh_from_db()
        told = timezone.now() - timedelta(days=days)
        ReminderSeries.objects.create(
            stakeholder=listing, round=listing.stale_at, announced_at=told
        )
        return listing

    return make


def statuses():
    return list(Stakeholder.objects.order_by("pk").values_list("status", flat=True))


def test_all_are_archived_as_one_change_that_can_be_undone(announced, superuser):
    for _row in range(3):
        announced()

    assert archive_unanswered() == 3

    assert statuses() == ["archived"] * 3
    change = Change.objects.get()
    assert change.metadata["via"] == "upkeep"
    undo(str(change.pk), superuser)
    assert statuses() == ["published"] * 3
    assert archive_unanswered() == 0  # what somebody brought back stays


@pytest.mark.parametrize(
    "spared",
    [
        {"stale_for": 364},
        {"days": 29},
        {"is_demo": True},
    ],
)
def test_who_is_spared(announced, spared):
    announced(**spared)

    assert archive_unanswered() == 0


def test_who_was_never_told_is_spared(listing_stale_for):
    listing_stale_for(900)

    assert archive_unanswered() == 0


def test_an_announcement_of_an_earlier_round_does_not_count(announced):
    listing = announced()
    ReminderSeries.objects.update(round=listing.stale_at - timedelta(days=400))

    assert archive_unanswered() == 0


def test_an_answer_that_waits_for_review_counts(announced):
    link = SignedLink.objects.make(announced(), "reminder")
    link.note_use("submitted")

    assert archive_unanswered() == 0


def test_the_command_does_it_without_a_worker(announced, capsys, monkeypatch):
    announced(contact_email="")

    call_command("send_reminders")

    assert "1 listings archived." in capsys.readouterr().out
    assert statuses() == ["archived"]
