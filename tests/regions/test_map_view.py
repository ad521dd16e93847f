import re
from datetime import timedelta

import pytest
from django.utils import timezone

from regions.models import Region
from regions.tiles.shading import ALWAYS, TileMap, growing_bounds
from tests import factories

pytestmark = pytest.mark.django_db

URL = "/wilayah/peta/"


def tile_of(html, region):
    """Return the tile's link: what it says and its shade."""
    found = re.search(
        rf'<a href="(?:/en)?/wilayah/{region.slug}/"( class="is-dimmed")?>'
        r'<title>([^<]+)</title><use href="#t(\d)"',
        html,
    )
    return found and found.groups()


def region_at(code, **values):
    """A region with a place on the map."""
    return factories.RegionFactory(code=code, **values)


def listing(region, **values):
    return factories.StakeholderFactory(region=region, published=True, **values)


@pytest.mark.parametrize("region_count", [1, 3])
@pytest.mark.parametrize("shading", ["mitra", "peran", "pengakuan", "kriya"])
def test_query_count_does_not_grow(client, django_assert_num_queries, shading, region_count):
    subsector = factories.SubsectorFactory(slug="kriya")
    for number in range(region_count):
        region = region_at(f"33.0{number + 1}")
        factories.RecognitionFactory(region=region)
        listing(region, subsectors=[subsector])

    with django_assert_num_queries(3):  # subsectors, values, regions
        response = client.get(URL, {"warna": shading})

    assert len(response.context["map"].tiles) == region_count


def test_a_tile_tells_its_region_and_leads_there(client):
    region = region_at("33.75", short_name="Pekalongan")
    empty = region_at("33.74", short_name="Semarang")
    factories.StakeholderFactory(region=empty)
    for _ in range(3):
        listing(region)

    html = client.get("/en/wilayah/peta/?warna=mitra").content.decode()

    assert tile_of(html, region) == (None, "Kota Pekalongan: 3 partners", "5")
    assert tile_of(html, empty) == (None, "Kota Semarang: 0 partners", "0")
    assert f'href="/en/wilayah/{region.slug}/"' in html


def test_the_list_says_the_same_most_first(client):
    province = factories.ProvinceFactory(short_name="Jawa Tengah")
    few, most = (region_at(f"33.0{n}", province=province, short_name=f"K{n}") for n in (1, 2))
    none = region_at("33.03", province=province, short_name="K3")
    listing(few)
    for _ in range(2):
        listing(most)

    html = " ".join(client.get("/en/wilayah/peta/?warna=mitra").content.decode().split())

    listed = html.partition("<details>")[2]
    assert '<summary>Jawa Tengah <span class="quiet">2 of 3</span>' in html
    assert re.findall(r'/wilayah/([^/]+)/">[^<]+</a></td><td class="number">(\d)', listed) == [
        (most.slug, "2"),
        (few.slug, "1"),
        (none.slug, "0"),
    ]
    assert "All partners: 2 of 3 kabupaten and kota have at least one" in html


def test_living_roles_leave_out_what_is_out_of_date(client):
    region = region_at("33.75")
    listing(region, role="media")
    listing(region, role="media", verified_at=timezone.now())
    listing(region, role="business")
    listing(region, role="academia", verified_at=timezone.now() - timedelta(days=200))

    html = client.get("/en/wilayah/peta/?warna=peran").content.decode()

    assert tile_of(html, region) == (None, f"{region.name}: 2 living roles of 6", "2")


def test_titles_of_the_province_are_shared(client):
    region = region_at("31.71")
    factories.RecognitionFactory(region=region)
    factories.RecognitionFactory(
        region=None, province=region.province, scheme="unesco", field="literature"
    )

    html = client.get("/en/wilayah/peta/?warna=pengakuan").content.decode()

    assert tile_of(html, region) == (None, f"{region.name}: 2 recognitions", "5")


