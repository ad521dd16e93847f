"""The workspace as officers meet it: on a phone, signed in. No public row is written here."""

from datetime import timedelta
from itertools import chain

import pytest
from django.test import Client
from django.utils import timezone

from regions.models import Province, Region
from stakeholders.content import content_of
from stakeholders.models import ListingChange, Stakeholder
from tests import factories
from tests.browser.network import LONG_ADDRESS, LONG_TEXT, LONG_WORD
from tests.browser.test_accessibility import found_in_both_schemes
from tests.browser.test_layout import found_at_widths
from tests.transfers.tools import checked, csv_file, taken_in

PAGES = [
    "/kelola/",
    "/kelola/?q=qqqq",
    "/kelola/wilayah/kota-sabang/",
    "/kelola/wilayah/kota-sabang/pengaturan/",
    "/kelola/mitra/",
    "/kelola/mitra/?q=qqqq&kesegaran=perlu",
    "/kelola/mitra/baru/",
    "/kelola/mitra/{full}/",
    "/kelola/mitra/{full}/gabungkan/",
    "/kelola/mitra/{full}/riwayat/",
    "/kelola/mitra/{full}/pengelola/",
    "/kelola/mitra/{full}/tautan/",
    "/kelola/tinjauan/",
    "/kelola/tinjauan/{change}/",
    "/kelola/usulan/",
    "/kelola/usulan/{proposal}/",
    "/kelola/usulan/{correction}/",
    "/kelola/ajakan/",
    "/kelola/ajakan/{inquiry}/",
    "/kelola/petugas/",
    "/kelola/petugas/undang/",
    "/kelola/petugas/{assignment}/serah-terima/",
    "/kelola/pengelola/",
    "/kelola/pengelola/klaim/{claim}/",
    "/kelola/surel/",
    "/kelola/impor/",
    "/kelola/impor/{new_import}/",
    "/kelola/impor/{checked_import}/",
    "/kelola/ekspor/",
    "/kelola/riwayat/",
    "/akun/",
    "/akun/keamanan/",
    "/akun/sesi/",
]


@pytest.fixture(scope="module")
def officer(site):
    """An officer of two provinces: in Sabang are drafts, in Pekalongan waits one of everything."""
    region = Region.objects.get(slug="kota-sabang")
    for number in range(3):
        factories.StakeholderFactory(
            name=f"{LONG_WORD} {number} {LONG_TEXT[:100]}",
            region=region,
            verified_at=timezone.now() - timedelta(days=400),
        )
    user = factories.UserFactory(name=f"{LONG_WORD} binti {LONG_WORD}")
    for province in Province.objects.filter(slug__in=["aceh", "jawa-tengah"]):
        factories.OfficerAssignmentFactory(user=user, region=None, province=province)
    return user


@pytest.fixture(scope="module")
def waiting(officer):
    """The keys of what the addresses above name."""
    full = Stakeholder.objects.get(slug="mitra-lengkap")
    about = {"region": full.region, "name": full.name, "summary": LONG_TEXT[:200]}
    factories.InvitationFactory(region=full.region, inviter=officer, name=LONG_WORD * 2)
    factories.StewardshipFactory(stakeholder=full)
    words = {"summary": [full.summary, LONG_TEXT[:200]], "website": [full.website, LONG_ADDRESS]}
    base = content_of(full)
    change = ListingChange.objects.create(
        stakeholder=full,
        author=factories.UserFactory(),
        base=base,
        content=base | {"summary": LONG_WORD * 3},
    )
    rows = [f"{LONG_WORD * 2},komunitas,Komunitas,Kota Pekalongan", "=A1,zzz,zzz,Kota Antah"]
    return {
        "full": full.pk,
        "change": change.pk,
        "proposal": factories.SuggestionFactory(**about, note=LONG_TEXT).pk,
        "correction": factories.SuggestionFactory(
            **about, kind="correction", about=full, changes=words
        ).pk,
        "inquiry": factories.InquiryFactory(stakeholder=full, late=True, message=LONG_TEXT).pk,
        "claim": factories.StewardInvitationFactory(stakeholder=full, claim=True).pk,
        "assignment": officer.officer_assignments.first().pk,
        "new_import": taken_in(officer, csv_file("a,b", header=f"{LONG_WORD},Zzz")).pk,
        "checked_import": checked(officer, csv_file(*rows)).pk,
    }


@pytest.fixture(scope="module")
def session(officer):
    client = Client()
    client.force_login(officer)
    return client.cookies["sessionid"].value


@pytest.fixture
def signed_in(page, site, session):
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": site}])
    page.set_viewport_size({"width": 360, "height": 640})
    return page


def test_every_page_fits_the_screen_and_axe_finds_nothing(signed_in, waiting):
    found = {}
    for address in PAGES:
        signed_in.emulate_media(color_scheme="light")
        assert signed_in.goto(address.format(**waiting)).status == 200, address
        widths, schemes = found_at_widths(signed_in), found_in_both_schemes(signed_in)
        found[address] = [*chain(*widths.values(), *schemes.values())]

    assert {address: problems for address, problems in found.items() if problems} == {}


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
