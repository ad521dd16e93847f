"""The search table is always what a rebuild from the listings would make it."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from regions.models import Region, Subsector
from stakeholders.models import Offering, OfferingCategory, SearchEntry, SearchWord, Stakeholder
from tests import factories


def entries():
    return {row["stakeholder_id"]: row for row in SearchEntry.objects.values()}


def rebuilt():
    """What the table would hold if it was filled now; it stays as it is."""
    with transaction.atomic():
        SearchEntry.objects.all().delete()
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT index_stakeholders(ARRAY(SELECT id FROM stakeholders_stakeholder))"
            )
        found = entries()
        transaction.set_rollback(True)
    return found


def assert_true():
    assert entries() == rebuilt()


@pytest.fixture
def listing(db):
    _crafts, film = (factories.SubsectorFactory(slug=slug) for slug in ("kriya", "film"))
    listing = factories.StakeholderFactory(
        name="Batik Laras", role="media", published=True, subsectors=[film]
    )
    factories.OfferingFactory(stakeholder=listing, direction="offer", category__slug="dana")
    factories.OfferingFactory(stakeholder=listing, direction="need", category__slug="ruang")
    return listing


def test_an_entry_tells_all_that_searching_needs(listing):
    [entry] = SearchEntry.objects.all()

    assert entry.stakeholder == listing
    assert (entry.region, entry.organization_type) == (listing.region, listing.organization_type)
    assert (entry.role, entry.completeness) == (4, 0)
    assert (entry.subsectors, entry.offers, entry.needs) == (0b10, 0b01, 0b10)
    offer, need = listing.offerings.order_by("-direction")
    marked = {
        "n": "batik",
        "s": listing.subsectors.get().pk,
        "t": listing.organization_type_id,
        "r": "media",
        "g": listing.region_id,
        "p": listing.region.province_id,
        "o": offer.category_id,
        "w": need.category_id,
    }
    for lexeme in ["'batik':1A", *(f"'{mark}/{key}'" for mark, key in marked.items())]:
        assert lexeme in entry.words


def test_only_what_is_published_has_one(listing):
    for status in Stakeholder.Status:
        Stakeholder.objects.filter(pk=listing.pk).update(status=status)
        assert bool(entries()) == (status == "published")


CHANGES = {
    "name": lambda listing: Stakeholder.objects.update(name="Tenun Laras", summary="Dua tiga"),
    "confirmed": lambda listing: listing.confirm(factories.UserFactory()),
    "subsector added": lambda listing: listing.subsectors.add(
        *Subsector.objects.filter(slug="kriya")
    ),
    "subsectors gone": lambda listing: listing.subsectors.clear(),
    "region in another province": lambda listing: Region.objects.update(
        province=factories.ProvinceFactory()
    ),
    "offering gone": lambda listing: listing.offerings.first().delete(),
    "offering moved": lambda listing: listing.offerings.update(
        stakeholder=factories.StakeholderFactory(published=True)
    ),
    "offering turned": lambda listing: listing.offerings.update(direction="need"),
    "subsector deleted": lambda listing: Subsector.objects.get(slug="kriya").delete(),
    "category deleted": lambda listing: (
        listing.offerings.filter(category__slug="dana").delete(),
        OfferingCategory.objects.get(slug="dana").delete(),
    ),
    "subsector put before others": lambda listing: factories.SubsectorFactory(pk=-1),
    "listing deleted": lambda listing: listing.delete(),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_a_change_reaches_the_entry(listing, change):
    before = entries()

    change(listing)

    assert entries() != before
    assert_true()


@settings(
    max_examples=30,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(names=st.lists(st.sampled_from(sorted(CHANGES)), max_size=6, unique=True))
def test_changes_one_after_the_other(listing, names):
    with transaction.atomic():
        for name in names:
            if Stakeholder.objects.filter(pk=listing.pk).exists() and listing.offerings.exists():
                CHANGES[name](Stakeholder.objects.get(pk=listing.pk))
        assert_true()
        transaction.set_rollback(True)


def test_many_at_once(listing):
    role, kind = listing.role, listing.organization_type
    more = [
        Stakeholder(
            name=f"Banyak {n}", slug=f"banyak-{n}", role=role, organization_type=kind,
            region=listing.region, status="published", published_at=listing.published_at,
        )
        for n in range(50)
    ]  # fmt: skip
    Stakeholder.objects.bulk_create(more)

    assert SearchEntry.objects.count() == 51
    assert_true()


@pytest.mark.parametrize("change", ["name", "subsectors gone", "listing deleted"])
def test_what_is_taken_back_leaves_no_trace(listing, change):
    before = entries()
    with transaction.atomic():
        CHANGES[change](listing)
        transaction.set_rollback(True)

    assert entries() == before


def test_the_words_of_listings_are_known(listing):
    listing.summary = "Tempat membatik, sejak 1987"
    listing.save()

    words = dict(SearchWord.objects.values_list("word", "lexeme"))
    assert words == {
        "batik": "batik", "laras": "laras", "tempat": "tempat", "membatik": "batik",
        "sejak": "sejak",
    }  # fmt: skip


def test_a_rebuild_mends_the_table_and_forgets_words(listing, capsys):
    expected = entries()
    SearchEntry.objects.update(role=1, subsectors=0)
    SearchWord.objects.create(word="sisa", lexeme="sisa")

    call_command("rebuild_search")

    assert entries() == expected
    assert not SearchWord.objects.filter(word="sisa").exists()
    assert capsys.readouterr().out == "1 / 1\n"


@pytest.mark.django_db(transaction=True)
def test_two_who_change_parts_of_one_listing_lose_nothing():
    listing = factories.StakeholderFactory(published=True)
    subsectors = [factories.SubsectorFactory() for _ in range(6)]
    category = factories.OfferingCategoryFactory()
    together = Barrier(2)

    def add(subsector):
        together.wait(timeout=10)
        try:
            with transaction.atomic():
                Stakeholder.objects.get(pk=listing.pk).subsectors.add(subsector)
                Offering.objects.create(stakeholder=listing, direction="need", category=category)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(add, subsectors))

    assert SearchEntry.objects.get().subsectors == 0b111111
    assert_true()
