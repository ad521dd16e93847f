import pytest
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.contrib.messages import get_messages
from django.utils import timezone

from stakeholders.models import Stakeholder
from tests import factories

pytestmark = [
    pytest.mark.django_db,
]

LISTINGS = "/admin/stakeholders/stakeholder/"
TYPES = "/admin/stakeholders/organizationtype/"
NO_OFFERINGS = {"offerings-TOTAL_FORMS": "0", "offerings-INITIAL_FORMS": "0"}


def act(client, action, listings):
    return client.post(LISTINGS, {"action": action, "_selected_action": [x.pk for x in listings]})


def levels(response):
    return [message.level_tag for message in get_messages(response.wsgi_request)]


def names(response):
    return [row.name for row in response.context["cl"].result_list]


@pytest.mark.parametrize("row_count", [1, 3])
@pytest.mark.parametrize(
    ("address", "factory", "query_count"),
    [
        ("/admin/stakeholders/stakeholder/", factories.StakeholderFactory, 12),
        ("/admin/stakeholders/offering/", factories.OfferingFactory, 11),
        ("/admin/stakeholders/organizationtype/", factories.OrganizationTypeFactory, 7),
        ("/admin/stakeholders/offeringcategory/", factories.OfferingCategoryFactory, 7),
    ],
)
def test_lists_do_not_query_by_row(
    staff_client, django_assert_num_queries, address, factory, query_count, row_count
):
    factory.create_batch(row_count)

    with django_assert_num_queries(query_count):
        response = staff_client.get(address)

    assert response.context["cl"].result_count == row_count


@pytest.mark.parametrize("words", ["batik", "BLS", "Pekalongan"])
def test_a_listing_is_found(staff_client, words):
    factories.StakeholderFactory(
        name="Batik Laras", aliases=["BLS"], region__short_name="Pekalongan"
    )
    factories.StakeholderFactory()

    assert names(staff_client.get(LISTINGS, {"q": words})) == ["Batik Laras"]


@pytest.mark.parametrize(
    ("freshness", "expected"),
    [
        ("fresh", ["Fresh"]),
        ("due", ["Due"]),
        ("stale", ["Stale"]),
        ("unverified", ["Never"]),
        ("nonsense", ["Due", "Fresh", "Never", "Stale"]),
    ],
)
def test_listings_are_filtered_by_freshness(staff_client, freshness, expected):
    for name, days in {"Fresh": 1, "Due": 160, "Stale": 181}.items():
        confirmed = timezone.now() - timezone.timedelta(days=days)
        factories.StakeholderFactory(name=name, verified_at=confirmed)
    factories.StakeholderFactory(name="Never")

    assert names(staff_client.get(LISTINGS, {"freshness": freshness})) == expected


def test_listings_are_filtered_by_subsector_once_each(staff_client):
    kriya, musik = factories.SubsectorFactory.create_batch(2)
    factories.StakeholderFactory(name="Both", subsectors=[kriya, musik])
    factories.StakeholderFactory(name="None")

    response = staff_client.get(LISTINGS, {"subsectors__id__exact": kriya.pk})

    assert names(response) == ["Both"]


def test_confirm_notes_who_and_when_and_skips_archived_ones(staff_client, staff):
    listing = factories.StakeholderFactory(published=True)
    archived = factories.StakeholderFactory(status="archived")

    response = act(staff_client, "confirm", [listing, archived])

    assert levels(response) == ["success", "warning"]
    listing.refresh_from_db()
    archived.refresh_from_db()
    assert (listing.verified_by, listing.freshness) == (staff, "fresh")
    assert archived.verified_at is None


def test_publish_keeps_the_first_date_and_skips_merged_ones(staff_client):
    first = timezone.now() - timezone.timedelta(days=9)
    archived = factories.StakeholderFactory(status="archived", published_at=first)
    draft = factories.StakeholderFactory()
    merged = factories.StakeholderFactory(status="archived", merged_into=draft)

    response = act(staff_client, "publish", [archived, draft, merged])

    assert levels(response) == ["success", "warning"]
    published = Stakeholder.objects.published()
    assert set(published) == {archived, draft}
    assert published.get(pk=archived.pk).published_at == first


def test_archive_skips_archived_ones(staff_client):
    listing = factories.StakeholderFactory(published=True)
    archived = factories.StakeholderFactory(status="archived")

    assert levels(act(staff_client, "archive", [listing, archived])) == ["success", "warning"]
    assert Stakeholder.objects.filter(status="archived").count() == 2


def test_an_action_on_nothing_that_fits_only_warns(staff_client):
    archived = factories.StakeholderFactory(status="archived")

    assert levels(act(staff_client, "archive", [archived])) == ["warning"]


