import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stakeholders.models import SearchEntry
from stakeholders.search import Search
from stakeholders.understanding import MOST_TERMS, understand
from tests import factories, hostile

pytestmark = pytest.mark.django_db

URL = "/mitra/"
LISTS = [
    "peran",
    "subsektor",
    "provinsi",
    "wilayah",
    "jenis",
    "kesegaran",
    "menawarkan",
    "membutuhkan",
]
PARAMETERS = ["q", *LISTS, "dekat", "radius", "urut", "halaman"]


@pytest.fixture(autouse=True)
def listing():
    subsectors = [factories.SubsectorFactory(slug="kriya")]
    listing = factories.StakeholderFactory(name="Batik a", published=True, subsectors=subsectors)
    factories.OfferingFactory(stakeholder=listing)
    return listing


@pytest.mark.parametrize("value", hostile.ENCODED)
def test_the_page_stands_whatever_is_in_its_parameters(client, value):
    response = client.get(URL + "?" + "&".join(f"{name}={value}" for name in PARAMETERS))

    hostile.assert_harmless(response)
    assert len(hostile.ignored(response)) >= len(LISTS) + 2  # the lists, the order and the page


@pytest.mark.parametrize("parameter", PARAMETERS)
def test_html_in_a_parameter_is_only_text(client, parameter):
    response = client.get(URL, {parameter: hostile.HTML})

    hostile.assert_harmless(response)
    assert "&lt;script&gt;" in response.content.decode()


@pytest.mark.parametrize("parameter", [*LISTS, "urut", "halaman"])
def test_sql_in_a_parameter_is_ignored_and_said(client, parameter):
    response = client.get(URL, {parameter: "' OR 1=1 --"})

    assert response.context["filterset"].total == 1
    assert "“&#x27; OR 1=1 --”" in response.content.decode()


@hostile.modestly
@given(values=st.dictionaries(st.sampled_from(PARAMETERS), hostile.anything, min_size=1))
def test_anything_in_any_parameter(client, values):
    hostile.assert_harmless(client.get(URL + "?" + "&".join(f"{n}={v}" for n, v in values.items())))


@hostile.modestly
@given(words=st.lists(st.text(st.sampled_from("ab1 &|!<->:*()\"'\\-_%é٣ª²ǅ\u3164"), max_size=12)))
def test_anything_like_a_query(client, words):
    hostile.assert_harmless(client.get(URL, {"q": " ".join(words)}))


@hostile.modestly
@given(slug=hostile.anything)
def test_any_address_of_a_listing(client, slug):
    assert client.get(f"/mitra/{slug}x/").status_code == 404
    assert client.get(f"/en/mitra/x{slug}/").status_code == 404


def test_parameters_nobody_knows_are_left_alone(client):
    response = client.get(URL + "?utm_source=x&__proto__=1&q[]=1&peran[]=media&%00=1")

    hostile.assert_harmless(response)
    assert response.context["filterset"].total == 1


def test_a_stored_listing_cannot_write_markup_either(client, listing):
    for field in ("name", "summary", "description", "address", "public_phone", "source"):
        setattr(listing, field, hostile.HTML[:40])
    listing.aliases = [hostile.HTML]
    listing.save()
    factories.OfferingFactory(stakeholder=listing, description=hostile.HTML)

    for path in ("/", URL, listing.get_absolute_url(), listing.region.get_absolute_url()):
        hostile.assert_harmless(client.get(path))


SIGNS = "ab1 '\"\\&|!<->:*()%_,.@#/\u202e\u0627\U0001f600\x00é"


@hostile.modestly
@given(text=st.text(SIGNS, max_size=120))
def test_any_signs_are_searched_for(client, text):
    assert client.get(URL, {"q": text}).status_code == 200


LONG_TEXTS = {
    "words": " ".join(f"kata{number}" for number in range(5000)),
    "one word": "a" * 100_000,
    "minus": " ".join(f"-kata{number}" for number in range(5000)),
    "phrases": " ".join(f'"kata {number}"' for number in range(5000)),
    "quotes": '"' * 50_000,
    "places": "malang " * 5000,
    "words before places": "di kota " * 5000,
    "signs": "%_\\,/-" * 5000,
}
TEXTS = [
    "-" + " -".join("abcdefgh"),
    '"' * 200,
    "'batik' | !'x':*A <-> (((",
    "\u202ekitab \U0001f9f5" * 9,
    "%_\\" * 60,
]


@pytest.mark.parametrize("text", [*TEXTS, *LONG_TEXTS.values()])
def test_hostile_texts_find_or_find_not(client, text):
    assert client.get(URL, {"q": text}).status_code == 200


@pytest.mark.parametrize("name", LONG_TEXTS)
def test_a_text_that_no_page_cut_costs_no_more_than_a_moment(name):
    """The page cuts texts; whoever else searches must not hang on a longer one."""
    factories.RegionFactory(slug="kota-malang", short_name="Malang")
    search = Search(LONG_TEXTS[name])
    assert search.lexicon.places
    started = time.process_time()

    understood = understand(search.text, search.lexicon)
    list(SearchEntry.objects.mentioning(search))

    assert time.process_time() - started < 2
    assert len(understood.terms) <= MOST_TERMS
