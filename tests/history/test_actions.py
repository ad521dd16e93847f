"""What changes no row leaves a line too: who, when, by which right."""

import re

import pghistory
import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction

from history.actions import note
from history.hands import HANDS, hand_of
from history.models import ACTIONS, Action, Change
from history.undo import undo
from tests import factories
from tests.test_project import PYTHON_FILES, ROOT

pytestmark = pytest.mark.django_db


def test_a_line_says_who_did_what_to_which_listing(officer):
    listing = factories.StakeholderFactory(name="Batik Laras", region=officer.region)

    line = note(action="link", user=officer, subject=listing, via="link")

    assert str(line) == "Signed link made · Batik Laras"
    assert line.region_key == officer.region.pk
    assert Change.objects.get().metadata == {"user": officer.pk, "via": "link"}


def test_a_line_names_no_person(staff):
    locked_out = factories.UserFactory(name="Wati", email="wati@example.id")

    line = note(action="second_factor_reset", user=staff, subject=locked_out)

    assert line.subject_name == f"user {locked_out.pk}"


def test_nobody_rewrites_a_line():
    line = note(action="export", count=120)

    for rewrite in (line.save, line.delete):
        with pytest.raises(DatabaseError, match="Cannot"), transaction.atomic():
            rewrite()
    assert str(Action.objects.get()) == "Export with private fields (120)"


def test_no_undo_takes_a_line_back(superuser):
    listing = factories.StakeholderFactory(name="Old")
    with pghistory.context(user=superuser.pk) as alone:
        note(action="export")
    with pghistory.context(user=superuser.pk) as mixed:
        note(action="link", subject=listing)
        listing.name = "New"
        listing.save()

    with pytest.raises(ValidationError, match="Nothing in this change can be taken back"):
        undo(str(alone.id), superuser)
    undo(str(mixed.id), superuser)

    listing.refresh_from_db()
    assert listing.name == "Old"
    assert Action.objects.count() == 2


@pytest.mark.parametrize(
    ("metadata", "hand"),
    [
        ({"user": 1, "hand": "staff"}, "staff"),
        ({"user": 1, "hand": "officer"}, "officer"),
        ({"user": 1, "hand": "officer", "via": "import"}, "import"),
        ({"user": 1, "hand": "officer", "via": "list"}, "officer"),
        ({"via": "link", "hand": "visitor"}, "link"),
        ({"via": "upkeep", "command": "send_reminders"}, "upkeep"),
        ({"command": "load_demo"}, "command"),
        ({"url": "/mitra/usul/", "hand": "visitor"}, "visitor"),
        ({}, ""),
    ],
)
def test_changes_are_found_by_the_hand_they_are_read_as(metadata, hand):
    with pghistory.context(**metadata):
        note(action="export")
    change = Change.objects.get()

    assert hand_of(change.metadata) == hand
    assert [each for each in HANDS if Change.objects.by_hand(each).exists()] == [hand] * bool(hand)


def test_the_page_of_changes_shows_it(staff_client, staff):
    note(action="export", user=staff, count=12)

    page = staff_client.get("/admin/history/change/")

    assert "Ekspor dengan isian pribadi (12)" in page.content.decode()


def test_every_word_that_is_noted_has_words_for_readers():
    """Who notes something new names it in history/models.py."""
    noted = {
        word
        for path in PYTHON_FILES
        if path.relative_to(ROOT).parts[0] not in {"tests", "benchmarks"}
        for word in re.findall(r'_?note\(\s*(?:action=)?"(\w+)"', path.read_text())
    }

    assert {"export", "link", "invitation", "second_factor_reset", "submission"} <= noted
    assert noted - set(ACTIONS) == set()
