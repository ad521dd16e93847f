import pghistory.models
import pytest
from django.apps import apps

from stakeholders.models import Stakeholder
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
