"""What is typed and not saved: kept, found again, and handed over."""

from uuid import uuid4

import pytest

from stakeholders.forms import ListingForm
from stakeholders.models import ListingDraft, Stakeholder
from tests import factories
from tests.listings import posted

pytestmark = pytest.mark.django_db

NEW = "/kelola/mitra/baru/"


@pytest.fixture
def listing(officer):
    return factories.StakeholderFactory(name="Batik Laras", region=officer.region, published=True)


@pytest.fixture
def url(listing):
    return f"/kelola/mitra/{listing.pk}/"


@pytest.fixture
def successor(officer):
    return factories.OfficerAssignmentFactory(region=officer.region).user


def type_in(client, user, listing=None, key=None, **changes):
    data = posted(ListingForm(user=user, instance=listing), **changes)
    if key:
        data["kunci"] = str(key)
    address = f"/kelola/mitra/{listing.pk}/draf/" if listing else f"{NEW}draf/"
    return client.post(address, data.dict())


def test_it_is_there_again_even_if_it_is_wrong(officer_client, officer, listing, url):
    response = type_in(officer_client, officer, listing, name="", public_email="setengah@")

    assert response.json()["said"] == "Draf tersimpan"
    form = officer_client.get(url).context["form"]
    assert form["public_email"].value() == "setengah@"
    assert form["name"].value() == ""
    listing.refresh_from_db()
    assert listing.name == "Batik Laras"


def test_there_is_one_for_each_author(officer_client, officer, listing):
    for summary in ["Satu", "Dua"]:
        type_in(officer_client, officer, listing, summary=summary)

    assert ListingDraft.objects.get().data["summary"] == ["Dua"]


def test_who_types_it_back_has_no_draft(officer_client, officer, listing):
    type_in(officer_client, officer, listing, summary="Satu")
    type_in(officer_client, officer, listing)

    assert not ListingDraft.objects.exists()


def test_saving_ends_it(officer_client, officer, listing, url):
    type_in(officer_client, officer, listing, summary="Satu")
    data = posted(officer_client.get(url).context["form"])
    officer_client.post(url, data.dict())

    listing.refresh_from_db()
    assert listing.summary == "Satu"
    assert not ListingDraft.objects.exists()


def test_it_begins_from_what_the_listing_was_then(officer_client, officer, listing, url):
    type_in(officer_client, officer, listing, summary="Satu")
    Stakeholder.objects.filter(pk=listing.pk).update(summary="Kantor", address="Jalan 1")

    data = posted(officer_client.get(url).context["form"])
    response = officer_client.post(url, data.dict())

    assert [each["key"] for each in response.context["conflicts"]] == ["summary"]
    assert response.context["taken"] == "alamat"


def test_a_successor_goes_on_with_it(client, officer, successor, listing, url):
    client.force_login(officer)
    type_in(client, officer, listing, summary="Satu")
    officer.officer_assignments.update(ends_on="2020-01-01", starts_on="2020-01-01")
    client.force_login(successor)

    response = client.get(url)
    assert f"oleh {officer.name}" in response.text
    draft = ListingDraft.objects.get()
    client.post(f"/kelola/draf/{draft.key}/lanjutkan/")

    assert client.get(url).context["form"]["summary"].value() == "Satu"
    client.force_login(officer)
    assert client.post(f"/kelola/draf/{draft.key}/buang/").status_code == 403


def test_nobody_puts_an_own_draft_aside(client, officer, successor, listing):
    for user in [officer, successor]:
        client.force_login(user)
        type_in(client, user, listing, summary=user.name)
    key = ListingDraft.objects.get(author=officer).key

    response = client.post(f"/kelola/draf/{key}/lanjutkan/", follow=True)

    assert "Simpan atau buang draf Anda" in response.text
    assert ListingDraft.objects.filter(author=officer).exists()


def test_a_new_listing_is_found_again_under_its_key(officer_client, officer):
    key = uuid4()
    for name in ["Ra", "Radio Laras"]:
        type_in(officer_client, officer, key=key, name=name)

    response = officer_client.get(f"{NEW}?draf={key}")
    assert response.context["form"]["name"].value() == "Radio Laras"
    assert "Radio Laras" in officer_client.get(NEW).text
    kind = factories.OrganizationTypeFactory()
    data = posted(response.context["form"], organization_type=str(kind.pk), kunci=str(key))
    officer_client.post(NEW, data.dict())
    assert Stakeholder.objects.get().name == "Radio Laras"
    assert not ListingDraft.objects.exists()


def test_a_new_listing_is_looked_at_before_it_is_saved(officer_client, officer):
    key, kind = uuid4(), factories.OrganizationTypeFactory()
    type_in(officer_client, officer, key=key, name="Radio Laras")
    back = officer_client.get(f"/kelola/draf/{key}/pratinjau/")
    assert back.url == f"{NEW}?draf={key}"
    type_in(officer_client, officer, key=key, name="Radio Laras", organization_type=str(kind.pk))

    assert "Radio Laras" in officer_client.get(f"/kelola/draf/{key}/pratinjau/").text


@pytest.mark.parametrize("path", ["lanjutkan", "buang", "pratinjau"])
def test_drafts_of_others_are_not_found(client, officer_client, officer, path):
    key = uuid4()
    type_in(officer_client, officer, key=key, name="Radio Laras")
    client.force_login(factories.OfficerAssignmentFactory().user)

    address = f"/kelola/draf/{key}/{path}/"
    response = client.get(address) if path == "pratinjau" else client.post(address)

    assert response.status_code == 404
    assert client.get(f"{NEW}?draf={key}").status_code == 404
    assert "Radio Laras" not in client.get(NEW).text


def test_nobody_writes_into_the_draft_of_another_region(client, officer_client, officer):
    key = uuid4()
    type_in(officer_client, officer, key=key, name="Radio Laras")
    stranger = factories.OfficerAssignmentFactory().user
    client.force_login(stranger)

    assert type_in(client, stranger, key=key, name="Milik saya").status_code == 403
    assert type_in(client, stranger, key="bukan-kunci", name="Milik saya").status_code == 404
    assert ListingDraft.objects.get().data["name"] == ["Radio Laras"]


def test_it_is_on_no_public_page_and_in_no_history(client, officer_client, officer, listing):
    type_in(officer_client, officer, listing, summary="Belum untuk umum")
    client.logout()

    assert "Belum untuk umum" not in client.get(listing.get_absolute_url()).text
    assert not hasattr(ListingDraft, "pgh_tracked_model")
    assert not hasattr(ListingDraft, "events")
