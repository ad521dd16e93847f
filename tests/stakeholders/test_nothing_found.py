"""A search that finds nothing is no dead end."""

import re
from html import unescape

import pytest

from regions.models import Province
from stakeholders.understanding import Lexicon
from tests import factories

pytestmark = pytest.mark.django_db

URL = "/mitra/"


def listing(**values):
    return factories.StakeholderFactory(published=True, **values)


def rescue(client, query, path=URL):
    response = client.get(path + query)
    assert response.context["filterset"].total == 0
    return response.context["rescue"]


def assert_true(client, address, rows):
    """What the page promises is what the address finds."""
    assert client.get(URL + address).context["filterset"].total == rows


@pytest.fixture
def malang():
    """A region with a name, and neighbours at known distances."""
    province = factories.ProvinceFactory(code="01", short_name="Jawa Timur")
    return factories.RegionFactory(
        slug="kota-malang", name="Kota Malang", short_name="Malang", province=province,
        latitude=-7.98, longitude=112.63,
    )  # fmt: skip


def neighbour(name, latitude, longitude=112.63):
    province = Province.objects.filter(code="02").first()
    return factories.RegionFactory(
        short_name=name, slug=f"kota-{name.lower()}", latitude=latitude, longitude=longitude,
        province=province or factories.ProvinceFactory(code="02"),
    )  # fmt: skip


def test_each_word_in_turn_is_left_out_and_counted(client):
    for name in ("Batik Laras", "Batik Ayu", "Keripik Renyah"):
        listing(name=name)

    ways = rescue(client, "?q=batik+keripik&urut=nama").shorter

    assert [(way.words, way.address, way.rows) for way in ways] == [
        ("batik", "?urut=nama&q=keripik", 1),
        ("keripik", "?urut=nama&q=batik", 2),
    ]
    for way in ways:
        assert_true(client, way.address, way.rows)


def test_the_other_filters_hold_for_fewer_words(client):
    listing(name="Batik Laras", role="media")
    listing(name="Keripik Renyah")

    ways = rescue(client, "?q=batik+keripik&peran=media").shorter

    assert [(way.words, way.rows) for way in ways] == [("keripik", 1)]


def test_all_unknown_words_are_left_out_together(client):
    listing(name="Batik Laras")

    ways = rescue(client, "?q=batik+qqqq+zzzz").shorter

    assert [(way.words, way.address, way.rows) for way in ways] == [("qqqq, zzzz", "?q=batik", 1)]


def test_what_was_understood_alone(client, malang):
    """Two words that are used, but not here, stand in the way: without one is not enough."""
    photo = factories.SubsectorFactory(slug="fotografi", name_id="Fotografi")
    factories.SearchTermFactory(words="foto", subsectors=[photo])
    listing(name="Tukang Nikah")
    listing(name="Studio Cahaya", subsectors=[photo], region=malang)

    ways = rescue(client, "?q=tukang+foto+nikah+malang").shorter

    assert [(way.words, way.address, way.rows) for way in ways] == [
        ("tukang, nikah", "?q=foto+malang", 1)
    ]
    assert_true(client, ways[0].address, 1)


def test_a_phrase_and_a_minus_are_parts_too(client):
    listing(name="Batik Tulis Laras")

    ways = rescue(client, '?q="batik+tulis"+-laras').shorter

    assert [(way.words, way.address) for way in ways] == [("laras", "?q=%22batik+tulis%22")]


def test_one_word_alone_is_not_left_out(client):
    listing(name="Batik")

    assert rescue(client, "?q=zzzz").shorter == []


def test_the_nearest_spelling_is_offered_though_far(client):
    listing(name="Gamelan Sekar")
    listing(name="Gambang")

    found = rescue(client, "?q=gamlann&urut=nama")

    assert [(way.words, way.address, way.rows) for way in found.respelled] == [
        ("gamelan", "?urut=nama&q=gamelan", 1)
    ]
    assert_true(client, found.respelled[0].address, 1)


def test_several_unknown_words_are_respelled_together(client):
    listing(name="Gamelan Perunggu")

    found = rescue(client, "?q=gamlann+prungggu")

    assert [way.words for way in found.respelled] == ["gamelan perunggu"]


def test_what_finds_nothing_either_is_not_offered(client):
    listing(name="Gamelan", role="business")

    found = rescue(client, "?q=gamlann&peran=media")

    assert found.respelled == []


