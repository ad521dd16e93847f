"""A draft waits behind the published profile until staff publish it."""

import pytest

from regions.models import ProfileDraft, Region
from tests import factories

pytestmark = pytest.mark.django_db

DRAFTS = "/admin/regions/profiledraft/"
NO_COVER = {"website": "", "identity": "", "liveability": "", "participation": ""}


def test_the_published_version_stays_up_while_a_draft_waits(client, draft):
    page = client.get("/wilayah/kota-uji/").content.decode()

    assert "Semboyan lama" in page
    assert "Semboyan baru" not in page


def test_the_preview_shows_the_draft_to_staff(staff_client, draft):
    page = staff_client.get("/wilayah/kota-uji/pratinjau/").content.decode()

    assert "Semboyan baru" in page
    assert "Semboyan lama" not in page
    assert Region.objects.get().tagline == "Semboyan lama"


def test_a_preview_is_not_there_for_others(client, draft):
    assert client.get("/wilayah/kota-uji/pratinjau/").status_code == 404

    client.force_login(factories.OfficerAssignmentFactory(region=draft.region).user)
    assert client.get("/wilayah/kota-uji/pratinjau/").status_code == 404


def test_there_is_no_preview_without_a_draft(staff_client, published_region):
    assert staff_client.get("/wilayah/kota-uji/pratinjau/").status_code == 404


def test_publishing_replaces_the_profile_and_confirms_it(draft, staff):
    draft.publish(staff)

    region = Region.objects.get()
    assert (region.tagline, region.story) == ("Semboyan baru", "Cerita baru")
    assert region.has_profile
    assert region.profile_verified_at is not None
    assert region.profile_verified_by == staff
    assert not ProfileDraft.objects.exists()


def test_publishing_leaves_what_others_changed_meanwhile(draft, staff):
    Region.objects.update(population=1234, cover="regions/covers/baru.webp")

    draft.publish(staff)

    region = Region.objects.get()
    assert (region.tagline, region.population) == ("Semboyan baru", 1234)
    assert region.cover.name == "regions/covers/baru.webp"


def test_a_profile_outlives_the_account_that_confirmed_it(draft):
    user = factories.UserFactory()
    draft.publish(user)

    user.delete()

    region = Region.objects.get()
    assert region.has_profile
    assert region.profile_verified_by is None


def test_a_draft_without_cover_keeps_the_published_cover(published_region, draft, staff):
    Region.objects.update(cover="regions/covers/lama.webp")

    ProfileDraft.objects.get().publish(staff)

    assert Region.objects.get().cover.name == "regions/covers/lama.webp"


def test_a_new_draft_starts_from_the_published_texts(staff_client, published_region):
    page = staff_client.get(f"{DRAFTS}add/?region={published_region.pk}").content.decode()

    assert "Semboyan lama" in page
    assert "Cerita lama" in page


@pytest.mark.parametrize("odd", ["", "x", "999999", "9" * 5000, "%00", "1; drop table"])
def test_an_odd_region_starts_an_empty_draft(staff_client, odd):
    assert staff_client.get(f"{DRAFTS}add/?region={odd}").status_code == 200


def test_saving_and_publishing_is_one_step(staff_client, staff, draft):
    data = {"tagline": "Semboyan ketiga", "story": "", "_publish": "1", **NO_COVER}

    response = staff_client.post(f"{DRAFTS}{draft.pk}/change/", data)

    assert response.url == "/wilayah/kota-uji/"
    region = Region.objects.get()
    assert (region.tagline, region.profile_verified_by) == ("Semboyan ketiga", staff)


