"""Setting up a second factor on a phone, and signing in with it."""

import pytest
from allauth.mfa.totp.internal import auth as totp
from playwright.sync_api import expect

from tests import factories
from tests.browser.test_accessibility import found_by_axe

PHONE = {"viewport": {"width": 360, "height": 640}}
KEY_OF_THE_PHONE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}
on_a_phone = pytest.mark.parametrize("context_options", [PHONE])


@pytest.fixture
def officer(site):
    return factories.OfficerAssignmentFactory().user


def sign_in(page, user):
    page.goto("/akun/masuk/")
    page.get_by_label("Alamat surel").fill(user.email)
    page.get_by_label("Kata sandi", exact=False).first.fill("rahasia")
    page.get_by_role("button", name="Masuk", exact=True).click()


def sign_out(page):
    page.goto("/akun/")
    page.locator("main").get_by_role("button", name="Keluar").click()


def code(secret, step):
    now = next(totp.yield_hotp_counters_from_time()) + 1
    return totp.format_hotp_value(totp.hotp_value(secret, now + step))


@on_a_phone
def test_an_app_is_set_up_and_asked_for(page, officer):
    sign_in(page, officer)
    page.get_by_role("link", name="Pasang sekarang").first.click()
    page.get_by_role("link", name="Pasang aplikasi").click()
    secret = page.locator(".account__secret").inner_text()
    assert found_by_axe(page) == []
    page.get_by_label("Kode yang kini tampil").fill(code(secret, 0))
    page.get_by_role("button", name="Pasang aplikasi").click()

    expect(page.locator(".account__codes li")).to_have_count(10)
    with page.expect_download() as download:
        page.get_by_role("link", name="Unduh").click()
    assert len(download.value.path().read_text().split()) == 10

    sign_out(page)
    sign_in(page, officer)
    page.get_by_label("Kode").fill(code(secret, 1))
    page.get_by_role("button", name="Masuk", exact=True).click()
    page.wait_for_url("**/kelola/")


@on_a_phone
def test_a_passkey_signs_in_by_itself(page, officer, settings):
    settings.MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True  # the test has no https
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    device.send("WebAuthn.addVirtualAuthenticator", {"options": KEY_OF_THE_PHONE})
    sign_in(page, officer)
    page.goto("/akun/keamanan/kunci/baru/")
    page.get_by_label("Nama kunci sandi").fill("Ponsel saya")
    assert found_by_axe(page) == []
    page.get_by_role("button", name="Tambahkan kunci sandi").click()
    expect(page.locator(".account__codes li")).to_have_count(10)

    sign_out(page)
    page.goto("/akun/masuk/")
    page.get_by_role("button", name="Masuk dengan kunci sandi").click()
    page.wait_for_url("**/kelola/")
    page.goto("/akun/keamanan/")
    expect(page.get_by_role("link", name="Hapus Ponsel saya")).to_be_visible()
