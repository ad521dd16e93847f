"""Who reads a listing in the admin and finds it true confirms it in the same step."""

import pytest
from django.contrib.messages import get_messages

from stakeholders.models import Stakeholder
from tests import factories
from tests.stakeholders.test_admin import listing_data

pytestmark = pytest.mark.django_db

LISTINGS = "/admin/stakeholders/stakeholder/"
RIGHTS = ["stakeholders.view_stakeholder", "stakeholders.change_stakeholder"]


@pytest.fixture
def listing():
    return factories.StakeholderFactory(published=True)


def writer(*rights):
    user = factories.UserFactory(is_staff=True)
    factories.grant(user, *rights)
    return user


def page_of(listing):
    return f"{LISTINGS}{listing.pk}/change/"


def confirm(client, listing, **values):
    data = listing_data(**{"status": "published", "_confirm": "1", **values})
    return client.post(page_of(listing), data, headers={"accept-language": "en"})


def told(response):
    return [message.level_tag for message in get_messages(response.wsgi_request)]


def test_it_saves_confirms_and_says_so(staff_client, staff, listing):
    response = confirm(staff_client, listing, name="Radio Rapi")

    listing.refresh_from_db()
    assert response.url == LISTINGS
    assert told(response) == ["success", "success"]
    assert (listing.name, listing.verified_by, listing.freshness) == ("Radio Rapi", staff, "fresh")


def test_the_history_shows_it(staff_client, staff, listing):
    confirm(staff_client, listing)

    page = staff_client.get(f"{LISTINGS}{listing.pk}/history/")

    newest = page.context["row_changes"][0]
    assert newest.author == staff.name
    assert newest.before.verified_by is None
    assert newest.after.verified_by == staff


def test_an_error_confirms_nothing(staff_client, listing):
    response = confirm(staff_client, listing, name="")

    assert list(response.context["adminform"].form.errors) == ["name"]
    assert Stakeholder.objects.get().verified_at is None


def test_it_takes_the_right_to_confirm(client, listing):
    client.force_login(writer(*RIGHTS))

    confirm(client, listing, name="Radio Rapi")

    listing.refresh_from_db()
    assert (listing.name, listing.verified_at) == ("Radio Rapi", None)


def test_what_is_archived_meanwhile_is_not_confirmed(staff_client, listing):
    response = confirm(staff_client, listing, status="archived")

    listing.refresh_from_db()
    assert told(response) == ["success", "warning"]
    assert (listing.status, listing.verified_at) == ("archived", None)


def test_looking_confirms_nothing(staff_client, listing):
    staff_client.get(page_of(listing), {"_confirm": "1"})

    assert Stakeholder.objects.get().verified_at is None


@pytest.mark.parametrize(
    ("rights", "status", "is_there"),
    [
        ([*RIGHTS, "stakeholders.confirm_stakeholder"], "published", True),
        ([*RIGHTS, "stakeholders.confirm_stakeholder"], "draft", True),
        ([*RIGHTS, "stakeholders.confirm_stakeholder"], "archived", False),
        (RIGHTS, "published", False),
        ([RIGHTS[0], "stakeholders.confirm_stakeholder"], "published", False),
    ],
)
def test_the_button_is_there_for_who_may(client, listing, rights, status, is_there):
    Stakeholder.objects.update(status=status)
    client.force_login(writer(*rights))

    page = client.get(page_of(listing)).content.decode()

    assert ('name="_confirm"' in page) is is_there


def test_a_new_listing_has_no_button(staff_client):
    assert 'name="_confirm"' not in staff_client.get(f"{LISTINGS}add/").content.decode()
