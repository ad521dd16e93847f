import pghistory
import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.utils import translation
from pghistory.models import Context

from accounts.models import OfficerAssignment
from stakeholders.models import Offering, Stakeholder
from tests import factories

pytestmark = pytest.mark.django_db

CHANGES = "/admin/history/change/"
UNKNOWN = "/admin/history/change/unknown/"


def changing(change, *args, by=None, **kwargs):
    """Do something as one change and return its key."""
    author = {"user": by.pk} if by else {"command": "load_things"}
    with pghistory.context(**author) as context:
        change(*args, **kwargs)
    return str(context.id)


def history_of(row):
    return f"/admin/{row._meta.app_label}/{row._meta.model_name}/{row.pk}/history/"


def page_of(key):
    return f"{CHANGES}{key}/change/"


def listed(response):
    """Return what the page lists, in the language of the code; the page's own is Indonesian."""
    with translation.override("en"):
        return [
            (change.author, change.kind, change.name, [tuple(map(str, f)) for f in change.fields])
            for change in response.context["row_changes"]
        ]


def keys(response):
    return [str(change.pk) for change in response.context["cl"].result_list]


# The history of a row


def test_it_tells_before_and_after_in_words(staff_client, staff):
    listing = factories.StakeholderFactory(name="Laras")
    malang = factories.RegionFactory(name="Kota Malang")
    changing(Stakeholder.objects.update, status="archived", region=malang.pk, by=staff)

    (newest, *_older) = listed(staff_client.get(history_of(listing)))

    assert newest == (
        staff.name,
        "update",
        "Laras",
        [
            ("region", listing.region.name, "Kota Malang"),
            ("status", "Draft", "Archived"),
        ],
    )


def test_it_tells_of_links_and_parts(staff_client):
    kriya = factories.SubsectorFactory(name_id="Kriya", name_en="Crafts")
    listing = factories.StakeholderFactory(name="Laras")
    changing(listing.subsectors.add, kriya)
    category = factories.OfferingCategoryFactory(name_id="Dana", name_en="Funding")
    changing(factories.OfferingFactory, stakeholder=listing, category=category)
    changing(listing.subsectors.clear)

    rows = listed(staff_client.get(history_of(listing)))

    links = [fields for _author, kind, name, fields in rows if (kind, name) == ("update", "Laras")]
    assert sorted(links) == [
        [("subsectors", "–", "+ Crafts")],
        [("subsectors", "− Crafts", "–")],
    ]
    assert [name for _author, _kind, name, _f in rows if name != "Laras"] == [
        "Needs: Funding · Laras"
    ]


def test_it_leaves_out_what_only_refers_to_the_row(staff_client):
    region = factories.RegionFactory()
    recognition = factories.RecognitionFactory(region=region)
    factories.StakeholderFactory(region=region)

    response = staff_client.get(history_of(region))

    rows = {(type(change.row), change.row.pk) for change in response.context["row_changes"]}
    assert rows == {(type(region), region.pk), (type(recognition), recognition.pk)}


def test_it_names_the_command_and_a_deleted_user(staff_client):
    leaver = factories.UserFactory()
    listing = factories.StakeholderFactory()
    changing(Stakeholder.objects.update, summary="One")
    changing(Stakeholder.objects.update, summary="Two", by=leaver)
    pk = leaver.pk
    leaver.delete()

    response = staff_client.get(history_of(listing))

    summaries = {change.after.summary: change for change in response.context["row_changes"]}
    assert summaries["One"].author == "load_things"
    assert str(pk) in summaries["Two"].author


def test_it_does_not_say_more_about_a_user_than_the_assignments(staff_client):
    user = factories.UserFactory(name="Wati", password="a-secret")
    factories.OfficerAssignmentFactory(user=user)

    response = staff_client.get(history_of(user))

    assert [change.model for change in response.context["row_changes"]] == [OfficerAssignment]
    assert user.password not in response.content.decode()


def test_it_comes_in_pages(staff_client):
    listing = factories.StakeholderFactory()
    for number in range(30):
        Stakeholder.objects.update(summary=f"Summary {number}")

    first = staff_client.get(history_of(listing))
    last = staff_client.get(history_of(listing), {"p": "2"})
    beyond = staff_client.get(history_of(listing), {"p": "abc"})

    counts = [len(page.context["row_changes"]) for page in (first, last, beyond)]
    assert counts == [25, 6, 25]


