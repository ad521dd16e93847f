"""The search around a place: how people come to it, what the form and the cards say."""

import re

import pytest
from django.http import QueryDict

from regions.facets import PlaceField
from stakeholders.filters import StakeholderFilter
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def malang():
    region = factories.RegionFactory(slug="kota-malang", name="Kota Malang", latitude=-7.98)
    factories.StakeholderFactory(name="Di sini", region=region, published=True)
    batu = factories.RegionFactory(latitude=-7.87)
    factories.StakeholderFactory(name="Di sebelah", region=batu, published=True)
    return region


def test_one_region_offers_its_surroundings(client, malang):
    html = client.get("/en/mitra/?wilayah=kota-malang&peran=community&halaman=9").content.decode()

    address = "?peran=community&amp;dekat=kota-malang&amp;radius=50"
    assert f'<a class="chip chip--add" href="{address}">+ 50 km around</a>' in html


@pytest.mark.parametrize(
    "query", ["", "wilayah=a&wilayah=b", "wilayah=kota-malang&dekat=kota-malang"]
)
def test_otherwise_there_is_nothing_to_widen(client, malang, query):
    assert "chip--add" not in client.get(f"/mitra/?{query}").content.decode()


def test_a_region_leads_to_its_surroundings(client, malang):
    assert (
        'href="/mitra/?dekat=kota-malang&amp;radius=50"'
        in client.get("/wilayah/kota-malang/").content.decode()
    )


def test_cards_say_how_far(client, malang):
    html = client.get("/en/mitra/?dekat=kota-malang&radius=50").content.decode()

    cards = [" ".join(card.split()) for card in html.split('<li class="card ')[1:]]
    assert [re.findall(r"(\d+ km from [^<]+)", card) for card in cards] == [
        [],
        ["12 km from Kota Malang"],
    ]


def test_the_form_carries_place_and_radius(client, malang):
    html = client.get("/en/mitra/?dekat=kota-malang&radius=30").content.decode()

    facets = html.partition('id="facets"')[2]  # which htmx renews
    assert '<input id="dekat" name="dekat" value="Kota Malang"' in facets
    assert '<label class="hidden-visually" for="radius">Around Kota Malang</label>' in facets
    assert re.findall(r'<option value="(\d*)"( selected)?>[^<]* km', facets) == [
        ("25", ""), ("30", " selected"), ("50", ""), ("100", ""), ("250", ""), ("500", ""),
    ]  # fmt: skip
    assert '<span class="chip__facet">Within:</span> 30 km' in html


@pytest.fixture
def pair(malang):
    """A second Malang, so that the word alone is not clear; it is no part of Pemalang."""
    factories.RegionFactory(name="Kabupaten Pemalang", short_name="Pemalang")
    return factories.RegionFactory(
        slug="kabupaten-malang", name="Kabupaten Malang", short_name="Malang", latitude=-8.1
    )


@pytest.mark.parametrize("path", ["/mitra/", "/mitra/peta/", "/wilayah/"])
@pytest.mark.parametrize("text", ["kota-malang", "Kota Malang", " KOTA malang ", "kota mal"])
def test_the_place_may_be_written_as_people_write_it(client, pair, path, text):
    response = client.get(path, {"dekat": text})

    assert response.context["filterset"].place.slug == "kota-malang"
    assert 'name="dekat" value="Kota Malang"' in response.content.decode()


@pytest.mark.parametrize("path", ["/mitra/", "/wilayah/"])
def test_a_place_that_fits_several_is_asked_back(client, pair, path):
    html = client.get(f"/en{path}?dekat=malang&halaman=1").content.decode()

    assert "“malang” fits several places. Near which one?" in html
    for name, slug in [("Kabupaten Malang", "kabupaten-malang"), ("Kota Malang", "kota-malang")]:
        assert f'<a class="notice__item" href="?dekat={slug}">{name}</a>' in html
    assert 'name="dekat" value="malang"' in html
    assert "Several fit: Kabupaten Malang, Kota Malang. Write one of these names." in html


