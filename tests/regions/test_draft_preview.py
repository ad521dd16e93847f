"""Staff see what they typed as the page it will be, before anything is saved."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pghistory.models import Context

from regions.models import ProfileDraft, Region
from tests import factories
from tests.images import pictures

pytestmark = pytest.mark.django_db

DRAFTS = "/admin/regions/profiledraft/"
NEW = f"{DRAFTS}preview/"
OLD_COVER = "regions/covers/lama.webp"


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    return settings.MEDIA_ROOT


@pytest.fixture
def region():
    return factories.RegionFactory(
        slug="kota-uji", tagline="Semboyan lama", profile_status="published", cover=OLD_COVER
    )


@pytest.fixture
def draft(region):
    return ProfileDraft.objects.create(region=region, tagline="Semboyan baru")


@pytest.fixture
def address(draft):
    return f"{DRAFTS}{draft.pk}/preview/"


def typed(**values):
    texts = ["story", "website", "identity", "liveability", "participation"]
    return dict.fromkeys(texts, "") | {
        "tagline": "Semboyan ketiga",
        "cover_alt": "Perahu di dermaga",
        **values,
    }


def upload(data):
    return SimpleUploadedFile("cover.jpg", data)


def covers(response):
    page = response.content.decode()
    return re.findall(r'<img[^>]*class="region-cover"[^>]* src="([^"]{30})', page)


def test_it_shows_what_is_typed_and_saves_nothing(staff_client, address, region, draft):
    changes = Context.objects.count()

    response = staff_client.post(address, typed(story="Cerita & <b>ketiga</b>"))

    page = response.content.decode()
    assert "Semboyan ketiga" in page
    assert "Cerita &amp; &lt;b&gt;ketiga&lt;/b&gt;" in page
    assert "Semboyan baru" not in page
    assert '<meta name="robots" content="noindex">' in page
    assert ProfileDraft.objects.get().tagline == "Semboyan baru"
    assert Region.objects.get().tagline == "Semboyan lama"
    assert Context.objects.count() == changes


def test_it_says_that_nothing_is_saved(staff_client, address):
    response = staff_client.post(address, typed())

    assert "Pratinjau, belum disimpan" in response.content.decode()


def test_a_new_draft_is_shown_without_coming_to_be(staff_client, region):
    response = staff_client.post(NEW, typed(region=region.pk))

    assert "Semboyan ketiga" in response.content.decode()
    assert not ProfileDraft.objects.exists()


def test_the_published_cover_stays_where_no_other_is_chosen(staff_client, address):
    assert covers(staff_client.post(address, typed())) == [f"/media/{OLD_COVER}"[:30]]


def test_a_saved_cover_is_shown(staff_client, address):
    ProfileDraft.objects.update(cover="regions/covers/baru.webp")

    assert covers(staff_client.post(address, typed())) == ["/media/regions/covers/baru.web"]


def test_a_chosen_cover_is_shown_and_leaves_no_file(staff_client, address, media):
    cover = upload(pictures.jpeg((1700, 1000)))

    response = staff_client.post(address, typed(cover=cover))

    [cover] = covers(response)
    assert cover.startswith("data:image/webp;base64,UklGR")  # "RIFF", as every WebP begins
    assert not media.exists()
    assert ProfileDraft.objects.get().cover == ""


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"website": "no address"}, "website"),
        ({"tagline": "x" * 141}, "tagline"),
        ({"cover_alt": ""}, "cover_alt"),
        ({"cover": pictures.SVG}, "cover"),
        ({"cover": pictures.HTML}, "cover"),
    ],
)
def test_a_mistake_is_told_instead(staff_client, address, media, wrong, field):
    values = {name: upload(x) if isinstance(x, bytes) else x for name, x in wrong.items()}

    response = staff_client.post(address, typed(**values))

    errors = response.context["form"].errors
    assert list(errors) == [field]
    assert str(errors[field][0]) in response.content.decode()
    assert not media.exists()


@pytest.mark.parametrize("odd", ["", "x", "999999", "9" * 5000, "\0"])
def test_a_new_draft_needs_its_region(staff_client, odd):
    response = staff_client.post(NEW, typed(region=odd))

    assert list(response.context["form"].errors) == ["region"]


def test_a_second_draft_of_a_region_is_refused(staff_client, draft):
    response = staff_client.post(NEW, typed(region=draft.region.pk))

    assert list(response.context["form"].errors) == ["region"]


def test_who_opens_the_address_itself_is_led_to_the_form(staff_client, address, draft):
    assert staff_client.get(address).url == f"{DRAFTS}{draft.pk}/change/"
    assert staff_client.get(NEW).url == f"{DRAFTS}add/"


@pytest.mark.parametrize("key", ["999999", "x", "9" * 5000])
def test_an_unknown_draft_is_404(staff_client, key):
    assert staff_client.post(f"{DRAFTS}{key}/preview/", typed()).status_code == 404


@pytest.mark.parametrize("right", ["view", "publish"])
def test_who_may_not_write_drafts_is_refused(client, address, right):
    user = factories.UserFactory(is_staff=True)
    factories.grant(user, f"regions.{right}_profiledraft")
    client.force_login(user)

    assert client.post(address, typed()).status_code == 403
    assert client.post(NEW, typed()).status_code == 403


def test_others_are_asked_to_sign_in(client, address, draft):
    assert client.post(address, typed()).url.startswith("/admin/login/")

    client.force_login(factories.OfficerAssignmentFactory(region=draft.region).user)
    assert client.post(address, typed()).url.startswith("/admin/login/")


def test_it_takes_a_token_of_the_form(staff, address):
    client = Client(enforce_csrf_checks=True)
    client.force_login(staff)

    assert client.post(address, typed()).status_code == 403


@pytest.mark.parametrize("page", ["change", "add"])
def test_the_form_has_the_button(staff_client, draft, page):
    form, preview = {
        "change": (f"{DRAFTS}{draft.pk}/change/", f"{DRAFTS}{draft.pk}/preview/"),
        "add": (f"{DRAFTS}add/", NEW),
    }[page]

    html = staff_client.get(form).content.decode()

    assert f'formaction="{preview}" formtarget="_blank"' in html


def test_who_may_only_look_has_no_button(client, draft):
    user = factories.UserFactory(is_staff=True)
    factories.grant(user, "regions.view_profiledraft")
    client.force_login(user)

    assert "formaction" not in client.get(f"{DRAFTS}{draft.pk}/change/").content.decode()