@pytest.mark.parametrize("change_count", [1, 3])
def test_its_queries_do_not_grow(staff_client, staff, django_assert_num_queries, change_count):
    listing = factories.StakeholderFactory()
    for number in range(change_count):
        kriya = factories.SubsectorFactory()
        changing(listing.subsectors.add, kriya, by=staff)
        changing(Stakeholder.objects.update, summary=f"Summary {number}", by=staff)

    with django_assert_num_queries(20):
        response = staff_client.get(history_of(listing))

    assert len(response.context["row_changes"]) == 2 * change_count + 1


def test_a_row_that_does_not_exist_has_no_history(staff_client):
    response = staff_client.get("/admin/stakeholders/stakeholder/0/history/")

    assert response.status_code == 302
    assert response.url == "/admin/"


# Recent changes


@pytest.mark.parametrize("change_count", [1, 3])
def test_recent_changes_do_not_query_by_row(
    staff_client, staff, django_assert_num_queries, change_count
):
    region, kind = factories.RegionFactory(), factories.OrganizationTypeFactory()
    for _number in range(change_count):
        changing(factories.StakeholderFactory, region=region, organization_type=kind, by=staff)

    with django_assert_num_queries(19):
        response = staff_client.get(CHANGES)

    assert response.context["cl"].result_count == change_count


def test_a_change_is_summed_up(staff_client):
    factories.StakeholderFactory.create_batch(3)
    changing(Stakeholder.objects.update, status="archived")

    (change,) = staff_client.get(CHANGES).context["cl"].result_list

    ((example, more),) = change.summary
    assert (change.author, example.kind, more) == ("load_things", "update", 2)


def test_changes_are_filtered(staff_client, staff):
    listing = factories.StakeholderFactory()
    kriya = factories.SubsectorFactory()
    linked = changing(listing.subsectors.add, kriya, by=staff)
    renamed = changing(type(kriya).objects.update, name_id="Kriya")
    deleted = changing(Stakeholder.objects.all().delete, by=staff)

    def found(**filters):
        return set(keys(staff_client.get(CHANGES, filters)))

    assert found() == {linked, renamed, deleted}
    assert found(model="stakeholders.Stakeholder") == {linked, deleted}
    assert found(model="regions.Subsector") == {renamed}
    assert found(kind="delete") == {deleted}
    assert found(kind="delete", model="regions.Subsector") == set()
    assert found(user=staff.pk) == {linked, deleted}
    assert found(user="commands") == {renamed}
    assert found(user="nonsense") == {linked, renamed, deleted}
    assert found(user="9" * 5000) == {linked, renamed, deleted}


def test_changes_by_an_unknown_hand_are_listed_and_undone(client, superuser):
    region = factories.RegionFactory()
    client.force_login(superuser)

    found = {change.row: change.key for change in client.get(UNKNOWN).context["row_changes"]}
    address = f"{CHANGES}{found[region].replace(':', '_3A')}/change/"

    assert set(found) == {region, region.province}
    assert address in client.get(UNKNOWN).content.decode()
    assert client.post(address).status_code == 302
    assert not type(region).objects.filter(pk=region.pk).exists()


# One change and its undo


def test_the_page_of_a_change_shows_what_an_undo_sets_back(staff_client, staff):
    listing = factories.StakeholderFactory(name="Laras")
    key = changing(Stakeholder.objects.update, summary="New", by=staff)

    context = staff_client.get(page_of(key)).context

    (row,) = context["rows"]
    ((_label, before, after),) = row.fields
    assert (row.name, row.kind, before, after) == ("Laras", "update", "–", "New")
    assert (context["author"], context["problems"]) == (staff.name, [])
    listing.refresh_from_db()
    assert listing.summary == "New"


def test_staff_undoes_a_change_of_the_admin(staff_client, staff):
    category = factories.OfferingCategoryFactory()
    address = f"/admin/stakeholders/offeringcategory/{category.pk}"
    staff_client.post(f"{address}/delete/", {"post": "yes"})
    (change,) = Context.objects.all()
    assert change.metadata == {
        "user": staff.pk,
        "url": f"{address}/delete/",
        "hand": "staff",
        "scope": ["all"],
    }

    response = staff_client.post(page_of(change.pk))

    assert response.status_code == 302
    assert response.url == f"{address}/change/"
    assert type(category).objects.get() == category
    undoing = Context.objects.exclude(pk=change.pk).get()
    assert undoing.metadata["undo_of"] == str(change.pk)
    assert undoing.metadata["user"] == staff.pk


