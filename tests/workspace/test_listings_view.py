from datetime import timedelta

import pytest
from django.utils import timezone

from tests import factories

pytestmark = pytest.mark.django_db

URL = "/kelola/mitra/"


def listing(officer, name, days=None, status="published", **fields):
    moment = timezone.now()
    return factories.StakeholderFactory(
        name=name,
        region=officer.region,
        status=status,
        published_at=moment,
        verified_at=moment - timedelta(days=days) if days is not None else None,
        **fields,
    )


def names(response):
    return [stakeholder.name for stakeholder in response.context["filterset"].page]


def test_visitors_are_asked_to_sign_in(client):
    assert client.get(URL).status_code == 302


def test_who_looks_after_nothing_stays_outside(client):
    client.force_login(factories.UserFactory())

    assert client.get(URL).status_code == 403


def test_only_listings_in_care_the_most_doubtful_first(officer_client, officer):
    listing(officer, "Segar", 1)
    listing(officer, "Lama", 400)
    listing(officer, "Belum")
    listing(officer, "Draf", 3, status="draft")
    listing(officer, "Arsip", 3, status="archived")
    factories.StakeholderFactory(published=True)

    assert names(officer_client.get(URL)) == ["Belum", "Lama", "Draf", "Segar"]


def test_a_steward_sees_the_one_listing(steward_client, steward):
    factories.StakeholderFactory(region=steward.listing.region, published=True)

    assert names(steward_client.get(URL)) == [steward.listing.name]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=kayu+jati", ["Kayu Jati"]),
        ("q=alias", ["Kayu Jati"]),
        ("peran=media", ["Radio"]),
        ("subsektor=kriya", ["Draf", "Kayu Jati"]),
        ("subsektor=lintas", ["Radio", "Lama"]),
        ("status=archived", ["Arsip"]),
        ("status=draft", ["Draf"]),
        ("kesegaran=perlu", ["Radio", "Lama"]),
        ("kesegaran=stale", ["Lama"]),
        ("kesegaran=fresh", ["Kayu Jati"]),
        ("kurang=contact", ["Radio", "Lama"]),
        ("kurang=subsector&status=published", ["Radio", "Lama"]),
        ("urut=nama&status=published", ["Kayu Jati", "Lama", "Radio"]),
        ("peran=zzz&status=zzz&kesegaran=zzz&kurang=zzz&urut=zzz&wilayah=zzz&q=%00", 4),
    ],
)
def test_filters(officer_client, officer, query, found):
    craft = factories.SubsectorFactory(slug="kriya")
    listing(
        officer,
        "Kayu Jati",
        1,
        aliases=["ALIASNYA"],
        subsectors=[craft],
        public_email="x@example.id",
    )
    listing(officer, "Radio", role="media")
    listing(officer, "Lama", 400)
    listing(officer, "Draf", 2, status="draft", subsectors=[craft], public_phone="08")
    listing(officer, "Arsip", status="archived", subsectors=[craft])

    response = officer_client.get(f"{URL}?{query}")

    assert names(response) == found or len(names(response)) == found


def test_regions_to_choose_from_are_those_in_care(staff_client, client, officer):
    elsewhere = factories.RegionFactory()
    everything = dict(staff_client.get(URL).context["filterset"].choices()["wilayah"])
    client.force_login(officer)
    filterset = client.get(URL, {"wilayah": elsewhere.slug}).context["filterset"]

    assert set(everything) == {elsewhere.slug, officer.region.slug}
    assert filterset.choices()["wilayah"] == [(officer.region.slug, officer.region.name)]
    assert [each.value for each in filterset.ignored] == [elsewhere.slug]


def test_what_is_missing_stands_on_the_row(officer_client, officer):
    listing(officer, "Kurang", summary="Ada", website="https://x.id")

    assert "Belum ada: logo, keterangan, kontak, subsektor" in officer_client.get(URL).text


def test_empty_lists_encourage(officer_client, officer):
    nobody = officer_client.get(URL).text
    listing(officer, "Segar", 1)

    assert "Belum ada mitra" in nobody
    assert "Tidak ada yang perlu dikonfirmasi" in officer_client.get(f"{URL}?kesegaran=perlu").text


def test_all_boxes_of_a_page_are_ticked_without_scripts(officer_client, officer):
    listing(officer, "Satu")
    listing(officer, "Dua")

    assert officer_client.get(f"{URL}?pilih=semua").text.count('" checked>') == 2
    assert officer_client.get(URL).text.count('" checked>') == 0


@pytest.mark.parametrize("number", [1, 3])
def test_query_count_does_not_grow(officer_client, officer, django_assert_num_queries, number):
    for each in range(number):
        listing(officer, f"Mitra {each}", subsectors=[factories.SubsectorFactory()])

    with django_assert_num_queries(10):
        response = officer_client.get(URL)

    assert len(names(response)) == number
