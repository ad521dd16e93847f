import gzip
import re
from html import unescape

import pytest
from django.core.management import call_command

from stakeholders.understanding import Lexicon
from tests import factories, hostile

pytestmark = pytest.mark.django_db

URL = "/mitra/peta/"
MOST_BYTES = 30_000  # of the whole page, compressed


def region_at(code, **values):
    """A region with a place on the map."""
    return factories.RegionFactory(code=code, **values)


def listing(region, **values):
    return factories.StakeholderFactory(region=region, published=True, **values)


def tile_of(html, region):
    """Return where the tile leads, what it says and its shade."""
    found = re.search(
        rf'<a href="([^"]*wilayah={region.slug})"><title>([^<]+)</title><use href="#t(\d)"', html
    )
    return found and (unescape(found[1]), found[2], found[3])


@pytest.mark.parametrize("row_count", [1, 3])
def test_query_count_does_not_grow(client, django_assert_num_queries, row_count):
    for number in range(row_count):
        listing(region_at(f"33.0{number + 1}"), role="media")

    Lexicon.load()
    # Words of all facets, counts of what is found and of all there is, regions.
    with django_assert_num_queries(4):
        response = client.get(f"{URL}?peran=media")

    assert response.context["map"].filled == row_count


def test_a_tile_leads_to_the_same_search_in_its_region(client):
    region = region_at("33.75", short_name="Pekalongan")
    empty = region_at("33.74", short_name="Semarang")
    listing(region, role="media", name="Warta")
    listing(region, role="media", name="Kabar")
    listing(empty, role="business")

    html = client.get("/en/mitra/peta/?peran=media&urut=nama&halaman=2").content.decode()

    address = f"/en/mitra/?peran=media&urut=nama&wilayah={region.slug}"
    assert tile_of(html, region) == (address, "Kota Pekalongan: 2 partners", "5")
    assert tile_of(html, empty)[1:] == ("Kota Semarang: 0 partners", "0")
    found = client.get(address).context["filterset"].page
    assert [each.name for each in found] == ["Kabar", "Warta"]


def test_a_tile_replaces_the_regions_asked_for(client):
    one, other = region_at("33.75"), region_at("33.74")
    listing(one)

    html = client.get(f"{URL}?wilayah={one.slug}&wilayah={other.slug}").content.decode()

    assert tile_of(html, other)[0] == f"/mitra/?wilayah={other.slug}"


def test_the_list_says_the_same_fullest_first(client):
    here, there = (factories.ProvinceFactory(short_name=n) for n in ("Bali", "Banten"))
    few, most, _none = (
        region_at(f"33.0{n}", province=province, short_name=f"K{n}")
        for n, province in ((1, here), (2, there), (3, there))
    )
    for region in (few, most, most):
        listing(region)

    html = " ".join(client.get("/en/mitra/peta/").content.decode().split())

    listed = html.partition('class="tilelist"')[2]
    assert "In 2 of 3 kabupaten and kota" in html
    assert re.findall(r'<summary>(\w+) <span class="quiet">(\d)', listed) == [
        ("Banten", "2"),
        ("Bali", "1"),
    ]
    assert re.findall(r'wilayah=([^"]+)">[^<]+</a></td><td class="number">(\d)', listed) == [
        (most.slug, "2"),
        (few.slug, "1"),
    ]


def test_facets_and_chips_stay_on_the_map(client):
    listing(region_at("33.75"), role="media")

    html = client.get(f"{URL}?peran=media").content.decode()

    assert f'action="{URL}" method="get"' in html
    assert 'name="peran" value="media" checked>' in html
    assert '<a class="chip" href="?">' in html
    assert [html.count(f'id="{part}"') for part in ("results", "facets", "count")] == [1, 1, 1]


@pytest.mark.parametrize("path", ["/mitra/", "/mitra/peta/"])
def test_the_views_keep_what_was_asked_for(client, path):
    for number in range(25):
        listing(region_at(f"33.{number + 10}"), role="media")

    html = client.get(f"{path}?peran=media&peran=business&urut=nama&halaman=2").content.decode()

    views = html.partition('class="views"')[2].partition("</nav>")[0]
    query = "?peran=media&peran=business&urut=nama"
    assert [unescape(href) for href in re.findall('href="([^"]+)"', views)] == [
        f"/mitra/{query}",
        f"/mitra/peta/{query}",
        f"/mitra/ekspor/{query}",
    ]
    assert re.findall(r'href="([^?]+)[^"]*" aria-current="page"', views) == [path]


def test_nothing_found_is_no_map(client):
    region_at("33.75")

    html = client.get("/en/mitra/peta/?q=zzzz").content.decode()

    assert "Nobody fits all of this yet" in html
    assert 'id="tilemap"' not in html


def test_search_engines_leave_it_alone(client):
    assert '<meta name="robots" content="noindex">' in client.get(URL).content.decode()


@pytest.mark.parametrize("value", hostile.ENCODED)
def test_the_page_stands_whatever_is_in_its_parameters(client, value):
    listing(region_at("33.75"))
    names = ["q", "peran", "wilayah", "dekat", "radius", "urut", "halaman"]

    hostile.assert_harmless(client.get(URL + "?" + "&".join(f"{name}={value}" for name in names)))


def test_the_whole_network(client):
    call_command("load_reference_data", verbosity=0)
    call_command("load_demo", verbosity=0)

    response = client.get(f"{URL}?peran=media&peran=business&q=produk")

    assert len(re.findall(r'<use href="#t\d" x=', response.content.decode())) == 514
    assert len(gzip.compress(response.content)) < MOST_BYTES
