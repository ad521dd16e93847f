"""Staff upload pictures in the admin, with all else that they typed."""

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from regions.models import ProfileDraft
from stakeholders.models import Stakeholder
from tests import factories
from tests.images import pictures

pytestmark = pytest.mark.django_db

LISTINGS = "/admin/stakeholders/stakeholder/"
DRAFTS = "/admin/regions/profiledraft/"


@pytest.fixture
def staff_client(client, staff, settings, tmp_path):
    """Uploads go through the disk, as large ones do."""
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path / "uploads"
    settings.FILE_UPLOAD_TEMP_DIR.mkdir()
    settings.FILE_UPLOAD_HANDLERS = [
        "django.core.files.uploadhandler.TemporaryFileUploadHandler",
    ]
    client.force_login(staff)
    return client


def files(folder):
    return [path for path in folder.rglob("*") if path.is_file()]


def listing_data(**values):
    return {
        "name": "Radio Laras",
        "slug": "radio-laras",
        "role": "media",
        "organization_type": factories.OrganizationTypeFactory(role="media").pk,
        "region": factories.RegionFactory().pk,
        "rhythm_days": "180",
        "status": "draft",
        "offerings-TOTAL_FORMS": "0",
        "offerings-INITIAL_FORMS": "0",
        **values,
    }


def post(client, address, **values):
    return client.post(address, values, headers={"accept-language": "en"})


def test_a_hostile_file_is_told_beside_its_field_and_the_rest_is_kept(staff_client, tmp_path):
    evil = SimpleUploadedFile("logo.png", pictures.SVG)

    response = post(staff_client, f"{LISTINGS}add/", **listing_data(logo=evil))

    form = response.context["adminform"].form
    assert list(form.errors) == ["logo"]
    assert form["name"].value() == "Radio Laras"
    assert (Stakeholder.objects.count(), files(tmp_path)) == (0, [])


def test_a_good_picture_stays_out_while_another_field_is_wrong(staff_client, tmp_path):
    good = SimpleUploadedFile("logo.png", pictures.png())

    response = post(staff_client, f"{LISTINGS}add/", **listing_data(logo=good, rhythm_days="5"))

    assert list(response.context["adminform"].form.errors) == ["rhythm_days"]
    assert (Stakeholder.objects.count(), files(tmp_path)) == (0, [])


def test_the_form_shows_the_picture_that_is_there(staff_client, tmp_path):
    logo = SimpleUploadedFile("logo.png", pictures.png())
    post(staff_client, f"{LISTINGS}add/", **listing_data(logo=logo))
    listing = Stakeholder.objects.get()
    address = f"{LISTINGS}{listing.pk}/change/"
    shown = f'<img src="/media/{listing.logo.name[:-16]}112.webp" alt="" height="112">'
    stored = files(tmp_path)

    assert listing.logo.name.endswith("-112-224x224.webp")
    assert shown in staff_client.get(address).content.decode()
    evil = SimpleUploadedFile("logo.png", pictures.HTML)
    assert shown in post(staff_client, address, **listing_data(logo=evil)).content.decode()
    assert files(tmp_path) == stored


def test_a_cover_goes_from_the_draft_to_the_region(staff_client, staff, tmp_path):
    region = factories.RegionFactory()
    cover = SimpleUploadedFile("cover.jpg", pictures.jpeg((1700, 1000)))

    post(
        staff_client,
        f"{DRAFTS}add/",
        region=region.pk,
        cover=cover,
        cover_alt="Kain batik",
        story="Kain.",
    )
    draft = ProfileDraft.objects.get()
    draft.publish(staff)

    region.refresh_from_db()
    assert region.cover.name.endswith("-480-960-1600x700.webp")
    assert len(files(tmp_path)) == 6
    assert Path(region.cover.path).is_file()
    page = staff_client.get(region.get_absolute_url()).content.decode()
    assert f'src="/media/{region.cover.name}"' in page
    assert 'alt="Kain batik"' in page


def test_a_picture_can_be_taken_away(staff_client):
    listing = factories.StakeholderFactory(logo="stakeholders/logos/batik.webp")
    address = f"{LISTINGS}{listing.pk}/change/"

    post(staff_client, address, **listing_data(**{"logo-clear": "on"}))

    listing.refresh_from_db()
    assert (listing.name, listing.logo.name) == ("Radio Laras", "")


def test_the_file_chooser_offers_what_is_accepted(staff_client):
    page = staff_client.get(f"{LISTINGS}add/").content.decode()

    assert page.count('accept="image/jpeg,image/png,image/webp"') == 2
