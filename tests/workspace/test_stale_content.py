"""Changes and drafts of what was deleted, merged or archived while they waited."""

from uuid import uuid4

import pytest
from django.db import connection
from hypothesis import given, settings
from hypothesis import strategies as st

from stakeholders import merging
from stakeholders.actions import archive_listing, save_listing
from stakeholders.forms import ListingForm
from stakeholders.lists import forget_lists
from stakeholders.models import ListingChange, ListingDraft, Stakeholder
from tests import factories, hostile
from tests.listings import filled_in, new_offering, posted

pytestmark = pytest.mark.django_db


class Choices:
    """Rows that nothing but a change or a draft names."""

    def __init__(self, user):
        self.type = factories.OrganizationTypeFactory()
        self.subsector = factories.SubsectorFactory()
        self.category = factories.OfferingCategoryFactory()
        self.region = factories.OfficerAssignmentFactory(user=user, region__review="all").region

    @property
    def typed(self):
        values = {
            "organization_type": str(self.type.pk),
            "region": str(self.region.pk),
            "subsectors": [str(self.subsector.pk)],
        }
        return values | new_offering(category=str(self.category.pk), description="Kelas")

    def delete(self, names):
        for name in names:
            row = getattr(self, name)
            if name == "region":
                row.officer_assignments.all().delete()
            row.delete()


class Waiting:
    """A listing of the officer with a change, and a draft, by a colleague."""

    def __init__(self, officer):
        self.officer, region = officer, officer.officer_assignments.earliest("pk").region
        region.review = "all"
        region.save()
        self.author = factories.OfficerAssignmentFactory(region=region).user
        self.choices = Choices(self.author)
        factories.OfficerAssignmentFactory(user=officer, region=self.choices.region)
        self.listing = factories.StakeholderFactory(region=region, published=True)
        send = filled_in(self.listing, self.author, **self.choices.typed)
        self.change = save_listing(form=send(), user=self.author).change
        typed = ListingForm(posted(send()), user=self.author, instance=self.listing).typed()
        base = self.change.base
        self.draft = self.listing.drafts.create(author=officer, base=base, data=typed)
        self.new = ListingDraft.objects.create(author=officer, key=uuid4(), data=typed)

    def befall(self, fate):
        other = factories.StakeholderFactory(region=self.listing.region, published=True)
        if fate == "merged":
            merging.merge(kept=other, merged=self.listing, user=self.officer)
        elif fate == "archived":
            archive_listing(stakeholder=self.listing, user=self.officer)

    @property
    def pages(self):
        at = f"/kelola/mitra/{self.listing.pk}/"
        return [
            at,
            f"{at}?perubahan={self.change.pk}",
            f"{at}pratinjau/",
            f"/kelola/mitra/baru/?draf={self.new.key}",
            f"/kelola/draf/{self.new.key}/pratinjau/",
            "/kelola/tinjauan/",
            f"/kelola/tinjauan/{self.change.pk}/",
        ]

    def submit(self, client, address):
        """Send the form as it is shown, as whoever goes on with a draft does."""
        if (form := client.get(address).context["form"]).is_bound:
            return
        keys = {"kunci": str(self.new.key)} if "baru" in address else {}
        data = posted(form, tetap="1", aksi="konfirmasi", **keys)
        response = client.post(address.partition("?")[0], data.dict())
        assert response.status_code in {200, 302}


@settings(hostile.modestly, max_examples=8)
@given(
    deleted=st.sets(st.sampled_from(["type", "subsector", "category", "region"])),
    fate=st.sampled_from(["", "merged", "archived"]),
)
def test_nothing_that_is_gone_breaks_a_page(officer_client, officer, deleted, fate):
    forget_lists()
    waiting = Waiting(officer)
    waiting.choices.delete(deleted)
    waiting.befall(fate)

    for address in waiting.pages:
        assert officer_client.get(address).status_code in {200, 302, 404}
    for address in waiting.pages[:1] + waiting.pages[3:4]:
        waiting.submit(officer_client, address)
    response = officer_client.post(f"/kelola/tinjauan/{waiting.change.pk}/setujui/")
    assert response.status_code == 302
    connection.check_constraints()


@pytest.mark.parametrize("gone", ["type", "subsector", "category", "region"])
def test_a_change_with_something_deleted_is_not_approved_but_edited(officer_client, officer, gone):
    waiting = Waiting(officer)
    waiting.choices.delete([gone])
    address = f"/kelola/tinjauan/{waiting.change.pk}/"

    response = officer_client.post(f"{address}setujui/", follow=True)

    assert response.redirect_chain == [(address, 302)]
    assert "sudah dihapus" in response.text
    assert ListingChange.objects.filter(pk=waiting.change.pk).exists()
    assert f"?perubahan={waiting.change.pk}" in response.text
    connection.check_constraints()


def test_a_change_of_a_merged_listing_goes_along(officer_client, officer):
    waiting = Waiting(officer)
    kept = factories.StakeholderFactory(region=waiting.listing.region, summary="Yang tinggal")
    ListingChange.objects.update(content=waiting.change.base | {"address": "Jalan Mawar 1"})
    merging.merge(kept=kept, merged=waiting.listing, user=officer)

    officer_client.post(f"/kelola/tinjauan/{waiting.change.pk}/setujui/")

    kept.refresh_from_db()
    assert (kept.address, kept.summary) == ("Jalan Mawar 1", "Yang tinggal")
    waiting.listing.refresh_from_db()
    assert waiting.listing.address == ""


def test_nothing_is_written_into_a_merged_listing(officer_client, officer):
    listing = factories.StakeholderFactory(region=officer.region, summary="Lama")
    kept = factories.StakeholderFactory(region=officer.region, published=True, name="Batik Ayu")
    data = posted(ListingForm(user=officer, instance=listing), summary="Baru")
    merging.merge(kept=kept, merged=listing, user=officer)
    url = f"/kelola/mitra/{listing.pk}/"

    response = officer_client.post(url, data.dict())
    assert "sudah digabungkan" in response.text
    assert 'value="Baru"' in response.text or "Baru</textarea>" in response.text
    assert Stakeholder.objects.get(pk=listing.pk).summary == "Lama"
    elsewhere = {"region": factories.OfficerAssignmentFactory(user=officer).region.pk}
    assert officer_client.post(f"{url}pindahkan/", elsewhere).status_code == 302
    html = officer_client.get(url).text
    assert f'href="/kelola/mitra/{kept.pk}/"' in html


def test_what_is_saved_into_an_archived_listing_stays_out_of_sight(officer_client, officer):
    listing = factories.StakeholderFactory(region=officer.region, published=True)
    data = posted(ListingForm(user=officer, instance=listing), summary="Baru", aksi="konfirmasi")
    archive_listing(stakeholder=listing, user=officer)

    response = officer_client.post(f"/kelola/mitra/{listing.pk}/", data.dict(), follow=True)

    assert "Pulihkan" in response.text
    assert "diarsipkan" in response.text
    assert Stakeholder.objects.get(pk=listing.pk).status == "archived"
