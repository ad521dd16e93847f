"""/admin/network/: who looks after which region, where it is silent, and what waits."""

from datetime import timedelta

import pytest
from django.utils import timezone

from stakeholders.models import ListingChange
from tests import factories
from workspace.models import Visit
from workspace.network_health import NetworkHealth

pytestmark = pytest.mark.django_db

URL = "/admin/network/"


def days_ago(days):
    return timezone.now() - timedelta(days=days)


def visited(user, region, days):
    return Visit.objects.create(
        user=user, region=region, first_at=days_ago(days), seen_at=days_ago(days)
    )


def states():
    return {state.region: state.state for state in NetworkHealth(60).states}


def test_a_region_without_an_officer_in_force_is_unattended():
    ended = factories.OfficerAssignmentFactory(starts_on="2020-01-01", ends_on="2020-02-01")
    gone = factories.OfficerAssignmentFactory(user__is_active=False)

    assert states() == {ended.region: "unattended", gone.region: "unattended"}


def test_an_officer_who_neither_came_nor_confirmed_is_silent(officer):
    visited(officer, officer.region, days=61)
    visited(factories.UserFactory(), officer.region, days=1)  # no officer of it

    assert states() == {officer.region: "silent"}


def test_a_visit_or_a_confirmation_is_a_sign_of_life(officer):
    other = factories.OfficerAssignmentFactory()
    visited(officer, officer.region, days=59)
    factories.StakeholderFactory(
        region=other.region, verified_by=other.user, verified_at=days_ago(3)
    )

    assert states() == {officer.region: "alive", other.region: "alive"}


def test_an_officer_of_the_province_looks_after_its_regions():
    region = factories.RegionFactory()
    officer = factories.OfficerAssignmentFactory(region=None, province=region.province).user
    visited(officer, region, days=1)

    assert states() == {region: "alive"}
    (province,) = NetworkHealth(60).provinces
    assert (province.regions, province.officers, province.counts["alive"]) == (1, 1, 1)


def test_queues_say_how_many_wait_and_since_when(staff_client, officer):
    listing = factories.StakeholderFactory(region=officer.region, published=True)
    for days in (3, 9):
        ListingChange.objects.create(
            stakeholder=listing, content={"name": "X"}, submitted_at=days_ago(days)
        )
    factories.SuggestionFactory(name="Sanggar Baru", created_at=days_ago(40))

    page = staff_client.get(URL)

    queues = {queue.label: queue for queue in page.context["health"].queues}
    assert queues["Perubahan untuk ditinjau"].number == 2
    assert queues["Perubahan untuk ditinjau"].oldest.date() == days_ago(9).date()
    assert queues["Usulan dan koreksi"].number == 1
    assert queues["… yang tidak akan diputuskan petugas mana pun"].number == 1
    assert "Sanggar Baru" in page.content.decode()


@pytest.mark.parametrize("how_many", [1, 3])
def test_it_takes_constant_queries(staff_client, how_many, django_assert_num_queries):
    for _each in range(how_many):
        assignment = factories.OfficerAssignmentFactory(region__review="all")
        listing = factories.StakeholderFactory(region=assignment.region, published=True)
        ListingChange.objects.create(stakeholder=listing, content={"name": "X"})
        factories.SuggestionFactory()

    with django_assert_num_queries(21):
        page = staff_client.get(URL)

    assert len(page.context["health"].reviewed) == how_many


def test_it_is_filtered(staff_client, officer):
    factories.RegionFactory(name="Kota Sepi")
    visited(officer, officer.region, days=40)

    def shown(query):
        return [state.region for state in staff_client.get(URL + query).context["page"]]

    assert len(shown("")) == 1
    assert shown("?keadaan=alive") == [officer.region]
    assert officer.region in shown("?hari=30&keadaan=silent")
    assert shown(f"?provinsi={officer.region.province.slug}") == []
    assert len(shown("?hari=x&keadaan=x&provinsi=x")) == 1


def test_only_network_staff_see_it(client, officer):
    assert client.get(URL).status_code == 302
    officer.is_staff = True
    officer.save()
    client.force_login(officer)
    assert client.get(URL).status_code == 403
