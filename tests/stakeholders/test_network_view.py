import csv
import io
from datetime import UTC, datetime

import pytest
from django.db import connection
from django.utils import timezone

from regions.models import Province, Region, Subsector
from stakeholders.models import Freshness
from stakeholders.roles import Role
from tests import factories, hostile

pytestmark = pytest.mark.django_db

URL = "/jejaring/"
NAMES = [
    "skor", "skor-pulau", "peran-pulau", "subsektor", "peran", "kesegaran", "jangkauan",
    "pertumbuhan",
]  # fmt: skip


def plot(client, name):
    [found] = [each for each in client.get(URL).context["network"].plots if each.name == name]
    return found


def numbers(client, name):
    return [row.numbers for row in plot(client, name).rows]


def sql(statement, *parameters):
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return cursor.fetchall()


def islands_of(regions):
    """Return how many of the regions lie in each island group, in the order of the groups."""
    islands = [region.province.island for region in regions]
    return [islands.count(island) for island in Province.Island.values]


@pytest.fixture
def islands(mixed_listings):
    """The mixed listings, in three island groups and with some lead subsectors."""
    for province, island in zip(Province.objects.all(), ["jawa", "papua", "sumatera"], strict=True):
        Province.objects.filter(pk=province.pk).update(island=island)
    for region, subsector in zip(Region.objects.all()[:3], Subsector.objects.all(), strict=False):
        factories.RegionSubsectorFactory(region=region, subsector=subsector)


@pytest.mark.parametrize("item_count", [1, 3])
def test_query_count_does_not_grow(client, django_assert_num_queries, item_count):
    for _ in range(item_count):
        factories.StakeholderFactory(published=True, subsectors=[factories.SubsectorFactory()])

    # regions, living roles (3), regions with partners, freshness, months, coverage; subsectors
    with django_assert_num_queries(9):
        response = client.get(URL)

    assert response.context["network"].total == item_count


def test_numbers_are_kept_for_a_moment(client, django_assert_num_queries):
    factories.StakeholderFactory(published=True)
    first = client.get(URL).context["network"]
    factories.StakeholderFactory(published=True)

    with django_assert_num_queries(1):  # subsectors, whose names depend on the language
        second = client.get(URL).context["network"]

    assert (second.total, second.at) == (1, first.at)


def test_scores_equal_those_of_the_regions(client, islands):
    regions = Region.objects.with_living_roles().select_related("province")

    assert numbers(client, "skor") == [
        [sum(region.living_roles == score for region in regions)] for score in range(7)
    ]
    by_score = [islands_of(r for r in regions if r.living_roles == score) for score in range(7)]
    assert numbers(client, "skor-pulau") == [list(row) for row in zip(*by_score, strict=True)]


def test_roles_of_the_island_groups_equal_the_living_roles_of_each_region(client, islands):
    regions = Region.objects.select_related("province")
    living = {
        region: region.stakeholders.published().coverage().living_roles(region.lead_subsectors)
        for region in regions
    }
    by_role = [islands_of(r for r in regions if role in living[r]) for role in Role]

    assert numbers(client, "peran-pulau") == [
        list(row) for row in zip(*by_role, islands_of(regions), strict=True)
    ]


def test_roles_and_freshness_equal_sql(client, islands):
    expired = "verified_at + rhythm_days * interval '1 day' <= now()"
    counted = {
        role: (living, stale)
        for role, living, stale in sql(
            f"select role, count(*) filter (where verified_at is null or not {expired}),"
            f" count(*) filter (where {expired}) from stakeholders_stakeholder"
            " where status = 'published' group by role"
        )
    }
    assert numbers(client, "peran") == [list(counted[role]) for role in Role.values]

    left = "verified_at + rhythm_days * interval '1 day' - now()"
    states = sql(
        "select role, case when verified_at is null then 'unverified'"
        f" when {left} <= interval '0' then 'stale'"
        f" when {left} <= interval '30 days' then 'due' else 'fresh' end, count(*)"
        " from stakeholders_stakeholder where status = 'published' group by 1, 2"
    )
    found = {(role, state): number for role, state, number in states}
    assert numbers(client, "kesegaran") == [
        [found.get((role, state), 0) for state in Freshness.values] for role in Role.values
    ]


def test_subsectors_equal_sql(client, islands):
    expired = "verified_at + rhythm_days * interval '1 day' <= now()"

    assert [tuple(row) for row in numbers(client, "subsektor")] == sql(
        f"select count(s.id) filter (where verified_at is null or not {expired}),"
        f" count(s.id) filter (where {expired}) from regions_subsector subsector"
        " left join stakeholders_stakeholder_subsectors l on l.subsector_id = subsector.id"
        " left join stakeholders_stakeholder s on s.id = l.stakeholder_id"
        " and s.status = 'published' group by subsector.id order by position"
    )