@pytest.mark.parametrize("right", ["confirm", "publish", "archive"])
def test_each_action_has_its_own_right(client, right):
    listing = factories.StakeholderFactory()
    user = factories.UserFactory(is_staff=True)
    rights = ["view_stakeholder", "change_stakeholder", f"{right}_stakeholder"]
    user.user_permissions.set(Permission.objects.filter(codename__in=rights))
    client.force_login(user)

    offered = client.get(LISTINGS).context["action_form"].fields["action"].choices
    for action in {"confirm", "publish", "archive"} - {right}:
        act(client, action, [listing])

    assert [value for value, _label in offered if value] == [right]
    listing.refresh_from_db()
    assert (listing.status, listing.verified_at) == ("draft", None)


def listing_data(**values):
    region = factories.RegionFactory()
    kind = factories.OrganizationTypeFactory(role="media")
    return {
        "name": "Radio Laras",
        "slug": "radio-laras",
        "role": "media",
        "organization_type": kind.pk,
        "region": region.pk,
        "rhythm_days": "180",
        "status": "draft",
        **NO_OFFERINGS,
        **values,
    }


def test_staff_adds_a_public_listing_with_an_offering(staff_client):
    kriya = factories.SubsectorFactory()
    category = factories.OfferingCategoryFactory()
    data = listing_data(
        status="published",
        subsectors=[kriya.pk],
        contact_email="private@example.id",
        **{
            "offerings-TOTAL_FORMS": "1",
            "offerings-0-direction": "offer",
            "offerings-0-category": category.pk,
            "offerings-0-reach": "nation",
        },
    )

    response = staff_client.post(f"{LISTINGS}add/", data)

    assert response.status_code == 302
    listing = Stakeholder.objects.published().get()
    assert listing.contact_email == "private@example.id"
    assert list(listing.subsectors.all()) == [kriya]
    assert listing.offerings.get().category == category


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"role": "academia"}, "organization_type"),
        ({"slug": "usul"}, "__all__"),
        ({"latitude": "52", "longitude": "13"}, "__all__"),
        ({"rhythm_days": "5"}, "rhythm_days"),
        ({"social_links": "no address"}, "social_links"),
    ],
)
def test_a_wrong_listing_is_refused_in_words(staff_client, wrong, field):
    response = staff_client.post(f"{LISTINGS}add/", listing_data(**wrong))

    assert response.status_code == 200
    assert list(response.context["adminform"].form.errors) == [field]


def test_without_the_rights_the_status_is_no_field(client):
    listing = factories.StakeholderFactory()
    user = factories.UserFactory(is_staff=True)
    rights = ["view_stakeholder", "change_stakeholder", "publish_stakeholder"]
    user.user_permissions.set(Permission.objects.filter(codename__in=rights))
    client.force_login(user)

    form = client.get(f"{LISTINGS}{listing.pk}/change/").context["adminform"].form

    assert "status" not in form.fields


@pytest.mark.parametrize(("listing_count", "is_field"), [(0, True), (1, False)])
def test_the_role_of_a_type_in_use_is_fixed(staff_client, listing_count, is_field):
    kind = factories.OrganizationTypeFactory()
    factories.StakeholderFactory.create_batch(listing_count, organization_type=kind)

    form = staff_client.get(f"{TYPES}{kind.pk}/change/").context["adminform"].form

    assert ("role" in form.fields) is is_field


@pytest.mark.parametrize("row_count", [1, 3])
def test_the_form_does_not_query_by_offering(staff_client, django_assert_num_queries, row_count):
    listing = factories.StakeholderFactory()
    kriya, musik = factories.SubsectorFactory.create_batch(2)
    for offering in factories.OfferingFactory.create_batch(row_count, stakeholder=listing):
        offering.subsectors.set([kriya, musik])
    ContentType.objects.clear_cache()

    with django_assert_num_queries(13):
        page = staff_client.get(f"{LISTINGS}{listing.pk}/change/").content.decode()

    assert page.count(f'<option value="{kriya.pk}" selected>{kriya}</option>') == row_count


def test_a_category_just_chosen_is_named_in_a_form_with_errors(staff_client):
    chosen, before = factories.OfferingCategoryFactory.create_batch(2)
    offering = factories.OfferingFactory(category=before)
    listing = offering.stakeholder
    data = {
        "offerings-TOTAL_FORMS": "1",
        "offerings-INITIAL_FORMS": "1",
        "offerings-0-id": offering.pk,
        "offerings-0-category": chosen.pk,
    }

    response = staff_client.post(f"{LISTINGS}{listing.pk}/change/", data)

    assert response.status_code == 200
    assert f'<option value="{chosen.pk}" selected>{chosen}</option>' in response.content.decode()
