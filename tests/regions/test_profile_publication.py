"""A profile goes on its page only with words, and off it only by those who may publish."""

import pytest
from django.db import IntegrityError

from regions.models import ProfileDraft, Region
from tests import factories

pytestmark = pytest.mark.django_db

DRAFTS = "/admin/regions/profiledraft/"
REGIONS = "/admin/regions/region/"
NO_COVER = {"website": "", "identity": "", "liveability": "", "participation": ""}


@pytest.mark.parametrize("cover", ["", "regions/covers/baru.webp"])
def test_a_draft_without_words_stays_a_draft(staff_client, draft, cover):
    Region.objects.update(profile_status="draft")
    ProfileDraft.objects.update(tagline="", story="", cover=cover, cover_alt="Dermaga")
    data = {"tagline": " ", "story": "", "_publish": "1", "cover_alt": "Dermaga", **NO_COVER}

    one = staff_client.post(f"{DRAFTS}{draft.pk}/change/", data, follow=True)
    staff_client.post(DRAFTS, {"action": "publish", "_selected_action": [draft.pk]})

    _saved, problem = [str(each) for each in one.context["messages"]]
    assert one.redirect_chain == [(f"{DRAFTS}{draft.pk}/change/", 302)]
    assert problem == "Belum diterbitkan: tulis dulu semboyan, cerita, atau salah satu pilar."
    assert ProfileDraft.objects.get() == draft
    assert Region.objects.get().profile_status == "draft"


def test_the_database_refuses_a_public_profile_without_words(published_region):
    with pytest.raises(IntegrityError, match="region_published_profile_has_text"):
        Region.objects.update(tagline="", story="")


def test_the_status_of_a_profile_is_no_field(staff_client, published_region):
    page = staff_client.get(f"{REGIONS}{published_region.pk}/change/")

    assert "profile_status" not in page.context["adminform"].form.fields
    assert "Terbit" in page.content.decode()


def test_staff_takes_a_profile_off_the_site_and_keeps_its_texts(staff_client, staff, draft):
    draft.publish(staff)
    hidden = factories.RegionFactory(tagline="Belum terbit")
    data = {"action": "unpublish", "_selected_action": [draft.region.pk, hidden.pk]}

    response = staff_client.post(REGIONS, data, follow=True)

    assert [str(message) for message in response.context["messages"]] == [
        "1 profil diturunkan dari situs; teksnya tetap tersimpan.",
        f"Dilewati karena tidak sedang terbit: {hidden}",
    ]
    page = staff_client.get("/wilayah/kota-uji/").content.decode()
    assert "Profil ini belum ditulis" in page
    assert "Semboyan baru" not in page
    assert "Profil dikonfirmasi" not in page
    assert "Semboyan baru" in staff_client.get(f"{DRAFTS}add/?region={draft.region.pk}").text


def test_taking_a_profile_off_takes_the_right_to_publish(client, published_region):
    writer = factories.UserFactory(is_staff=True)
    factories.grant(writer, "regions.view_region", "regions.change_region")
    client.force_login(writer)

    page = client.get(REGIONS).content.decode()
    client.post(REGIONS, {"action": "unpublish", "_selected_action": [published_region.pk]})

    assert 'value="unpublish"' not in page
    assert Region.objects.get().has_profile
