"""Every change keeps by which right it was made."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.rights import rights_of
from history.models import Change
from stakeholders.models import Stakeholder
from tests import factories

pytestmark = pytest.mark.django_db


def test_the_rights_of_an_officer_are_the_assignments_in_force(officer):
    yesterday = timezone.localdate() - timedelta(days=1)
    factories.OfficerAssignmentFactory(user=officer, starts_on=yesterday, ends_on=yesterday)
    (active,) = officer.officer_assignments.active()

    assert rights_of(officer) == {"hand": "officer", "scope": [f"assignment:{active.pk}"]}


def test_others_have_none(staff):
    assert rights_of(staff) == {"hand": "staff", "scope": ["all"]}
    assert rights_of(factories.UserFactory()) == {"hand": "account", "scope": []}


def test_a_steward_has_that_of_one_listing():
    stewardship = factories.StewardshipFactory()

    rights = rights_of(stewardship.user)

    assert rights == {"hand": "steward", "scope": [f"stewardship:{stewardship.pk}"]}


def test_a_request_keeps_them(staff_client, staff):
    listing = factories.StakeholderFactory(published=True)

    staff_client.post(
        "/admin/stakeholders/stakeholder/",
        {"action": "archive", "_selected_action": [listing.pk]},
    )

    assert Stakeholder.objects.get().status == "archived"
    assert Change.objects.get().metadata == {
        "user": staff.pk,
        "url": "/admin/stakeholders/stakeholder/",
        "hand": "staff",
        "scope": ["all"],
    }
