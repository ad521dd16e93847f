"""Page, map, table, saved search and queryset say the same, whatever is asked for."""

import csv
import io
import re
from collections import Counter
from html import unescape

import pytest
from django.http import QueryDict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from collaborations.models.saved_search import SavedSearch, kept_query
from regions.models import Province, Region, Subsector
from stakeholders.filters import StakeholderFilter
from stakeholders.models import OfferingCategory, OrganizationType, SearchEntry, Stakeholder
from stakeholders.roles import Role

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("mixed_listings")]

FACETS = {
    "peran": lambda: Role.values,
    "subsektor": lambda: [*slugs_of(Subsector), "lintas"],
    "provinsi": lambda: Province.objects.order_by("pk").values_list("code", flat=True),
    "wilayah": lambda: slugs_of(Region),
    "jenis": lambda: slugs_of(OrganizationType),
    "kesegaran": lambda: ["fresh", "due", "stale", "unverified"],
    "menawarkan": lambda: slugs_of(OfferingCategory),
    "membutuhkan": lambda: slugs_of(OfferingCategory),
}
TEXTS = ["mitra", "mitra 1", "mitr", "mirta", "media", '"mitra"', "mitra -kota", "zzzz", "%_\\"]
OTHERS = {"radius": ["1", "50", "5500", "x"], "urut": ["nama", "terbaru", "terdekat", "relevansi"]}


def slugs_of(model):
    return list(model.objects.order_by("pk").values_list("slug", flat=True))


@st.composite
def queries(draw, values):
    """An address: a few facets with a few of their values, often a text, a place, an order."""
    query = QueryDict(mutable=True)
    for facet in draw(st.lists(st.sampled_from(sorted(FACETS)), max_size=3, unique=True)):
        some = st.lists(st.sampled_from(values[facet]), min_size=1, max_size=3, unique=True)
        query.setlist(facet, draw(some))
    if draw(st.booleans()):
        query["q"] = draw(st.sampled_from([*TEXTS, *values["q"]]))
    if draw(st.booleans()):
        query["dekat"] = draw(st.sampled_from(values["wilayah"]))
    for name in OTHERS:
        if draw(st.booleans()):
            query[name] = draw(st.sampled_from(OTHERS[name]))
    return query.urlencode()


def on_pages(client, query):
    """Read the list through all of its pages; return the slugs, in order, and the total."""
    found, address = [], f"?{query}"
    while address:
        response = client.get(f"/mitra/{address}")
        html = response.content.decode()
        found += re.findall(r'class="card__name"><a href="/mitra/([^/]+)/"', html)
        following = re.search(r'rel="next" href="([^"]+)"', html)
        address = following and unescape(following[1])
    return found, response.context["filterset"].total


def in_table(client, query):
    text = client.get(f"/mitra/ekspor/?{query}").getvalue().decode("utf-8-sig")
    _header, *rows = csv.reader(io.StringIO(text, newline=""), strict=True)
    return [row[-1].rstrip("/").rpartition("/")[2] for row in rows]


def on_map(client, query):
    tiles = client.get(f"/mitra/peta/?{query}").context.get("map")
    return {tile.region.slug: tile.value for tile in tiles.tiles if tile.value} if tiles else {}


@settings(
    max_examples=200,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
def test_all_views_show_the_same_listings(client, monkeypatch, data):
    monkeypatch.setattr(StakeholderFilter, "per_page", 16)
    values = {facet: list(read()) for facet, read in FACETS.items()}
    values["q"] = [f"mitra di {name}" for name in slugs_of(Region)[:2]]
    query = data.draw(queries(values))

    found = StakeholderFilter(QueryDict(query)).listings
    regions = Counter(
        Stakeholder.objects.filter(pk__in=found).values_list("region__slug", flat=True)
    )

    slugs, total = on_pages(client, query)
    assert sorted(slugs) == sorted(found.values_list("slug", flat=True))
    assert sorted(in_table(client, query)) == sorted(slugs)
    assert on_map(client, query) == regions
    assert total == sum(regions.values()) == len(slugs)
    for entries in (None, SearchEntry.objects.filter(stakeholder__in=Stakeholder.objects.all())):
        saved = SavedSearch(query=kept_query(QueryDict(query))).replayed(entries)
        assert sorted(saved.listings.values_list("slug", flat=True)) == sorted(slugs)
        assert saved.total == total
