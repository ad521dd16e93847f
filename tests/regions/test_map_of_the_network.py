"""The map of regions with the demo on it."""

import gzip
import re

import pytest
from django.core.management import call_command
from django.db import connection

from regions.models import Region

pytestmark = pytest.mark.django_db

URL = "/wilayah/peta/"
MOST_BYTES = 30_000  # of the whole page, compressed; the map alone may have 60,000


@pytest.fixture(autouse=True, scope="module")
def network(rows_of_the_module):
    call_command("load_reference_data", verbosity=0)
    call_command("load_demo", verbosity=0)


def test_living_roles_are_the_score_of_the_other_pages(client):
    scored = dict(Region.objects.with_living_roles().values_list("slug", "living_roles"))

    tiles = client.get(URL, {"warna": "peran"}).context["map"].tiles

    assert {tile.region.slug: tile.value for tile in tiles} == scored


def test_the_whole_network(client):
    response = client.get(URL, {"warna": "mitra"})

    html = response.content.decode()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT r.slug, count(s.id) FROM regions_region r LEFT JOIN stakeholders_stakeholder s"
            " ON s.region_id = r.id AND s.status = 'published' GROUP BY r.slug"
        )
        counted = dict(cursor.fetchall())
    assert {tile.region.slug: tile.value for tile in response.context["map"].tiles} == counted
    assert len(re.findall(r'<use href="#t\d" x=', html)) == 514
    assert len(gzip.compress(response.content)) < MOST_BYTES
