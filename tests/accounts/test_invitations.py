import logging
from datetime import timedelta

import pytest
from django.utils import timezone

from accounts import tasks
from accounts.actions import invite
from accounts.models import Invitation, OfficerAssignment, User
from history.models import Action
from tests import factories, jobs
from tests.mail_server import BAD, text
from tests.refusals import refused_by

pytestmark = pytest.mark.django_db

INVITE = "/kelola/petugas/undang/"
ACCOUNT = {"nama": " Wati  Baru ", "sandi": "tenun-songket-9"}


def today(days=0):
    return timezone.localdate() + timedelta(days=days)


def typed(region, **values):
    return {
        "name": "Wati",
        "email": "Wati@Example.id",
        "scope": f"region-{region.code}",
        "starts_on": today(),
        "language": "id",
        **values,
    }


def link_in(mail):
    (link,) = [line for line in text(mail).splitlines() if "/undangan/" in line]
    return link.removeprefix("http://localhost:8000")


def test_from_the_invitation_to_the_workspace(
    client, officer_client, officer, queue, mail_server, caplog
):
    caplog.set_level(logging.DEBUG)
    mail_server.stop()
    officer_client.post(INVITE, typed(officer.region, ends_on=today(90)))
    jobs.work()
    assert jobs.waiting() == [("send_invitation", 1)]  # a dead server loses nothing
    mail_server.start()
    jobs.let_time_pass()
    jobs.work()
    (mail,) = mail_server.taken
    link = link_in(mail)
    guest = type(client)()

    assert guest.get(link).status_code == 200
    assert Invitation.objects.get().accepted_at is None
    assert guest.post(link, ACCOUNT).url == "/kelola/"

    wati = User.objects.get(email="wati@example.id")
    term = wati.officer_assignments.get()
    assert (wati.name, mail["To"]) == ("Wati Baru", "wati@example.id")
    assert (term.region, term.ends_on, term.invited_by) == (officer.region, today(90), officer)
    assert guest.get("/kelola/").status_code == 200
    assert [each.action for each in Action.objects.order_by("pk")] == [
        "invitation",
        "invitation_accepted",
    ]
    assert "wati@example.id" not in caplog.text.lower()
    assert "/undangan/" not in caplog.text
    assert type(client)().post(link, ACCOUNT).status_code == 410


def test_a_job_that_got_lost_is_made_anew(queue, mail_server):
    owed = factories.InvitationFactory()
    factories.InvitationFactory(sent_at=timezone.now() + timedelta(seconds=1))
    factories.InvitationFactory(withdrawn_at=timezone.now())

    tasks.queue_invitations(timestamp=0)
    tasks.queue_invitations(timestamp=0)
    jobs.work()
    tasks.queue_invitations(timestamp=0)

    assert mail_server.receivers == [owed.email]
    assert jobs.waiting() == []


def test_an_address_that_is_refused_shows(officer_client, officer, queue, mail_server):
    officer_client.post(INVITE, typed(officer.region, email=BAD))
    jobs.work()

    assert Invitation.objects.get().refused_at
    assert "menolak alamat ini" in officer_client.get("/kelola/petugas/").content.decode()


def test_an_account_that_exists_signs_in_and_accepts(client):
    user = factories.UserFactory(email="Wati@Example.id")
    invitation = factories.InvitationFactory(email="wati@example.id")
    link = invitation.get_absolute_url()

    assert f"/akun/masuk/?next={link}" in client.get(link).content.decode()
    assert client.post(link, ACCOUNT).status_code == 200
    client.force_login(user)
    assert client.get(link).status_code == 200
    assert not user.officer_assignments.exists()

    assert client.post(link).url == "/kelola/"
    assert user.officer_assignments.get().region == invitation.region
    assert client.post(link).status_code == 410


def test_somebody_else_who_is_signed_in_cannot_accept(officer_client, officer):
    factories.UserFactory(email="wati@example.id")
    invitation = factories.InvitationFactory(email="wati@example.id")

    page = officer_client.post(invitation.get_absolute_url()).content.decode()

    assert "Keluar dulu" in page
    assert OfficerAssignment.objects.get().user == officer


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ({"expires_at": timezone.now() - timedelta(seconds=1)}, "lebih dari 14 hari"),
        ({"withdrawn_at": timezone.now()}, "ditarik"),
        ({"accepted_at": timezone.now()}, "sudah diterima"),
    ],
)
def test_what_has_ended_says_what_to_do(client, values, says):
    invitation = factories.InvitationFactory(**values)

    response = client.post(invitation.get_absolute_url(), ACCOUNT)

    assert response.status_code == 410
    assert says in response.content.decode()
    assert not OfficerAssignment.objects.exists()


