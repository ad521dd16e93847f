from datetime import timedelta
from itertools import combinations

import pytest
from django.db import connection
from django.utils import timezone

from regions.models import Region
from tests import factories, hostile

pytestmark = pytest.mark.django_db

URL = "/wilayah/banding/"
IN_SUBSECTOR = (
    "id in (select stakeholder_id from stakeholders_stakeholder_subsectors where subsector_id = %s)"
)
BOTH = {"r": ["kota-malang", "kota-bandung"]}


@pytest.fixture
def fashion():
    return factories.SubsectorFactory(slug="fesyen", name_id="Fesyen", name_en="Fashion")


@pytest.fixture
def malang():
    return factories.RegionFactory(
        slug="kota-malang", short_name="Malang", latitude=-7.98, longitude=112.63
    )


@pytest.fixture
def bandung(fashion):
    region = factories.RegionFactory(
        slug="kota-bandung", short_name="Bandung", aliases=["Paris van Java"]
    )
    factories.RegionSubsectorFactory(region=region, subsector=fashion)
    return region


def listing(region, role, *subsectors, **fields):
    return factories.StakeholderFactory(
        region=region, role=role, subsectors=subsectors, published=True, **fields
    )


def sentences(response):
    return [
        (
            [each.name for each in difference.having],
            difference.role.value,
            [each.slug for each in difference.subsectors],
            [each.name for each in difference.lacking],
        )
        for difference in response.context["comparison"].differences
    ]


@pytest.mark.parametrize("item_count", [1, 3])
def test_query_count_does_not_grow(client, django_assert_num_queries, malang, bandung, item_count):
    for region in (malang, bandung):
        factories.RecognitionFactory(region=region)
        for _ in range(item_count):
            subsector = factories.SubsectorFactory()
            factories.RegionSubsectorFactory(region=region, subsector=subsector)
            listing(region, "media", subsector)

    # names; regions, their subsectors; coverage of all; subsectors
    with django_assert_num_queries(5):
        client.get(URL, BOTH)


def test_three_regions_cost_no_more_than_two(client, django_assert_num_queries, malang, bandung):
    third = factories.RegionFactory()
    factories.RecognitionFactory(region=third)

    with django_assert_num_queries(5):
        response = client.get(URL, {"r": ["kota-malang", "kota-bandung", third.slug]})

    assert response.context["regions"] == [malang, bandung, third]


def test_every_number_equals_sql(client, mixed_listings):
    for pair in combinations(Region.objects.all(), 2):
        comparison = client.get(URL, {"r": [each.slug for each in pair]}).context["comparison"]

        for role, cells in comparison.role_rows:
            assert [tuple(cell) for cell in cells] == [
                counted("role = %s", region, role.value) for region in pair
            ]
        for subsector, cells in comparison.subsector_rows:
            assert [tuple(cell) for cell, _ in cells] == [
                counted(IN_SUBSECTOR, region, subsector.pk) for region in pair
            ]
        assert [living for _region, _coverage, living in comparison.columns] == [
            region.living_roles
            for region in (Region.objects.with_living_roles().get(pk=each.pk) for each in pair)
        ]


def counted(condition, region, value):
    with connection.cursor() as cursor:
        cursor.execute(
            "select count(*), count(*) filter (where verified_at is null"
            " or verified_at + rhythm_days * interval '1 day' > now())"
            " from stakeholders_stakeholder where status = 'published' and region_id = %s"
            f" and {condition}",
            [region.pk, value],
        )
        return cursor.fetchone()


def test_it_says_what_one_has_that_the_other_lacks(client, malang, bandung, fashion):
    music = factories.SubsectorFactory(slug="musik")
    listing(bandung, "aggregator", fashion)
    listing(malang, "aggregator", music)
    listing(bandung, "media", fashion)
    for region in (malang, bandung):
        listing(region, "business", fashion)

    response = client.get(f"/en{URL}", BOTH)

    assert sentences(response) == [
        (["Kota Bandung"], "media", [], ["Kota Malang"]),  # nowhere at all: no subsector named
        (["Kota Bandung"], "aggregator", ["fesyen"], ["Kota Malang"]),
    ]
    html = response.content.decode()
    assert "Kota Bandung has media; nobody yet in Kota Malang, whatever the subsector." in html
    assert "Kota Bandung has aggregator for Fashion; nobody yet in Kota Malang." in html


