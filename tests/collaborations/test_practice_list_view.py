from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from tests import factories, hostile

pytestmark = pytest.mark.django_db

URL = "/praktik-baik/"
LISTS = ["peran", "subsektor", "pilar", "provinsi", "biaya"]
PARAMETERS = ["q", *LISTS, "urut", "halaman"]


def titles(response):
    return [practice.title for practice in response.context["filterset"].page]


@pytest.mark.parametrize("row_count", [1, 3])
@pytest.mark.parametrize(
    "query", ["", "?q=praktik&peran=media&subsektor=kriya&pilar=identity&biaya=none&urut=adopsi"]
)
def test_query_count_does_not_grow(client, django_assert_num_queries, query, row_count):
    craft = factories.SubsectorFactory(slug="kriya")
    for practice in factories.GoodPracticeFactory.create_batch(
        row_count, published=True, roles=["media"], subsectors=[craft]
    ):
        factories.AdoptionFactory.create_batch(row_count, practice=practice)

    with django_assert_num_queries(4):  # words of the facets, counts, page, its subsectors
        response = client.get(URL + query)

    assert len(titles(response)) == response.context["filterset"].total == row_count


def test_a_card_tells_the_practice(client):
    craft = factories.SubsectorFactory(name_en="Crafts")
    practice = factories.GoodPracticeFactory(
        title="Dapur warna",
        slug="dapur-warna",
        published=True,
        region__short_name="Pekalongan",
        pillar="liveability",
        cost_band="to-1b",
        roles=["academia"],
        started_year=2019,
        subsectors=[craft],
    )
    factories.AdoptionFactory.create_batch(2, practice=practice)

    html = client.get("/en/praktik-baik/").content.decode()

    for words in (
        '<a href="/en/praktik-baik/dapur-warna/">Dapur warna</a>',
        "Kota Pekalongan",
        "Liveability",
        "since 2019",
        "In one line",
        "<span>Crafts</span>",
        '<span class="hidden-visually">Academia</span>',
        "100 million to 1 billion rupiah",
        "Adopted by 2 regions",
    ):
        assert words in html


def test_drafts_do_not_show_even_to_staff(client, staff):
    factories.GoodPracticeFactory()
    client.force_login(staff)

    assert titles(client.get(URL)) == []


@pytest.fixture
def three():
    """Three practices that differ in everything that is filtered by; no factory takes 01, 02."""
    now = timezone.now()
    craft, music = [factories.SubsectorFactory(slug=slug) for slug in ("kriya", "musik")]
    media = factories.StakeholderFactory(role="media", published=True)
    batik = factories.GoodPracticeFactory(
        title="Dapur batik",
        published=True,
        region__province__code="01",
        pillar="liveability",
        cost_band="to-1b",
        roles=["business"],
        subsectors=[craft],
        published_at=now - timedelta(days=9),
    )
    factories.GoodPracticeFactory(
        title="Konser senja",
        published=True,
        summary="Penonton memakai batik",
        region__province__code="02",
        region__short_name="Ambon",
        cost_band="none",
        stakeholders=[media],
        roles=["media", "community"],
        subsectors=[craft, music],
        published_at=now - timedelta(days=5),
    )
    factories.GoodPracticeFactory(title="Gang gambar", published=True, pillar="participation")
    factories.AdoptionFactory(practice=batik)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["Gang gambar", "Konser senja", "Dapur batik"]),
        ("urut=adopsi", ["Dapur batik", "Gang gambar", "Konser senja"]),
        ("q=batik", ["Dapur batik", "Konser senja"]),
        ("q=BATIK+senja", ["Konser senja"]),
        ("q=ambon", ["Konser senja"]),
        ("peran=media", ["Konser senja"]),
        ("peran=business&peran=community", ["Konser senja", "Dapur batik"]),
        ("subsektor=kriya", ["Konser senja", "Dapur batik"]),
        ("subsektor=kriya&pilar=liveability", ["Dapur batik"]),
        ("pilar=participation", ["Gang gambar"]),
        ("provinsi=01&provinsi=02", ["Konser senja", "Dapur batik"]),
        ("biaya=to-1b", ["Dapur batik"]),
        ("biaya=over-1b", []),
    ],
)
def test_facets_narrow(client, three, query, found):
    response = client.get(f"{URL}?{query}")

    assert titles(response) == found
    assert response.context["filterset"].total == len(found)


def counted_in_sql(expression, join=""):
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {expression}, count(DISTINCT p.id) FROM collaborations_goodpractice p {join}"
            " WHERE p.status = 'published' GROUP BY 1"
        )
        return {option: count for option, count in cursor if option is not None}


OF_PARTNERS = """
    JOIN (SELECT id, unnest(roles) AS role FROM collaborations_goodpractice
          UNION SELECT link.goodpractice_id, s.role
          FROM collaborations_goodpractice_stakeholders link
          JOIN stakeholders_stakeholder s ON s.id = link.stakeholder_id) r ON r.id = p.id"""
LINKED = """
    JOIN collaborations_goodpractice_subsectors link ON link.goodpractice_id = p.id
    JOIN regions_subsector s ON s.id = link.subsector_id"""
PLACED = """
    JOIN regions_region r ON r.id = p.region_id
    JOIN regions_province v ON v.id = r.province_id"""


@pytest.mark.parametrize(
    ("facet", "expression", "join"),
    [
        ("peran", "r.role", OF_PARTNERS),
        ("subsektor", "s.slug", LINKED),
        ("pilar", "p.pillar", ""),
        ("provinsi", "v.code", PLACED),
        ("biaya", "p.cost_band", ""),
    ],
)
def test_facet_counts_agree_with_sql(client, three, facet, expression, join):
    filterset = client.get(URL).context["filterset"]

    counts = {option.value: option.count for option in filterset.options(facet)}

    assert counts == counted_in_sql(expression, join) != {}


def test_a_facet_counts_what_the_others_leave(client, three):
    filterset = client.get(f"{URL}?subsektor=musik&pilar=identity").context["filterset"]

    assert {option.value: option.count for option in filterset.options("subsektor")} == {
        "kriya": 1,
        "musik": 1,
    }


def test_nothing_found_offers_the_way_back(client):
    html = client.get(f"/en{URL}?q=atlantis").content.decode()

    assert "No practice fits all of this yet" in html
    assert f'<a class="button button--line" href="/en{URL}">' in html


@pytest.mark.parametrize("value", hostile.ENCODED)
def test_the_page_stands_whatever_is_in_its_parameters(client, three, value):
    response = client.get(URL + "?" + "&".join(f"{name}={value}" for name in PARAMETERS))

    hostile.assert_harmless(response)
    assert len(hostile.ignored(response)) >= len(LISTS) + 2  # the lists, the order and the page


@hostile.modestly
@given(values=st.dictionaries(st.sampled_from(PARAMETERS), hostile.anything, min_size=1))
def test_anything_in_any_parameter(client, values):
    hostile.assert_harmless(client.get(URL + "?" + "&".join(f"{n}={v}" for n, v in values.items())))


def test_the_list_only_reads(client):
    assert client.post(URL).status_code == 405


@pytest.mark.parametrize(
    ("url", "words"), [(URL, '<html lang="id">'), (f"/en{URL}", "<h1>Good practices</h1>")]
)
def test_both_languages(client, three, url, words):
    response = client.get(url)

    assert words in response.content.decode()
    assert len(titles(response)) == 3
