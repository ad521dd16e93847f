from datetime import timedelta

import pghistory
import pytest
from django.utils import timezone

from stakeholders.models import ListingDraft, Stakeholder, VainSearch
from tests import factories
from workspace.models import Visit

pytestmark = pytest.mark.django_db


@pytest.fixture
def region(officer):
    return officer.region


@pytest.fixture
def bench(officer_client, region):
    """Return what the page of the region shows now."""
    return lambda: officer_client.get(f"/kelola/wilayah/{region.slug}/").context["bench"]


def colleague(region, name="Sari"):
    return factories.OfficerAssignmentFactory(region=region, user__name=name).user


def test_other_regions_are_not_theirs_and_unknown_ones_are_none(officer_client):
    elsewhere = factories.RegionFactory()

    assert officer_client.get(f"/kelola/wilayah/{elsewhere.slug}/").status_code == 403
    assert officer_client.get("/kelola/wilayah/tidak-ada/").status_code == 404


def test_visitors_are_asked_to_sign_in(client, region):
    assert client.get(f"/kelola/wilayah/{region.slug}/").status_code == 302


def test_an_assignment_that_ended_gives_nothing(officer_client, officer, region):
    officer.officer_assignments.update(
        starts_on=timezone.localdate() - timedelta(days=2),
        ends_on=timezone.localdate() - timedelta(days=1),
    )

    assert officer_client.get(f"/kelola/wilayah/{region.slug}/").status_code == 403


def test_what_ran_out_the_longest_ago_comes_first(bench, region):
    days = {"Baru": 1, "Segera": 170, "Lama": 400}
    rows = {
        name: factories.StakeholderFactory(
            name=name,
            region=region,
            published=True,
            verified_at=timezone.now() - timedelta(days=number),
        )
        for name, number in days.items()
    }
    never = factories.StakeholderFactory(region=region, published=True)
    factories.StakeholderFactory(region=region)
    factories.StakeholderFactory(published=True)

    assert list(bench().to_confirm) == [rows["Lama"], rows["Segera"], never]


def test_empty_places_in_the_lead_subsectors_are_named(bench, region):
    lead = factories.RegionSubsectorFactory(region=region, is_lead=True)
    factories.RegionSubsectorFactory(region=region, is_lead=False)
    for role in ["academia", "business", "community"]:
        factories.StakeholderFactory(
            region=region, role=role, published=True, subsectors=[lead.subsector]
        )
    factories.StakeholderFactory(region=region, role="government", published=True)  # across all
    factories.StakeholderFactory(region=region, role="media", subsectors=[lead.subsector])

    assert bench().state.gaps == [(lead.subsector, ["media", "aggregator"])]


def test_a_successor_finds_what_was_begun(officer_client, region):
    author, listing = (
        factories.UserFactory(name="Sari"),
        factories.StakeholderFactory(region=region),
    )
    new = ListingDraft.objects.create(author=author, region=region, data={"name": ["Sanggar Baru"]})
    ListingDraft.objects.create(author=author, stakeholder=listing)
    ListingDraft.objects.create(author=author, data={"name": ["Tanpa wilayah"]})
    ListingDraft.objects.create(author=author, stakeholder=factories.StakeholderFactory())

    response = officer_client.get("/kelola/")

    assert {str(each) for each in response.context["bench"].begun} == {"Sanggar Baru", listing.name}
    assert "Sari, " in response.text
    assert officer_client.post(f"/kelola/draf/{new.key}/lanjutkan/").status_code == 302
    new.refresh_from_db()
    assert new.author.name != "Sari"


def test_completeness_says_what_is_missing_most(bench, region, officer_client):
    factories.StakeholderFactory(
        region=region, published=True, summary="Ada", website="https://x.id"
    )
    factories.StakeholderFactory(region=region, published=True, contact_email="a@example.id")

    completeness = bench().completeness

    assert completeness.percent == 30
    assert [(part, number) for part, _name, number in completeness.gaps] == [
        ("logo", 2),
        ("description", 2),
        ("summary", 1),
        ("website", 1),
        ("contact", 1),
    ]


