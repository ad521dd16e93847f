"""The invented profiles: published, marked, and taken away without touching what staff wrote."""

from io import BytesIO

import pytest

from accounts.models import User
from images.pictures import COVER
from regions.models import ProfileDraft, Region
from stakeholders.demo import covers
from stakeholders.demo.load import files_undone_on_error
from stakeholders.demo.profiles import load_profiles, remove_profiles
from tests.factories import UserFactory
from tests.stakeholders.demo.loading import files

pytestmark = pytest.mark.usefixtures("reference_data")

SLUGS = ["kota-denpasar", "kota-makassar", "kota-malang"]


def load():
    with files_undone_on_error() as saved:
        return list(load_profiles(saved))


def published():
    return Region.objects.filter(profile_status="published").order_by("slug")


def texts():
    names = ["slug", "tagline", "story", "cover", "profile_status", "profile_verified_by"]
    return list(Region.objects.order_by("pk").values_list(*names, "profile_verified_at"))


def test_three_regions_have_a_profile_that_says_it_is_an_example(client):
    assert load() == ["Region profiles: 3 added"]

    assert [region.slug for region in published()] == SLUGS
    for region in published():
        region.full_clean()
        assert region.tagline.endswith("(Contoh)")
        assert region.story.startswith("Profil ini contoh:")
        assert region.cover_alt.startswith("Ilustrasi contoh:")
        html = client.get(f"/en/wilayah/{region.slug}/").content.decode()
        assert f'alt="{region.cover_alt}"' in html
        for words in (region.tagline, region.identity, "Confirmed by the network staff."):
            assert words in html
    assert ProfileDraft.objects.count() == 0


def test_nobody_can_sign_in_with_their_account(client):
    load()

    author = User.objects.get()
    assert (author.is_active, author.has_usable_password()) == (False, False)


def test_a_second_load_changes_nothing():
    load()
    region = published().first()
    region.unpublish()
    before = texts()

    assert load() == ["Region profiles: already there"]
    assert texts() == before


def test_what_staff_wrote_is_left_alone():
    staff = UserFactory(is_staff=True)
    malang = Region.objects.get(slug="kota-malang")
    ProfileDraft.objects.create(region=malang, tagline="Milik kami").publish(staff)
    ProfileDraft.objects.create(region=Region.objects.get(slug="kota-denpasar"), story="Nanti")

    assert load() == ["Region profiles: 1 added"]

    malang.refresh_from_db()
    assert (malang.tagline, malang.profile_verified_by) == ("Milik kami", staff)
    assert ProfileDraft.objects.get().story == "Nanti"


def test_remove_takes_exactly_these_away(media):
    before = texts()
    load()
    staff = UserFactory(is_staff=True)
    malang = Region.objects.get(slug="kota-malang")
    ProfileDraft.objects.create(
        region=malang, tagline=f"{malang.tagline}!", cover_alt="Bukit"
    ).publish(staff)

    assert remove_profiles() == 2

    malang.refresh_from_db()
    assert (malang.tagline[-10:], malang.profile_verified_by) == (" (Contoh)!", staff)
    assert malang.cover
    others = [row for row in texts() if row[0] != "kota-malang"]
    assert others == [row for row in before if row[0] != "kota-malang"]
    assert list(User.objects.all()) == [staff]
    assert remove_profiles() == 0


def test_an_error_leaves_no_file_behind(media, monkeypatch):
    monkeypatch.setattr("stakeholders.demo.profiles.ProfileDraft.publish", None)

    with pytest.raises(TypeError):
        load()

    assert files(media) == set()


@pytest.mark.parametrize("kind", covers.MOTIFS)
def test_a_cover_is_drawn_the_same_each_time(kind):
    drawn = [covers.draw_cover(kind) for _ in range(2)]

    assert drawn[0].size == (COVER.widths[-1], round(COVER.widths[-1] / COVER.ratios[0]))
    assert drawn[0].tobytes() == drawn[1].tobytes()
    assert len(drawn[0].getcolors(200_000)) > 3
    drawn[0].save(BytesIO(), "WEBP")
