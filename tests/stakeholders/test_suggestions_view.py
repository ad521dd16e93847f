"""What a search field offers while somebody types."""

import re
from html import unescape

import pytest
from django.core.cache import caches
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from regions.models import Region
from tests import factories, hostile

pytestmark = pytest.mark.django_db

URL = "/mitra/saran/"
OPTION = re.compile(
    r'href="(?P<url>[^"]+)".*?suggest__name">(?P<name>[^<]*)<.*?suggest__note">(?P<note>[^<]*)<',
    re.DOTALL,
)


@pytest.fixture(autouse=True)
def fresh_lists():
    caches["process"].clear()
    yield
    caches["process"].clear()


@pytest.fixture
def places():
    java = factories.ProvinceFactory(
        code="35", name="Jawa Timur", short_name="Jawa Timur", aliases=["Jatim"], population=9
    )
    for kind, short_name, aliases, population in [
        ("kota", "Malang", [], 3),
        ("kabupaten", "Malang", [], 8),
        ("kabupaten", "Malaka", [], 5),
        ("kota", "Surakarta", ["Solo"], 4),
        ("kabupaten", "Solok", [], 7),
    ]:
        factories.RegionFactory(
            kind=kind,
            short_name=short_name,
            name=f"{kind.title()} {short_name}",
            slug=f"{kind}-{short_name.lower()}",
            aliases=aliases,
            population=population,
            province=java,
        )


def options(client, query, url=URL):
    response = client.get(url + query)
    assert response.status_code == 200
    found = OPTION.finditer(response.content.decode())
    return [tuple(map(unescape, option.group("name", "note", "url"))) for option in found]


def names(client, query, url=URL):
    return [name for name, _note, _url in options(client, query, url)]


def test_a_place_narrows_the_search_and_says_so(client, places):
    assert options(client, "?q=kota+mal", url="/en/mitra/saran/") == [
        ("Kota Malang", "partners here", "/en/mitra/?wilayah=kota-malang")
    ]


def test_when_two_places_fit_both_are_offered_together(client, places):
    found = ["Kabupaten Malang", "Kota Malang", "Kabupaten Malaka"]
    assert names(client, "?q=mal") == found
    assert names(client, "?q=m%C3%A1L") == found


@pytest.mark.parametrize("query", ["?q=kab+mala", "?q=Kab.+mala"])
def test_the_kind_may_be_said_and_shortened(client, places, query):
    assert names(client, query) == ["Kabupaten Malang", "Kabupaten Malaka"]


@pytest.mark.parametrize(
    ("query", "name"), [("?q=solo", "Kota Surakarta"), ("?q=jat", "Jawa Timur")]
)
def test_other_names_of_a_place_are_known(client, places, query, name):
    assert names(client, query)[0] == name


def test_other_words_and_other_filters_stay(client, places):
    query = "?q=studio+batik+di+solo&peran=media&peran=business&dekat=x&halaman=3&utm=1&jenis="

    _name, note, url = options(client, query, url="/en/mitra/saran/")[0]

    assert note == "partners here: “studio batik”"
    assert url == (
        "/en/mitra/?peran=media&peran=business&dekat=x&q=studio+batik&wilayah=kota-surakarta"
    )


def test_words_of_the_lists_narrow_it_too(client):
    factories.SubsectorFactory(
        slug="gim", name_id="Pengembangan Permainan", name_en="Game Development"
    )
    factories.OrganizationTypeFactory(slug="kampus", name_id="Gedung kuliah", name_en="Campus")

    url = "/en/mitra/saran/"
    assert options(client, "?q=game", url) == [
        ("Game Development", "partners in this subsector", "/en/mitra/?subsektor=gim")
    ]
    assert names(client, "?q=game") == ["Pengembangan Permainan"]  # known by both names
    assert options(client, "?q=kuliah", url) == [
        ("Campus", "partners of this type", "/en/mitra/?jenis=kampus")
    ]
    assert options(client, "?q=academ", url) == [
        ("Academia", "partners in this role", "/en/mitra/?peran=academia")
    ]


