"""What the browser looks at: the reference data, the demo, and listings that are hard on a page."""

from datetime import timedelta

from django.core.management import call_command
from django.utils import timezone

from regions.models import Province, Region, Subsector
from stakeholders.models import OfferingCategory, OrganizationType, Stakeholder
from stakeholders.roles import Role
from tests import factories
from upkeep.models import SignedLink
from upkeep.models.signed_link import hash_of

LONG_WORD = "Kreativitasnusantaraberkelanjutan"
LONG_ADDRESS = f"https://{'-'.join([LONG_WORD.lower()] * 2)[:60]}.example/{LONG_WORD * 3}"
LONG_TEXT = f"{LONG_WORD * 2} " + "mempertemukan perajin dan pembeli dari tiga kecamatan " * 2

ERRORS = {
    "not found": "/mitra/tidak-ada/",
    "damaged request": "/salah/400/",
    "forbidden": "/salah/403/",
    "form open too long": "/salah/formulir/",
    "broken": "/salah/500/",
    "too slow": "/salah/503/",
}
PAGES = {
    "home": "/",
    "regions": "/wilayah/",
    "map of regions": "/wilayah/peta/",
    "region": "/wilayah/kota-pekalongan/",
    "region with a profile": "/wilayah/kabupaten-berprofil/",
    "data sheet": "/wilayah/kota-tegal/lembar-data/",
    "comparison": "/wilayah/banding/?r=kota-malang&r=kota-bandung&r=kabupaten-berprofil",
    "comparison not understood": f"/wilayah/banding/?r=malang&r={LONG_WORD}&r=kota-tegal",
    "network": "/jejaring/",
    "province": "/provinsi/jawa-tengah/",
    "subsectors": "/subsektor/",
    "subsector": "/subsektor/kriya/",
    "search": "/mitra/",
    "search with chips": "/mitra/?q=wyangsari&peran=media&peran=community&provinsi=33",
    "search around": "/mitra/?dekat=kota-malang&radius=250",
    "search near an unclear place": "/mitra/?dekat=malang&urut=terdekat&radius=9",
    "regions near an unknown place": f"/wilayah/?dekat={LONG_WORD}&urut=terdekat",
    "map of partners": "/mitra/peta/?q=wyangsari&peran=media",
    "nothing found": "/mitra/?q=qqqqzzzz&peran=media",
    "ways out": "/mitra/?q=wyangsari+sanggr+qqqq&wilayah=kota-sabang&subsektor=kriya",
    "ignored input": f"/mitra/?peran=zzz&halaman=abc&provinsi=99&subsektor={LONG_WORD}",
    "full listing": "/mitra/mitra-lengkap/",
    "minimal listing": "/mitra/mitra-ringkas/",
    "example listing": "/mitra/mitra-contoh/",
    "shortlist": "/pilihan/",
    "shared shortlist": "/pilihan/?p=zzz.zzzz&format=pdf",
    "practices": "/praktik-baik/?subsektor=kriya&biaya=none&peran=media",
    "practice": "/praktik-baik/praktik-panjang/",
    "example practice": "/praktik-baik/dapur-warna-bersama-untuk-limbah-batik-contoh/",
    "saving a search": "/langganan/?q=batik&peran=media&provinsi=33",
    "search saved": "/langganan/periksa-surel/",
    "saved searches deleted": "/langganan/selesai/",
    "proposing a partner": "/mitra/usul/?q=batik&peran=media&wilayah=kota-malang&subsektor=kriya",
    "correcting a listing": "/mitra/mitra-lengkap/usul-koreksi/",
    "claiming a listing": "/mitra/mitra-lengkap/klaim/",
    "partner proposed": "/mitra/usul/terima-kasih/",
    "signed link": "/konfirmasi/tautan-uji/",
    "correcting by link": "/konfirmasi/tautan-uji/perbaiki/",
    "signed link used": "/konfirmasi/tautan-terpakai/",
    "writing to a partner": "/mitra/mitra-lengkap/hubungi/",
    "nobody to write to": "/mitra/mitra-ringkas/hubungi/",
    "message withdrawn": "/ajakan/ditarik/",
    "sign in": "/akun/masuk/",
    "forgotten password": "/akun/lupa-sandi/",
    "about": "/tentang/",
    "style guide": "/gaya/",
    **ERRORS,
}
IN_BOTH_LANGUAGES = {
    **PAGES,
    **{f"{name}, English": f"/en{address}" for name, address in PAGES.items()},
}

# A word nobody else has: 26 community listings in Pekalongan and 4 media in Malang.
COMMUNITIES, MEDIA, WORD = 26, 4, "wyangsari"


# As many as a data sheet must bring onto two pages of paper.
ON_A_SHEET = 40


def load():
    call_command("load_reference_data", verbosity=0)
    call_command("load_demo", verbosity=0)
    pekalongan = Region.objects.get(slug="kota-pekalongan")
    _add_profile(pekalongan.province)
    _add_listings(pekalongan)
    _add_links(Stakeholder.objects.get(slug="mitra-lengkap"))
    _add_practice(Region.objects.get(slug="kabupaten-berprofil"))
    _add_family("community", COMMUNITIES, pekalongan)
    _add_family("media", MEDIA, Region.objects.get(slug="kota-malang"))
    _add_sheet(Region.objects.get(slug="kota-tegal"))