@pytest.mark.parametrize("token", ["x", "MQ.x", "1"])
def test_a_link_that_is_not_ours_is_refused(client, token):
    factories.InvitationFactory()

    assert client.get(f"/akun/undangan/{token}/").status_code == 410


@pytest.mark.parametrize("password", ["12345678", "password", "wati@example.id", "x", ""])
def test_a_weak_password_is_refused(client, password):
    invitation = factories.InvitationFactory(email="wati@example.id")

    response = client.post(invitation.get_absolute_url(), {"nama": "Wati", "sandi": password})

    assert response.context["form"].errors.keys() == {"sandi"}
    assert not OfficerAssignment.objects.exists()


def test_a_term_that_begins_later_gives_nothing_yet(client):
    invitation = factories.InvitationFactory(starts_on=today(3))

    assert client.post(invitation.get_absolute_url(), ACCOUNT).url == "/akun/"
    assert client.get("/kelola/").status_code == 403


def test_what_ended_long_ago_is_deleted():
    old = timezone.now() - timedelta(days=91)
    factories.InvitationFactory(accepted_at=old)
    factories.InvitationFactory(withdrawn_at=old)
    factories.InvitationFactory(expires_at=old)
    kept = factories.InvitationFactory(accepted_at=timezone.now())

    tasks.forget(timestamp=0)

    assert list(Invitation.objects.all()) == [kept]


@pytest.mark.parametrize(
    ("constraint", "values"),
    [
        ("invitation_email_case", {"email": "Wati@example.id"}),
        ("invitation_to_region_or_province", {"region": None}),
        ("invitation_ends_after_start", {"ends_on": today(-1)}),
        (
            "invitation_ends_once",
            {"accepted_at": timezone.now(), "withdrawn_at": timezone.now()},
        ),
    ],
)
def test_the_database_refuses(constraint, values):
    with refused_by(constraint):
        factories.InvitationFactory(**values)


def test_one_invitation_is_open_to_an_address_and_a_scope():
    first = factories.InvitationFactory()

    with refused_by("invitation_open_once"):
        factories.InvitationFactory(email=first.email, region=first.region)


def test_the_second_half_of_a_double_click_does_no_harm():
    first = factories.InvitationFactory()
    again = factories.InvitationFactory.build(
        email=first.email, region=first.region, inviter=first.inviter
    )

    invite(invitation=again)

    assert Invitation.objects.get() == first


def test_locked_out_officers_begin_anew_through_staff(staff_client, staff, superuser, queue):
    officer = factories.OfficerAssignmentFactory().user
    for user in [officer, superuser, staff]:
        user.authenticator_set.create(type="totp", data={})

    staff_client.post(
        "/admin/accounts/user/",
        {"action": "reset_second_factor", "_selected_action": [officer.pk, superuser.pk, staff.pk]},
    )

    assert not officer.authenticator_set.exists()
    assert superuser.authenticator_set.exists()
    assert staff.authenticator_set.exists()
    assert jobs.waiting() == [("send_security_notice", 0)]
    assert Action.objects.get().action == "second_factor_reset"


def test_staff_see_and_withdraw_invitations_in_the_admin(staff_client):
    invitation = factories.InvitationFactory()
    address = "/admin/accounts/invitation/"

    assert staff_client.get(address, {"state": "open"}).context["cl"].result_count == 1
    assert staff_client.get(f"{address}add/").url == INVITE
    staff_client.post(address, {"action": "withdraw", "_selected_action": [invitation.pk]})
    assert staff_client.get(address, {"state": "open"}).context["cl"].result_count == 0


def test_regions_without_an_active_officer_show_up_for_staff(staff_client):
    own = factories.OfficerAssignmentFactory().region
    past = factories.OfficerAssignmentFactory(starts_on=today(-9), ends_on=today(-1)).region
    off = factories.OfficerAssignmentFactory(user__is_active=False).region
    by_province = factories.RegionFactory()
    factories.OfficerAssignmentFactory(region=None, province=by_province.province)

    def shown(answer):
        response = staff_client.get("/admin/regions/region/", {"officer": answer})
        return set(response.context["cl"].result_list)

    assert (shown("no"), shown("yes")) == ({past, off}, {own, by_province})