def test_a_listing_is_found_by_the_beginning_of_a_word_of_its_name(client):
    region = factories.RegionFactory(name="Kota Tua", short_name="Tua")
    for name in ["Sanggar Bersama", "Bersama Kita", "Kebersamaan", "Pekalongan Raya"]:
        factories.StakeholderFactory(name=name, region=region, published=True)
    factories.StakeholderFactory(
        name="Lain", summary="bersama", region=region, published=True, slug="lain"
    )

    for typed in ["be", "bersa", "bersama", "BÉRSAM"]:
        assert names(client, f"?q={typed}") == ["Bersama Kita", "Sanggar Bersama"]
    assert names(client, "?q=pekalonga") == ["Pekalongan Raya"]
    assert names(client, "?q=bersama+sang") == ["Sanggar Bersama"]
    assert names(client, "?q=bersama+s") == ["Sanggar Bersama"]
    assert names(client, "?q=bersama+zzz") == []
    [(_name, note, url)] = options(client, "?q=pekalongan")
    assert note == "Kota Tua"
    assert re.fullmatch(r"/mitra/[a-z0-9-]+/", url)


def test_a_listing_is_found_by_its_other_names(client):
    region = factories.RegionFactory(name="Kota Tua", short_name="Tua")
    for name, aliases in [("Universitas Gadjah Mada", ["UGM", "Kampus Biru"]), ("Lain", ["Ugal"])]:
        factories.StakeholderFactory(name=name, aliases=aliases, region=region, published=True)

    for typed in ["ugm", "kampus+bir", "biru"]:
        assert names(client, f"?q={typed}") == ["Universitas Gadjah Mada"]


def test_who_is_called_all_that_was_typed_comes_first(client, places):
    solo = Region.objects.get(short_name="Surakarta")
    for name, aliases in [("Studio Solo Raya", []), ("Laras", ["Seni Solo"]), ("Solo Seni", [])]:
        factories.StakeholderFactory(name=name, aliases=aliases, region=solo, published=True)

    found = ["Kabupaten Solok", "Kota Surakarta"]
    assert names(client, "?q=studio+sol") == ["Studio Solo Raya", *found]
    assert names(client, "?q=seni+sol") == ["Laras", *found, "Solo Seni"]
    assert names(client, "?q=sol") == [*found, "Laras", "Solo Seni", "Studio Solo Raya"]


@pytest.mark.parametrize(
    ("query", "name", "note"),
    [
        ("?q=malnag", "Kota Malang", "partners here"),
        ("?q=studio+di+surakrta", "Kota Surakarta", "partners here: “studio”"),
        ("?q=slo", "Kota Surakarta", "partners here"),  # as thumbs write it
        ("?q=batik+jaw+timur", "Jawa Timur", "partners in this province: “batik”"),
    ],
)
def test_slips_in_places_are_forgiven(client, places, query, name, note):
    assert options(client, query, url="/en/mitra/saran/")[0][:2] == (name, note)


def test_a_word_with_a_meaning_suggests_it(client):
    crafts = factories.SubsectorFactory(slug="kriya", name_id="Kriya", name_en="Craft")
    kind = factories.OrganizationTypeFactory(slug="sanggar", name_id="Sanggar", name_en="Workshop")
    factories.SearchTermFactory(words="kain tenun", subsectors=[crafts])
    factories.SearchTermFactory(words="padepokan", organization_types=[kind])
    factories.SearchTermFactory(words="kampus", role="academia")

    url = "/en/mitra/saran/"
    assert options(client, "?q=cari+kain+tenun", url) == [
        ("Craft", "partners in this subsector: “cari”", "/en/mitra/?q=cari&subsektor=kriya")
    ]
    assert names(client, "?q=kampus") == ["Akademisi"]
    assert names(client, "?q=padepok") == ["Sanggar"]  # half typed
    assert names(client, '?q="kampus"') == names(client, "?q=-kampus") == []


def test_only_published_listings_show_even_to_staff(client, staff):
    factories.StakeholderFactory(name="Sanggar Terbit", published=True)
    for status in ("draft", "pending", "archived"):
        factories.StakeholderFactory(name=f"Sanggar {status}", status=status)
    client.force_login(staff)

    assert names(client, "?q=sanggar") == ["Sanggar Terbit"]


@pytest.mark.parametrize(
    "query", ["", "?q=", "?q=s", "?q=+s+", "?q=%00", "?q=%22-", "?faset=wilayah"]
)
def test_too_little_brings_nothing(client, places, query):
    factories.StakeholderFactory(name="Solo Sanggar", published=True)

    response = client.get(URL + query)

    assert response.status_code == 200
    assert response.content.strip() == b""


def test_there_are_eight_at_most(client):
    for number in range(6):
        factories.RegionFactory(short_name=f"Batu{number}", name=f"Kota Batu{number}")
        factories.SubsectorFactory(name_id=f"Batu {number}")
        factories.StakeholderFactory(name=f"Batu {number}", published=True)

    notes = [note for _name, note, _url in options(client, "?q=batu", url="/en/mitra/saran/")]

    assert notes[:5] == ["partners here"] * 3 + ["partners in this subsector"] * 2
    assert len(notes) == 8


