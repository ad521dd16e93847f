from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from django.urls import URLResolver, get_resolver
from django.utils import timezone

from accounts.second_factor import GUARDED
from tests import factories

pytestmark = pytest.mark.django_db

SECURITY = "/akun/keamanan/"
SECRET = "JBSWY3DPEHPK3PXP"


def days_ago(days):
    return timezone.localdate() - timedelta(days=days)


def signed_in_since(client, user, days, address="/kelola/"):
    """Return the answer to somebody whose first sign-in was so many days ago."""
    client.force_login(user)
    type(user).objects.filter(pk=user.pk).update(grace_began_on=days_ago(days))
    return client.get(address)


def code_now(secret=SECRET):
    counter = next(totp.yield_hotp_counters_from_time())
    return totp.format_hotp_value(totp.hotp_value(secret, counter + 1))


@pytest.mark.parametrize(
    ("days", "status", "says"), [(0, 200, "dalam 7 hari"), (6, 200, "dalam 1 hari"), (7, 302, "")]
)
def test_the_grace_lasts_seven_days_and_says_so(client, officer, days, status, says):
    response = signed_in_since(client, officer, days)

    assert response.status_code == status
    assert says in response.content.decode()


@pytest.mark.parametrize("who", ["officer", "staff", "superuser"])
@pytest.mark.parametrize("address", ["/kelola/", "/en/kelola/", "/kelola/ekspor/csv/"])
def test_officers_and_staff_without_one_are_sent_to_set_it_up(client, request, who, address):
    response = signed_in_since(client, request.getfixturevalue(who), 7, address)

    prefix = "/en" if address.startswith("/en") else ""
    assert response.url.startswith(f"{prefix}{SECURITY}?next=")
    assert client.get(response.url).status_code == 200


def rooms_under(prefix):
    """Return the namespaces of all addresses that begin like this."""
    return {
        getattr(each, "namespace", None) or each.app_name
        for each in flattened(get_resolver().url_patterns)
        if str(each.pattern) == prefix
    }


def flattened(patterns):
    for each in patterns:
        yield each
        if isinstance(each, URLResolver) and not each.namespace:
            yield from flattened(each.url_patterns)


def test_all_rooms_of_the_workspace_are_behind_the_door():
    assert rooms_under("kelola/") | rooms_under("admin/") == GUARDED


@pytest.mark.parametrize("address", ["/kelola/impor/", "/kelola/ekspor/", "/kelola/ekspor/csv/"])
def test_private_files_wait_for_it_too(client, officer, address):
    assert signed_in_since(client, officer, 7, address).url.startswith(f"{SECURITY}?next=")


def test_the_admin_asks_for_it_too(client, staff):
    assert "dalam 7 hari" in signed_in_since(client, staff, 0, "/admin/").content.decode()
    for address in ("/admin/", "/admin/network/"):
        assert signed_in_since(client, staff, 7, address).url.startswith(SECURITY)
    assert client.post("/admin/logout/").status_code == 200


def test_a_factor_opens_the_door_and_recovery_codes_alone_do_not(client, officer):
    RecoveryCodes.activate(officer)
    assert signed_in_since(client, officer, 99).status_code == 302

    totp.TOTP.activate(officer, SECRET)
    response = client.get("/kelola/")

    assert response.status_code == 200
    assert "verifikasi dua langkah" not in response.content.decode().lower()


def test_who_needs_none_is_not_asked(client):
    former = factories.OfficerAssignmentFactory(starts_on=days_ago(9), ends_on=days_ago(1)).user

    assert signed_in_since(client, former, 99).status_code == 403
    assert signed_in_since(client, former, 99, "/akun/").status_code == 200


def test_the_grace_begins_with_the_first_sign_in_of_an_officer(client):
    user = factories.UserFactory()
    client.force_login(user)
    user.refresh_from_db()
    assert user.grace_began_on is None

    factories.OfficerAssignmentFactory(user=user)
    client.get("/kelola/")
    user.refresh_from_db()
    assert user.grace_began_on == days_ago(0)


