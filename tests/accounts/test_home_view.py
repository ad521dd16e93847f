from datetime import timedelta

import pytest
from django.utils import timezone

from tests import factories

pytestmark = pytest.mark.django_db

URL = "/akun/"


def today(days=0):
    return timezone.localdate() + timedelta(days=days)


def test_a_former_officer_reads_why_the_workspace_is_closed(client):
    former = factories.OfficerAssignmentFactory(starts_on=today(-9), ends_on=today(-1))
    client.force_login(former.user)

    page = client.get(URL).text

    assert str(former.scope) in page
    assert "berakhir</span>" in page
    assert "selama masa tugas berlaku" in page
    assert f'href="{URL}"' in client.get("/kelola/").text  # which is refused


def test_a_future_one_reads_when_it_opens(client):
    coming = factories.OfficerAssignmentFactory(starts_on=today(9))
    client.force_login(coming.user)

    page = client.get(URL).text

    assert "berakhir</span>" not in page
    assert "selama masa tugas berlaku" in page


def test_an_officer_is_led_to_the_workspace(officer_client):
    page = officer_client.get(URL).text

    assert "Ke ruang kerja" in page
    assert "selama masa tugas berlaku" not in page


@pytest.mark.parametrize("row_count", [1, 3])
def test_the_queries_do_not_grow(client, django_assert_num_queries, row_count):
    user = factories.UserFactory()
    factories.OfficerAssignmentFactory.create_batch(row_count, user=user)
    client.force_login(user)
    client.get("/kelola/")

    with django_assert_num_queries(6):
        client.get(URL)