def test_the_nearest_regions_that_have_it(client, malang):
    listing(region=malang, role="business")
    near, far = neighbour("Batu", -7.87), neighbour("Blitar", -8.1, 112.16)
    for region in (far, near, near):
        listing(region=region, role="media")
    listing(region=neighbour("Kediri", -7.8), role="business")

    html = client.get("/en/mitra/?wilayah=kota-malang&peran=media").content.decode()
    regions = rescue(client, "?wilayah=kota-malang&peran=media").regions

    assert [(each.name, each.rows, round(each.distance_km)) for each in regions] == [
        ("Kota Batu", 2, 12),
        ("Kota Blitar", 1, 53),
    ]
    assert [each.address for each in regions] == [
        "?peran=media&wilayah=kota-batu",
        "?peran=media&wilayah=kota-blitar",
    ]
    assert_true(client, regions[0].address, 2)
    assert "2 partners · 12 km" in " ".join(html.split())


@pytest.mark.parametrize(
    "query",
    ["?dekat=kota-malang&radius=5&q=gamelan", "?provinsi=01&q=gamelan", "?q=gamelan+di+malang"],
)
def test_whatever_names_the_place(client, malang, query):
    listing(region=malang)
    listing(region=neighbour("Batu", -7.87), name="Gamelan")

    [region] = rescue(client, query).regions

    assert (region.name, region.rows) == ("Kota Batu", 1)
    assert_true(client, region.address, 1)


def test_a_place_that_narrows_nothing_is_not_left(client, malang):
    listing(region=neighbour("Batu", -7.87), role="business")

    assert rescue(client, "?dekat=kota-malang&peran=media").regions == []


def test_no_more_than_four_regions(client, malang):
    for number in range(6):
        listing(region=neighbour(f"K{number}", -7.9 + number / 10), role="media")

    assert len(rescue(client, "?wilayah=kota-malang").regions) == 4


def test_one_offering_of_a_listing_three_on_the_page(client):
    craft = factories.SubsectorFactory(slug="kriya")
    for _ in range(4):
        each = listing(subsectors=[craft])
        factories.OfferingFactory.create_batch(2, stakeholder=each)

    found = rescue(client, "?q=zzzz&subsektor=kriya").offerings

    assert len({each.stakeholder for each in found}) == len(found) == 3


def test_practices_that_fit(client):
    craft = factories.SubsectorFactory(slug="kriya")
    factories.GoodPracticeFactory(title="Pewarna alami", published=True, subsectors=[craft])
    factories.GoodPracticeFactory(title="Gamelan keliling", published=True)
    factories.GoodPracticeFactory(title="Rancangan", subsectors=[craft])

    by_subsector = client.get(f"{URL}?q=gamelan&subsektor=kriya").content.decode()
    by_text = client.get(f"{URL}?q=gamelan").content.decode()

    assert re.findall('/praktik-baik/[^/]+/">([^<]+)<', by_subsector) == ["Pewarna alami"]
    assert re.findall('/praktik-baik/[^/]+/">([^<]+)<', by_text) == ["Gamelan keliling"]


@pytest.mark.parametrize("row_count", [1, 3])
def test_query_count_does_not_grow(client, django_assert_num_queries, malang, row_count):
    craft = factories.SubsectorFactory(slug="kriya")
    for number in range(row_count):
        each = listing(
            name="Gamelan Sekar", subsectors=[craft], region=neighbour(f"B{number}", -7.8)
        )
        factories.OfferingFactory(stakeholder=each)
        factories.GoodPracticeFactory(published=True, subsectors=[craft])
    Lexicon.load()

    # Words of all facets, spelling, all counts; then the count of this search, words alike, what
    # is found without each filter and with other words, what is near, offerings, practices.
    with django_assert_num_queries(8):
        response = client.get(f"{URL}?q=gamelan+sekarr&subsektor=kriya&wilayah=kota-malang")

    assert len(response.context["rescue"].regions) == row_count


def test_the_order_of_the_page(client, malang):
    craft = factories.SubsectorFactory(slug="kriya", name_en="Craft")
    each = listing(name="Gamelan", subsectors=[craft], region=neighbour("Batu", -7.87))
    listing(name="Kosong", region=malang, subsectors=[craft])
    factories.OfferingFactory(stakeholder=each, direction="offer", category__name_en="Training")
    factories.GoodPracticeFactory(published=True, subsectors=[craft])

    html = client.get(
        "/en/mitra/?q=gamlann+kosong&subsektor=kriya&wilayah=kota-malang"
    ).content.decode()

    assert re.findall("<h3>([^<]+)</h3>", html) == [
        "With fewer words",
        "Open needs and offers that fit",
        "Good practices that fit",
    ]
    assert "Offers: Training" in html
    assert html.index("Without the words: 1 found") < html.index("With fewer words")


def test_what_is_typed_is_only_text(client):
    listing(name="Gamelan")

    html = client.get(URL, {"q": "gamelan <b>x</b>"}).content.decode()

    assert "<b>x" not in unescape(html.partition('class="rescue"')[0]) or "&lt;b&gt;" in html
    assert "<b>x</b>" not in html
