import pytest
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType

from accounts.models import OfficerAssignment, User
from tests import factories

pytestmark = pytest.mark.django_db

USERS = "/admin/accounts/user/"
ASSIGNMENTS = "/admin/accounts/officerassignment/"
NO_ASSIGNMENTS = {
    "officer_assignments-TOTAL_FORMS": "0",
    "officer_assignments-INITIAL_FORMS": "0",
}
PASSWORD = {
    "usable_password": "true",
    "password1": "batik-laras-77",
    "password2": "batik-laras-77",
}
ALL_POWER = {"is_staff": "on", "is_superuser": "on"}


def errors_of(response):
    return response.context["adminform"].form.errors


def test_the_admin_has_no_sign_in_of_its_own(client):
    """A second factor and limits are asked for in one place."""
    response = client.get("/admin/login/?next=/admin/regions/")

    assert response.url == "/akun/masuk/?next=/admin/regions/"


def test_who_is_not_staff_is_not_sent_round_in_circles(officer_client):
    assert officer_client.get("/admin/login/?next=/admin/").status_code == 403


def test_staff_invites_an_officer(client, staff):
    region = factories.RegionFactory()
    client.force_login(staff)
    assignment = {
        "officer_assignments-TOTAL_FORMS": "1",
        "officer_assignments-INITIAL_FORMS": "0",
        "officer_assignments-0-region": region.pk,
        "officer_assignments-0-starts_on": "2026-01-01",
    }

    response = client.post(
        f"{USERS}add/", {"name": "Wati", "email": "wati@example.id", **PASSWORD, **assignment}
    )

    assert response.status_code == 302
    wati = User.objects.get(email="wati@example.id")
    assert wati.check_password("batik-laras-77")
    assert list(wati.editable_regions()) == [region]


def test_an_email_in_other_letters_is_the_same(client, staff):
    factories.UserFactory(email="wati@example.id")
    client.force_login(staff)

    response = client.post(
        f"{USERS}add/",
        {"name": "Wati", "email": "WATI@example.id", **PASSWORD, **NO_ASSIGNMENTS},
    )

    assert response.status_code == 200
    assert len(errors_of(response)) == 1


def test_an_assignment_says_why_it_is_refused(client, staff):
    region = factories.RegionFactory()
    user = factories.UserFactory()
    client.force_login(staff)

    response = client.post(
        f"{ASSIGNMENTS}add/",
        {
            "user": user.pk,
            "region": region.pk,
            "province": region.province_id,
            "starts_on": "2026-02-01",
            "ends_on": "2026-01-01",
        },
    )

    messages = [c.violation_error_message for c in OfficerAssignment._meta.constraints]
    assert errors_of(response).get("__all__") == messages


def test_staff_gives_no_power_to_a_new_user(client, staff):
    client.force_login(staff)

    client.post(
        f"{USERS}add/",
        {
            "name": "Wati",
            "email": "wati@example.id",
            **PASSWORD,
            **NO_ASSIGNMENTS,
            **ALL_POWER,
            "groups": Group.objects.get().pk,
        },
    )

    wati = User.objects.get(email="wati@example.id")
    assert (wati.is_staff, wati.is_superuser, wati.groups.count()) == (False, False, 0)


@pytest.mark.parametrize("whose", ["own", "officer's"])
def test_staff_gives_no_power_to_anybody(client, staff, whose):
    account = staff if whose == "own" else factories.UserFactory()
    before = (account.is_staff, account.is_superuser, account.groups.count())
    client.force_login(staff)

    response = client.post(
        f"{USERS}{account.pk}/change/",
        {
            "name": "Renamed",
            "email": account.email,
            "is_active": "on",
            "language": "id",
            **NO_ASSIGNMENTS,
            **ALL_POWER,
            "groups": Group.objects.get().pk,
            "user_permissions": Permission.objects.first().pk,
        },
    )

    assert response.status_code == 302
    account = User.objects.get(pk=account.pk)
    assert account.name == "Renamed"
    assert (account.is_staff, account.is_superuser, account.groups.count()) == before
    assert account.user_permissions.count() == 0


@pytest.mark.parametrize("power", ["is_staff", "is_superuser"])
@pytest.mark.parametrize("address", ["change/", "password/"])
def test_staff_takes_over_no_powerful_account(client, staff, power, address):
    powerful = factories.UserFactory(**{power: True})
    client.force_login(staff)

    response = client.post(
        f"{USERS}{powerful.pk}/{address}",
        {"name": "Mine", "email": "mine@example.id", **PASSWORD, **NO_ASSIGNMENTS},
    )

    assert response.status_code == 403
    assert User.objects.get(pk=powerful.pk).email == powerful.email


def test_staff_does_not_see_the_password_of_a_superuser(client, staff, superuser):
    client.force_login(staff)

    response = client.get(f"{USERS}{superuser.pk}/change/")

    assert response.status_code == 200
    assert superuser.password not in response.content.decode()


def test_a_superuser_gives_power(client, superuser):
    account = factories.UserFactory()
    client.force_login(superuser)

    client.post(
        f"{USERS}{account.pk}/change/",
        {
            "name": account.name,
            "email": account.email,
            "is_active": "on",
            "language": "id",
            "is_staff": "on",
            "groups": Group.objects.get().pk,
            **NO_ASSIGNMENTS,
        },
    )

    account = User.objects.get(pk=account.pk)
    assert account.is_staff
    assert account.has_perm("stakeholders.publish_stakeholder")


@pytest.mark.parametrize("row_count", [1, 3])
def test_lists_do_not_query_by_row(client, staff, django_assert_num_queries, row_count):
    factories.OfficerAssignmentFactory.create_batch(row_count)
    client.force_login(staff)

    with django_assert_num_queries(8):
        users = client.get(USERS)
    with django_assert_num_queries(10):
        assignments = client.get(ASSIGNMENTS)

    assert users.context["cl"].result_count == row_count + 1
    assert assignments.context["cl"].result_count == row_count


@pytest.mark.parametrize(("value", "names"), [("yes", ["Now"]), ("no", ["Past"])])
def test_assignments_in_force_are_told_from_past_ones(client, staff, value, names):
    factories.OfficerAssignmentFactory(user__name="Now", starts_on="2020-01-01")
    factories.OfficerAssignmentFactory(
        user__name="Past", starts_on="2020-01-01", ends_on="2020-12-31"
    )
    client.force_login(staff)

    response = client.get(ASSIGNMENTS, {"active": value})

    assert [row.user.name for row in response.context["cl"].result_list] == names


@pytest.mark.parametrize("row_count", [1, 3])
def test_the_form_does_not_query_by_assignment(client, staff, django_assert_num_queries, row_count):
    user = factories.UserFactory()
    factories.OfficerAssignmentFactory.create_batch(row_count, user=user)
    client.force_login(staff)
    ContentType.objects.clear_cache()

    with django_assert_num_queries(11):
        response = client.get(f"{USERS}{user.pk}/change/")

    (inline,) = response.context["inline_admin_formsets"]
    assert len(inline.formset.initial_forms) == row_count