def test_a_longer_or_no_grace_is_a_setting(client, officer, settings):
    settings.SECOND_FACTOR_GRACE_DAYS = 0
    assert signed_in_since(client, officer, 0).status_code == 302
    settings.SECOND_FACTOR_GRACE_DAYS = 30
    assert signed_in_since(client, officer, 29).status_code == 200


def sign_in(client, user):
    return client.post("/akun/masuk/", {"login": user.email, "password": "rahasia"})


def test_signing_in_asks_for_the_code_each_works_once(client, officer):
    totp.TOTP.activate(officer, SECRET)
    codes = RecoveryCodes.activate(officer).get_unused_codes()
    code = code_now()

    assert sign_in(client, officer).url == f"{SECURITY}masuk/"
    assert client.get("/akun/").status_code == 302
    assert client.post(f"{SECURITY}masuk/", {"code": "000000"}).status_code == 200
    assert client.post(f"{SECURITY}masuk/", {"code": code}).url == "/kelola/"

    client.post("/akun/keluar/")
    sign_in(client, officer)
    assert client.post(f"{SECURITY}masuk/", {"code": code}).status_code == 200
    assert client.post(f"{SECURITY}masuk/", {"code": codes[0]}).url == "/kelola/"


def test_a_copy_of_the_database_tells_no_secret(officer, settings):
    settings.SECRET_KEY = "former"
    app, codes = totp.TOTP.activate(officer, SECRET), RecoveryCodes.activate(officer)
    shown = codes.get_unused_codes()
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "present", ["former"]

    assert SECRET not in str(app.instance.data)
    assert totp.TOTP(app.instance).validate_code(code_now())
    assert RecoveryCodes(codes.instance).get_unused_codes() == shown


def test_without_its_key_no_code_is_right(officer, settings, caplog):
    app, codes = totp.TOTP.activate(officer, SECRET), RecoveryCodes.activate(officer)
    shown = codes.get_unused_codes()
    settings.SECRET_KEY = "another"

    assert not totp.TOTP(app.instance).validate_code(code_now())
    assert not codes.validate_code(shown[0])
    assert "SECRET_KEY_FALLBACKS" in caplog.text


def test_what_was_kept_as_it_is_still_works(officer):
    app = Authenticator.objects.create(user=officer, type="totp", data={"secret": SECRET})

    assert app.wrap().validate_code(code_now())


def test_recovery_codes_are_shown_once(client, officer):
    sign_in(client, officer)
    client.get(f"{SECURITY}aplikasi/")
    secret = client.session["mfa.totp.secret"]

    response = client.post(f"{SECURITY}aplikasi/", {"code": code_now(secret)}, follow=True)

    codes = Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()
    page, again = response.content.decode(), client.get(f"{SECURITY}kode/").content.decode()
    assert [code in page for code in codes] == [True] * 10
    assert [code in again for code in codes] == [False] * 10
    assert "download=" in page


def test_the_last_factor_of_who_needs_one_stays(client, officer):
    sign_in(client, officer)
    app = totp.TOTP.activate(officer, SECRET).instance

    client.post(f"{SECURITY}aplikasi/hapus/")
    assert Authenticator.objects.filter(pk=app.pk).exists()

    key = Authenticator.objects.create(user=officer, type="webauthn", data={"name": "Ponsel"})
    client.post(f"{SECURITY}aplikasi/hapus/")
    assert not Authenticator.objects.filter(pk=app.pk).exists()

    client.post(f"{SECURITY}kunci/{key.pk}/hapus/")
    assert Authenticator.objects.filter(pk=key.pk).exists()


def test_who_needs_none_may_remove_the_last_one(client):
    user = factories.UserFactory()
    sign_in(client, user)
    totp.TOTP.activate(user, SECRET)

    client.post(f"{SECURITY}aplikasi/hapus/")

    assert not user.authenticator_set.exists()


def test_the_key_of_somebody_else_is_not_found(client, officer):
    sign_in(client, officer)
    key = Authenticator.objects.create(
        user=factories.UserFactory(), type="webauthn", data={"name": "Ponsel"}
    )

    statuses = [
        client.post(f"{SECURITY}kunci/{key.pk}/{what}/").status_code for what in ["hapus", "nama"]
    ]

    assert statuses == [404, 404]