def test_searches_in_vain_are_told_in_words(officer_client, region):
    for day in (timezone.localdate(), timezone.localdate() - timedelta(days=29)):
        VainSearch.objects.create(
            day=day,
            words="ekspor",
            other_words=0,
            facets=f"peran=media&wilayah={region.slug}",
            region=region,
            searches=2,
        )
    VainSearch.objects.create(
        day=timezone.localdate() - timedelta(days=31),
        words="lama",
        other_words=0,
        region=region,
        searches=9,
    )

    response = officer_client.get("/kelola/")
    [vain] = response.context["bench"].vain

    assert (vain.words, vain.labels, vain.searches) == ("ekspor", ["Media"], 4)
    assert vain.address == f"/mitra/?q=ekspor&peran=media&wilayah={region.slug}"
    assert "4 pencarian" in response.text


def test_news_tell_what_others_did_since_the_visit_before(bench, officer, region):
    factories.StakeholderFactory(region=region)  # by an unknown hand
    with pghistory.context(user=officer.pk):
        listings = factories.StakeholderFactory.create_batch(4, region=region, published=True)
        listings[0].archive()
    with pghistory.context(user=colleague(region).pk):
        for listing in listings:
            listing.confirm(None)
    with pghistory.context(user=colleague(region, "Budi").pk):
        factories.StakeholderFactory(name="Di tempat lain").archive()
        factories.OfferingFactory(stakeholder=listings[1])
    with pghistory.context(user=colleague(region, "Ayu").pk):
        listings[2].archive()

    news = bench().news

    assert {each.author: (each.words, each.further) for each in news} == {
        "Ayu": ("mengarsipkan 1 mitra", 0),
        "Budi": ("mengubah 1 mitra", 0),
        "Sari": ("mengonfirmasi 4 mitra", 1),
        None: ("menambahkan 1 mitra", 0),
    }


def test_news_end_with_the_visit_before(bench, region):
    with pghistory.context(user=colleague(region).pk):
        factories.StakeholderFactory(region=region)
    assert len(bench().news) == 1
    Visit.objects.update(news_since=timezone.now())

    assert bench().news == []


def test_a_visit_lasts_an_hour(bench, officer, region):
    assert bench().visit.news_since is None
    assert bench().visit.news_since is None
    before = timezone.now() - timedelta(days=8)
    Visit.objects.update(first_at=before, seen_at=before)

    assert bench().visit.news_since == before
    assert bench().visit.news_since == before
    assert not bench().is_new_here
    assert Visit.objects.get().user == officer


def test_only_newcomers_read_what_to_do_first(officer_client):
    first = officer_client.get("/kelola/")
    before = timezone.now() - timedelta(days=8)
    Visit.objects.update(first_at=before, seen_at=before)

    assert '<details class="panel work-steps" open>' in first.text
    assert '<details class="panel work-steps">' in officer_client.get("/kelola/").text


@pytest.mark.parametrize("number", [1, 3])
def test_query_count_does_not_grow(officer_client, region, django_assert_num_queries, number):
    with pghistory.context(user=colleague(region).pk):
        for _each in range(number):
            listing = factories.StakeholderFactory(region=region, published=True)
            factories.OfferingFactory(stakeholder=listing)
    for _each in range(number):
        factories.RegionSubsectorFactory(region=region, is_lead=True)
        factories.SuggestionFactory(region=region)
        with pghistory.context(user=colleague(region).pk):
            Stakeholder.objects.filter(region=region).update(website=f"https://x{_each}.id")

    with django_assert_num_queries(21):
        response = officer_client.get(f"/kelola/wilayah/{region.slug}/")

    assert len(response.context["bench"].to_confirm) == number
