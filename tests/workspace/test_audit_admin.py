"""The audit log in the admin: filters, by which right, and the file."""

import pghistory
import pytest

from history.actions import note
from history.models import Action
from stakeholders.models import Stakeholder
from tests import factories

pytestmark = pytest.mark.django_db

LOG = "/admin/history/change/"


@pytest.fixture
def listing(officer):
    return factories.StakeholderFactory(name="=Batik Laras", region=officer.region)


def changed(listing, user, **metadata):
    with pghistory.context(user=user.pk, **metadata):
        Stakeholder.objects.filter(pk=listing.pk).update(summary=f"Oleh {user.pk}")


@pytest.fixture
def log(officer, staff, listing):
    """A change by an officer, one by staff elsewhere, and an action in the officer's region."""
    (assignment,) = officer.officer_assignments.all()
    right = {"hand": "officer", "scope": [f"assignment:{assignment.pk}"]}
    changed(listing, officer, **right)
    changed(factories.StakeholderFactory(), staff, hand="staff", scope=["all"])
    note(action="export", user=officer, region=officer.region, count=7, via="link")


def authors(client, query):
    return sorted(c.author for c in client.get(LOG + query).context["cl"].result_list)


def test_it_is_filtered_by_region_hand_and_person(staff_client, officer, staff, log):
    assert authors(staff_client, f"?region={officer.region.slug}") == [officer.name] * 2
    assert authors(staff_client, "?hand=staff") == [staff.name]
    assert authors(staff_client, "?hand=link") == [officer.name]
    assert authors(staff_client, f"?user={staff.pk}") == [staff.name]


def test_it_says_for_which_scope_somebody_acted(staff_client, officer, log):
    page = staff_client.get(f"{LOG}?hand=officer").content.decode()

    assert f"Petugas · {officer.region}" in page


@pytest.mark.parametrize("how_many", [1, 3])
def test_it_takes_constant_queries(
    staff_client, officer, listing, how_many, django_assert_num_queries
):
    for _each in range(how_many):
        changed(listing, officer, hand="officer", scope=[])
    with django_assert_num_queries(20):
        staff_client.get(LOG)


def test_it_leaves_as_a_file_and_that_is_noted(staff_client, officer, log):
    file = staff_client.get(f"{LOG}export/?region={officer.region.slug}")
    lines = b"".join(file.streaming_content).decode().splitlines()

    assert len(lines) == 3
    assert "Ekspor dengan isian pribadi (7)" in lines[1] + lines[2]
    assert officer.email not in "".join(lines)
    assert Action.objects.filter(action="audit_export", count=2).exists()


def test_others_take_no_file(client, officer):
    client.force_login(officer)
    assert client.get(f"{LOG}export/").status_code == 302
    officer.is_staff = True
    officer.save()
    assert client.get(f"{LOG}export/").status_code == 403
