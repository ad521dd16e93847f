from datetime import timedelta

import factory
import pytest
from django.contrib.auth import authenticate
from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts.models import OfficerAssignment, User
from regions.models import Region
from tests import factories
from tests.refusals import refused_by

pytestmark = pytest.mark.django_db

PROVINCE = factory.SubFactory(factories.ProvinceFactory)


@pytest.fixture
def region():
    """A region beside others that must never come along."""
    factories.RegionFactory.create_batch(2)
    return factories.RegionFactory()


def assign(region, user=None, **values):
    user = user or factories.UserFactory()
    factories.OfficerAssignmentFactory(user=user, region=region, **values)
    return user


def days_from_today(days):
    return None if days is None else timezone.localdate() + timedelta(days=days)


def test_an_officer_of_a_region_edits_that_region(region):
    assert list(assign(region).editable_regions()) == [region]


def test_an_officer_of_a_province_edits_all_its_regions(region):
    sister = factories.RegionFactory(province=region.province)

    officer = assign(None, province=region.province)

    assert set(officer.editable_regions()) == {region, sister}


def test_assignments_add_up_without_doubling(region):
    other = factories.RegionFactory()
    officer = assign(None, province=region.province)
    assign(region, officer)
    assign(other, officer)

    assert sorted(row.pk for row in officer.editable_regions()) == [region.pk, other.pk]


def test_the_assignment_of_somebody_else_gives_nothing(region):
    assign(region)

    assert list(factories.UserFactory().editable_regions()) == []


@pytest.mark.parametrize(
    ("starts", "ends", "is_active"),
    [
        (0, 0, True),
        (-9, 0, True),
        (0, None, True),
        (-9, -1, False),
        (1, None, False),
        (1, 9, False),
    ],
)
def test_an_assignment_holds_from_its_first_to_its_last_day(region, starts, ends, is_active):
    officer = assign(region, starts_on=days_from_today(starts), ends_on=days_from_today(ends))

    assert list(officer.editable_regions()) == ([region] if is_active else [])
    assert officer.officer_assignments.get().is_active is is_active


def test_the_day_is_that_of_jakarta(region, monkeypatch):
    """At 20:00 UTC it is already tomorrow in Indonesia."""
    evening = timezone.datetime(2026, 3, 1, 20, tzinfo=timezone.timezone.utc)
    monkeypatch.setattr("django.utils.timezone.now", lambda: evening)

    officer = assign(region, starts_on="2026-03-02", ends_on="2026-03-02")

    assert list(officer.editable_regions()) == [region]


def test_assignments_of_another_day_can_be_asked_for(region):
    assign(region, starts_on="2024-01-01", ends_on="2024-12-31")

    assert OfficerAssignment.objects.active(days_from_today(0)).count() == 0
    assert OfficerAssignment.objects.active("2024-12-31").count() == 1


def test_a_switched_off_officer_edits_nothing(region):
    officer = assign(region, factories.UserFactory(is_active=False))

    assert list(officer.editable_regions()) == []
    assert OfficerAssignment.objects.active().count() == 0


def test_network_staff_edits_every_region(region, staff):
    assert staff.editable_regions().count() == Region.objects.count() == 3


def test_a_superuser_edits_every_region(region, superuser):
    assert superuser.editable_regions().count() == 3


@pytest.mark.parametrize("kind", ["staff", "superuser"])
def test_power_ends_when_the_account_is_switched_off(region, kind, request):
    user = request.getfixturevalue(kind)
    user.is_active = False
    user.save()

    assert list(User.objects.get(pk=user.pk).editable_regions()) == []


def test_somebody_who_may_enter_the_admin_edits_nothing_by_that_alone(region):
    assert list(factories.UserFactory(is_staff=True).editable_regions()) == []


@pytest.mark.parametrize("typed", ["sari@example.id", "Sari@Example.ID", "SARI@EXAMPLE.ID"])
def test_sign_in_does_not_mind_capitals(typed):
    user = factories.UserFactory(email="Sari@example.id")

    assert authenticate(email=typed, password="rahasia") == user
    assert authenticate(email=typed, password="salah") is None


def test_an_e_mail_address_belongs_to_one_user():
    factories.UserFactory(email="sari@example.id")

    with refused_by("user_email_once"):
        factories.UserFactory(email="SARI@example.id")


def test_a_form_hears_of_a_taken_address_in_words():
    factories.UserFactory(email="sari@example.id")

    with pytest.raises(ValidationError) as refusal:
        User(name="Sari", email="Sari@Example.id", password="x").full_clean()

    assert len(refusal.value.messages) == 1


def test_commands_make_users_and_superusers():
    user = User.objects.create_user("Sari@EXAMPLE.id", "rahasia", name="Sari")
    superuser = User.objects.create_superuser("adi@example.id", "rahasia", name="Adi")

    assert (user.email, user.is_staff, user.is_superuser) == ("Sari@example.id", False, False)
    assert (superuser.is_staff, superuser.is_superuser) == (True, True)
    assert user.check_password("rahasia")


@pytest.mark.parametrize(
    ("constraint", "values"),
    [
        ("assignment_of_region_or_province", {"region": None}),
        ("assignment_of_region_or_province", {"province": PROVINCE}),
        (
            "assignment_ends_after_start",
            {"starts_on": "2026-03-02", "ends_on": "2026-03-01"},
        ),
    ],
)
def test_the_database_refuses(constraint, values):
    with refused_by(constraint):
        factories.OfficerAssignmentFactory(**values)