def test_a_subsector_counts_its_own_listings(client):
    region = region_at("33.75")
    kriya = factories.SubsectorFactory(slug="kriya", name_en="Craft")
    listing(region, subsectors=[kriya, factories.SubsectorFactory()])
    listing(region)

    html = client.get("/en/wilayah/peta/?warna=kriya").content.decode()

    assert tile_of(html, region) == (None, f"{region.name}: 1 partner", "5")
    assert '<option value="kriya" selected>Craft</option>' in html


@pytest.mark.parametrize("wrong", ["zzz", "MITRA", "kriya'--", "\x00"])
def test_what_is_not_understood_is_named(client, wrong):
    response = client.get("/en/wilayah/peta/", {"warna": wrong})

    html = response.content.decode()
    assert response.status_code == 200
    assert [each.value for each in response.context["choice"].ignored] == [wrong]
    assert "We did not understand this and left it out:" in html
    assert '<option value="peran" selected>' in html


@pytest.mark.parametrize("query", ["", "?warna=", "?warna=peran&warna=peran"])
def test_living_roles_are_the_default(client, query):
    response = client.get(URL + query)

    assert response.context["map"].shading.code == "peran"
    assert response.context["choice"].ignored == []


def test_a_region_newer_than_the_map_is_in_the_list_alone(client):
    region = region_at("33.99")

    html = client.get(URL).content.decode()

    assert tile_of(html, region) is None
    assert html.count(f'/wilayah/{region.slug}/"') == 1


def test_regions_outside_a_filter_are_dimmed():
    inside, outside = region_at("33.75"), region_at("33.74")

    tiles = TileMap(ALWAYS[0], only=Region.objects.filter(pk=inside.pk)).tiles

    assert {tile.region: tile.is_shown for tile in tiles} == {inside: True, outside: False}


@pytest.mark.parametrize(
    ("values", "bounds"),
    [
        ([], []),
        ([4, 4], [4]),
        ([1, 2, 3, 7, 5], [1, 2, 3, 5, 7]),
        (range(1, 33), [1, 2, 4, 8, 16]),
        ([10, 11, 12, 13, 14, 15], [10, 11, 12, 13, 14]),
    ],
)
def test_classes_begin_where_values_are(values, bounds):
    assert growing_bounds(values) == bounds


@pytest.mark.parametrize("shading", ALWAYS, ids=lambda shading: shading.code)
def test_the_legend_has_every_shade_and_no_other(shading):
    for number, code in enumerate(("33.75", "33.74", "31.71"), start=1):
        region = region_at(code)
        for _ in range(number):
            listing(region)
    tiles = TileMap(shading)

    legend = [shade for shade, _words in tiles.legend]

    assert legend == sorted(set(legend))
    assert {tile.shade for tile in tiles.tiles} <= set(legend)


def test_the_language_of_the_words_follows_the_address(client):
    region = region_at("33.75", short_name="Pekalongan")

    assert 'hreflang="en"' in client.get(URL).content.decode()
    title = tile_of(client.get("/en/wilayah/peta/").content.decode(), region)[1]
    assert title == "Kota Pekalongan: 0 living roles of 6"


def test_the_map_obeys_the_filters_of_the_list(client):
    region_at("33.01", name="Kota Satu", province=factories.ProvinceFactory(code="33"))
    region_at("35.01", name="Kota Dua", province=factories.ProvinceFactory(code="35"))

    response = client.get("/wilayah/peta/?provinsi=33&provinsi=99&warna=mitra")

    tiles = response.context["map"].tiles
    assert {tile.region.name: tile.is_shown for tile in tiles} == {
        "Kota Satu": True,
        "Kota Dua": False,
    }
    assert response.context["map"].total == 1
    html = response.content.decode()
    assert '<input type="hidden" name="provinsi" value="33">' in html
    assert "?provinsi=33&amp;provinsi=99" in html  # the way back to the list
    assert "“99”" in html