def test_what_stands_against_an_undo_is_said_and_no_button_shown(staff_client):
    factories.StakeholderFactory(name="Laras")
    key = changing(Stakeholder.objects.update, summary="One")
    changing(Stakeholder.objects.update, summary="Two")

    page = staff_client.get(page_of(key))
    refused = staff_client.post(page_of(key), follow=True)

    assert len(page.context["problems"]) == 1
    assert "Laras" in page.context["problems"][0]
    assert 'type="submit" value=' not in page.content.decode()
    assert [m.message for m in refused.context["messages"]] == page.context["problems"]
    assert Stakeholder.objects.get().summary == "Two"


LONG = "stakeholders.StakeholderEvent_3A" + "9" * 5000


@pytest.mark.parametrize(
    "key", ["nonsense", "00000000-0000-4000-8000-000000000000", "a.B_3A1", LONG]
)
def test_there_is_no_page_of_nothing(staff_client, key):
    assert staff_client.get(page_of(key)).status_code == 404


@pytest.mark.parametrize(
    ("who", "seen", "undone"), [("visitor", 302, 302), ("officer", 302, 302), ("reader", 200, 403)]
)
def test_only_who_may_undo_does(client, who, seen, undone):
    factories.StakeholderFactory()
    key = changing(Stakeholder.objects.update, summary="New")
    if who == "officer":
        client.force_login(factories.OfficerAssignmentFactory().user)
    if who == "reader":
        reader = factories.UserFactory(is_staff=True)
        rights = ["view_change", "change_stakeholder"]
        reader.user_permissions.set(Permission.objects.filter(codename__in=rights))
        client.force_login(reader)

    assert client.get(page_of(key)).status_code == seen
    assert client.post(page_of(key)).status_code == undone
    assert Stakeholder.objects.get().summary == "New"


def test_without_the_right_to_see_the_history_there_is_none(client):
    listing = factories.StakeholderFactory()
    user = factories.UserFactory(is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename="change_stakeholder"))
    client.force_login(user)

    pages = [history_of(listing), CHANGES, UNKNOWN, page_of("nonsense")]

    assert [client.get(page).status_code for page in pages] == [403, 403, 403, 403]


@pytest.fixture
def curator(client):
    """Sees offerings and the history, but no listings."""
    user = factories.UserFactory(is_staff=True)
    factories.grant(user, "history.view_change", "stakeholders.view_offering")
    client.force_login(user)
    return client


PRIVATE = "private@example.id"


def test_a_change_of_what_the_user_may_not_see_is_not_there(curator):
    factories.StakeholderFactory()
    key = changing(Stakeholder.objects.update, contact_email=PRIVATE)

    assert keys(curator.get(CHANGES)) == []
    assert curator.get(page_of(key)).status_code == 404
    assert PRIVATE not in curator.get(UNKNOWN).content.decode()


def test_of_a_change_only_what_the_user_may_see_is_shown(curator):
    listing = factories.StakeholderFactory(contact_email=PRIVATE)
    factories.OfferingFactory(stakeholder=listing)
    key = changing(listing.delete)

    (change,) = curator.get(CHANGES).context["cl"].result_list
    page = curator.get(page_of(key))

    assert [example.model for example, _more in change.summary] == [Offering]
    assert [row.model for row in page.context["rows"]] == [Offering]
    assert PRIVATE not in page.content.decode()


def test_the_history_of_a_row_leaves_out_parts_that_the_user_may_not_see(client):
    user = factories.UserFactory(is_staff=True)
    factories.grant(user, "history.view_change", "stakeholders.change_stakeholder")
    client.force_login(user)
    offering = factories.OfferingFactory()

    response = client.get(history_of(offering.stakeholder))

    assert [change.model for change in response.context["row_changes"]] == [Stakeholder]


def test_who_may_see_no_rows_sees_no_changes(client):
    user = factories.UserFactory(is_staff=True)
    factories.grant(user, "history.view_change")
    client.force_login(user)
    factories.OfferingFactory()

    assert keys(client.get(CHANGES)) == []
    assert client.get(UNKNOWN).context["row_changes"] == []


def test_an_undo_asks_for_the_token_of_the_form(staff):
    client = Client(enforce_csrf_checks=True)
    client.force_login(staff)
    factories.StakeholderFactory()
    key = changing(Stakeholder.objects.update, summary="New")

    assert client.post(page_of(key)).status_code == 403
    assert Stakeholder.objects.get().summary == "New"
