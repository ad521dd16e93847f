from datetime import timedelta

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.invitation_forms import InvitationForm
from accounts.models import Invitation, OfficerAssignment
from history.models import Action
from tests import factories, jobs

pytestmark = pytest.mark.django_db

URL = "/kelola/petugas/"
INVITE = f"{URL}undang/"


def today(days=0):
    return timezone.localdate() + timedelta(days=days)


def typed(scope, **values):
    return {
        "name": "Wati", "email": "wati@example.id", "scope": scope, "starts_on": today(),
        "language": "id", **values,
    }  # fmt: skip


def named(place):
    return f"{place._meta.model_name}-{place.code}"


@pytest.mark.parametrize("row_count", [1, 3])
def test_the_queries_do_not_grow(officer_client, officer, django_assert_num_queries, row_count):
    others = {"region": officer.region, "inviter": officer}
    factories.InvitationFactory.create_batch(row_count, **others)
    factories.OfficerAssignmentFactory.create_batch(row_count, region=officer.region)

    with django_assert_num_queries(10):
        response = officer_client.get(URL)

    assert len(response.context["page"]) == row_count + 1


def test_an_officer_sees_who_looks_after_the_own_regions_and_no_address(officer_client, officer):
    deputy = factories.OfficerAssignmentFactory(region=officer.region)
    above = factories.OfficerAssignmentFactory(region=None, province=officer.region.province)
    factories.OfficerAssignmentFactory()
    factories.OfficerAssignmentFactory(
        region=officer.region, starts_on=today(-9), ends_on=today(-1)
    )
    mine = factories.InvitationFactory(region=officer.region, inviter=officer)
    colleagues = factories.InvitationFactory(region=officer.region)
    factories.InvitationFactory()

    response = officer_client.get(URL)
    page = response.content.decode()

    shown = {each.user for each in response.context["page"]}
    assert shown == {officer, deputy.user, above.user}
    assert set(response.context["invitations"]) == {mine, colleagues}
    assert mine.email in page
    assert [person.email in page for person in [deputy.user, above.user, colleagues]] == [
        False,
        False,
        False,
    ]


def test_it_is_narrowed_to_one_region_of_the_scope(officer_client, officer):
    other = factories.OfficerAssignmentFactory(user=officer)
    above = factories.OfficerAssignmentFactory(region=None, province=other.region.province)
    here, there = (
        factories.InvitationFactory(region=region) for region in (other.region, officer.region)
    )
    elsewhere = factories.OfficerAssignmentFactory().region

    response = officer_client.get(f"{URL}?wilayah={other.region.slug}")
    assert set(response.context["page"]) == {other, above}
    assert list(response.context["invitations"]) == [here]
    response = officer_client.get(f"{URL}?wilayah={elsewhere.slug}")
    assert set(response.context["invitations"]) == {here, there}


@pytest.mark.parametrize("address", [URL, INVITE])
def test_others_stay_outside(client, address):
    assert client.get(address).status_code == 302
    client.force_login(factories.UserFactory())
    assert client.get(address).status_code == 403


def choices_of(user):
    return set(InvitationForm(user=user).scopes.values())


def test_the_choices_are_the_own_scope(officer, staff):
    sister = factories.RegionFactory(province=officer.region.province)
    stranger = factories.RegionFactory()
    assert choices_of(officer) == {officer.region}

    province = factories.OfficerAssignmentFactory(region=None, province=sister.province).user
    assert choices_of(province) == {sister.province, sister, officer.region}
    assert choices_of(staff) >= {stranger, stranger.province, sister}

    OfficerAssignment.objects.update(ends_on=today(-1), starts_on=today(-9))
    assert choices_of(officer) == set()


@pytest.fixture
def strangers(officer):
    return [factories.RegionFactory(), officer.region.province, factories.ProvinceFactory()]


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_no_forged_scope_passes(officer, strangers, data):
    forged = data.draw(
        st.one_of(
            st.sampled_from([named(place) for place in strangers]),
            st.sampled_from([str(place.pk) for place in [officer.region, *strangers]]),
            st.text(max_size=20),
        )
    )
    form = InvitationForm(typed(forged), user=officer)

    assert form.is_valid() is (forged == named(officer.region))


@pytest.mark.parametrize(
    ("own_end", "values", "wrong"),
    [
        (None, {}, None),
        (None, {"ends_on": today(999)}, None),
        (9, {"ends_on": today(9)}, None),
        (9, {"ends_on": today(10)}, "ends_on"),
        (9, {}, "ends_on"),
        (None, {"ends_on": today(-1)}, "ends_on"),
        (None, {"starts_on": today(-1)}, "starts_on"),
        (None, {"language": "xx"}, "language"),
        (None, {"email": "bukan surel"}, "email"),
    ],
)
def test_a_deputy_stays_no_longer_than_the_officer(officer, own_end, values, wrong):
    officer.officer_assignments.update(ends_on=own_end and today(own_end))

    form = InvitationForm(typed(named(officer.region), **values), user=officer)

    assert list(form.errors) == ([wrong] if wrong else [])