def test_reach_counts_regions_where_not_only_the_government_is_listed(client):
    java = factories.ProvinceFactory(island="jawa")
    with_partner, only_government, with_draft, _empty = factories.RegionFactory.create_batch(
        4, province=java
    )
    factories.StakeholderFactory.create_batch(2, region=with_partner, role="media", published=True)
    for region in (with_partner, only_government):
        factories.StakeholderFactory(region=region, role="government", published=True)
    factories.StakeholderFactory(region=with_draft, role="media")

    row = Province.Island.values.index("jawa")
    assert numbers(client, "jangkauan")[row] == [1, 3]
    assert sum(map(sum, numbers(client, "jangkauan"))) == 4
    assert client.get(URL).context["network"].partnered_total == 1


def test_growth_has_every_month_up_to_now(client):
    now = timezone.localtime()
    before = datetime(now.year - 1, now.month, 15, tzinfo=UTC)
    factories.StakeholderFactory.create_batch(2, status="published", published_at=before)
    factories.StakeholderFactory(status="published", published_at=now)
    factories.StakeholderFactory(status="archived", published_at=now)

    rows = plot(client, "pertumbuhan").rows

    assert len(rows) == 13
    assert (rows[0].label, rows[0].numbers) == (f"{now.year - 1}-{now.month:02}", [2, 2])
    assert [row.numbers for row in rows[1:-1]] == [[0, 2]] * 11
    assert (rows[-1].label, rows[-1].numbers) == (f"{now.year}-{now.month:02}", [1, 3])


def test_growth_shows_two_years_and_remembers_the_rest(client):
    long_ago = datetime(timezone.localdate().year - 5, 1, 15, tzinfo=UTC)
    factories.StakeholderFactory(status="published", published_at=long_ago)

    assert numbers(client, "pertumbuhan") == [[0, 1]] * 24


def test_a_month_begins_at_midnight_in_jakarta(client):
    factories.StakeholderFactory(
        status="published", published_at=datetime(2025, 12, 31, 18, tzinfo=UTC)
    )

    first = next(row for row in plot(client, "pertumbuhan").rows if row.numbers[0])

    assert first.label == "2026-01"


def test_the_figures_above_the_plots(client):
    region = factories.RegionFactory()
    for role in Role.values:
        factories.StakeholderFactory(
            region=region, role=role, published=True, verified_at=timezone.now()
        )
    factories.StakeholderFactory.create_batch(2, role="government", published=True)

    network = client.get(URL).context["network"]

    assert network.total == 8
    assert (network.partnered_total, network.region_total) == (1, 3)
    assert network.complete_total == 1
    assert network.confirmed_percent == 75


def test_an_empty_network_is_a_page_too(client):
    response = client.get(URL)

    hostile.assert_harmless(response)
    assert [each.name for each in response.context["network"].plots] == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_each_plot_has_its_drawing_its_table_and_its_file(client, islands, name):
    html = client.get(f"/en{URL}").content.decode()
    response = client.get(f"/en{URL}", {"csv": name})
    rows = list(csv.reader(io.StringIO(response.getvalue().decode("utf-8-sig"))))

    assert f'aria-labelledby="{name}-title {name}-desc"' in html
    assert f'href="?csv={name}"' in html
    assert response["Content-Disposition"] == (
        f'attachment; filename="jejaring-{name}-{timezone.localdate()}.csv"'
    )
    drawn = plot(client, name)
    assert len(rows) == len(drawn.rows) + 1
    assert [row[1:] for row in rows[1:]] == [[str(n) for n in row.numbers] for row in drawn.rows]
    assert all(len(row) == len(rows[0]) for row in rows)


def test_words_are_in_the_language_of_the_address_though_numbers_are_kept(client):
    factories.SubsectorFactory(name_id="Kriya", name_en="Crafts")
    indonesian = client.get(URL, {"csv": "subsektor"}).getvalue().decode()
    english = client.get(f"/en{URL}", {"csv": "subsektor"}).getvalue().decode()

    assert "Kriya" in indonesian
    assert "Crafts" in english


def test_a_formula_in_a_name_is_only_text(client):
    factories.SubsectorFactory(name_id="=1+1")

    assert "\n'=1+1,0,0" in client.get(URL, {"csv": "subsektor"}).getvalue().decode()


@pytest.mark.parametrize("value", hostile.ENCODED)
def test_an_unknown_table_is_named_and_left_out(client, value):
    response = client.get(f"{URL}?csv={value}")

    assert response.status_code == 200
    assert "notice__item" in response.content.decode()
    assert "<script>alert(1)" not in response.content.decode()


@pytest.mark.parametrize("value", hostile.ENCODED)
def test_other_parameters_do_not_matter(client, value):
    hostile.assert_harmless(client.get(f"{URL}?q={value}&halaman={value}"))


def test_only_reading_is_possible(client):
    assert client.post(URL).status_code == 405
