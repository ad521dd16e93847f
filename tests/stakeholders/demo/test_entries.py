"""What is loaded: the real entries and the invented ones."""

from collections import Counter
from pathlib import Path

from stakeholders.models import (
    Offering,
    OfferingCategory,
    OrganizationType,
    Stakeholder,
    freshness_now,
)
from tests.stakeholders.demo.loading import files


def test_real_entries_come_with_their_source_and_wait_for_confirmation(demo):
    real = Stakeholder.objects.filter(is_demo=False)

    assert Counter(real.values_list("role", flat=True)) == {"academia": 132, "government": 514}
    assert not real.exclude(status="published", verified_at=None).exists()
    assert not real.filter(source="").exists()
    depok = real.get(slug="universitas-indonesia")
    assert depok.summary == (
        "Perguruan tinggi negeri dengan kampus utama di Kota Depok, Jawa Barat."
    )
    assert (depok.region.code, depok.aliases, depok.website) == (
        "32.76",
        ["UI"],
        "https://ui.ac.id/",
    )
    arts = real.get(slug="institut-seni-indonesia-surakarta")
    assert [subsector.slug for subsector in arts.subsectors.all()] == [
        "seni-pertunjukan",
        "seni-rupa",
    ]
    assert real.get(slug="politeknik-negeri-bali").organization_type.slug == "politeknik"
    malang = real.get(slug="pemerintah-kota-malang")
    assert (malang.name, malang.aliases) == ("Pemerintah Kota Malang", ["Pemkot Malang"])
    islands = real.get(name="Pemerintah Kabupaten Administrasi Kepulauan Seribu")
    assert islands.summary == (
        "Pemerintah kabupaten administrasi, bagian dari Provinsi DKI Jakarta."
    )


def test_demo_is_large_varied_and_everywhere(demo):
    published = demo.published()
    spread = published.values_list

    assert Stakeholder.objects.published().count() == 1546
    assert Counter(demo.values_list("status", flat=True)) == {
        "published": 900,
        "draft": 4,
        "pending": 4,
        "archived": 4,
    }
    assert Counter(demo.values_list("role", flat=True)) == {
        "business": 390,
        "community": 260,
        "media": 112,
        "aggregator": 150,
    }
    assert len(set(spread("region", flat=True))) > 100
    assert len(set(spread("region__province", flat=True))) == 38
    assert len(set(spread("subsectors", flat=True))) == 17
    types = OrganizationType.objects.exclude(role__in=["academia", "government"])
    assert set(spread("organization_type", flat=True)) == set(types.values_list("pk", flat=True))
    freshness = Counter(published.annotate(state=freshness_now()).values_list("state", flat=True))
    shares = {"fresh": 50, "due": 15, "stale": 20, "unverified": 15}
    assert {
        state: share for state, share in shares.items() if abs(freshness[state] / 9 - share) < 5
    } == shares
    lead = published.filter(region__slug="kota-pekalongan", subsectors__slug="kriya")
    assert lead.count() >= 3


def test_demo_offerings_are_varied(demo):
    offerings = Offering.objects.filter(stakeholder__is_demo=True)
    per_listing = Counter(offerings.values_list("stakeholder", "direction"))

    assert max(per_listing.values()) == 3
    assert set(offerings.values_list("category", flat=True)) == set(
        OfferingCategory.objects.values_list("pk", flat=True)
    )
    assert set(offerings.values_list("reach", flat=True)) == {"region", "province", "nation"}
    expired = offerings.filter(stakeholder__status="published").difference(offerings.open())
    assert 100 < len(expired) < offerings.count() / 4
    assert not Offering.objects.filter(stakeholder__is_demo=False).exists()


def test_every_demo_listing_is_valid_and_says_what_it_is(demo):
    for listing in demo.for_page():
        listing.clean_fields()
        listing.clean()
        assert listing.name.endswith(" (Contoh)")
        assert listing.slug.endswith("-contoh")
        assert "{" not in listing.name + listing.summary + listing.description
        assert 1 <= len(listing.subsectors.all()) <= 3
        assert listing.website in ("", f"https://example.org/{listing.slug}/")
        assert listing.public_email in ("", "halo@example.org")
        assert (listing.contact_email, listing.public_phone) == ("", "")
    assert demo.exclude(description="").exclude(description__contains="rekaan").count() == 0
    assert 40 < demo.filter(summary="", logo="", description="").count() < 100


def test_most_listings_have_a_logo_and_no_file_is_left_over(demo, media):
    logos = demo.exclude(logo="").values_list("logo", flat=True)

    assert 650 < len(logos) < 780
    covers = files(media / "regions")
    assert files(media) - covers == {Path(name).name for name in logos}
    assert len(covers) == 3 * 2  # of each a WebP and an AVIF: in the tests they are small
