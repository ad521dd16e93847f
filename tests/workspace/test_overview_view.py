from datetime import timedelta

import pytest
from django.utils import timezone

from stakeholders.models import VainSearch
from tests import factories

pytestmark = pytest.mark.django_db

URL = "/kelola/"


@pytest.fixture
def many(client):
    """An officer of a province with several regions, signed in."""
    province = factories.ProvinceFactory(short_name="Jawa Tengah")
    regions = factories.RegionFactory.create_batch(3, province=province)
    factories.OfficerAssignmentFactory(region=None, province=province, user__name="Provinsi")
    user = province.officer_assignments.get().user
    user.regions = regions
    client.force_login(user)
    return user


def confirmed(days, **fields):
    moment = timezone.now() - timedelta(days=days)
    return factories.StakeholderFactory(published=True, verified_at=moment, **fields)


def test_visitors_are_asked_to_sign_in(client):
    assert client.get(URL).status_code == 302


def test_who_looks_after_nothing_stays_outside(client):
    client.force_login(factories.UserFactory())

    assert client.get(URL).status_code == 403


def test_an_officer_of_one_region_sees_it_at_once(officer_client, officer):
    factories.RegionFactory()

    response = officer_client.get(URL)

    assert response.context["region"] == officer.region
    assert "Semua terkonfirmasi. Terima kasih!" in response.text


def test_several_regions_stand_in_a_table_the_most_urgent_first(client, many):
    confirmed(400, region=many.regions[1])
    confirmed(170, region=many.regions[2])
    confirmed(170, region=many.regions[2])
    factories.RegionFactory()

    overview = client.get(URL).context["overview"]

    assert [state.region for state in overview.found] == [
        many.regions[2],
        many.regions[1],
        many.regions[0],
    ]
    assert [(each.number, str(each.matter.label)) for each in overview.totals] == [
        (1, "Kedaluwarsa"),
        (2, "Perlu dikonfirmasi"),
    ]


def test_the_table_can_be_searched_and_sorted(client, many):
    factories.StakeholderFactory(region=many.regions[1], published=True)
    name = many.regions[2].short_name

    found = client.get(URL, {"q": f"{name.upper()} jawa"}).context["overview"].found
    sorted_ = client.get(URL, {"urut": "mitra"}).context["overview"].found

    assert [state.region for state in found] == [many.regions[2]]
    assert sorted_[0].region == many.regions[1]


@pytest.mark.parametrize("query", ["urut=zzz", "petugas=zzz", "q=%00", "halaman=zzz"])
def test_what_is_not_understood_is_left_out(client, many, query):
    response = client.get(f"{URL}?{query}")

    assert len(response.context["overview"].found) == 3


def test_staff_find_the_regions_that_nobody_looks_after(staff_client, officer):
    lonely = factories.RegionFactory()
    ended = factories.OfficerAssignmentFactory(
        starts_on=timezone.localdate() - timedelta(days=9),
        ends_on=timezone.localdate() - timedelta(days=1),
    )

    overview = staff_client.get(URL, {"petugas": "tidak"}).context["overview"]

    assert {state.region for state in overview.found} == {lonely, ended.region}
    assert overview.without_officer == 2


def test_each_number_leads_to_where_it_is_dealt_with(client, many):
    region = many.regions[0]
    confirmed(400, region=region)
    factories.StakeholderFactory(region=region)

    waiting = client.get(URL).context["overview"].found[0].waiting

    assert [(str(each.words), each.address) for each in waiting] == [
        ("mitra kedaluwarsa", f"/kelola/mitra/?wilayah={region.slug}&kesegaran=stale"),
        ("draf belum terbit", f"/kelola/mitra/?wilayah={region.slug}&status=draft"),
    ]


def test_people_who_wait_come_before_what_is_old(client, many):
    region = many.regions[0]
    listing = confirmed(400, region=region)
    factories.SuggestionFactory(region=region)
    listing.changes.create(content={"name": "Baru"})
    listing.changes.create(content={"name": "Lain"}, author=many)  # which somebody else decides
    factories.StewardInvitationFactory(stakeholder=listing, claim=True)
    factories.StewardInvitationFactory(stakeholder=listing)
    factories.InquiryFactory(stakeholder=listing, late=True)
    factories.InquiryFactory(stakeholder=listing)

    totals = client.get(URL).context["overview"].totals

    wanted = ["inquiry", "proposal", "claim", "review", "stale", "steward"]
    assert [(each.matter.name, each.number) for each in totals] == [(name, 1) for name in wanted]


@pytest.mark.parametrize("number", [1, 3])
def test_query_count_does_not_grow(client, django_assert_num_queries, number):
    province = factories.ProvinceFactory()
    regions = factories.RegionFactory.create_batch(number + 1, province=province)
    user = factories.OfficerAssignmentFactory(region=None, province=province).user
    for region in regions:
        confirmed(400, region=region)
        factories.SuggestionFactory(region=region)
        lead = factories.RegionSubsectorFactory(region=region, is_lead=True)
        VainSearch.objects.create(
            day=timezone.localdate(), words="x", other_words=0, region=region, searches=2
        )
        assert lead
    client.force_login(user)

    # session, user, rights (2), assignment, one or many, regions, matters, officers, gaps (2),
    # lists, completeness
    with django_assert_num_queries(13):
        response = client.get(URL)

    assert len(response.context["overview"].page) == number + 1


@pytest.mark.parametrize("address", ["ajakan/?semua=1&", "pengelola/?", "tinjauan/?"])
def test_the_lists_behind_the_numbers_are_narrowed_to_a_region(client, many, address):
    mine, other = (factories.StakeholderFactory(region=region) for region in many.regions[:2])
    foreign = factories.StakeholderFactory()
    for listing in (mine, other, foreign):
        factories.InquiryFactory(stakeholder=listing, late=True)
        factories.StewardInvitationFactory(stakeholder=listing)
        listing.changes.create(content={"name": listing.name})

    pages = [
        client.get(f"{URL}{address}wilayah={slug}").text
        for slug in (mine.region.slug, foreign.region.slug)
    ]

    assert [[each.name in page for each in (mine, other, foreign)] for page in pages] == [
        [True, False, False],
        [True, True, False],
    ]