def test_nobody_is_invited_twice_nor_who_is_there_already(officer_client, officer):
    scope = named(officer.region)
    deputy = factories.OfficerAssignmentFactory(region=officer.region).user

    assert officer_client.post(INVITE, typed(scope)).status_code == 302
    for email in ["WATI@example.id", deputy.email]:
        response = officer_client.post(INVITE, typed(scope, email=email))
        assert list(response.context["form"].errors) == ["email"]

    Invitation.objects.update(expires_at=timezone.now())
    assert officer_client.post(INVITE, typed(scope)).status_code == 302
    assert Invitation.objects.open().count() == 1


def test_an_officer_does_not_flood_mailboxes(officer_client, officer):
    factories.InvitationFactory.create_batch(20, inviter=officer, region=officer.region)

    response = officer_client.post(INVITE, typed(named(officer.region)))

    assert response.context["form"].non_field_errors()


def test_staff_invite_to_a_province(staff_client, staff):
    province = factories.ProvinceFactory()

    staff_client.post(INVITE, typed(named(province)))

    invitation = Invitation.objects.get()
    assert (invitation.province, invitation.region, invitation.inviter) == (province, None, staff)


def test_an_invitation_is_sent_again_but_not_for_ever(officer_client, officer, queue):
    invitation = factories.InvitationFactory(region=officer.region, expires_at=timezone.now())
    address = f"{URL}undangan/{invitation.pk}/kirim-ulang/"

    for _press in range(9):
        officer_client.post(address)
    invitation.refresh_from_db()
    assert (invitation.asked_times, invitation.is_valid) == (2, True)  # a double click is one

    for _day in range(9):
        Invitation.objects.update(asked_at=timezone.now() - timedelta(days=1))
        officer_client.post(address)
    invitation.refresh_from_db()
    assert invitation.asked_times == 5
    assert jobs.waiting() == [("send_invitation", 0)]


def test_a_withdrawn_invitation_is_over(officer_client, officer):
    invitation = factories.InvitationFactory(region=officer.region)
    address = f"{URL}undangan/{invitation.pk}/"

    officer_client.post(f"{address}tarik/")
    officer_client.post(f"{address}kirim-ulang/")

    invitation.refresh_from_db()
    assert invitation.withdrawn_at
    assert invitation.asked_times == 1
    assert [each.action for each in Action.objects.all()] == ["invitation_withdrawn"]


@pytest.mark.parametrize("act", ["tarik", "kirim-ulang"])
def test_invitations_elsewhere_are_not_found(officer_client, act):
    invitation = factories.InvitationFactory()

    assert officer_client.get(f"{URL}undangan/{invitation.pk}/{act}/").status_code == 405
    assert officer_client.post(f"{URL}undangan/{invitation.pk}/{act}/").status_code == 404


def test_an_officer_ends_the_term_of_the_own_deputy_alone(officer_client, officer):
    began = {"region": officer.region, "starts_on": today(-9)}
    deputy = factories.OfficerAssignmentFactory(**began, invited_by=officer)
    colleague = factories.OfficerAssignmentFactory(**began)
    stranger = factories.OfficerAssignmentFactory(invited_by=officer)
    addresses = [f"{URL}{each.pk}/akhiri/" for each in [deputy, colleague, stranger]]

    assert officer_client.get(addresses[0]).status_code == 200
    assert [officer_client.post(each).status_code for each in addresses] == [302, 403, 404]

    assert not deputy.user.editable_regions().exists()
    assert colleague.user.editable_regions().exists()


def test_staff_end_any_term_also_one_that_began_today(staff_client):
    assignment = factories.OfficerAssignmentFactory()

    assert staff_client.post(f"{URL}{assignment.pk}/akhiri/").status_code == 302

    assert not OfficerAssignment.objects.exists()


def test_handing_over_invites_a_successor_and_sets_the_last_day(officer_client, officer):
    own = officer.officer_assignments.get()
    address = f"{URL}{own.pk}/serah-terima/"
    answers = typed("", last_day=today(30), starts_on=today(7))

    assert officer_client.get(address).status_code == 200
    assert officer_client.post(address, answers).status_code == 302

    own.refresh_from_db()
    invitation = Invitation.objects.get()
    assert own.ends_on == today(30)
    assert (invitation.region, invitation.starts_on) == (officer.region, today(7))
    assert invitation.ends_on is None


@pytest.mark.parametrize(
    ("own_end", "values", "wrong"),
    [
        (None, {"last_day": today(-1)}, "last_day"),
        (None, {"last_day": ""}, "last_day"),
        (9, {"last_day": today(10)}, "last_day"),
        (9, {"last_day": today(9), "starts_on": today(10)}, "starts_on"),
        (None, {"last_day": today(9), "email": ""}, "email"),
    ],
)
def test_one_does_not_happen_without_the_other(officer_client, officer, own_end, values, wrong):
    own = officer.officer_assignments
    own.update(ends_on=own_end and today(own_end))

    response = officer_client.post(f"{URL}{own.get().pk}/serah-terima/", typed("", **values))

    assert list(response.context["form"].errors) == [wrong]
    assert own.get().ends_on == (own_end and today(own_end))
    assert not Invitation.objects.exists()


def test_the_term_of_somebody_else_is_not_handed_over(officer_client, officer):
    other = factories.OfficerAssignmentFactory(region=officer.region)

    assert officer_client.get(f"{URL}{other.pk}/serah-terima/").status_code == 404
