"""/kelola/riwayat/ and the history of one listing: what officers see, and may take back."""

from datetime import timedelta

import pghistory
import pytest
from django.utils import timezone

from history.actions import note
from stakeholders.models import Offering, Stakeholder
from tests import factories

pytestmark = pytest.mark.django_db

HISTORY = "/kelola/riwayat/"


def changing(change, *args, by=None, **metadata):
    """Do something as one change and return its address."""
    who = {"user": by.pk} if by else {}
    with pghistory.context(**who, **metadata) as context:
        change(*args)
    return f"{HISTORY}{context.id}/"


def save(row, **values):
    type(row).objects.filter(pk=row.pk).update(**values)


@pytest.fixture
def listing(officer):
    return factories.StakeholderFactory(name="Batik Laras", region=officer.region, published=True)


@pytest.fixture
def elsewhere(db):
    return factories.StakeholderFactory(name="Lain", published=True)


def text(response):
    return response.content.decode()


@pytest.mark.parametrize("how_many", [1, 3])
def test_it_lists_changes_in_constant_queries(
    officer_client, officer, listing, how_many, django_assert_num_queries
):
    for number in range(how_many):
        changing(lambda n=number: save(listing, summary=f"Baru {n}"), by=officer, hand="officer")
    officer_client.get(HISTORY)

    with django_assert_num_queries(17):
        page = officer_client.get(HISTORY)

    assert [change.author for change in page.context["changes"]] == [officer.name] * how_many


@pytest.mark.parametrize("how_many", [1, 3])
def test_a_listing_tells_its_changes_in_constant_queries(
    officer_client, officer, listing, how_many, django_assert_num_queries
):
    category = factories.OfferingCategoryFactory()
    for number in range(how_many):
        changing(lambda n=number: save(listing, summary=f"Baru {n}"), by=officer, hand="officer")
        factories.OfferingFactory(stakeholder=listing, category=category)

    with django_assert_num_queries(23):
        page = officer_client.get(f"/kelola/mitra/{listing.pk}/riwayat/")

    assert len(page.context["row_changes"]) == 2 * how_many + 1


def test_it_tells_who_by_which_right_before_and_after(officer_client, officer, listing):
    (assignment,) = officer.officer_assignments.all()
    right = {"hand": "officer", "scope": [f"assignment:{assignment.pk}"]}
    changing(lambda: save(listing, summary="Batik tulis"), by=officer, **right)
    note(action="link", subject=listing, user=officer, **right)

    page = text(officer_client.get(f"/kelola/mitra/{listing.pk}/riwayat/"))

    assert officer.name in page
    assert f"Petugas · {officer.region}" in page
    assert "<ins>Batik tulis</ins>" in page
    assert "Tautan bertanda dibuat" in page
    assert officer.email not in page.partition("<main")[2]


def test_nobody_s_address_stands_in_for_a_name(officer_client, officer, listing):
    nameless = factories.UserFactory(name="", email="rahasia@example.id")
    changing(
        lambda: save(listing, verified_by=nameless, verified_at="2026-01-01T00:00Z"), by=nameless
    )

    for address in (HISTORY, f"/kelola/mitra/{listing.pk}/riwayat/"):
        page = text(officer_client.get(address))
        assert f"pengguna {nameless.pk}" in page
        assert "rahasia@" not in page


def test_other_regions_stay_unseen(officer_client, officer, elsewhere):
    other = changing(lambda: save(elsewhere, contact_email="rahasia@example.id"))

    assert list(officer_client.get(HISTORY).context["changes"]) == []
    assert officer_client.get(other).status_code == 404
    assert officer_client.post(other).status_code == 404
    assert officer_client.get(f"/kelola/mitra/{elsewhere.pk}/riwayat/").status_code == 403
    save(elsewhere, status="draft")
    assert officer_client.get(f"/kelola/mitra/{elsewhere.pk}/riwayat/").status_code == 404
    assert (
        officer_client.get(f"{HISTORY}?wilayah={elsewhere.region.slug}")
        .context["filterset"]
        .form.errors
    )


def test_what_a_listing_was_elsewhere_stays_unseen(officer_client, officer, elsewhere):
    save(elsewhere, contact_email="lama@example.id", status="draft")
    changing(lambda: save(elsewhere, region=officer.region, contact_email="baru@example.id"))

    page = text(officer_client.get(f"/kelola/mitra/{elsewhere.pk}/riwayat/"))

    assert "<ins>" + str(officer.region) in page
    assert "lama@example.id" not in page
    assert "baru@example.id" not in page


@pytest.mark.parametrize("address", [HISTORY, f"{HISTORY}x/", "/kelola/mitra/{pk}/riwayat/"])
def test_only_those_who_work_here_enter(client, listing, address):
    address = address.format(pk=listing.pk)

    assert client.get(address).status_code == 302
    client.force_login(factories.UserFactory())
    assert client.get(address).status_code == 403


