"""Searches in vain are counted, and nothing about who searched."""

import logging

import pytest
from django.db import connection
from django.utils import timezone

from stakeholders.models import VainSearch
from stakeholders.models.vain_search import MOST_A_DAY
from tests import factories, hostile

pytestmark = pytest.mark.django_db

URL = "/mitra/"


@pytest.fixture
def batik():
    return factories.StakeholderFactory(name="Batik Laras", role="business", published=True)


def noted(*fields):
    return list(VainSearch.objects.order_by("pk").values_list(*fields or ["words", "searches"]))


def test_the_same_search_of_a_day_is_one_row(client, batik):
    for query in ("q=batik+laras&peran=media", "peran=media&q=Laras++BATIK&urut=nama&halaman=2"):
        client.get(f"{URL}?{query}")
    client.get(f"{URL}?q=batik&peran=media")

    assert noted("day", "words", "other_words", "facets", "searches") == [
        (timezone.localdate(), "batik laras", 0, "peran=media", 2),
        (timezone.localdate(), "batik", 0, "peran=media", 1),
    ]


def test_what_is_found_is_not_counted(client, batik):
    client.get(f"{URL}?q=batik")

    assert noted() == []


@pytest.mark.parametrize(
    ("text", "words", "other_words"),
    [
        ("batik siti@example.id", "batik", 1),
        ("batik 081234567890", "batik", 1),
        ("batik Budiman", "batik", 1),
        ("batik Budiman Sudarsono", "batik", 2),
        ('batik "Laras Budiman"', "batik", 1),
        ("batikk laras zzzz", "laras", 2),
        ("batik -laras", "batik laras", 0),
        ("batik yang", "batik", 0),
        ("Bátik zzzz", "batik", 1),
        ("batik " + " ".join(f"zzz{n}" for n in range(9)), "batik", 9),
    ],
)
def test_only_known_words_are_kept(client, batik, text, words, other_words):
    client.get(URL, {"q": text, "peran": "media"})

    assert noted("words", "other_words") == [(words, other_words)]


def test_a_word_that_is_only_like_a_known_one_is_kept_as_that(client):
    factories.StakeholderFactory(name="Latihan Teater", published=True)

    client.get(f"{URL}?q=latihannya&peran=media")

    assert noted("words", "other_words") in ([("latihan", 0)], [("", 1)])


def test_words_of_our_lists_are_kept(client):
    factories.SearchTermFactory(words="tenun", role="business")

    client.get(f"{URL}?q=Tenun")

    assert noted("words", "other_words") == [("tenun", 0)]


def test_filters_stand_in_one_order_without_what_does_not_filter(client, batik):
    factories.SubsectorFactory(slug="kriya")
    for query in (
        "subsektor=kriya&peran=media&peran=academia",
        "peran=academia&urut=nama&peran=media&peran=zzz&subsektor=kriya&utm_source=siti",
    ):
        client.get(f"{URL}?{query}")

    assert noted("facets", "searches") == [("peran=academia&peran=media&subsektor=kriya", 2)]


@pytest.fixture
def malang():
    province = factories.ProvinceFactory(code="01")
    return factories.RegionFactory(slug="kota-malang", short_name="Malang", province=province)


@pytest.mark.parametrize(
    ("query", "is_region_known"),
    [
        ("wilayah=kota-malang", True),
        ("dekat=kota-malang&q=zzzz", True),
        ("q=zzzz+di+malang", True),
        ("provinsi=01", False),
    ],
)
def test_the_place_asked_for_is_kept(client, malang, query, is_region_known):
    client.get(f"{URL}?{query}")

    region = malang.pk if is_region_known else None
    assert noted("region", "province") == [(region, malang.province_id)]


def test_several_regions_of_a_province_are_that_province(client, malang):
    factories.RegionFactory(slug="kota-batu", province=malang.province)

    client.get(f"{URL}?wilayah=kota-malang&wilayah=kota-batu")

    assert noted("region", "province") == [(None, malang.province_id)]


def test_an_empty_directory_is_nobodys_search(client):
    client.get(URL)

    assert noted() == []


