import re
from datetime import timedelta
from html import unescape

import pytest
from django.db import connection
from django.utils import timezone

from tests import factories

pytestmark = pytest.mark.django_db

URL = "/mitra/"
TABLES = "stakeholders_stakeholder, stakeholders_stakeholder_subsectors, stakeholders_offering"
RENEWED = ["results", "facets", "count", "language"]  # what htmx replaces after each change


def names(response):
    return [listing.name for listing in response.context["filterset"].page]


def links(html, relation):
    return [unescape(href) for href in re.findall(rf'rel="{relation}" href="([^"]+)"', html)]


@pytest.fixture
def many():
    """More listings than two pages hold."""
    same = {"region": factories.RegionFactory(), "role": "media"}
    same["organization_type"] = factories.OrganizationTypeFactory(role="media")
    factories.StakeholderFactory.create_batch(50, published=True, **same)


@pytest.mark.parametrize("row_count", [1, 3, 300])
@pytest.mark.parametrize(
    ("query", "query_count", "count_within_a_minute"),
    [
        # All lists, all counts, the best, their cards;
        ("", 4, 1),
        # and what words mean, and which of them are known.
        ("?q=mitra+kriya&peran=media&subsektor=kriya&menawarkan=dana&kesegaran=unverified", 6, 4),
    ],
)
def test_query_count_does_not_grow(
    client, django_assert_num_queries, query, query_count, count_within_a_minute, row_count
):
    craft = factories.SubsectorFactory(slug="kriya", name_id="Kriya")
    listings = factories.StakeholderFactory.create_batch(
        row_count,
        published=True,
        role="media",
        region=factories.RegionFactory(),
        organization_type=factories.OrganizationTypeFactory(role="media"),
        subsectors=[craft],
    )
    money = factories.OfferingCategoryFactory(slug="dana")
    for listing in listings:
        factories.OfferingFactory(stakeholder=listing, direction="offer", category=money)
    with connection.cursor() as cursor:  # else the planner may take the tables for empty ones
        cursor.execute(f"ANALYZE {TABLES}")

    with django_assert_num_queries(query_count):
        response = client.get(URL + query)
    with django_assert_num_queries(count_within_a_minute):
        client.get(URL + query)

    assert len(names(response)) == min(row_count, 24)
    assert response.context["filterset"].total == row_count


def test_only_published_listings_show_even_to_staff(client, staff):
    factories.StakeholderFactory(name="Terbit", published=True)
    for status in ("draft", "pending", "archived"):
        factories.StakeholderFactory(status=status)
    client.force_login(staff)

    assert names(client.get(URL)) == ["Terbit"]


def test_a_card_tells_who_which_role_where_what_and_how_fresh(client):
    listing = factories.StakeholderFactory(
        name="Warta <Kriya>",
        role="media",
        region__short_name="Pekalongan",
        organization_type__name_en="Magazine",
        summary="Tells & shows",
        subsectors=[factories.SubsectorFactory(name_en="Craft")],
        published=True,
    )
    factories.OfferingFactory(stakeholder=listing, category__name_en="Training")

    html = " ".join(client.get("/en/mitra/").content.decode().split())

    assert f'<a href="/en/mitra/{listing.slug}/">Warta &lt;Kriya&gt;</a>' in html
    for words in (
        "Media</span>",
        "Kota Pekalongan",
        "<span>Magazine</span>",
        "<p>Tells &amp; shows</p>",
        "<span>Craft</span>",
        "<b>Needs</b> training",
        "Not yet confirmed",
    ):
        assert words in html


def test_htmx_replaces_parts_that_exist(client):
    factories.StakeholderFactory(published=True)

    html = client.get(URL).content.decode()

    form = re.search(r"<form id=\"search\"[^>]*>", html).group()
    assert f'action="{URL}" method="get"' in form
    for attribute in ('hx-boost="true"', 'hx-target="#results"', 'hx-select="#results"'):
        assert attribute in form
    assert 'hx-select-oob="#facets,#count:innerHTML,#language,#other-view"' in form
    assert [html.count(f'id="{part}"') for part in RENEWED] == [1, 1, 1, 1]


def test_a_choice_is_kept_in_the_form(client):
    factories.StakeholderFactory(name="Warta", published=True, role="media")

    html = client.get(f"{URL}?q=warta&peran=media&urut=nama").content.decode()

    assert 'type="search" value="warta"' in html
    assert 'name="peran" value="media" checked>' in html
    assert '<option value="nama" selected>' in html


