"""A listing that somebody else, or an import of thousands, is writing at this moment."""

from threading import Event, Thread

import pytest
from django.db import connection, transaction

from stakeholders.forms import ListingForm
from stakeholders.models import Stakeholder
from tests import factories
from tests.listings import posted


@pytest.fixture
def listing(transactional_db, officer, settings):
    """Locked on another connection until the test is over."""
    listing = factories.StakeholderFactory(region=officer.region, published=True, summary="Lama")
    settings.STATEMENT_TIMEOUT = 400
    locked, done = Event(), Event()

    def hold():
        with transaction.atomic():
            Stakeholder.objects.select_for_update().get(pk=listing.pk)
            locked.set()
            done.wait(20)
        connection.close()

    holder = Thread(target=hold)
    holder.start()
    locked.wait(20)
    yield listing
    done.set()
    holder.join()


def test_what_was_typed_stays_and_the_page_says_why(officer_client, officer, listing):
    shown = ListingForm(user=officer, instance=listing)
    data = posted(shown, summary="Baru")

    page = officer_client.post(f"/kelola/mitra/{listing.pk}/", dict(data.lists()))

    assert page.status_code == 200
    assert page.context["form"]["summary"].value() == "Baru"
    assert "sedang menyimpan mitra ini" in page.content.decode()


@pytest.mark.parametrize("path", ["{}/konfirmasi/", "{}/arsipkan/", "sekaligus/"])
def test_one_tap_changes_nothing(officer_client, listing, path):
    address = f"/kelola/mitra/{path.format(listing.pk)}"

    assert officer_client.post(address, {"satu": listing.pk}).status_code == 302

    listing.refresh_from_db()
    assert (listing.status, listing.verified_at) == ("published", None)


def test_a_move_says_so_too(officer_client, officer, listing):
    other = factories.OfficerAssignmentFactory(user=officer, region__name="Kota Lain").region
    address = f"/kelola/mitra/{listing.pk}/pindahkan/"

    page = officer_client.post(address, {"region": other.pk}, follow=True)

    assert "sedang menyimpan mitra ini" in page.content.decode()
    listing.refresh_from_db()
    assert listing.region == officer.region
