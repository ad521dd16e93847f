"""The search around a place: how people come to it, what the form and the cards say."""

import re

import pytest

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
    assert '<input type="hidden" name="dekat" value="kota-malang">' in facets
    assert '<label class="facet__label" for="radius">Around Kota Malang</label>' in facets
    assert re.findall(r'<option value="(\d*)"( selected)?>[^<]* km', facets) == [
        ("25", ""), ("30", " selected"), ("50", ""), ("100", ""), ("250", ""), ("500", ""),
    ]  # fmt: skip
    assert '<span class="chip__facet">Within:</span> 30 km' in html


def test_without_a_place_no_radius_is_asked_for(client, malang):
    assert 'id="radius"' not in client.get("/mitra/?radius=30").content.decode()


@pytest.mark.parametrize(("most", "is_said"), [(1, True), (2, False)])
def test_more_than_can_be_paged_through_is_said(client, malang, monkeypatch, most, is_said):
    monkeypatch.setattr(StakeholderFilter, "most_rows", most)

    response = client.get("/en/mitra/?urut=nama&halaman=1")

    html = " ".join(response.content.decode().split())
    assert ("The pages show the first 1 of 2 partners." in html) == is_said
    assert html.count('href="/en/mitra/ekspor/?urut=nama"') == 1 + is_said
