"""What the links in the mails lead to: good, foreign, tampered and expired ones."""

from datetime import datetime
from unittest import mock

import pytest
from django.test import Client
from django.utils import timezone

from collaborations.models import SavedSearch, Subscriber
from tests import factories

pytestmark = pytest.mark.django_db


def confirmation(search):
    return f"/langganan/konfirmasi/{search.token}/"


def management(subscriber):
    return f"/langganan/kelola/{subscriber.token}/"


def stopping(subscriber):
    return f"/langganan/henti/{subscriber.token}/"


@pytest.fixture
def wish():
    return factories.SavedSearchFactory(query="peran=media", rhythm="daily")


@pytest.fixture
def search():
    return factories.SavedSearchFactory(query="peran=media", rhythm="weekly", confirmed=True)


@pytest.mark.parametrize("method", ["get", "head"])
def test_opening_the_link_confirms_nothing(client, wish, method):
    """Mail programs and scanners open every link before its reader does."""
    response = getattr(client, method)(confirmation(wish))

    assert response.status_code == 200
    assert "no-store" in response["Cache-Control"]
    assert SavedSearch.objects.get().confirmed_at is None
    if method == "get":
        html = response.content.decode()
        assert "p•••@example.id" in html
        assert wish.subscriber.email not in html


def test_the_button_confirms(client, wish):
    with mock.patch("django.utils.timezone.now", return_value=local(2026, 3, 3, 12)):
        response = client.post(confirmation(wish))

    wish.refresh_from_db()
    assert response.url.startswith("/langganan/kelola/")
    assert wish.confirmed_at == wish.seen_until == local(2026, 3, 3, 12)
    assert wish.due_at == local(2026, 3, 4, 6)


def test_confirming_twice_changes_nothing(client, search):
    before = SavedSearch.objects.values().get()

    for answer in (client.get(confirmation(search)), client.post(confirmation(search))):
        assert answer.url.startswith("/langganan/kelola/")
    assert SavedSearch.objects.values().get() == before


def test_that_was_not_me_deletes_all(client, wish):
    response = client.post(confirmation(wish), {"bukan-saya": "1"})

    assert response.url == "/langganan/selesai/"
    assert SavedSearch.objects.count() == Subscriber.objects.count() == 0


def test_that_was_not_me_leaves_what_i_confirmed(client, search):
    wish = factories.SavedSearchFactory(subscriber=search.subscriber, query="q=batik")

    client.post(confirmation(wish), {"bukan-saya": "1"})

    assert list(SavedSearch.objects.all()) == [search]


def test_links_to_confirm_end_after_seven_days(client, wish):
    address = confirmation(wish)
    for days, status in ((6.9, 200), (7.1, 404)):
        later = timezone.now().timestamp() + days * 86400
        with mock.patch("django.core.signing.time.time", return_value=later):
            assert client.get(address).status_code == status
    with mock.patch("django.core.signing.time.time", return_value=later):
        assert client.post(address).status_code == 404
    assert SavedSearch.objects.get().confirmed_at is None


def test_links_to_stop_never_end(client, search):
    address = stopping(search.subscriber)
    later = timezone.now().timestamp() + 5 * 365 * 86400
    with mock.patch("django.core.signing.time.time", return_value=later):
        assert client.post(address).status_code == 200
    assert Subscriber.objects.count() == 0


@pytest.mark.parametrize("place", ["konfirmasi", "kelola", "henti"])
@pytest.mark.parametrize("kind", ["foreign", "tampered", "cut", "invented", "of the deleted"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_other_tokens_lead_nowhere(client, search, wish, place, kind, method):
    wrong, right = search.subscriber.token, wish.token
    if place != "konfirmasi":
        wrong, right = right, wrong
    token = {
        "foreign": wrong,
        "tampered": f"X{right[1:]}",
        "cut": right[:-3],
        "invented": "eyJwIjoxfQ.1tABCD.%F0%9F%8E%AD",
        "of the deleted": right,
    }[kind]
    if kind == "of the deleted":
        Subscriber.objects.all().delete()

    response = getattr(client, method)(f"/langganan/{place}/{token}/")

    # To be deleted already is what somebody wants who stops.
    is_stopped = (place, kind) == ("henti", "of the deleted")
    assert response.status_code == (200 if is_stopped else 404)
    assert SavedSearch.objects.count() == (0 if kind == "of the deleted" else 2)


@pytest.mark.parametrize("place", ["konfirmasi", "kelola"])
def test_other_posts_need_the_token_of_the_form(search, wish, place):
    client = Client(enforce_csrf_checks=True)
    token = wish.token if place == "konfirmasi" else search.subscriber.token

    assert client.post(f"/langganan/{place}/{token}/").status_code == 403


def local(*moment):
    return timezone.make_aware(datetime(*moment))
