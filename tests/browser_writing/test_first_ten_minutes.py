"""A new officer on a phone: from the invitation in the mail to a region that is true.

Counted is what a thumb does; whoever adds a step to the way sees it here.
"""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from math import ceil

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone
from playwright.sync_api import expect

from stakeholders.models import Stakeholder
from tests import factories, jobs
from tests.browser import conftest as browsing
from tests.images.pictures import png
from tests.mail_server import text

PHONE = {
    "viewport": {"width": 360, "height": 640},
    "has_touch": True,
    "is_mobile": True,
    "device_scale_factor": 2,
}
TAPS, FIELDS, SWIPES = 20, 3, 15  # as measured; a choice and a picture take two taps each
SWIPE = 480  # pixels, three quarters of the screen


class Thumb:
    """Does what a thumb does on a page, and counts it."""

    def __init__(self, page):
        self.page, self.taps, self.fields, self.swipes = page, 0, 0, 0

    def reach(self, target):
        """Swipe until it is on the screen, above what stands at its lower edge."""
        target.wait_for()
        away = target.evaluate(
            """element => {
                const {top, bottom} = element.getBoundingClientRect();
                const stuck = element.closest(".write__bar, .work-nav, .site-header");
                return stuck ? 0 : top < 60 ? 60 - top : Math.max(0, bottom - (innerHeight - 130));
            }"""
        )
        self.swipes += ceil(away / SWIPE)
        target.scroll_into_view_if_needed()
        return target

    def tap(self, target):
        self.reach(target).tap()
        self.taps += 1

    def type(self, label, words):
        self.reach(self.page.get_by_label(label)).fill(words)
        self.fields += 1

    def choose(self, label, option):
        self.reach(self.page.get_by_label(label)).select_option(label=option)
        self.taps += 2

    def pick_file(self, label, file):
        field = self.reach(self.page.get_by_label(label, exact=True))
        field.set_input_files(file)
        self.taps += 2


@pytest.fixture
def region(site):
    region = factories.RegionFactory(name="Kota Pekalongan", slug="kota-pekalongan")
    kind = factories.OrganizationTypeFactory(name_id="Sanggar", role="community")
    factories.SubsectorFactory(name_id="Kriya")
    factories.OfferingCategoryFactory()
    for name in ["Canting", "Lawas", "Pesisir", "Jlamprang", "Buketan", "Samudra", "Melati"]:
        for first in ("Batik", "Tenun"):
            factories.StakeholderFactory(
                name=f"{first} {name}",
                region=region,
                organization_type=kind,
                role=kind.role,
                published=True,
                verified_at=timezone.now() - timedelta(days=400),
            )
    return region


@pytest.fixture
def link(region, queue, mail_server, settings, site):
    """The link in the mail that a new officer got."""
    settings.SITE_URL = site
    staff = Client()
    staff.force_login(factories.StaffFactory())
    invitation = {"name": "Wati Baru", "email": "wati@example.id", "language": "id"}
    invitation |= {"scope": f"region-{region.code}", "starts_on": timezone.localdate()}
    assert staff.post("/kelola/petugas/undang/", invitation).status_code == 302
    with ThreadPoolExecutor(1) as thread:  # this one has the loop of the browser
        thread.submit(lambda: (jobs.work(), connection.close())).result()
    [mail] = mail_server.taken
    return re.search(rf"{site}\S+/undangan/\S+", text(mail))[0]


@pytest.fixture
def logo(tmp_path):
    file = tmp_path / "logo.png"
    file.write_bytes(png(size=(400, 400)))
    return file


@pytest.mark.parametrize("context_options", [PHONE])
def test_from_the_invitation_to_a_region_that_is_true(page, link, logo, browser, site, problems):
    thumb = Thumb(page)
    page.goto(link)
    thumb.taps += 1  # in the mail
    thumb.type("Kata sandi", "canting-malam-7")
    thumb.tap(page.get_by_role("button", name="Buat akun dan mulai"))
    page.wait_for_url("**/kelola/")
    expect(page.get_by_text("Pasang sekarang").first).to_be_visible()

    confirm_ten(thumb)
    add_one(thumb, logo)

    print(f"{thumb.taps} taps, {thumb.fields} fields typed, {thumb.swipes} swipes")  # noqa: T201
    assert thumb.taps <= TAPS
    assert thumb.fields <= FIELDS
    assert thumb.swipes <= SWIPES
    visitors_see(browser, site, problems)


def confirm_ten(thumb):
    page = thumb.page
    thumb.tap(page.get_by_role("link", name="Konfirmasi sepuluh mitra"))
    page.wait_for_url("**/kelola/mitra/?*")
    for number in range(10):
        row = page.locator(".work-row:not(.work-row--done)").first
        thumb.tap(row.get_by_role("button", name="Masih benar"))
        expect(page.locator(".work-row--done")).to_have_count(number + 1)
    today = timezone.now() - timedelta(hours=1)
    assert Stakeholder.objects.filter(verified_at__gt=today).count() == 10


def add_one(thumb, logo):
    page = thumb.page
    thumb.tap(page.locator(".work-nav").get_by_role("link", name="Tambah"))
    page.wait_for_url("**/kelola/mitra/baru/")
    thumb.type("Nama lembaga atau kolektif", "Rumah Canting Wati")
    thumb.choose("Jenis lembaga", "Sanggar")
    thumb.type("Apa kegiatannya", "Belajar membatik tulis")
    thumb.tap(page.get_by_text("Kriya", exact=True).first)
    thumb.pick_file("Logo", logo)
    page.locator('[data-picture="logo"] img').wait_for()
    thumb.tap(page.get_by_role("button", name="Simpan dan terbitkan"))
    page.get_by_text("Sekarang sudah tampil").wait_for()
    expect(page.get_by_text("Dikonfirmasi hari ini")).to_be_visible()


def visitors_see(browser, site, problems):
    slug = Stakeholder.objects.get(name="Rumah Canting Wati").slug
    with browsing.watched(browser, site, problems, **PHONE) as context:
        visitor = context.new_page()
        assert visitor.goto(f"/mitra/{slug}/").status == 200
        expect(visitor.get_by_role("heading", level=1)).to_have_text("Rumah Canting Wati")
        expect(visitor.locator("main img[src*='/logos/']").first).to_be_visible()