def test_who_is_out_of_date_neither_has_nor_lacks(client, malang, bandung, fashion):
    listing(bandung, "media", fashion, verified_at=timezone.now() - timedelta(days=400))
    listing(malang, "business", fashion)
    listing(bandung, "business", fashion, verified_at=timezone.now() - timedelta(days=400))

    assert sentences(client.get(URL, BOTH)) == []


def test_who_works_across_all_subsectors_is_lacking_in_none(client, malang, bandung, fashion):
    listing(malang, "government")
    listing(bandung, "government", fashion)

    assert sentences(client.get(URL, BOTH)) == []


def test_two_that_have_the_same_stand_in_one_sentence(client, malang, bandung, fashion):
    third = factories.RegionFactory(short_name="Surakarta")
    for region in (malang, bandung):
        listing(region, "media", fashion)

    response = client.get(f"/en{URL}", {"r": [malang.slug, bandung.slug, third.slug]})

    assert sentences(response) == [
        (["Kota Malang", "Kota Bandung"], "media", [], ["Kota Surakarta"])
    ]
    assert "Kota Malang and Kota Bandung have media" in response.content.decode()


def test_shared_lead_subsectors_are_named(client, malang, bandung, fashion):
    factories.RegionSubsectorFactory(region=malang, subsector=fashion)
    factories.RegionSubsectorFactory(region=malang)

    assert client.get(URL, BOTH).context["comparison"].shared_leads == [fashion]


def test_unpublished_listings_do_not_count(client, malang, bandung, fashion):
    factories.StakeholderFactory(region=malang, subsectors=[fashion])

    comparison = client.get(URL, BOTH).context["comparison"]

    assert [coverage.total for _region, coverage, _living in comparison.columns] == [0, 0]


@pytest.mark.parametrize(
    "text", ["kota-bandung", "Kota Bandung", " kota bandung ", "bandung", "paris van java"]
)
def test_a_region_is_understood_as_people_write_it(client, malang, bandung, text):
    response = client.get(URL, {"r": ["kota-malang", text]})

    assert response.context["regions"] == [malang, bandung]


def test_what_fits_several_is_asked_back(client, bandung):
    factories.RegionFactory(kind="kabupaten", short_name="Bandung Barat")

    response = client.get(f"/en{URL}", {"r": ["bandung"]})

    assert response.context["regions"] == []
    html = response.content.decode()
    assert "Several fit: Kota Bandung, Kabupaten Bandung Barat. Write one of these names." in html
    assert 'value="bandung"' in html


def test_what_is_not_found_is_kept_and_said(client, malang):
    html = client.get(f"/en{URL}", {"r": ["kota-malang", "Kota Atlantis"]}).content.decode()

    assert "No kabupaten or kota is called that." in html
    assert 'value="Kota Atlantis"' in html
    assert 'value="Kota Malang"' in html
    assert "A comparison needs two different regions." in html


def test_one_region_is_offered_companions(client, malang, bandung):
    html = client.get(URL, {"r": "kota-malang"}).content.decode()

    assert 'href="?r=kota-malang&amp;r=kota-bandung"' in html


def test_the_same_region_twice_is_one(client, malang):
    response = client.get(URL, {"r": ["kota-malang", "Kota Malang"]})

    assert response.context["regions"] == [malang]
    assert "comparison" not in response.context


def test_more_than_three_are_named_and_left_out(client):
    regions = factories.RegionFactory.create_batch(5)

    response = client.get(URL, {"r": [region.slug for region in regions]})

    assert response.context["regions"] == regions[:3]
    assert len(hostile.ignored(response)) == 2


@pytest.mark.parametrize("query", ["", "?r=", "?r=&r=&r=", "?x=1"])
def test_nothing_chosen_is_a_form_and_no_reproach(client, malang, query):
    response = client.get(f"/en{URL}{query}")

    hostile.assert_harmless(response)
    html = response.content.decode()
    assert html.count('name="r"') == 3
    assert '<option value="Kota Malang">' in html
    assert "needs two" not in html


@pytest.mark.parametrize("value", hostile.ENCODED)
def test_the_page_stands_whatever_is_in_its_parameter(client, malang, value):
    hostile.assert_harmless(client.get(f"{URL}?r={value}&r=kota-malang&r={value}&r={value}x"))


def test_the_region_leads_here_with_the_nearest(client, malang, bandung):
    html = client.get("/wilayah/kota-malang/").content.decode()

    assert f'href="{URL}?r=kota-malang&amp;r=kota-bandung"' in html


def test_only_reading_is_possible(client):
    assert client.post(URL).status_code == 405
