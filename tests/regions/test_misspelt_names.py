"""Place names as people mistype them; what is spelled right is never widened."""

import pytest
from django.http import QueryDict

from regions.filters import RegionFilter
from regions.models import Region
from tests import factories

pytestmark = pytest.mark.django_db

PLACES = [
    ("kota", "Pekalongan"), ("kabupaten", "Pekalongan"), ("kota", "Pekanbaru"),
    ("kabupaten", "Malang"), ("kota", "Malang"), ("kabupaten", "Pemalang"),
    ("kota", "Solok"), ("kabupaten", "Banyuwangi"), ("kota", "Makassar"),
    ("kabupaten", "Tasikmalaya"), ("kabupaten", "Lombok Tengah"), ("kabupaten", "Lombok Timur"),
    ("kota", "Bukittinggi"), ("kota", "Medan"), ("kabupaten", "Aceh Barat"),
]  # fmt: skip


@pytest.fixture(autouse=True)
def places():
    province = factories.ProvinceFactory(code="33")
    for kind, name in PLACES:
        factories.RegionFactory(kind=kind, short_name=name, province=province)
    factories.RegionFactory(short_name="Surakarta", aliases=["Solo", "Sala"], province=province)
    factories.RegionFactory(short_name="Yogyakarta", aliases=["Jogjakarta"], province=province)


def filtered(text, **others):
    query = QueryDict(mutable=True)
    query.update({"q": text, **others})
    return RegionFilter(query, Region.objects.all())


def names(filterset):
    return [region.name for region in filterset.page]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("pekalongn", ["Kabupaten Pekalongan", "Kota Pekalongan"]),
        ("PEKALONGN", ["Kabupaten Pekalongan", "Kota Pekalongan"]),
        ("kota pekalongn", ["Kota Pekalongan"]),
        ("kab. pekalongn", ["Kabupaten Pekalongan"]),
        ("malng", ["Kabupaten Malang", "Kota Malang"]),
        ("banyuwagi", ["Kabupaten Banyuwangi"]),
        ("makasar", ["Kota Makassar"]),
        ("bukittingi", ["Kota Bukittinggi"]),
        ("lombok tenggah", ["Kabupaten Lombok Tengah"]),
        ("jogjakrta", ["Kota Yogyakarta"]),
        ("surakrta", ["Kota Surakarta"]),
        ("medn", ["Kota Medan"]),
        ("Bányuwági", ["Kabupaten Banyuwangi"]),
        ("aceh barta", ["Kabupaten Aceh Barat"]),
    ],
)
def test_a_typo_is_forgiven(typed, found):
    filterset = filtered(typed)

    assert names(filterset) == found
    assert len(filterset.guesses) == filterset.total == len(found)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("malang", ["Kabupaten Malang", "Kota Malang", "Kabupaten Pemalang"]),
        ("solo", ["Kota Surakarta", "Kota Solok"]),
        ("kota solo", ["Kota Surakarta", "Kota Solok"]),
        ("peka", ["Kabupaten Pekalongan", "Kota Pekalongan", "Kota Pekanbaru"]),
        ("lombok", ["Kabupaten Lombok Tengah", "Kabupaten Lombok Timur"]),
    ],
)
def test_what_is_right_is_not_widened_and_the_exact_name_is_first(typed, found):
    filterset = filtered(typed)

    assert names(filterset) == found
    assert filterset.guesses == []


@pytest.mark.parametrize(
    "typed",
    ["atlantis", "kota atlantis", "mdn", "%%%a___", "malang atlantis", "x" * 200, "qx " * 60],
)
def test_what_is_no_name_at_all_finds_nothing(typed):
    assert names(filtered(typed)) == []


def test_another_filter_does_not_widen_what_is_right():
    filterset = filtered("pekanbaru", jenis="kabupaten")

    assert (names(filterset), filterset.guesses) == ([], [])


def test_the_other_facets_hold_for_guesses():
    filterset = filtered("pekalongn", jenis="kota")

    assert names(filterset) == ["Kota Pekalongan"]
    assert {o.value: o.count for o in filterset.options("jenis")} == {"kabupaten": 1, "kota": 1}


def test_another_order_holds_for_guesses():
    busy = Region.objects.get(name="Kota Pekalongan")
    factories.StakeholderFactory(region=busy, published=True)

    filterset = filtered("pekalongn", urut="mitra")

    assert names(filterset) == ["Kota Pekalongan", "Kabupaten Pekalongan"]


@pytest.mark.parametrize("address", ["/en/wilayah/", "/en/wilayah/peta/"])
def test_a_guess_is_never_silent(client, address):
    said = "No kabupaten or kota is called “&lt;b&gt;pekalongn”."

    assert said in client.get(address, {"q": "<b>pekalongn"}).content.decode()
    assert said[:35] not in client.get(address, {"q": "pekalongan"}).content.decode()


@pytest.mark.parametrize("typed", ["pekalongn", "lombk"])
def test_a_guess_costs_two_questions_however_many_are_close(
    client, django_assert_num_queries, typed
):
    with django_assert_num_queries(8):
        client.get("/wilayah/", {"q": typed})
