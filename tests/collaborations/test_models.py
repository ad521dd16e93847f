from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError

from collaborations.models import Adoption, GoodPractice, PracticeStakeholder, PracticeSubsector
from tests import factories
from tests.refusals import refused_by

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("values", "constraint"),
    [
        ({"pillar": "beauty"}, "practice_pillar"),
        ({"cost_band": "cheap"}, "practice_cost_band"),
        ({"roles": ["media", "mayor"]}, "practice_roles"),
        ({"status": "archived"}, "practice_status"),
        ({"started_year": 1944}, "practice_started_year"),
        ({"published": True, "published_at": None}, "practice_published_has_date"),
        ({"published": True, "how_to_replicate": ""}, "practice_published_is_complete"),
    ],
)
def test_the_database_refuses_a_wrong_practice(values, constraint):
    with refused_by(constraint):
        factories.GoodPracticeFactory(**values)


@pytest.mark.parametrize(
    ("values", "constraint"),
    [
        ({"status": "maybe"}, "adoption_status"),
        (
            {"status": "done", "started_on": date(2024, 2, 1), "ended_on": date(2024, 1, 31)},
            "adoption_ends_after_start",
        ),
        ({"ended_on": date(2024, 1, 31)}, "adoption_ended_is_done"),
    ],
)
def test_the_database_refuses_a_wrong_adoption(values, constraint):
    with refused_by(constraint):
        factories.AdoptionFactory(**values)


def test_a_region_adopts_a_practice_once_at_a_time():
    first = factories.AdoptionFactory()
    same = {"practice": first.practice, "region": first.region}
    with refused_by("adoption_once_at_a_time"):
        factories.AdoptionFactory(**same)

    Adoption.objects.update(status="done", ended_on=date(2024, 1, 31))
    factories.AdoptionFactory(**same)

    practice = GoodPractice.objects.for_cards().get()
    assert practice.adoption_count == 1


def test_an_adaptation_stays_within_its_practice():
    other = factories.AdoptionFactory()

    with refused_by("adoption_adapted_within_practice"):
        factories.AdoptionFactory(adapted_from=other)

    adoption = factories.AdoptionFactory()
    adoption.adapted_from = other
    with pytest.raises(ValidationError) as refusal:
        adoption.clean()
    assert list(refusal.value.message_dict) == ["adapted_from"]


@pytest.fixture
def chain():
    """Three adoptions of a practice, each adapted from the one before."""
    first = factories.AdoptionFactory(region__short_name="Satu")
    second = factories.AdoptionFactory(
        practice=first.practice, adapted_from=first, region__short_name="Dua"
    )
    third = factories.AdoptionFactory(
        practice=first.practice, adapted_from=second, region__short_name="Tiga"
    )
    return first, second, third


@pytest.mark.parametrize("ancestor", [0, 1, 2])
def test_no_adoption_is_adapted_from_itself(chain, ancestor):
    last = chain[2]
    changed = chain[ancestor]
    changed.adapted_from = last

    with refused_by("adoption_without_cycle"):
        changed.save()
    with pytest.raises(ValidationError) as refusal:
        changed.clean()
    assert list(refusal.value.message_dict) == ["adapted_from"]


def test_changing_the_teacher_is_fine(chain):
    first, _second, third = chain
    third.adapted_from = first
    third.clean()
    third.save()

    assert third.ancestors() == [third.pk, first.pk]


def test_the_origin_does_not_adopt_its_own_practice():
    practice = factories.GoodPracticeFactory()
    adoption = factories.AdoptionFactory.build(practice=practice, region=practice.region)

    with pytest.raises(ValidationError) as refusal:
        adoption.clean()
    assert list(refusal.value.message_dict) == ["region"]


def drawn(adoptions):
    return {adoption.region.short_name: drawn(adoption.learners) for adoption in adoptions}


def test_lineage_is_a_tree(chain):
    practice = chain[0].practice
    factories.AdoptionFactory(practice=practice, region__short_name="Lain")

    assert drawn(GoodPractice.objects.for_page().get().lineage) == {
        "Lain": {},
        "Satu": {"Dua": {"Tiga": {}}},
    }


def test_who_learned_from_a_private_adoption_hangs_on_the_origin(chain):
    Adoption.objects.filter(pk=chain[1].pk).update(is_public=False)

    practice = GoodPractice.objects.for_page().get()

    assert drawn(practice.lineage) == {"Satu": {}, "Tiga": {}}
    assert practice.adoption_count == 2


def test_deleting_an_adoption_keeps_who_learned_from_it(chain):
    chain[0].delete()

    assert drawn(GoodPractice.objects.for_page().get().lineage) == {"Dua": {"Tiga": {}}}


def test_a_plan_is_no_adoption_yet():
    practice = factories.GoodPracticeFactory(published=True)
    for status in ("planned", "running", "done"):
        factories.AdoptionFactory(practice=practice, status=status)

    assert GoodPractice.objects.for_cards().get().adoption_count == 2


def test_roles_are_those_named_and_those_of_public_partners():
    public = factories.StakeholderFactory(role="media", published=True)
    draft = factories.StakeholderFactory(role="academia")
    factories.GoodPracticeFactory(roles=["media", "business"], stakeholders=[public, draft])

    assert GoodPractice.objects.for_cards().get().involved_roles == ["business", "media"]
    assert GoodPractice.objects.involving(["academia"]).count() == 0
    assert GoodPractice.objects.involving(["academia", "media"]).count() == 1


def test_publish_keeps_the_first_date():
    practice = factories.GoodPracticeFactory(published=True)
    first = practice.published_at
    GoodPractice.objects.update(status="draft")

    practice.publish()

    practice.refresh_from_db()
    assert (practice.status, practice.published_at) == ("published", first)


def test_drafts_are_for_the_staff(staff):
    draft = factories.GoodPracticeFactory()
    public = factories.GoodPracticeFactory(published=True)

    assert list(GoodPractice.objects.visible_to(AnonymousUser())) == [public]
    assert list(GoodPractice.objects.visible_to(factories.UserFactory())) == [public]
    assert list(GoodPractice.objects.visible_to(staff)) == [draft, public]


def test_links_are_kept_in_the_history():
    partner = factories.StakeholderFactory()
    factories.GoodPracticeFactory(
        subsectors=[factories.SubsectorFactory()], stakeholders=[partner]
    ).stakeholders.clear()

    for link, labels in (
        (PracticeSubsector, ["insert"]),
        (PracticeStakeholder, ["insert", "delete"]),
    ):
        events = link.pgh_event_model.objects.order_by("pgh_id")
        assert list(events.values_list("pgh_label", flat=True)) == labels
