"""Where an undo leads, and the history of rows that are gone."""

import pghistory
import pytest

from regions.models import ProfileDraft
from stakeholders.models import Offering, Stakeholder
from tests import factories

pytestmark = pytest.mark.django_db

CHANGES = "/admin/history/change/"
LISTINGS = "/admin/stakeholders/stakeholder/"
OFFERINGS = "/admin/stakeholders/offering/"


def undone(client, change):
    """Do something as one change, take it back and return where that leads."""
    with pghistory.context(command="test") as context:
        change()
    return client.post(f"{CHANGES}{context.id}/change/").url


def test_it_leads_to_the_row(staff_client):
    listing = factories.StakeholderFactory()

    address = undone(staff_client, lambda: Stakeholder.objects.update(summary="New"))

    assert address == f"{LISTINGS}{listing.pk}/change/"


def test_it_leads_to_the_whole_of_which_the_others_are_parts(staff_client):
    kriya = factories.SubsectorFactory()
    listing = factories.StakeholderFactory(subsectors=[kriya])
    factories.OfferingFactory.create_batch(2, stakeholder=listing)

    address = undone(staff_client, lambda: listing.delete())

    assert address == f"{LISTINGS}{Stakeholder.objects.get().pk}/change/"


def test_a_link_leads_to_its_owner(staff_client):
    kriya = factories.SubsectorFactory()
    listing = factories.StakeholderFactory()

    address = undone(staff_client, lambda: listing.subsectors.add(kriya))

    assert address == f"{LISTINGS}{listing.pk}/change/"


def test_a_part_alone_leads_to_itself(staff_client):
    offering = factories.OfferingFactory()

    address = undone(staff_client, lambda: Offering.objects.update(description="New"))

    assert address == f"{OFFERINGS}{offering.pk}/change/"


def test_a_published_draft_leads_to_its_region(staff_client, staff):
    draft = ProfileDraft.objects.create(region=factories.RegionFactory(), story="New")
    region = draft.region

    address = undone(staff_client, lambda: draft.publish(staff))

    assert address == f"/admin/regions/region/{region.pk}/change/"


def test_what_is_gone_leads_to_its_history(staff_client):
    factory = factories.StakeholderFactory
    region, kind = factories.RegionFactory(), factories.OrganizationTypeFactory()

    address = undone(
        staff_client, lambda: factory(name="Laras", region=region, organization_type=kind)
    )
    page = staff_client.get(address)

    assert not Stakeholder.objects.exists()
    assert page.status_code == 200
    kinds = [change.kind for change in page.context["row_changes"]]
    assert kinds == ["delete", "insert"]
    assert "Laras" in str(page.context["title"])


def test_several_rows_lead_to_the_list_of_changes(staff_client):
    factories.StakeholderFactory.create_batch(2)

    assert undone(staff_client, lambda: Stakeholder.objects.update(summary="New")) == CHANGES


def test_who_may_not_look_at_the_row_is_led_to_the_list(client):
    region, kind = factories.RegionFactory(), factories.OrganizationTypeFactory()
    user = factories.UserFactory(is_staff=True)
    # The right to add is enough to take an addition back.
    factories.grant(user, "history.view_change", "history.undo_change")
    factories.grant(user, "stakeholders.add_stakeholder")
    client.force_login(user)
    with pghistory.context(command="test") as context:
        factories.StakeholderFactory(region=region, organization_type=kind)

    assert client.post(f"{CHANGES}{context.id}/change/").url == CHANGES
    assert not Stakeholder.objects.exists()


@pytest.mark.parametrize("key", ["0", "x", "9" * 18, "9" * 5000, "1; drop table"])
def test_there_is_no_history_of_what_never_was(staff_client, key):
    assert staff_client.get(f"{LISTINGS}{key}/history/").url == "/admin/"


def test_the_history_of_a_gone_row_takes_the_rights_of_a_row(client):
    listing = factories.StakeholderFactory()
    address = f"{LISTINGS}{listing.pk}/history/"
    listing.delete()
    user = factories.UserFactory(is_staff=True)
    factories.grant(user, "history.view_change")
    client.force_login(user)

    assert client.get(address).status_code == 403


def test_a_gone_row_that_was_named_after_another_gone_row_has_no_page(staff_client):
    offering = factories.OfferingFactory()
    listing = offering.stakeholder
    category = offering.category
    address = f"{OFFERINGS}{offering.pk}/history/"
    listing.delete()
    assert staff_client.get(address).status_code == 200

    category.delete()

    assert staff_client.get(address).url == "/admin/"


def test_a_gone_row_cannot_be_opened_or_changed(staff_client):
    listing = factories.StakeholderFactory()
    address = f"{LISTINGS}{listing.pk}/change/"
    listing.delete()

    assert staff_client.get(address).url == "/admin/"
    assert staff_client.post(address, {}).url == "/admin/"
