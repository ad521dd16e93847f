from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import User
from stakeholders.models import Stakeholder, Stewardship
from tests import factories
from tests.refusals import refused_by

pytestmark = pytest.mark.django_db


def again(user):
    """The user as another request sees them: nothing is remembered."""
    return User.objects.get(pk=user.pk)


def editable_by(user):
    return set(Stakeholder.objects.editable_by(again(user)))


def test_a_steward_edits_one_listing_and_no_other(steward):
    neighbour = factories.StakeholderFactory(region=steward.listing.region, published=True)
    hidden = factories.StakeholderFactory(region=steward.listing.region)

    assert editable_by(steward) == {steward.listing}
    assert set(Stakeholder.objects.visible_to(steward)) == {steward.listing, neighbour}
    assert not Stakeholder.objects.in_care_of(steward).exists()
    assert not hidden.is_editable_by(steward)
    assert (again(steward).works_here, again(steward).is_officer) == (True, False)


def test_a_steward_alone_costs_no_look_at_regions(steward, django_assert_num_queries):
    assert "region" not in str(Stakeholder.objects.editable_by(steward).values("pk").query)


def test_staff_who_are_stewards_too_edit_all(staff, steward):
    factories.StewardshipFactory(user=staff, stakeholder=steward.listing)
    other = factories.StakeholderFactory()

    assert editable_by(staff) == {steward.listing, other}


def test_a_steward_sees_their_listing_in_any_state(steward):
    steward.listing.archive()

    assert set(Stakeholder.objects.visible_to(steward)) == {steward.listing}


def test_nothing_comes_twice_to_an_officer_who_is_a_steward_too(officer):
    mine = factories.StakeholderFactory(region=officer.region)
    elsewhere = factories.StakeholderFactory()
    for listing in (mine, elsewhere):
        factories.StewardshipFactory(user=officer, stakeholder=listing)

    found = Stakeholder.objects.editable_by(again(officer)).order_by("pk")
    assert list(found) == [mine, elsewhere]
    assert list(Stakeholder.objects.in_care_of(officer)) == [mine]


def test_what_has_ended_gives_nothing(steward):
    steward.stewardships.get().end()

    assert editable_by(steward) == set()
    assert not again(steward).works_here


def test_a_switched_off_account_gives_nothing(steward):
    User.objects.filter(pk=steward.pk).update(is_active=False)

    assert editable_by(steward) == set()


def test_rights_are_asked_for_once(officer, django_assert_num_queries):
    user = again(officer)
    with django_assert_num_queries(4):  # staff's rights (2), stewardships, listings
        list(Stakeholder.objects.editable_by(user))
    with django_assert_num_queries(1):
        list(Stakeholder.objects.editable_by(user))


def test_one_stewardship_at_a_time(steward):
    with refused_by("stewardship_once"):
        factories.StewardshipFactory(user=steward, stakeholder=steward.listing)


def test_a_steward_may_come_back(steward):
    steward.stewardships.get().end()
    factories.StewardshipFactory(user=steward, stakeholder=steward.listing)

    assert editable_by(steward) == {steward.listing}


@pytest.mark.parametrize(
    ("constraint", "values"),
    [
        ("stewardship_how", {"how": "bought"}),
        ("stewardship_ends_after_start", {"ended_at": timezone.now() - timedelta(days=1)}),
    ],
)
def test_the_database_refuses(constraint, values):
    with refused_by(constraint):
        factories.StewardshipFactory(**values)


def test_the_history_knows_who_granted_what(steward):
    stewardship = steward.stewardships.get()
    stewardship.end()

    labels = [event.pgh_label for event in stewardship.events.order_by("pgh_id")]
    assert labels == ["insert", "update"]
    assert str(stewardship) == f"{steward} · {steward.listing}"
    assert Stewardship.objects.active().count() == 0
