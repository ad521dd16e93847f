"""The demo is loaded where there is none yet, all of it or nothing."""

import pytest
from django.core.management import CommandError

from stakeholders.models import OfferingCategory, OrganizationType, Stakeholder
from tests.stakeholders.demo.loading import files, load_demo

pytestmark = pytest.mark.usefixtures("reference_data")


def test_progress_is_told_and_history_names_the_command():
    lines = [line for line in load_demo() if line.startswith("Demo listings")]

    assert lines[-3:] == [
        "Demo listings: 600 added",
        "Demo listings: 800 added",
        "Demo listings: 912 added",
    ]
    event = Stakeholder.pgh_event_model.objects.last()
    assert event.pgh_context.metadata == {"command": "load_demo"}


def test_reference_data_comes_first():
    OrganizationType.objects.all().delete()

    with pytest.raises(CommandError) as error:
        load_demo()

    assert str(error.value) == (
        "Nothing was loaded. There is no organisation type “universitas”."
        " Run load_reference_data first."
    )


def test_a_category_that_staff_took_away_is_named_and_nothing_is_loaded(media):
    OfferingCategory.objects.get(slug="desain").delete()

    with pytest.raises(CommandError, match="no offering category “desain”"):
        load_demo()

    assert Stakeholder.objects.count() == 0
    assert files(media) == set()


def test_a_load_that_breaks_off_leaves_no_picture_behind(media, monkeypatch):
    def break_off(entries):
        if entries[0].listing.is_demo:
            assert len(files(media)) > 100
            raise KeyboardInterrupt

    monkeypatch.setattr("stakeholders.demo.load.store_offerings", break_off)

    with pytest.raises(KeyboardInterrupt):
        load_demo()

    assert Stakeholder.objects.count() == 0
    assert files(media) == set()
