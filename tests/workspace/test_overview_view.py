import pytest

from tests import factories

pytestmark = pytest.mark.django_db

URL = "/kelola/"


def test_an_officer_sees_the_regions_in_care(officer_client, officer):
    factories.RegionFactory()

    response = officer_client.get(URL)

    assert list(response.context["regions"]) == [officer.region]


def test_visitors_are_asked_to_sign_in(client):
    assert client.get(URL).status_code == 302


def test_who_looks_after_nothing_stays_outside(client):
    client.force_login(factories.UserFactory())

    assert client.get(URL).status_code == 403
