"""Writing a listing on a phone: what is typed is kept, and there again on another device."""

import pytest
from django.test import Client
from playwright.sync_api import expect

from stakeholders.models import ListingDraft, Stakeholder
from tests import factories
from tests.browser.test_accessibility import found_by_axe
from tests.images import pictures

PHONE = {"viewport": {"width": 360, "height": 640}}


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def phone(page, site, officer):
    client = Client()
    client.force_login(officer)
    cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": site}
    page.context.add_cookies([cookie])
    return page


def wait_for_a_draft(page):
    """The browser tells nobody when what it sent on leaving has arrived."""
    for _tenth in range(100):
        if ListingDraft.objects.exists():
            return
        page.wait_for_timeout(100)


@pytest.mark.parametrize("context_options", [PHONE])
def test_a_draft_goes_on_elsewhere_and_becomes_a_listing(phone, officer):
    factories.OrganizationTypeFactory(name_id="Sanggar")
    category = factories.OfferingCategoryFactory(name_id="Pelatihan")
    twin = factories.StakeholderFactory(name="Batik Laras", region=officer.region, published=True)

    phone.goto("/kelola/mitra/baru/")
    phone.get_by_label("Nama lembaga").press_sequentially("Batik Laras Dua")
    expect(phone.locator("#alike")).to_contain_text(twin.name)
    logo = {"name": "logo.png", "mimeType": "image/png", "buffer": pictures.png((200, 200))}
    phone.locator("#id_logo").set_input_files(logo)
    expect(phone.locator("#draft-said")).to_contain_text("Draf tersimpan")
    expect(phone.locator("[data-picture=logo] img")).to_be_visible()
    assert found_by_axe(phone) == []

    phone.goto("/kelola/mitra/baru/")  # as on another device: nothing is in the address
    phone.get_by_role("button", name="Lanjutkan").click()
    expect(phone.get_by_label("Nama lembaga")).to_have_value("Batik Laras Dua")
    phone.get_by_label("Jenis lembaga").select_option(label="Sanggar")
    phone.get_by_role("button", name="Tambah satu lagi").click()
    phone.get_by_label("Apa", exact=True).last.select_option(label="Pelatihan")
    phone.get_by_role("button", name="Simpan dan terbitkan").click()
    phone.get_by_role("button", name="Simpan dan terbitkan").click()  # none of these is meant
    expect(phone.get_by_role("status").filter(has_text="Sekarang sudah tampil")).to_be_visible()

    listing = Stakeholder.objects.exclude(pk=twin.pk).get()
    assert listing.is_published
    assert listing.logo.name
    assert [each.category for each in listing.offerings.all()] == [category]


@pytest.mark.parametrize("context_options", [PHONE])
def test_leaving_the_page_keeps_the_last_words(phone, officer):
    listing = factories.StakeholderFactory(region=officer.region, published=True)

    phone.goto(f"/kelola/mitra/{listing.pk}/")
    phone.get_by_label("Apa kegiatannya").fill("Batik cap")
    phone.goto("/kelola/tinjauan/")
    wait_for_a_draft(phone)
    phone.goto(f"/kelola/mitra/{listing.pk}/")

    expect(phone.get_by_label("Apa kegiatannya")).to_have_value("Batik cap")
