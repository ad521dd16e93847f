"""What a steward may do with the pages of listings: everything for one, nothing else."""

import re

import pytest

from stakeholders.models import ListingChange, Stakeholder
from tests import factories
from tests.listings import posted

pytestmark = pytest.mark.django_db


@pytest.fixture
def neighbour(steward):
    return factories.StakeholderFactory(
        region=steward.listing.region, published=True, contact_email="rahasia@contoh.id"
    )


def typed(client, listing, **changes):
    form = client.get(f"/kelola/mitra/{listing.pk}/").context["form"]
    sent = {name: form[name].value() for name in form.fields}
    return {name: value for name, value in sent.items() if value} | changes


@pytest.mark.parametrize("act", ["konfirmasi", "arsipkan"])
def test_the_own_listing_is_confirmed_and_archived(steward_client, steward, act):
    steward_client.post(f"/kelola/mitra/{steward.listing.pk}/{act}/")

    listing = Stakeholder.objects.get(pk=steward.listing.pk)
    assert (listing.verified_by == steward, listing.status) == (
        (True, "published") if act == "konfirmasi" else (False, "archived")
    )


@pytest.mark.parametrize(
    "act", ["", "pratinjau/", "konfirmasi/", "terbitkan/", "arsipkan/", "pulihkan/", "riwayat/"]
)
def test_the_neighbours_stay_closed(steward_client, neighbour, act):
    before = Stakeholder.objects.filter(pk=neighbour.pk).values().get()

    for method in (steward_client.get, steward_client.post):
        response = method(f"/kelola/mitra/{neighbour.pk}/{act}")
        assert response.status_code in (403, 404, 405)
        assert "rahasia" not in response.content.decode()
    assert Stakeholder.objects.filter(pk=neighbour.pk).values().get() == before


@pytest.mark.parametrize("act", ["gandakan/", "pindahkan/", "pengelola/"])
def test_officers_work_is_not_theirs(steward_client, steward, act):
    address = f"/kelola/mitra/{steward.listing.pk}/{act}"

    assert steward_client.get(address).status_code == 403
    assert steward_client.post(address).status_code in (403, 405)
    assert Stakeholder.objects.count() == 1


@pytest.mark.parametrize(
    "address", ["mitra/baru/", "usulan/", "petugas/", "impor/", "ekspor/", "tinjauan/"]
)
def test_rooms_of_officers_stay_closed(steward_client, address):
    assert steward_client.get(f"/kelola/{address}").status_code == 403


def test_changes_are_public_at_once_where_nothing_is_reviewed(steward_client, steward):
    listing = steward.listing
    data = typed(steward_client, listing, summary="Membatik bersama")

    steward_client.post(f"/kelola/mitra/{listing.pk}/", data)

    listing.refresh_from_db()
    assert listing.summary == "Membatik bersama"


@pytest.mark.parametrize("review", ["stewards", "all"])
def test_where_they_are_reviewed_they_wait(steward_client, steward, review):
    listing = steward.listing
    type(listing.region).objects.update(review=review)
    data = typed(steward_client, listing, summary="Membatik bersama")

    steward_client.post(f"/kelola/mitra/{listing.pk}/", data)

    listing.refresh_from_db()
    assert listing.summary == ""
    assert ListingChange.objects.get().author == steward


def test_another_role_always_waits(steward_client, steward):
    listing = steward.listing
    media = factories.OrganizationTypeFactory(role="media")
    data = typed(steward_client, listing, organization_type=media.pk)

    steward_client.post(f"/kelola/mitra/{listing.pk}/", data)

    listing.refresh_from_db()
    assert listing.role == "community"
    assert ListingChange.objects.get().content["organization_type"] == media.pk


def test_another_region_cannot_be_forged(steward_client, steward):
    listing, elsewhere = steward.listing, factories.RegionFactory()
    data = typed(steward_client, listing, region=elsewhere.pk)

    steward_client.post(f"/kelola/mitra/{listing.pk}/", data)

    assert Stakeholder.objects.get(pk=listing.pk).region == listing.region
    assert not ListingChange.objects.exists()


def undo_button(response):
    return re.search(r"/kelola/riwayat/[-\w]+/", response.text)[0]


@pytest.mark.parametrize("review", ["none", "all"])
@pytest.mark.parametrize("act", ["konfirmasi", "arsipkan"])
def test_what_they_did_last_is_taken_back(steward_client, steward, act, review):
    region = steward.listing.region
    region.review = review
    region.save()
    url = f"/kelola/mitra/{steward.listing.pk}/"
    key = undo_button(steward_client.post(f"{url}{act}/", follow=True))

    assert "Urungkan perubahan ini" in steward_client.get(key).text
    response = steward_client.post(key, follow=True)

    assert response.redirect_chain == [("/kelola/", 302)]
    steward.listing.refresh_from_db()
    assert (steward.listing.status, steward.listing.verified_at) == ("published", None)


def test_nothing_goes_round_the_review_by_an_undo(steward_client, steward):
    """Nor is anything taken back that somebody else did, or that lies further back."""
    region = steward.listing.region
    region.review = "all"
    region.save()
    url = f"/kelola/mitra/{steward.listing.pk}/"
    key = undo_button(steward_client.post(f"{url}arsipkan/", follow=True))
    form = steward_client.get(url).context["form"]
    steward_client.post(url, posted(form, summary="Belum ditinjau").dict())

    assert steward_client.post(key).status_code == 404
    steward.listing.refresh_from_db()
    assert steward.listing.status == "archived"


def test_the_act_of_an_officer_is_not_theirs_to_take_back(steward_client, steward, client):
    officer = factories.OfficerAssignmentFactory(region=steward.listing.region).user
    client = type(client)()
    client.force_login(officer)
    key = undo_button(client.post(f"/kelola/mitra/{steward.listing.pk}/arsipkan/", follow=True))

    assert steward_client.post(key).status_code == 404