@pytest.mark.parametrize("listing_count", [1, 3, 300])
def test_query_count_does_not_grow(client, django_assert_num_queries, listing_count):
    region = factories.RegionFactory(short_name="Batu")
    kind = factories.OrganizationTypeFactory(role="media")
    factories.StakeholderFactory.create_batch(
        listing_count, name="Batu", role="media", organization_type=kind, region=region,
        published=True,
    )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE stakeholders_searchentry, stakeholders_searchword")

    # the lists twice, the words with a meaning, the listings
    with django_assert_num_queries(4):
        assert len(names(client, "?q=batu")) == 1 + min(listing_count, 4)
    with django_assert_num_queries(1):  # the lists are kept
        client.get(URL + "?q=batu")


def test_browsers_may_keep_an_answer_for_a_minute(client):
    response = client.get(URL + "?q=ba")

    assert response["Cache-Control"] == "public, max-age=60"
    assert "Cookie" not in response["Vary"]
    assert client.post(URL).status_code == 405


def test_all_options_of_a_facet_can_be_searched(client, places):
    for region in Region.objects.filter(short_name__in=["Malang", "Surakarta"]):
        factories.StakeholderFactory(region=region, role="media", published=True)
        factories.StakeholderFactory(region=region, role="business", published=True)

    assert options(client, "?faset=wilayah&cari=malang&q=mitra&peran=media") == [
        ("Kabupaten Malang", "1", "/mitra/?q=mitra&peran=media&wilayah=kabupaten-malang"),
        ("Kota Malang", "1", "/mitra/?q=mitra&peran=media&wilayah=kota-malang"),
    ]
    assert options(client, "?faset=wilayah&cari=solo") == [
        ("Kota Surakarta", "2", "/mitra/?wilayah=kota-surakarta")
    ]
    assert names(client, "?faset=wilayah&cari=ma&wilayah=kota-malang") == ["Kabupaten Malang"]
    assert names(client, "?faset=wilayah&cari=malaka") == []  # nobody is there
    assert names(client, "?faset=peran&cari=med") == ["Media"]
    assert names(client, "?faset=urut&cari=nama") == []


@hostile.modestly
@given(
    values=st.dictionaries(
        st.sampled_from(["q", "cari", "peran", "wilayah", "dekat", "radius"]), hostile.anything
    ),
    facet=st.sampled_from(["", "&faset=wilayah", "&faset=jenis", "&faset=%00"]),
)
def test_anything_in_any_parameter(client, values, facet):
    query = "&".join(f"{name}={value}" for name, value in values.items())
    assert client.get(f"{URL}?{query}{facet}").status_code == 200


@pytest.mark.parametrize("value", hostile.ENCODED)
def test_hostile_values(client, value):
    factories.StakeholderFactory(name="Batik a", published=True)
    for query in (f"?q={value}", f"?q=batik+{value}", f"?faset={value}&cari={value}"):
        response = client.get(URL + query)
        assert response.status_code == 200
        assert "<script" not in response.content.decode()


@hostile.modestly
@given(
    words=st.lists(
        st.text(st.sampled_from("abS1 &|!<->:*()\"'\\-_%éŉ½⑴＼ßİ٣ª²ǅ\u3164"), max_size=8)
    )
)
def test_anything_like_a_query(client, words):
    factories.StakeholderFactory(name="Ab a 1", published=True)
    assert client.get(URL, {"q": " ".join(words)}).status_code == 200


def test_a_stored_name_is_only_text(client):
    factories.StakeholderFactory(name=f"Batik {hostile.HTML}"[:160], published=True)

    assert "&lt;script&gt;" in client.get(URL + "?q=batik").content.decode()
    assert "<script" not in client.get(URL + "?q=batik").content.decode()


def test_the_field_of_a_place_is_offered_names(client, places):
    html = client.get("/en/mitra/saran/?faset=dekat&dekat=mala&q=x").content.decode()

    assert OPTION.search(html).group("url") == "/en/wilayah/kabupaten-malang/"
    assert re.findall(r'data-value="([^"]*)"', html) == [
        "Kabupaten Malang",
        "Kota Malang",
        "Kabupaten Malaka",
    ]
    assert names(client, "?faset=dekat&dekat=solo") == ["Kabupaten Solok", "Kota Surakarta"]
    for too_little in ("m", "", "***"):
        assert names(client, f"?faset=dekat&dekat={too_little}") == []
