from datetime import datetime, timedelta
from unittest import mock

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.utils import timezone

from collaborations.models import SavedSearch, Subscriber
from tests import factories

pytestmark = pytest.mark.django_db


def management(subscriber):
    return f"/langganan/kelola/{subscriber.token}/"


def stopping(subscriber):
    return f"/langganan/henti/{subscriber.token}/"


def says(response):
    return [str(message) for message in get_messages(response.wsgi_request)]


@pytest.fixture
def search():
    return factories.SavedSearchFactory(query="peran=media", rhythm="weekly", confirmed=True)


def test_the_page_shows_what_is_confirmed(client, search):
    factories.SavedSearchFactory(subscriber=search.subscriber, query="q=belum")
    factories.SavedSearchFactory(query="q=orang-lain", confirmed=True)

    response = client.get(management(search.subscriber))

    html = response.content.decode()
    assert list(response.context["searches"]) == [search]
    assert "no-store" in response["Cache-Control"]
    assert search.subscriber.email not in html
    assert 'href="/mitra/?peran=media"' in html


@pytest.mark.parametrize(("count", "query_count"), [(1, 4), (3, 5), (5, 5)])
def test_query_count_of_the_page(client, django_assert_num_queries, search, count, query_count):
    for number in range(count - 1):
        factories.SavedSearchFactory(
            subscriber=search.subscriber, query=f"q={number}", confirmed=True
        )

    # Subscriber, any, searches, all lists; and what words mean where a search has some.
    with django_assert_num_queries(query_count):
        client.get(management(search.subscriber))


def test_pause_and_resume(client, search):
    address = management(search.subscriber)

    response = client.post(f"/en{address}", {"tindakan": "jeda"})
    search.subscriber.refresh_from_db()
    assert response.url.startswith("/en/langganan/kelola/")
    assert says(response) == ["Paused: no mail for 30 days."]
    assert timedelta(days=29) < search.subscriber.paused_until - timezone.now() < timedelta(days=31)
    assert list(Subscriber.objects.due()) == []

    client.post(address, {"tindakan": "lanjut"})
    assert list(Subscriber.objects.due()) == [search.subscriber]


def test_change_the_rhythm(client, search):
    now, tomorrow = (timezone.make_aware(datetime(2026, 3, *rest)) for rest in [(3, 12), (4, 6)])
    with mock.patch("django.utils.timezone.now", return_value=now):
        client.post(
            management(search.subscriber),
            {"tindakan": "irama", "pencarian": search.pk, "irama": "daily"},
        )

    search.refresh_from_db()
    assert (search.rhythm, search.due_at) == ("daily", tomorrow)


def test_stop_one_of_two_then_the_other(client, search):
    other = factories.SavedSearchFactory(
        subscriber=search.subscriber, query="q=batik", confirmed=True
    )
    address = management(search.subscriber)

    response = client.post(address, {"tindakan": "henti", "pencarian": other.pk})
    assert response.url.startswith("/langganan/kelola/")
    assert list(SavedSearch.objects.all()) == [search]

    response = client.post(address, {"tindakan": "henti", "pencarian": search.pk})
    assert response.url == "/langganan/selesai/"
    assert Subscriber.objects.count() == 0
    assert client.get(address).status_code == 404


def test_stop_all(client, search):
    factories.SavedSearchFactory(subscriber=search.subscriber, query="q=batik")

    response = client.post(management(search.subscriber), {"tindakan": "henti-semua"})

    assert response.url == "/langganan/selesai/"
    assert SavedSearch.objects.count() == Subscriber.objects.count() == 0


@pytest.mark.parametrize(
    "data",
    [
        {}, {"tindakan": "hapus"}, {"tindakan": "henti"}, {"tindakan": "irama", "irama": "daily"},
        {"tindakan": "irama", "irama": "hourly", "pencarian": "own"},
        {"tindakan": "henti", "pencarian": "foreign"}, {"tindakan": "henti", "pencarian": "\x00"},
        {"tindakan": "henti", "pencarian": "9" * 50},
        {"tindakan": "irama", "irama": "daily", "pencarian": "unconfirmed"},
    ],
)  # fmt: skip
def test_what_makes_no_sense_changes_nothing(client, search, data):
    keys = {
        "own": search.pk,
        "foreign": factories.SavedSearchFactory(confirmed=True).pk,
        "unconfirmed": factories.SavedSearchFactory(subscriber=search.subscriber, query="q=x").pk,
    }
    before = list(SavedSearch.objects.values())
    if "pencarian" in data:
        data = data | {"pencarian": keys.get(data["pencarian"], data["pencarian"])}

    response = client.post(management(search.subscriber), data)

    assert response.status_code == 400
    assert list(SavedSearch.objects.values()) == before


def test_one_click_in_the_mail_program_stops_all(search):
    """RFC 8058: a form post without cookies, without a page before, answered without redirect."""
    client = Client(enforce_csrf_checks=True)
    address = stopping(search.subscriber)

    for _try in range(2):
        response = client.post(address, {"List-Unsubscribe": "One-Click"})
        assert response.status_code == 200
    assert SavedSearch.objects.count() == Subscriber.objects.count() == 0
    assert client.get(address).status_code == 200


def test_opening_that_link_stops_nothing(client, search):
    response = client.get(stopping(search.subscriber))

    assert response.status_code == 200
    assert f'href="/langganan/kelola/{search.subscriber.token}/"' in response.content.decode()
    assert SavedSearch.objects.count() == 1
