"""Which practice for which region, and which region for a practice, each with its reason."""

import pytest
from django.utils import translation

from collaborations.models import GoodPractice
from collaborations.reasons import reasons_to_adopt, reasons_to_try
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def craft():
    return factories.SubsectorFactory(slug="kriya", name_en="Crafts")


def region(name, *leads, degrees=0, **values):
    """A region some degrees of latitude north of Java, about 111 km each."""
    row = factories.RegionFactory(short_name=name, latitude=-7 + degrees, **values)
    for subsector in leads:
        factories.RegionSubsectorFactory(region=row, subsector=subsector)
    return row


def practice(title, origin, **values):
    return factories.GoodPracticeFactory(title=title, region=origin, published=True, **values)


def suggested(to):
    return GoodPractice.objects.published().for_cards().suggested_for(to)


def test_practices_are_ranked_by_subsector_pillar_size_distance(craft):
    here = region("Sini", craft)
    practice("Sendiri", here, pillar="identity")
    big = {"population": 900_000}
    far = region("Jauh", degrees=3)
    practice("Pilar lama", far, pillar="identity")
    practice("Besar dan dekat", region("Besar", degrees=1, **big), pillar="participation")
    practice("Jauh", far, pillar="participation")
    practice("Dekat", region("Dekat", degrees=1), pillar="participation")
    practice("Kriya", region("Jauh sekali", degrees=9, **big), subsectors=[craft])
    factories.GoodPracticeFactory(title="Draf", region=far, subsectors=[craft])

    assert [p.title for p in suggested(here)] == ["Kriya", "Dekat", "Jauh", "Besar dan dekat"]


def test_what_a_region_tries_already_is_not_suggested(craft):
    here, there = region("Sini", craft), region("Sana")
    for status in ("planned", "running", "done"):
        tried = practice(status, there, subsectors=[craft])
        factories.AdoptionFactory(practice=tried, region=here, status=status)

    assert list(suggested(here)) == []


def test_an_adopted_practice_covers_its_pillar(craft):
    here, there = region("Sini"), region("Sana")
    known = practice("Dikenal", there, pillar="liveability")
    factories.AdoptionFactory(practice=known, region=here)
    practice("Lagi", there, pillar="liveability")
    practice("Baru", there, pillar="identity")

    assert [p.title for p in suggested(here)] == ["Baru"]


@pytest.mark.parametrize(
    ("population", "pillar", "subsectors", "words"),
    [
        (
            150_000,
            "liveability",
            True,
            "For Crafts, which leads here; a first practice for liveability here;"
            " from a region of similar size; 222 km away.",
        ),
        (900_000, "identity", True, "For Crafts, which leads here; 222 km away."),
        (900_000, "liveability", False, "A first practice for liveability here; 222 km away."),
    ],
)
def test_the_reason_to_adopt_is_said_in_words(craft, population, pillar, subsectors, words):
    here = region("Sini", craft)
    practice("Sendiri", here, pillar="identity")
    there = region("Sana", degrees=2, population=population)
    practice("Baik", there, pillar=pillar, subsectors=[craft] if subsectors else [])

    [only] = suggested(here)

    assert reasons_to_adopt(only, here) == words


def test_regions_that_received_least_come_first_then_leading_then_near(craft):
    origin = region("Asal", craft)
    good = practice("Baik", origin, subsectors=[craft])
    spoilt = region("Dimanja", craft, degrees=1)
    factories.AdoptionFactory(region=spoilt)
    region("Jauh", craft, degrees=4)
    region("Dekat", craft, degrees=2)
    hosting = region("Bermitra", degrees=1)
    factories.StakeholderFactory(region=hosting, subsectors=[craft], published=True)
    silent = region("Draf", degrees=1)
    factories.StakeholderFactory(region=silent, subsectors=[craft])
    adopting = region("Pengguna", craft, degrees=1)
    factories.AdoptionFactory(practice=good, region=adopting, status="planned")

    names = [row.short_name for row in good.regions_to_try()]

    assert names == ["Dekat", "Jauh", "Bermitra", "Dimanja"]


def test_the_reason_to_try_is_said_in_words(craft):
    good = practice("Baik", region("Asal"), subsectors=[craft])
    leading = region("Sana", craft, degrees=3)
    factories.AdoptionFactory.create_batch(2, region=leading)
    hosting = region("Situ", degrees=1)
    factories.StakeholderFactory(region=hosting, subsectors=[craft], published=True)

    assert [reasons_to_try(row, good) for row in good.regions_to_try()] == [
        "Has 1 partner in its subsectors; has received no practice yet; 111 km away.",
        "Leads in Crafts; has received 2 practices; 334 km away.",
    ]


def test_a_private_adoption_is_not_told(craft):
    good = practice("Baik", region("Asal"), subsectors=[craft])
    factories.AdoptionFactory(region=region("Sana", craft), is_public=False)

    assert [row.received_count for row in good.regions_to_try()] == [0]


@pytest.mark.parametrize("row_count", [1, 3])
def test_each_is_one_query(django_assert_num_queries, craft, row_count):
    good = practice("Baik", region("Asal"), subsectors=[craft])
    for _ in range(row_count):
        here = region("Sini", craft)
        practice("Lain", here, subsectors=[craft], pillar="participation")

    with django_assert_num_queries(1):
        assert len(good.regions_to_try()) == row_count
    with django_assert_num_queries(4):  # lead subsectors, known practices, cards, theirs
        assert len(suggested(good.region)) == row_count
