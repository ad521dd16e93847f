import pytest

from accounts.models import EmailChange
from tests import factories, jobs
from tests.mail_server import text

pytestmark = pytest.mark.django_db

URL = "/akun/surel/"


@pytest.fixture
def signed_in(client, officer):
    client.post("/akun/masuk/", {"login": officer.email, "password": "rahasia"})
    return client


def confirmation(user, email):
    return f"{URL}{EmailChange.objects.create(user=user, email=email).token}/"


def test_a_new_address_is_used_once_it_is_confirmed(signed_in, officer, queue, mail_server):
    old = officer.email
    signed_in.post(URL, {"email": "Baru@Example.id"})
    jobs.work()

    assert sorted(mail_server.receivers) == ["baru@example.id", old]  # the old one is warned
    (mail,) = [each for each in mail_server.taken if each["To"] == "baru@example.id"]
    (link,) = [line for line in text(mail).splitlines() if URL in line]
    path = link.removeprefix("http://localhost:8000")
    assert signed_in.get(path).status_code == 200
    officer.refresh_from_db()
    assert officer.email == old

    signed_in.post(path)

    officer.refresh_from_db()
    assert officer.email == "baru@example.id"
    assert signed_in.get(path).status_code == 410


def test_the_password_is_asked_for_once_more(client, officer):
    client.force_login(officer)

    assert (
        client.post(URL, {"email": "baru@example.id"}).url
        == "/akun/pastikan/?next=%2Fakun%2Fsurel%2F"
    )
    assert not EmailChange.objects.exists()


def test_an_address_taken_by_somebody_else_is_not_told_and_not_given(signed_in, officer, queue):
    other = factories.UserFactory()

    assert signed_in.post(URL, {"email": other.email}).status_code == 302
    signed_in.post(f"{URL}{EmailChange.objects.get().token}/")

    officer.refresh_from_db()
    assert officer.email != other.email


def test_the_link_is_for_its_owner_and_the_newest_wish_alone(signed_in, officer):
    strangers = confirmation(factories.UserFactory(), "asing@example.id")
    former = confirmation(officer, "satu@example.id")
    officer.email_change.delete()
    newest = confirmation(officer, "dua@example.id")

    statuses = [signed_in.post(path).status_code for path in [strangers, former, f"{URL}x/"]]

    assert statuses == [410, 410, 410]
    assert signed_in.post(newest).url == "/akun/"