@pytest.mark.usefixtures("many")
def test_pages_keep_the_filters(client):
    first = client.get(f"{URL}?peran=media&peran=business&q=mitra&urut=nama").content.decode()
    [next_page] = links(first, "next")

    assert next_page == "?peran=media&peran=business&q=mitra&urut=nama&halaman=2"
    assert links(first, "prev") == []

    second = client.get(URL + next_page).content.decode()
    assert links(second, "prev") == ["?peran=media&peran=business&q=mitra&urut=nama&halaman=1"]
    assert links(second, "next") == ["?peran=media&peran=business&q=mitra&urut=nama&halaman=3"]


@pytest.mark.usefixtures("many")
def test_every_listing_is_on_exactly_one_page(client):
    pages = [names(client.get(f"{URL}?halaman={number}")) for number in (1, 2, 3)]

    assert [len(page) for page in pages] == [24, 24, 2]
    assert len({name for page in pages for name in page}) == 50


def test_nobody_fits(client):
    factories.StakeholderFactory(name="Warta", role="media", published=True)

    html = client.get("/en/mitra/?q=warta&peran=business").content.decode()

    assert "Nobody fits all of this yet" in html
    assert ">0 partners found</p>" in html
    assert '<a class="chip" href="?q=warta">' in html
    assert '<a class="chip" href="?peran=business">' in html


def test_an_empty_directory_offers_nothing_to_remove(client):
    html = client.get("/en/mitra/").content.decode()

    assert "Nobody fits all of this yet" in html
    assert "Start again" not in html


def test_it_says_what_it_ignored(client):
    html = client.get("/en/mitra/?peran=zzz&provinsi=99&halaman=abc&urut=acak").content.decode()

    said = re.findall(r'<span class="notice__item">(.*?)</span>', html)
    assert said == ["Role “zzz”", "Province “99”", "Order “acak”", "Page “abc”"]


def test_it_says_nothing_when_all_is_understood(client):
    factories.StakeholderFactory(published=True, role="media")

    assert "notice__item" not in client.get(f"{URL}?peran=media&q=&urut=nama").content.decode()


def test_facets_and_options_are_in_the_language_of_the_page(client):
    factories.StakeholderFactory(
        published=True,
        role="academia",
        subsectors=[factories.SubsectorFactory(name_id="Kriya", name_en="Craft")],
    )

    english = client.get("/en/mitra/").content.decode()
    indonesian = client.get(URL).content.decode()

    legends = re.findall("<legend>(.*?)</legend>", english)
    assert legends == [
        "Role",
        "Subsector",
        "Province",
        "Kabupaten or kota",
        "Organisation type",
        "Confirmation",
    ]
    assert "<span>Craft</span>" in english
    assert "<span>Academia</span>" in english
    assert "<span>Kriya</span>" in indonesian
    assert "<span>Craft</span>" not in indonesian


def test_the_list_only_reads(client):
    assert client.post(URL).status_code == 405


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (21, "Dikonfirmasi 3\xa0minggu lalu"),
        (160, "Perlu dikonfirmasi lagi, terakhir 5\xa0bulan lalu"),
        (400, "Kedaluwarsa, terakhir dikonfirmasi 1\xa0tahun lalu"),
    ],
)
def test_a_card_says_in_indonesian_how_fresh_it_is(client, days, words):
    confirmed = timezone.now() - timedelta(days=days)
    factories.StakeholderFactory(published=True, verified_at=confirmed)

    html = client.get(URL).content.decode()

    assert re.search(r'<p class="freshness.*?<time [^>]*>([^<]*)</time>', html)[1] == words


def test_a_long_facet_says_how_many_there_are_and_how_to_reach_them(client):
    for number in range(45):
        factories.StakeholderFactory(
            region=factories.RegionFactory(short_name=f"Tempat{number}"), published=True
        )

    html = " ".join(client.get(f"/en{URL}").content.decode().split())

    facet = html.partition('id="more-wilayah"')[2].partition("</fieldset>")[0]
    assert "<summary>40 more</summary>" in facet
    assert facet.count('type="checkbox"') == 35
    scripted, _tag, unscripted = facet.partition("<noscript>")
    assert "5 more are not on this page; the field above finds them." in scripted
    assert "5 more are not on this page: write a name in the search at the top." in unscripted
    assert 'data-suggest="/en/mitra/saran/?faset=wilayah"' in html
    last = client.get(f"{URL}?q=tempat44").context["filterset"]
    assert [card.region.short_name for card in last.page] == ["Tempat44"]
