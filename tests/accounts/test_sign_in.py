import logging

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.utils import timezone

from accounts import tasks
from accounts.models import User
from history.models import Action
from tests import factories, jobs
from tests.mail_server import text

pytestmark = pytest.mark.django_db

LOGIN = "/akun/masuk/"
FORGOTTEN = "/akun/lupa-sandi/"
NEW = {"password1": "tenun-songket-9", "password2": "tenun-songket-9"}


def sign_in(client, user, password="rahasia", **more):  # noqa: S107
    return client.post(LOGIN, {"login": user.email, "password": password, **more})


@pytest.mark.parametrize("typed", [str, str.upper])
def test_an_officer_signs_in_by_email_and_begins_to_work(client, officer, typed):
    response = client.post(LOGIN, {"login": typed(officer.email), "password": "rahasia"})

    assert response.url == "/kelola/"
    assert client.get("/kelola/").status_code == 200


@pytest.mark.parametrize(
    ("wanted", "target"),
    [("/kelola/x/", "/kelola/x/"), ("https://another.example/", "/kelola/")],
)
def test_one_goes_on_to_where_one_wanted_but_not_elsewhere(client, officer, wanted, target):
    assert sign_in(client, officer, next=wanted).url == target


def test_who_looks_after_nothing_comes_to_the_own_account(client):
    assert sign_in(client, factories.UserFactory()).url == "/akun/"
    assert client.get("/akun/").status_code == 200


@pytest.mark.parametrize(
    "address", ["/kelola/", "/akun/", "/akun/keamanan/", "/akun/sesi/", "/akun/surel/"]
)
def test_visitors_are_asked_to_sign_in_first(client, address):
    assert client.get(address).url == f"/akun/masuk/?next={address}"


def test_a_wrong_password_an_unknown_and_an_inactive_account_look_the_same(client):
    known, gone = factories.UserFactory(), factories.UserFactory(is_active=False)

    answers = {
        sign_in(client, user, password).content.decode().count("tidak cocok")
        for user, password in [(known, "salah"), (gone, "rahasia"), (User(email="x@y.id"), "salah")]
    }

    assert answers == {1}


def test_whoever_tries_too_often_waits(client, officer):
    for _attempt in range(5):
        sign_in(client, officer, "salah")

    response = sign_in(client, officer)

    assert "Terlalu banyak percobaan" in response.content.decode()
    assert client.get("/akun/").status_code == 302


def test_a_network_that_tries_too_often_waits(client):
    statuses = [client.post(LOGIN, {"login": f"o{n}@x.id"}).status_code for n in range(31)]

    assert set(statuses[:30]) == {200}
    assert statuses[30] == 429


def test_nobody_signs_up(client):
    assert "undangan" in client.get("/akun/daftar/").content.decode()
    assert client.post("/akun/daftar/", {"email": "x@y.id", **NEW}).status_code == 405
    assert not User.objects.exists()


def test_signing_out_takes_a_button(client, officer):
    client.force_login(officer)

    assert client.get("/akun/keluar/").status_code == 200
    assert client.get("/akun/").status_code == 200
    assert client.post("/akun/keluar/").url == "/"
    assert client.get("/akun/").status_code == 302


def test_the_browser_forgets_unless_asked_to_remember(client, officer):
    sign_in(client, officer)
    assert client.session.get_expire_at_browser_close()
    client.post("/akun/keluar/")

    sign_in(client, officer, remember="on")
    assert not client.session.get_expire_at_browser_close()


def test_a_forgotten_password_is_set_anew_by_mail(client, officer, queue, mail_server, caplog):
    caplog.set_level(logging.DEBUG)
    mail_server.stop()
    assert client.post(FORGOTTEN, {"email": officer.email.upper()}).url == f"{FORGOTTEN}terkirim/"
    jobs.work()
    assert jobs.waiting() == [("send_password_reset", 1)]  # a dead server loses nothing
    mail_server.start()
    jobs.let_time_pass()
    jobs.work()

    (mail,) = mail_server.taken
    (link,) = [line for line in text(mail).splitlines() if "lupa-sandi" in line]
    path = link.removeprefix("http://localhost:8000")
    page = client.get(path, follow=True)
    assert page.status_code == 200
    client.post(page.request["PATH_INFO"], NEW)

    assert mail["To"] == officer.email
    assert sign_in(client, officer, NEW["password1"]).url == "/kelola/"
    assert "tidak berlaku lagi" in client.get(path, follow=True).content.decode()
    assert officer.email not in caplog.text
    assert "lupa-sandi/" not in caplog.text


def test_unknown_and_inactive_addresses_get_the_same_answer_and_no_mail(client, queue):
    gone = factories.UserFactory(is_active=False)

    for email in [gone.email, "tidak.ada@example.id"]:
        assert client.post(FORGOTTEN, {"email": email}).url == f"{FORGOTTEN}terkirim/"

    assert jobs.waiting() == []


def test_a_changed_password_ends_all_other_sessions_and_is_told(client, officer, queue):
    sign_in(client, officer)
    other = type(client)()
    sign_in(other, officer)

    client.post("/akun/sandi/", {"oldpassword": "rahasia", **NEW})

    assert client.get("/akun/").status_code == 200
    assert other.get("/akun/").status_code == 302
    assert jobs.waiting() == [("send_security_notice", 0)]


def test_addresses_of_devices_go_with_their_sessions(client, officer):
    sign_in(client, officer)
    tasks.forget(timestamp=0)
    assert UserSession.objects.count() == 1

    Session.objects.update(expire_date=timezone.now())
    tasks.forget(timestamp=0)
    assert UserSession.objects.count() == 0


def test_one_signs_out_everywhere_else(client, officer):
    sign_in(client, officer)
    other = type(client)(headers={"user-agent": "Mozilla/5.0 (Linux; Android 14) Chrome/126.0"})
    sign_in(other, officer)
    stranger = type(client)()
    sign_in(stranger, factories.UserFactory())

    page = client.get("/akun/sesi/").content.decode()
    client.post("/akun/sesi/")

    assert "Chrome, Android" in page
    assert client.get("/akun/").status_code == 200
    assert other.get("/akun/").status_code == 302
    assert stranger.get("/akun/").status_code == 200
    assert Session.objects.count() == 2
    line = Action.objects.get()
    assert (line.action, line.count) == ("sign_out_everywhere", 1)
