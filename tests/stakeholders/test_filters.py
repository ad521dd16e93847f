"""Every number of the partner search, against SQL written by hand for it."""

from itertools import combinations
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.http import QueryDict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from stakeholders.filters import StakeholderFilter
from tests import factories

pytestmark = pytest.mark.django_db

OFFERING = """
    s.id IN (
        SELECT o.stakeholder_id FROM stakeholders_offering o
        JOIN stakeholders_offeringcategory c ON c.id = o.category_id
        WHERE o.direction = '{}' AND c.slug = ANY(%s)
    )
"""
CONDITIONS = {
    "peran": "s.role = ANY(%s)",
    "subsektor": """
        EXISTS (
            SELECT FROM stakeholders_stakeholder_subsectors l
            JOIN regions_subsector x ON x.id = l.subsector_id
            RIGHT JOIN (SELECT) AS anyhow ON l.stakeholder_id = s.id
            WHERE coalesce(x.slug, 'lintas') = ANY(%s)
        )
    """,
    "provinsi": "p.code = ANY(%s)",
    "wilayah": "r.slug = ANY(%s)",
    "jenis": "t.slug = ANY(%s)",
    "kesegaran": """
        CASE
            WHEN s.verified_at IS NULL THEN 'unverified'
            WHEN now() >= s.verified_at + interval '180 days' THEN 'stale'
            WHEN now() >= s.verified_at + interval '150 days' THEN 'due'
            ELSE 'fresh'
        END = ANY(%s)
    """,
    "menawarkan": OFFERING.format("offer"),
    "membutuhkan": OFFERING.format("need"),
}
VALUES = {
    "peran": "SELECT DISTINCT role FROM stakeholders_organizationtype",
    "subsektor": "SELECT slug FROM regions_subsector UNION SELECT 'lintas'",
    "provinsi": "SELECT code FROM regions_province",
    "wilayah": "SELECT slug FROM regions_region",
    "jenis": "SELECT slug FROM stakeholders_organizationtype",
    "kesegaran": "VALUES ('fresh'), ('due'), ('stale'), ('unverified')",
    "menawarkan": "SELECT slug FROM stakeholders_offeringcategory",
    "membutuhkan": "SELECT slug FROM stakeholders_offeringcategory",
}


def read(sql, values=()):
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return [row[0] for row in cursor.fetchall()]


def counted(selection):
    """Count the published listings that fit {facet: values}, in plain SQL."""
    conditions = ["s.status = 'published'", *(CONDITIONS[facet] for facet in selection)]
    [count] = read(
        "SELECT count(*) FROM stakeholders_stakeholder s"
        " JOIN regions_region r ON r.id = s.region_id"
        " JOIN regions_province p ON p.id = r.province_id"
        " JOIN stakeholders_organizationtype t ON t.id = s.organization_type_id"
        " WHERE " + " AND ".join(conditions),
        [list(values) for values in selection.values()],
    )
    return count


def filtered(query):
    return StakeholderFilter(QueryDict(query))


def assert_agrees(selection):
    """The total, the rows and every count of every facet agree with SQL."""
    filterset = filtered(urlencode(selection, doseq=True))
    assert filterset.total == filterset.listings.count() == counted(selection)
    for facet, sql in VALUES.items():
        counts = {option.value: option.count for option in filterset.options(facet)}
        expected = {value: counted(selection | {facet: [value]}) for value in read(sql)}
        chosen = selection.get(facet, [])
        assert counts == {v: count for v, count in expected.items() if count or v in chosen}


@pytest.mark.usefixtures("mixed_listings")
class TestCounts:
    def test_the_data_can_tell_a_wrong_count(self):
        assert counted({}) < 60
        for facet, sql in VALUES.items():
            assert len({counted({facet: [value]}) for value in read(sql)}) > 1, facet

    def test_nothing_chosen(self):
        assert_agrees({})

    @pytest.mark.parametrize("facet", CONDITIONS)
    def test_each_option_of_a_facet(self, facet):
        for value in read(VALUES[facet]):
            assert filtered(urlencode({facet: value})).total == counted({facet: [value]})

    @pytest.mark.parametrize("facet", CONDITIONS)
    def test_options_of_a_facet_are_alternatives(self, facet):
        for pair in combinations(read(VALUES[facet])[:4], 2):
            query = urlencode({facet: pair}, doseq=True)
            assert filtered(query).total == counted({facet: pair})

    @settings(
        max_examples=25,
        deadline=None,
        derandomize=True,
        suppress_health_check=[HealthCheck.function_scoped_fixture],
    )
    @given(data=st.data())
    def test_facets_together(self, data):
        facets = data.draw(
            st.lists(st.sampled_from(sorted(VALUES)), min_size=2, max_size=3, unique=True)
        )
        selection = {
            facet: data.draw(
                st.lists(st.sampled_from(read(VALUES[facet])), min_size=1, max_size=3, unique=True)
            )
            for facet in facets
        }

        assert_agrees(selection)


@pytest.fixture
def craft():
    return factories.SubsectorFactory(slug="kriya")


@pytest.fixture
def jawa_tengah():
    return factories.ProvinceFactory(code="33")


def test_the_example_of_the_design(client, craft, jawa_tengah):
    fitting = {"role": "media", "region__province": jawa_tengah, "subsectors": [craft]}
    factories.StakeholderFactory(name="Warta Kriya", published=True, **fitting)
    factories.StakeholderFactory(name="Konsep", **fitting)
    for other in (
        {"role": "business"},
        {"subsectors": []},
        {"region__province": factories.ProvinceFactory(code="34")},
    ):
        factories.StakeholderFactory(published=True, **fitting | other)

    response = client.get("/mitra/?subsektor=kriya&peran=media&provinsi=33")

    filterset = response.context["filterset"]
    assert [row.name for row in filterset.page] == ["Warta Kriya"]
    assert filterset.total == 1
    assert [option.count for option in filterset.options("peran")] == [1, 1]


def test_two_offers_of_a_kind_count_once():
    offering = factories.OfferingFactory(direction="offer", category__slug="dana")
    factories.OfferingFactory(
        direction="offer", category=offering.category, stakeholder=offering.stakeholder
    )
    factories.OfferingFactory(direction="need", category=offering.category)

    filterset = filtered("menawarkan=dana")

    assert filterset.total == len(filterset.page) == 1
    assert [option.count for option in filterset.options("menawarkan")] == [1]
    assert [option.count for option in filtered("").options("membutuhkan")] == [1]


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("", ["Citra", "Ani", "Budi"]),
        ("urut=relevansi", ["Citra", "Ani", "Budi"]),
        ("urut=terbaru", ["Citra", "Budi", "Ani"]),
        ("urut=nama", ["Ani", "Budi", "Citra"]),
        ("urut=acak", ["Citra", "Ani", "Budi"]),
        ("q=budi", ["Budi"]),
    ],
)
def test_order(query, names):
    factories.StakeholderFactory(name="Ani", published=True)
    factories.StakeholderFactory(name="Budi", published=True, verified_at="2020-01-01T00:00Z")
    factories.StakeholderFactory(name="Citra", published=True, verified_at="2099-01-01T00:00Z")

    assert [row.name for row in filtered(query).page] == names


def test_words_past_the_limit_are_named():
    query = urlencode({"q": "b c d e f g h i sembilan sepuluh"})

    assert [each.value for each in filtered(query).ignored] == ["sembilan", "sepuluh"]
