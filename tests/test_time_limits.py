"""A page that keeps the database busy for too long is stopped, and says so."""

import pytest
from django.db import connection, transaction
from django.http import HttpResponse
from django.urls import path

from iccn_network.urls import handler404  # noqa: F401
from iccn_network.urls import urlpatterns as project_patterns
from regions.time_limits import BusyError, allow_more_time

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]


def sleep(request, seconds):
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_sleep(%s)", [seconds])
    return HttpResponse("done")


def wait_in_vain(request):
    raise BusyError("Somebody else writes it")


urlpatterns = [
    path("sibuk/", wait_in_vain),
    path("lambat/<int:seconds>/", sleep),
    path("admin/lambat/<int:seconds>/", sleep),
    *project_patterns,
]


@pytest.fixture(autouse=True)
def limit(settings):
    """100 ms for this test's transaction, as the options of a connection would set it."""
    settings.STATEMENT_TIMEOUT = 100
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 100")


def test_a_slow_page_is_stopped_and_says_so(client):
    response = client.get("/lambat/9/")

    assert response.status_code == 503
    assert response["Retry-After"] == "30"
    assert "<h1>Ini terlalu lama</h1>" in response.content.decode()


def test_what_somebody_else_writes_for_too_long_is_told_like_it(client):
    assert client.get("/sibuk/").status_code == 503


def test_a_quick_page_is_not(client):
    assert client.get("/lambat/0/").content == b"done"


def test_staff_have_more_time(client):
    assert client.get("/admin/lambat/1/").content == b"done"
    with connection.cursor() as cursor:
        cursor.execute("SHOW statement_timeout")
        assert cursor.fetchone() == ("100ms",)


def test_a_long_table_has_more_time(client, limit):
    with transaction.atomic():
        allow_more_time()
        assert client.get("/lambat/1/").content == b"done"
