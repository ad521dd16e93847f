import pytest

from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def url(officer):
    return f"/kelola/wilayah/{officer.region.slug}/pengaturan/"


def test_visitors_are_asked_to_sign_in(client, url):
    assert client.post(url, {"review": "all"}).status_code == 302


@pytest.mark.parametrize("method", ["get", "post"])
def test_other_regions_are_not_theirs(officer_client, method):
    elsewhere = factories.RegionFactory()
    url = f"/kelola/wilayah/{elsewhere.slug}/pengaturan/"

    assert getattr(officer_client, method)(url, {"review": "all"}).status_code == 403
    elsewhere.refresh_from_db()
    assert elsewhere.review == "none"


def test_whom_it_reviews_does_not_lift_it(client, officer, staff, url):
    """An officer could else switch the four eyes off, save alone and switch them on again."""
    type(officer.region).objects.update(review="all")

    for user, kept in [(officer, "all"), (staff, "none")]:
        client.force_login(user)
        client.post(url, {"review": "none"})
        officer.region.refresh_from_db()
        assert officer.region.review == kept


@pytest.mark.parametrize(
    ("choice", "kept"), [("all", "all"), ("stewards", "stewards"), ("x", "none")]
)
def test_an_officer_says_what_waits_for_review(officer_client, officer, url, choice, kept):
    assert "Pengaturan" in officer_client.get(url).text

    officer_client.post(url, {"review": choice, "name": "Kota Lain"})

    officer.region.refresh_from_db()
    assert officer.region.review == kept
    assert officer.region.name != "Kota Lain"
