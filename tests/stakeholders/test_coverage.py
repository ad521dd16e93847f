"""Coverage against plain SQL, and what its states and score mean."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone, translation

from regions.models import Region
from stakeholders.coverage import ALL, Cell, Coverage
from stakeholders.models import Stakeholder
from tests import factories

pytestmark = pytest.mark.django_db

LONG_AGO = timedelta(days=400)


@pytest.fixture
def crafts():
    return factories.SubsectorFactory(slug="kriya")


@pytest.fixture
def fashion():
    return factories.SubsectorFactory(slug="fesyen")


def listing(region, role, *subsectors, stale=False, verified_on=None, **fields):
    verified_at = timezone.now() - LONG_AGO if stale else verified_on
    return factories.StakeholderFactory(
        published=True,
        region=region,
        role=role,
        subsectors=subsectors,
        verified_at=verified_at,
        **fields,
    )


@pytest.mark.parametrize(
    ("cell", "state"),
    [
        (Cell(0, 0), "empty"),
        (Cell(3, 0), "stale"),
        (Cell(1, 1), "thin"),
        (Cell(5, 1), "thin"),
        (Cell(2, 2), "full"),
    ],
)
def test_a_cell_says_its_state(cell, state):
    assert cell.state == state


def test_a_listing_counts_in_each_subsector_but_once_in_its_role(crafts, fashion):
    region = factories.RegionFactory()
    listing(region, "media", crafts, fashion)
    listing(region, "media", crafts, stale=True)

    coverage = region.stakeholders.published().coverage()

    assert coverage.cell("media", crafts.pk) == Cell(2, 1)
    assert coverage.cell("media", fashion.pk) == Cell(1, 1)
    assert coverage.roles["media"] == Cell(2, 1)
    assert coverage.total == 2


def test_only_published_listings_of_the_region_count(crafts):
    region = factories.RegionFactory()
    listing(factories.RegionFactory(), "media", crafts)
    factories.StakeholderFactory(region=region, role="media", subsectors=[crafts])

    coverage = region.stakeholders.published().coverage()

    assert coverage.total == 0
    assert coverage.cell("media", crafts.pk).state == "empty"


def test_a_listing_without_subsector_is_alive_in_all_of_them(crafts):
    region = factories.RegionFactory()
    listing(region, "government")
    listing(region, "media", factories.SubsectorFactory())

    coverage = region.stakeholders.published().coverage()

    assert coverage.cell("government", None) == Cell(1, 1)
    assert coverage.living_roles([crafts]) == ["government"]
    assert coverage.living_roles() == ["government", "media"]


def test_a_stale_listing_keeps_no_role_alive(crafts):
    region = factories.RegionFactory()
    listing(region, "business", crafts, stale=True)

    coverage = region.stakeholders.published().coverage()

    assert coverage.living_roles([crafts]) == []
    assert coverage.cell("business", crafts.pk).state == "stale"


def test_every_cell_equals_a_plain_count(crafts, fashion):
    regions = factories.RegionFactory.create_batch(2)
    for number, role in enumerate(["media", "media", "business", "community", "community"]):
        chosen = [[], [crafts], [crafts, fashion]][number % 3]
        listing(regions[number % 2], role, *chosen, stale=number == 4)

    coverage = Stakeholder.objects.published().coverage()

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT s.role, l.subsector_id, count(*), count(*) FILTER"
            " (WHERE s.verified_at IS NULL OR s.verified_at + s.rhythm_days * interval '1 day'"
            " > now()) FROM stakeholders_stakeholder s LEFT JOIN"
            " stakeholders_stakeholder_subsectors l ON l.stakeholder_id = s.id"
            " WHERE s.status = 'published' GROUP BY 1, 2"
        )
        plain = {(role, subsector): Cell(*counts) for role, subsector, *counts in cursor}
    assert {key: coverage.cell(*key) for key in plain} == plain
    assert sum(cell.total for cell in plain.values()) == 6


@pytest.mark.parametrize("listing_count", [1, 30])
def test_coverage_is_one_statement(django_assert_num_queries, crafts, listing_count):
    region = factories.RegionFactory()
    for _ in range(listing_count):
        listing(region, "media", crafts)

    with django_assert_num_queries(1):
        coverage = region.stakeholders.published().coverage()

    assert coverage.total == listing_count


def test_role_coverage_has_the_same_totals(crafts):
    region = factories.RegionFactory()
    listing(region, "media", crafts)
    listing(region, "academia", stale=True)

    rows = region.stakeholders.published()

    assert rows.role_coverage().roles == rows.coverage().roles


def test_an_empty_coverage_has_six_empty_roles():
    coverage = Coverage([])

    assert [cell.state for cell in coverage.roles.values()] == ["empty"] * 6
    assert coverage.cell("media", ALL) == Cell()


def test_the_score_in_a_list_equals_the_score_of_the_page(crafts, fashion):
    region = factories.RegionFactory()
    factories.RegionSubsectorFactory(region=region, subsector=crafts)
    listing(region, "media", crafts)
    listing(region, "media", crafts)
    listing(region, "business", fashion)
    listing(region, "community", crafts, stale=True)
    listing(region, "government")
    other = factories.RegionFactory()
    listing(other, "business", fashion)

    scores = dict(Region.objects.with_living_roles().values_list("pk", "living_roles"))

    page = region.stakeholders.published().coverage().living_roles([crafts])
    assert page == ["government", "media"]
    assert scores == {region.pk: 2, other.pk: 1}


def test_a_set_of_regions_has_the_listings_of_its_regions():
    province = factories.ProvinceFactory()
    inside = listing(factories.RegionFactory(province=province), "media")
    listing(factories.RegionFactory(), "media")

    assert list(province.regions.all().stakeholders()) == [inside]


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        (Cell(0, 0), "none yet"),
        (Cell(1234, 0), "1,234, all out of date"),
        (Cell(3, 1), "3, only one not out of date"),
        (Cell(3, 2), "3"),
    ],
)
def test_a_cell_says_in_words_what_it_draws(cell, words):
    with translation.override("en"):
        assert cell.words == words


def test_the_listings_of_a_subsector_add_up_over_the_roles(crafts, fashion):
    region = factories.RegionFactory()
    listing(region, "media", crafts, fashion)
    listing(region, "business", crafts)

    coverage = region.stakeholders.published().coverage()

    assert [coverage.total_in(each) for each in (crafts, fashion)] == [2, 1]


def test_the_freshest_of_each_role_come_in_the_order_of_the_roles():
    region = factories.RegionFactory()
    doubted = listing(region, "media")
    confirmed = listing(region, "media", verified_on=timezone.now())
    stale = listing(region, "media", stale=True)
    campus = listing(region, "academia")

    chosen = region.stakeholders.published().freshest_of_each_role(most=2)

    assert list(chosen) == [campus, confirmed, stale]
    assert doubted not in chosen
