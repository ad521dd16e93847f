"""Twelve months out of date without an answer: off the site, announced, undoable."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from history.models import Change
from history.undo import undo
from stakeholders.models import Stakeholder
from upkeep.models import Contact, ReminderSeries, SignedLink
from upkeep.retirement import archive_unanswered
from upkeep.tasks import retire_listings

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


def test_the_nightly_work_forgets(listing_stale_for, officer):
    listing = listing_stale_for(-90, contact_email="Ayu@contoh.id", public_email="kantor@contoh.id")
    links = [SignedLink.objects.make(listing, "reminder") for _link in range(2)]
    long_ago = timezone.now() - timedelta(days=396)
    SignedLink.objects.filter(pk=links[0].pk).update(created_at=long_ago)
    addresses = ["ayu@contoh.id", "kantor@contoh.id", officer.email, "dulu@contoh.id"]
    for address in addresses:
        Contact.objects.of_address(address)

    retire_listings(timestamp=0)

    assert list(SignedLink.objects.values_list("pk", flat=True)) == [links[1].pk]
    assert set(Contact.objects.values_list("email", flat=True)) == set(addresses[:3])


def test_the_command_does_it_without_a_worker(announced, capsys, monkeypatch):
    announced(contact_email="")

    call_command("send_reminders")

    assert "1 listings archived." in capsys.readouterr().out
    assert statuses() == ["archived"]
