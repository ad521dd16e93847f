from collections import Counter
from io import StringIO
from pathlib import Path

import pghistory.models
import pytest
from django.apps import apps
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from django.utils import translation

from regions.models import Region
from stakeholders.models import (
    Offering,
    OfferingCategory,
    OrganizationType,
    Stakeholder,
    freshness_now,
)
from tests.factories import OfferingFactory, StakeholderFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture(autouse=True)
def quick_logos(monkeypatch):
    """Drawing 700 pictures takes most of the time; test_demo_logos.py looks at the real ones."""
    monkeypatch.setattr("stakeholders.demo.inventor.draw_logo", lambda *words: repr(words).encode())


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def reference_data():
    call_command("load_reference_data", stdout=StringIO())


@pytest.fixture
def demo(reference_data):
    load_demo()
    return Stakeholder.objects.demo()


def load_demo(**options):
    output = StringIO()
    call_command("load_demo", stdout=output, **options)
    return output.getvalue().splitlines()


def files(folder):
    return {path.name for path in folder.rglob("*") if path.is_file()}


def event_counts():
    return {
        model: model.objects.count()
        for model in apps.get_models()
        if issubclass(model, pghistory.models.Event) and model._meta.managed
    }


def snapshot(demo, media):
    """All that does not depend on the day of loading."""
    return {
        listing.slug: (
            listing.name,
            listing.region.code,
            listing.summary,
            listing.description,
            [subsector.slug for subsector in listing.subsectors.all()],
            [(o.direction, o.category.slug, o.description) for o in listing.offerings.all()],
            listing.logo and (media / listing.logo.name).read_bytes(),
        )
        for listing in demo.for_page()
    }


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
    assert files(media) == {Path(name).name for name in logos}


def test_the_same_demo_comes_back_after_removing_it(demo, media):
    first = snapshot(demo, media)
    load_demo(remove=True)
    load_demo()

    assert len(first) == 912
    assert snapshot(demo, media) == first


def test_second_load_changes_nothing(demo, media):
    events, pictures = event_counts(), files(media)

    lines = load_demo()

    assert lines == [
        "Universities and institutes: already there",
        "Regional governments: already there",
        "Demo listings: already there",
    ]
    assert (event_counts(), files(media)) == (events, pictures)


def test_progress_is_told_and_history_names_the_command(reference_data):
    assert load_demo()[-3:] == [
        "Demo listings: 600 added",
        "Demo listings: 800 added",
        "Demo listings: 912 added",
    ]
    event = Stakeholder.pgh_event_model.objects.last()
    assert event.pgh_context.metadata == {"command": "load_demo"}


def test_what_people_changed_stays_and_what_they_deleted_of_the_demo_too(demo):
    Stakeholder.objects.filter(slug="universitas-indonesia").update(summary="Ours", slug="ui")
    demo.first().delete()

    load_demo()

    assert Stakeholder.objects.get(slug="ui").summary == "Ours"
    assert Stakeholder.objects.filter(name="Universitas Indonesia").count() == 1
    assert demo.count() == 911


def test_a_missing_real_entry_is_added_again(demo):
    Stakeholder.objects.get(slug="pemerintah-kota-malang").delete()

    assert load_demo()[1] == "Regional governments: 1 added"


def test_remove_takes_exactly_the_demo_away(demo, media, django_capture_on_commit_callbacks):
    ours = StakeholderFactory(name="Milik kami (Contoh)", region=Region.objects.first())
    ours.logo.save("kami.webp", ContentFile(b"x"))
    offering = OfferingFactory(stakeholder=ours)
    merged, replacement = demo[:2]
    demo.filter(pk=merged.pk).update(merged_into=replacement, status="archived")

    with django_capture_on_commit_callbacks(execute=True):
        assert load_demo(remove=True) == ["912 demo listings removed"]

    assert Stakeholder.objects.count() == 132 + 514 + 1
    assert list(Offering.objects.all()) == [offering]
    assert files(media) == {"kami.webp"}
    assert load_demo(remove=True) == ["0 demo listings removed"]


def test_remove_explains_what_is_in_the_way(demo, media):
    pictures = files(media)
    ours = StakeholderFactory(name="Sanggar Kami", region=Region.objects.first())
    Stakeholder.objects.filter(pk=ours.pk).update(merged_into=demo.first(), status="archived")

    with pytest.raises(CommandError) as error:
        load_demo(remove=True)

    assert str(error.value) == (
        "Nothing was removed: “Sanggar Kami” refer to demo listings. Point them elsewhere first."
    )
    assert (demo.count(), files(media)) == (912, pictures)


def test_reference_data_comes_first():
    with pytest.raises(CommandError) as error:
        load_demo()

    assert str(error.value) == (
        "Nothing was loaded. There is no organisation type “universitas”."
        " Run load_reference_data first."
    )


def test_a_category_that_staff_took_away_is_named_and_nothing_is_loaded(reference_data, media):
    OfferingCategory.objects.get(slug="desain").delete()

    with pytest.raises(CommandError, match="no offering category “desain”"):
        load_demo()

    assert Stakeholder.objects.count() == 0
    assert files(media) == set()


def test_a_load_that_breaks_off_leaves_no_picture_behind(reference_data, media, monkeypatch):
    def break_off(entries):
        if entries[0].listing.is_demo:
            assert len(files(media)) > 100
            raise KeyboardInterrupt

    monkeypatch.setattr("stakeholders.demo.load.store_offerings", break_off)

    with pytest.raises(KeyboardInterrupt):
        load_demo()

    assert Stakeholder.objects.count() == 0
    assert files(media) == set()