@pytest.mark.parametrize(("length", "is_saved"), [(1200, True), (1201, False)])
def test_a_line_break_counts_once_as_in_the_browser(staff_client, draft, length, is_saved):
    identity = "\r\n".join(["1"] * ((length + 1) // 2)) + "2" * (1 - length % 2)
    data = {"tagline": "Semboyan ketiga", "story": "", **NO_COVER, "identity": identity}

    staff_client.post(f"{DRAFTS}{draft.pk}/change/", data)

    kept = ProfileDraft.objects.get().identity
    assert kept == (identity.replace("\r\n", "\n") if is_saved else "")
    assert len(kept) == (length if is_saved else 0)


def test_several_drafts_are_published_at_once(staff_client, staff, draft):
    data = {"action": "publish", "_selected_action": [draft.pk]}

    staff_client.post(DRAFTS, data)

    region = Region.objects.get()
    assert (region.tagline, region.profile_verified_by) == ("Semboyan baru", staff)


def test_publishing_takes_its_own_right(client, draft):
    writer = factories.UserFactory(is_staff=True)
    factories.grant(writer, "regions.view_profiledraft", "regions.change_profiledraft")
    client.force_login(writer)
    data = {"tagline": "Semboyan ketiga", "story": "", "_publish": "1", **NO_COVER}

    client.post(f"{DRAFTS}{draft.pk}/change/", data)

    assert Region.objects.get().tagline == "Semboyan lama"
    assert ProfileDraft.objects.get().tagline == "Semboyan ketiga"


def test_the_region_form_leads_to_the_draft(staff_client, draft):
    page = staff_client.get(f"/admin/regions/region/{draft.region.pk}/change/").content.decode()

    assert f"{DRAFTS}{draft.pk}/change/" in page


@pytest.mark.parametrize("draft_count", [1, 3])
def test_the_list_of_drafts_asks_no_more_for_more(
    staff_client, django_assert_num_queries, draft_count
):
    for region in factories.RegionFactory.create_batch(draft_count):
        ProfileDraft.objects.create(region=region)

    with django_assert_num_queries(8):
        response = staff_client.get(DRAFTS)

    assert response.context["cl"].result_count == draft_count


def test_the_page_says_which_office_confirmed_the_profile(client, draft, staff):
    draft.publish(staff)

    page = client.get("/en/wilayah/kota-uji/").content.decode()

    assert "Confirmed by the network staff." in page
    assert staff.name not in page


@pytest.mark.parametrize(
    ("cover", "published_cover", "is_told"),
    [("", "", False), ("baru.webp", "", True), ("", "lama.webp", True), ("baru.webp", "x", True)],
)
def test_a_cover_needs_words_for_who_cannot_see_it(
    staff_client, draft, cover, published_cover, is_told
):
    Region.objects.update(cover=published_cover)
    ProfileDraft.objects.update(cover=cover)

    response = staff_client.post(f"{DRAFTS}{draft.pk}/change/", {"story": "", **NO_COVER})

    assert (response.status_code == 200) is is_told
    if is_told:
        assert list(response.context["adminform"].form.errors) == ["cover_alt"]


@pytest.mark.parametrize(
    ("cover", "words", "published"),
    [
        ("baru.webp", "Pasar", ("baru.webp", "Pasar")),
        ("", "Pasar pagi", ("lama.webp", "Pasar pagi")),
        # Drafts older than the words: a new picture never gets the words of another.
        ("", "", ("lama.webp", "Dermaga")),
        ("baru.webp", "", ("baru.webp", "")),
    ],
)
def test_a_cover_and_its_words_go_together(draft, staff, cover, words, published):
    Region.objects.update(cover="lama.webp", cover_alt="Dermaga")
    ProfileDraft.objects.update(cover=cover, cover_alt=words)

    ProfileDraft.objects.get().publish(staff)

    region = Region.objects.get()
    assert (region.cover.name, region.cover_alt) == published


def test_the_page_says_what_the_cover_shows(client, published_region):
    Region.objects.update(cover="regions/covers/lama.webp", cover_alt='Pasar "terapung" <i>')

    page = client.get("/wilayah/kota-uji/").content.decode()

    assert 'alt="Pasar &quot;terapung&quot; &lt;i&gt;" class="region-cover"' in page
