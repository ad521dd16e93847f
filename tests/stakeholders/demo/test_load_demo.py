import pghistory.models
import pytest
from django.apps import apps
from django.core.management import CommandError

from stakeholders.models import OfferingCategory, Stakeholder
from tests.stakeholders.demo.loading import files, load_demo

pytestmark = pytest.mark.django_db


def event_counts():
    return {
        model: model.objects.count()
        for model in apps.get_models()
        if issubclass(model, pghistory.models.Event) and model._meta.managed
    }


def test_second_load_changes_nothing(demo, media):
    events, pictures = event_counts(), files(media)

    lines = load_demo()

    assert lines[:3] == [
        "Universities and institutes: already there",
        "Regional governments: already there",
        "Demo listings: already there",
    ]
    assert (event_counts(), files(media)) == (events, pictures)


def test_progress_is_told_and_history_names_the_command(reference_data):
    lines = [line for line in load_demo() if line.startswith("Demo listings")]

    assert lines[-3:] == [
        "Demo listings: 600 added",
        "Demo listings: 800 added",
        "Demo listings: 912 added",
    ]
    event = Stakeholder.pgh_event_model.objects.last()
    assert event.pgh_context.metadata == {"command": "load_demo"}


def test_what_people_changed_stays_and_what_they_deleted_of_the_demo_too(demo):
    Stakeholder.objects.filter(slug="universitas-indonesia").update(summary="Ours", slug="ui")
    demo.first().delete()

    load_demo()

    assert Stakeholder.objects.get(slug="ui").summary == "Ours"
    assert Stakeholder.objects.filter(name="Universitas Indonesia").count() == 1
    assert demo.count() == 911


def test_a_missing_real_entry_is_added_again(demo):
    Stakeholder.objects.get(slug="pemerintah-kota-malang").delete()

    assert load_demo()[1] == "Regional governments: 1 added"


def test_reference_data_comes_first():
    with pytest.raises(CommandError) as error:
        load_demo()

    assert str(error.value) == (
        "Nothing was loaded. There is no organisation type “universitas”."
        " Run load_reference_data first."
    )


def test_a_category_that_staff_took_away_is_named_and_nothing_is_loaded(reference_data, media):
    OfferingCategory.objects.get(slug="desain").delete()

    with pytest.raises(CommandError, match="no offering category “desain”"):
        load_demo()

    assert Stakeholder.objects.count() == 0
    assert files(media) == set()


def test_a_load_that_breaks_off_leaves_no_picture_behind(reference_data, media, monkeypatch):
    def break_off(entries):
        if entries[0].listing.is_demo:
            assert len(files(media)) > 100
            raise KeyboardInterrupt

    monkeypatch.setattr("stakeholders.demo.load.store_offerings", break_off)

    with pytest.raises(KeyboardInterrupt):
        load_demo()

    assert Stakeholder.objects.count() == 0
    assert files(media) == set()
