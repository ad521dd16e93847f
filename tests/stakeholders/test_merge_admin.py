"""Merging in the admin, and the list of likely duplicates."""

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from history.models import Action
from stakeholders.duplicates import find_duplicates
from stakeholders.models import LikelyDuplicate, Stakeholder
from tests import factories

pytestmark = pytest.mark.django_db

LISTINGS = "/admin/stakeholders/stakeholder/"
DUPLICATES = "/admin/stakeholders/likelyduplicate/"


@pytest.fixture
def pair(db):
    kind, region = factories.OrganizationTypeFactory(), factories.RegionFactory()
    same = {"organization_type": kind, "region": region, "published": True}
    return [
        factories.StakeholderFactory(name="Batik Laras", summary="Batik tulis", **same),
        factories.StakeholderFactory(name="Batik Laras Malang", summary="Kain batik", **same),
    ]


def address(kept, merged):
    return f"{LISTINGS}merge/?kept={kept.pk}&merged={merged.pk}"


def test_two_ticked_listings_lead_to_the_page(staff_client, pair):
    ticked = {"action": "merge_two", "_selected_action": [each.pk for each in pair]}

    assert staff_client.post(LISTINGS, ticked).url == address(*pair)
    ticked["_selected_action"] = [pair[0].pk]
    assert (
        "Pilih tepat dua mitra" in staff_client.post(LISTINGS, ticked, follow=True).content.decode()
    )


def test_the_page_shows_both_and_merges_as_chosen(staff_client, pair):
    kept, merged = pair
    page = staff_client.get(address(kept, merged))

    assert list(page.context["form"].fields) == ["name", "summary"]
    assert "Kain batik" in page.content.decode()
    response = staff_client.post(address(kept, merged), {"name": "kept", "summary": "merged"})

    assert response.url == f"{LISTINGS}{kept.pk}/change/"
    kept.refresh_from_db()
    assert (kept.name, kept.summary) == ("Batik Laras", "Kain batik")
    assert Stakeholder.objects.get(pk=merged.pk).merged_into == kept
    assert staff_client.get(address(kept, merged)).status_code == 404


@pytest.mark.parametrize("query", ["", "?kept=1&merged=1", "?kept=x&merged=99999999999999999999"])
def test_without_two_listings_there_is_no_page(staff_client, query):
    assert staff_client.get(f"{LISTINGS}merge/{query}").status_code == 404


def test_a_forged_choice_changes_nothing(staff_client, pair):
    response = staff_client.post(address(*pair), {"name": "kept", "summary": "x"})

    assert response.status_code == 200
    assert not Stakeholder.objects.filter(merged_into__isnull=False).exists()


def test_others_may_not_merge(client, pair):
    reader = factories.UserFactory(is_staff=True)
    factories.grant(reader, "stakeholders.view_stakeholder", "stakeholders.view_likelyduplicate")
    client.force_login(reader)

    assert client.get(address(*pair)).status_code == 403
    assert client.post(f"{DUPLICATES}look/").status_code == 403


# Likely duplicates


@pytest.mark.parametrize(
    ("one", "other", "reason"),
    [
        ({"name": "Sanggar Tari Melati"}, {"name": "Sangar Tari Melati"}, "name"),
        (
            {"website": "https://www.laras.id/"},
            {"website": "http://laras.id", "region": True},
            "website",
        ),
        ({"public_email": "Halo@laras.id"}, {"public_email": "halo@laras.id"}, "email"),
        ({"public_phone": "+62 341-123456"}, {"public_phone": "(0341) 123456"}, "phone"),
    ],
)
def test_it_finds_names_of_a_region_and_contacts_of_all(one, other, reason):
    first = factories.StakeholderFactory(**one)
    elsewhere = other.pop("region", False)
    region = factories.RegionFactory() if elsewhere else first.region
    second = factories.StakeholderFactory(region=region, **other)

    assert find_duplicates() == 1

    found = LikelyDuplicate.objects.get()
    assert (found.first, found.second, found.reason) == (first, second, reason)


def test_it_leaves_others_alone():
    first = factories.StakeholderFactory(name="Sanggar Tari Melati")
    factories.StakeholderFactory(name="Sanggar Tari Melati")  # in another region
    factories.StakeholderFactory(name="Sanggar Tari Melati", region=first.region, status="archived")
    for name in "ABCDEF":  # a shared building
        factories.StakeholderFactory(name=name, region=first.region, website="https://gedung.id")

    assert find_duplicates() == 0


def test_not_the_same_is_remembered_and_noted(staff_client, staff, pair):
    find_duplicates()
    (found,) = LikelyDuplicate.objects.all()

    staff_client.post(DUPLICATES, {"action": "dismiss", "_selected_action": [found.pk]})

    assert find_duplicates() == 0
    assert LikelyDuplicate.objects.get().dismissed_by == staff
    assert Action.objects.get().action == "not_duplicates"


@pytest.mark.parametrize("how_many", [1, 3])
def test_it_lists_the_likest_first_in_constant_queries(
    staff_client, how_many, django_assert_num_queries
):
    for number in range(how_many):
        region = factories.RegionFactory()
        for _each in range(2):
            factories.StakeholderFactory(name=f"Sanggar {number}", region=region)
    find_duplicates()

    with django_assert_num_queries(7):
        page = staff_client.get(DUPLICATES)

    assert len(page.context["cl"].result_list) == how_many


def test_staff_have_it_look_again(staff_client):
    response = staff_client.post(f"{DUPLICATES}look/")

    assert response.url == DUPLICATES
    assert ProcrastinateJob.objects.get().task_name == "stakeholders.tasks.look_for_duplicates"