@pytest.mark.parametrize("path", ["/mitra/", "/wilayah/"])
@pytest.mark.parametrize("text", ["Atlantis", "***", "\u0301", "a" * 200, "a " * 200])
def test_a_place_that_nobody_knows_is_kept_and_said(client, malang, path, text):
    response = client.get(f"/en{path}", {"dekat": text})

    filterset, html = response.context["filterset"], response.content.decode()
    assert [(str(i.label), i.value) for i in filterset.ignored] == [("Near", text)]
    assert f'name="dekat" value="{text.strip()[:80]}"' in html
    assert 'aria-invalid="true" aria-describedby="dekat_error"' in html
    assert "No kabupaten or kota is called that." in html


@pytest.mark.parametrize(
    ("query", "query_count"), [("kota-malang", 1), ("Kota Malang", 1), ("mala", 2), ("", 0)]
)
def test_understanding_a_place_takes_two_queries_at_most(
    pair, django_assert_num_queries, query, query_count
):
    with django_assert_num_queries(query_count):
        PlaceField().clean(query)


@pytest.mark.parametrize(("path", "default"), [("/mitra/", "relevansi"), ("/wilayah/", "nama")])
def test_nearest_without_a_place_asks_for_one(client, malang, path, default):
    response = client.get(f"/en{path}?urut=terdekat")

    assert response.context["filterset"].order == default
    assert "Nearest to where?" in response.content.decode()
    assert '<a href="#dekat">Name a kabupaten or kota first</a>' in response.content.decode()


@pytest.mark.parametrize("path", ["/mitra/", "/wilayah/"])
@pytest.mark.parametrize("query", ["", "urut=nama", "dekat=kota-malang&urut=terdekat"])
def test_otherwise_no_place_is_asked_for(client, malang, path, query):
    assert "Nearest to where?" not in client.get(f"/en{path}?{query}").content.decode()


@pytest.mark.parametrize(
    ("query", "orders"),
    [
        ("", [("", "Best match", " selected"), ("terdekat", "Nearest", "")]),
        ("dekat=kota-malang", [("relevansi", "Best match", ""), ("", "Nearest", " selected")]),
    ],
)
def test_the_form_leaves_the_default_order_open(client, malang, query, orders):
    html = client.get(f"/en/mitra/?{query}").content.decode()

    options = re.findall(r'<option value="(\w*)"( selected)?>(Best match|Nearest)<', html)
    assert [(value, label, chosen) for value, chosen, label in options] == orders


@pytest.mark.parametrize(
    ("asked", "left"),
    [
        ("dekat=kota-malang&radius=50", ""),
        ("dekat=Kota+Malang&radius=50&urut=terdekat&peran=media", "peran=media"),
        ("dekat=kota-malang&urut=nama&halaman=1", "urut=nama"),
    ],
)
def test_what_is_told_from_a_place_goes_with_it(asked, left):
    factories.RegionFactory(slug="kota-malang", name="Kota Malang")
    chips = StakeholderFilter(QueryDict(asked)).chips

    assert [chip.url for chip in chips if chip.facet == "Dekat"] == [f"?{left}"]


@pytest.mark.parametrize(
    ("query", "ignored"),
    [
        ("radius=9", [("Within", "9")]),
        ("radius=9&dekat=x", [("Near", "x"), ("Within", "9")]),
        ("radius=0", [("Within", "0")]),
        ("radius=9&dekat=", []),  # from the form, of which somebody emptied the place
        ("radius=9&dekat=kota-malang", []),
    ],
)
def test_kilometres_around_nowhere_are_left_out(client, malang, query, ignored):
    filterset = client.get(f"/en/mitra/?{query}").context["filterset"]

    assert [(str(each.label), each.value) for each in filterset.ignored] == ignored
    labels = [str(chip.label) for chip in filterset.chips]
    assert labels == (["Kota Malang", "9 km"] if "kota-malang" in query else [])


def test_without_a_place_no_radius_is_asked_for(client, malang):
    assert 'id="radius"' not in client.get("/mitra/?radius=30").content.decode()


@pytest.mark.parametrize(("most", "is_said"), [(1, True), (2, False)])
def test_more_than_can_be_paged_through_is_said(client, malang, monkeypatch, most, is_said):
    monkeypatch.setattr(StakeholderFilter, "most_rows", most)

    response = client.get("/en/mitra/?urut=nama&halaman=1")

    html = " ".join(response.content.decode().split())
    assert ("The pages show the first 1 of 2 partners." in html) == is_said
    assert html.count('href="/en/mitra/ekspor/?urut=nama"') == 1 + is_said