@pytest.mark.parametrize("path", ["/mitra/peta/", "/mitra/ekspor/"])
def test_another_view_of_the_result_is_no_other_search(client, batik, path):
    b"".join(client.get(f"{path}?q=zzzz"))

    assert noted() == []


def test_half_typed_words_are_not_counted(client, batik):
    typing = {"HX-Request": "true", "X-Half-Typed": "1"}

    client.get(f"{URL}?q=zzz", headers=typing)
    client.head(f"{URL}?q=zzzz")
    assert noted() == []

    client.get(f"{URL}?q=zzzz", headers={"HX-Request": "true"})
    assert noted("searches") == [(1,)]


def test_old_days_go(client, batik):
    today = timezone.localdate()
    for days in (399, 400, 401):
        VainSearch.objects.create(
            day=today - timezone.timedelta(days=days), other_words=0, searches=1, words=str(days)
        )

    client.get(f"{URL}?q=zzzz")

    assert noted("words", "other_words") == [("399", 0), ("400", 0), ("", 1)]


def test_a_machine_cannot_fill_the_table(client, batik):
    today = timezone.localdate()
    VainSearch.objects.bulk_create(
        VainSearch(day=today, words=str(number), other_words=0, searches=1)
        for number in range(MOST_A_DAY + 1)
    )

    assert client.get(f"{URL}?q=zzzz").status_code == 200

    assert VainSearch.objects.count() == MOST_A_DAY + 1


@pytest.mark.django_db(transaction=True)
def test_the_page_stands_where_nothing_can_be_written(client, batik, caplog):
    with connection.cursor() as cursor:
        cursor.execute("SET default_transaction_read_only = on")
    try:
        with caplog.at_level(logging.WARNING):
            response = client.get(f"{URL}?q=zzzz+batik")
    finally:
        with connection.cursor() as cursor:
            cursor.execute("RESET default_transaction_read_only")

    assert response.status_code == 200
    assert [record.getMessage() for record in caplog.records] == [
        "A search in vain was not counted: InternalError"
    ]


def test_more_than_anybody_asks_by_hand_is_not_counted(client):
    regions = factories.RegionFactory.create_batch(30)
    query = "&".join(f"wilayah={region.slug}" for region in regions)

    assert client.get(f"{URL}?{query}").status_code == 200
    assert noted() == []


@pytest.mark.parametrize("value", hostile.VALUES)
def test_nothing_hostile_is_kept(client, batik, value):
    client.get(URL, {"q": value, "peran": "media", "wilayah": value, "dekat": value})

    for words, facets in noted("words", "facets"):
        assert facets == "peran=media"
        assert set(words.split()) <= {"batik", "laras"}


class TestAdmin:
    URL = "/admin/stakeholders/vainsearch/"

    @pytest.mark.parametrize("row_count", [1, 3])
    def test_staff_reads_the_sum(self, client, staff, django_assert_num_queries, row_count):
        client.force_login(staff)
        for number in range(row_count):
            region = factories.RegionFactory()
            VainSearch.objects.create(
                day=timezone.localdate(), words=f"batik{number}", other_words=0, searches=2,
                facets="peran=media", region=region, province=region.province,
            )  # fmt: skip
        client.get(self.URL)

        with django_assert_num_queries(10):
            html = client.get(self.URL).content.decode()

        assert html.count('<a href="/mitra/?peran=media">media</a>') == row_count
        assert f"<strong>{2 * row_count} " in html

    def test_one_province(self, client, staff):
        client.force_login(staff)
        for searches in (1, 2):
            region = factories.RegionFactory()
            VainSearch.objects.create(
                day=timezone.localdate(), other_words=1, searches=searches,
                region=region, province=region.province,
            )  # fmt: skip

        html = client.get(f"{self.URL}?province__id__exact={region.province_id}").content.decode()

        assert "<strong>2 " in html

    @pytest.mark.parametrize("page", ["add/", "1/delete/"])
    def test_nobody_writes(self, client, superuser, page):
        client.force_login(superuser)

        assert client.get(self.URL + page).status_code in (302, 403)
