"""Limits that hold for all processes of a deployment together."""

import pytest
from django.db import connection

from accounts import tasks
from iccn_network.settings import CACHES
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def as_deployed(settings):
    """Each change of the setting forgets what the process kept: what is left is the database."""

    def another_process():
        settings.CACHES = CACHES

    another_process()
    return another_process


def everything_kept():
    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key || value FROM shared_cache")
        return " ".join(row for (row,) in cursor.fetchall())


def test_attempts_to_sign_in_are_counted_by_all_processes(client, as_deployed):
    user = factories.UserFactory()
    for _attempt in range(5):
        as_deployed()
        client.post("/akun/masuk/", {"login": user.email, "password": "salah"})

    as_deployed()
    page = client.post("/akun/masuk/", {"login": user.email, "password": "rahasia"})

    assert "Terlalu banyak percobaan" in page.content.decode()
    assert "127.0.0.1" not in everything_kept()
    assert user.email not in everything_kept()


def test_so_are_forms_of_one_network(client, as_deployed, monkeypatch):
    monkeypatch.setattr("accounts.limits.MOST_AN_HOUR", 2)
    statuses = []
    for _attempt in range(3):
        as_deployed()
        statuses.append(client.post("/mitra/usul/", {"nama": "x"}).status_code)

    assert statuses == [200, 200, 429]
    assert "127.0.0.1" not in everything_kept()


def test_what_expired_goes_at_night(client):
    client.post("/mitra/usul/", {"nama": "x"})
    tasks.forget(timestamp=0)
    assert everything_kept()

    with connection.cursor() as cursor:
        cursor.execute("UPDATE shared_cache SET expires = now() - interval '1 second'")
    tasks.forget(timestamp=0)
    assert everything_kept() == ""
