"""The workspace as officers meet it: on a phone, signed in. No public row is written here."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from regions.models import Province, Region
from tests import factories
from tests.browser.network import LONG_TEXT, LONG_WORD
from tests.browser.test_accessibility import found_in_both_schemes
from tests.browser.test_layout import found_at_widths

PAGES = [
    "/kelola/",
    "/kelola/?q=qqqq",
    "/kelola/mitra/",
    "/kelola/mitra/?q=qqqq&kesegaran=perlu",
    "/kelola/wilayah/kota-sabang/",
    "/kelola/wilayah/kota-sabang/pengaturan/",
]


@pytest.fixture(scope="module")
def session(site):
    """The key of a session of an officer of a province, in whose care are drafts in Sabang."""
    region = Region.objects.get(slug="kota-sabang")
    for number in range(3):
        factories.StakeholderFactory(
            name=f"{LONG_WORD} {number} {LONG_TEXT[:100]}",
            region=region,
            verified_at=timezone.now() - timedelta(days=400),
        )
    province = Province.objects.get(pk=region.province_id)
    user = factories.OfficerAssignmentFactory(region=None, province=province).user
    client = Client()
    client.force_login(user)
    return client.cookies["sessionid"].value


@pytest.fixture
def signed_in(page, site, session):
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": site}])
    page.set_viewport_size({"width": 360, "height": 640})
    return page


def test_every_page_fits_the_screen_and_axe_finds_nothing(signed_in):
    found = {}
    for address in PAGES:
        signed_in.emulate_media(color_scheme="light")
        assert signed_in.goto(address).status == 200
        found[address] = [*found_at_widths(signed_in).values()]
        found[address] += found_in_both_schemes(signed_in).values()

    assert found == {address: [[]] * 5 for address in PAGES}


def test_one_tap_confirms_and_the_next_takes_it_back(signed_in):
    signed_in.goto("/kelola/mitra/?status=draft")
    row = signed_in.locator(".work-row").first
    name = row.locator(".work-row__name").inner_text()

    row.get_by_role("button", name="Masih benar").press("Enter")
    row.get_by_text("Dikonfirmasi hari ini").wait_for()

    assert f"{name} terkonfirmasi." in signed_in.locator("#said").inner_text()
    assert signed_in.evaluate("document.activeElement.id").startswith("satu-")
    signed_in.keyboard.press("Enter")
    signed_in.get_by_text("1 baris dikembalikan").wait_for()
    assert signed_in.url.endswith("/kelola/mitra/?status=draft")


def test_all_of_a_page_are_ticked_and_counted(signed_in):
    signed_in.goto("/kelola/mitra/?status=draft")

    signed_in.get_by_text("Pilih semua di halaman ini").click()

    assert signed_in.locator(".bulk__count").inner_text() == "Dipilih: 3"
    assert signed_in.url.endswith("?status=draft")