def test_it_is_filtered(officer_client, officer, listing):
    deputy = factories.OfficerAssignmentFactory(region=officer.region).user
    changing(lambda: save(listing, summary="A"), by=officer, hand="officer")
    changing(lambda: save(listing, summary="B"), by=deputy, hand="officer", via="import")

    def authors(query):
        page = officer_client.get(f"{HISTORY}?{query}")
        return sorted(change.author for change in page.context["changes"])

    assert authors(f"siapa={deputy.pk}") == [deputy.name]
    assert authors("tangan=officer") == [officer.name]
    assert authors("tangan=import") == [deputy.name]
    assert authors(f"wilayah={officer.region.slug}") == sorted([deputy.name, officer.name])
    assert authors("tangan=link") == []


# Undo


def test_an_officer_takes_a_change_of_many_rows_back(officer_client, officer, listing):
    factories.OfferingFactory(stakeholder=listing)

    kriya = factories.SubsectorFactory()
    new = factories.StakeholderFactory.build(
        region=officer.region, organization_type=listing.organization_type
    )

    def many():
        new.save()
        save(listing, summary="Baru")
        listing.subsectors.add(kriya)
        listing.offerings.all().delete()

    key = changing(many)
    assert officer_client.get(key).context["problems"] == []
    response = officer_client.post(key, {"next": HISTORY}, follow=True)

    assert response.redirect_chain == [(HISTORY, 302)]
    assert Stakeholder.objects.get().summary == ""
    assert (listing.subsectors.count(), listing.offerings.count()) == (0, 1)


def test_a_bulk_confirmation_is_taken_back_even_where_changes_are_reviewed(
    officer_client, officer, listing
):
    save(officer.region, review="all")
    save(listing, verified_at="2026-01-01T00:00Z")
    edited = changing(lambda: save(listing, name="Lain"))

    officer_client.post(edited)
    listing.refresh_from_db()
    assert listing.name == "Lain"
    save(listing, name="Batik Laras")
    officer_client.post(changing(lambda: save(listing, verified_at="2026-02-01T00:00Z")))

    listing.refresh_from_db()
    assert listing.verified_at.month == 1


def test_a_change_that_reaches_elsewhere_stays(officer_client, listing, elsewhere):
    both = changing(lambda: Stakeholder.objects.update(summary="Sama"))
    moved = changing(lambda: save(listing, region=elsewhere.region))

    page = officer_client.get(both)
    officer_client.post(both)

    assert "Lain" not in text(page)
    assert Stakeholder.objects.filter(summary="Sama").count() == 2
    assert officer_client.post(moved).status_code == 404


def test_an_offering_does_not_come_back_from_elsewhere(officer_client, listing, elsewhere):
    offering = factories.OfferingFactory(stakeholder=elsewhere)
    taken = changing(lambda: save(offering, stakeholder=listing))

    assert officer_client.post(taken).status_code == 404
    assert Offering.objects.get().stakeholder == listing


def test_rights_that_ended_undo_nothing(officer_client, officer, listing):
    key = changing(lambda: save(listing, name="Lain"))
    officer.officer_assignments.update(starts_on="2020-01-01", ends_on="2020-01-02")

    assert officer_client.post(key).status_code == 403
    assert Stakeholder.objects.get().name == "Lain"


def test_staff_undo_here_with_the_rights_of_their_account(staff_client, listing):
    def both():
        save(listing, name="Lain")
        save(listing.organization_type, name_id="Lain")

    staff_client.post(changing(both))

    assert Stakeholder.objects.get().name == "Batik Laras"


def test_after_an_undo_nobody_is_sent_to_another_site(officer_client, listing):
    key = changing(lambda: save(listing, name="Lain"))

    response = officer_client.post(key, {"next": "https://another.example/"})

    assert response.url == HISTORY


def test_a_steward_sees_what_changed_since_the_day_of_being_one(client, listing):
    long_ago = timezone.now() - timedelta(days=1)
    steward = factories.StewardshipFactory(stakeholder=listing, started_at=long_ago).user
    later = factories.StewardshipFactory(stakeholder=listing)
    type(later).objects.filter(pk=later.pk).update(started_at=timezone.now() + timedelta(days=1))
    save(listing, contact_email="baru@example.id")
    client.force_login(steward)

    page = client.get(f"/kelola/mitra/{listing.pk}/riwayat/")

    assert len(page.context["row_changes"]) == 2
    assert "baru@example.id" not in text(page)
    assert client.get(HISTORY).status_code == 403
    client.force_login(later.user)
    page = client.get(f"/kelola/mitra/{listing.pk}/riwayat/")
    assert list(page.context["row_changes"]) == []