def _add_profile(province: Province):
    region = factories.RegionFactory(
        code="33.99", kind="kabupaten", slug="kabupaten-berprofil", province=province,
        short_name=f"{LONG_WORD} Selatan", aliases=[LONG_WORD * 2], website=LONG_ADDRESS,
        tagline=LONG_TEXT[:140], story=LONG_TEXT * 9, identity=LONG_TEXT, liveability=LONG_TEXT,
        participation=LONG_TEXT, profile_status="published", profile_verified_at=timezone.now(),
    )  # fmt: skip
    for subsector in Subsector.objects.all()[:5]:
        factories.RegionSubsectorFactory(region=region, subsector=subsector)
    factories.RecognitionFactory(region=region, source=LONG_TEXT, source_url=LONG_ADDRESS)


def _add_listings(region: Region):
    full = factories.StakeholderFactory(
        name=f"{LONG_WORD * 3} Pekalongan Raya", slug="mitra-lengkap", role="media", region=region,
        published=True, subsectors=Subsector.objects.all(), summary=LONG_TEXT[:200],
        description=f"{LONG_TEXT}\n\n{LONG_ADDRESS}\n\n{LONG_TEXT}", website=LONG_ADDRESS,
        pk=int("zzz", 36),  # as a shared shortlist writes it
        social_links=[LONG_ADDRESS], public_email=f"{LONG_WORD}@{LONG_WORD}.example",
        public_phone="+62 285 123 456 789", address=LONG_TEXT, source=LONG_TEXT,
        source_url=LONG_ADDRESS, verified_at=timezone.now() - timedelta(days=400),
    )  # fmt: skip
    for direction in ["offer", "need"]:
        factories.OfferingFactory(
            stakeholder=full, direction=direction, description=LONG_TEXT, reach="nation",
            category__name_id=LONG_WORD, category__name_en=LONG_WORD,
            valid_until=timezone.localdate() + timedelta(days=30),
        )  # fmt: skip
    factories.StakeholderFactory(slug="mitra-ringkas", region=region, published=True)
    factories.StakeholderFactory(
        name="Rumah Lawe (Contoh)", slug="mitra-contoh", region=region, published=True,
        is_demo=True, verified_at=timezone.now() - timedelta(days=160),
    )  # fmt: skip


def _add_links(listing):
    for token, use in {"tautan-uji": "", "tautan-terpakai": "confirmed"}.items():
        link = SignedLink.objects.make(listing, "reminder")
        SignedLink.objects.filter(pk=link.pk).update(key_hash=hash_of(token))
        if use:
            link.note_use(use)


def _add_practice(region: Region):
    practice = factories.GoodPracticeFactory(
        title=LONG_WORD * 4, slug="praktik-panjang", region=region, published=True,
        subsectors=Subsector.objects.all(), summary=LONG_TEXT[:200], challenge=LONG_TEXT,
        approach=LONG_TEXT, results=LONG_TEXT, evidence=LONG_TEXT, evidence_url=LONG_ADDRESS,
        how_to_replicate=LONG_TEXT, sources=LONG_ADDRESS, roles=Role.values, cost_band="to-1b",
        stakeholders=Stakeholder.objects.filter(slug="mitra-lengkap"),
    )  # fmt: skip
    teacher = None
    for adopter in Region.objects.exclude(pk=region.pk)[:4]:
        teacher = factories.AdoptionFactory(
            practice=practice, region=adopter, adapted_from=teacher, adapted_how=LONG_TEXT,
            source_url=LONG_ADDRESS, started_on=timezone.localdate(),
        )  # fmt: skip


def _add_family(role, size, region):
    kind = factories.OrganizationTypeFactory(role=role)
    for number in range(size):
        factories.StakeholderFactory(
            name=f"Sanggar {WORD.title()} {role} {number:02}", role=role, region=region,
            organization_type=kind, published=True,
        )  # fmt: skip


def _add_sheet(region):
    """Fill a region up to `ON_A_SHEET` listings of all roles, with needs in every category."""
    subsectors, categories = list(Subsector.objects.all()), list(OfferingCategory.objects.all())
    types = list(OrganizationType.objects.order_by("slug"))
    for subsector in subsectors[:2]:
        factories.RegionSubsectorFactory(region=region, subsector=subsector, since_year=2021)
    for number in range(ON_A_SHEET - region.stakeholders.published().count()):
        kind = types[number % len(types)]
        each = factories.StakeholderFactory(
            name=f"Perkumpulan Penggerak Seni Pesisir {number:02}", role=kind.role,
            organization_type=kind, region=region, published=True,
            subsectors=[subsectors[number % 17], subsectors[(number + 5) % 17]],
            verified_at=timezone.now() - timedelta(days=10 * number) if number % 5 else None,
        )  # fmt: skip
        factories.OfferingFactory(stakeholder=each, category=categories[number % len(categories)])
