import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from stakeholders.actions import (
    approve_change,
    archive_listing,
    confirm_listing,
    publish_listing,
    restore_listing,
    save_listing,
    send_back_change,
    withdraw_change,
)
from stakeholders.forms import ListingForm
from stakeholders.models import ListingChange, Offering, Stakeholder
from tests import factories
from tests.listings import filled_in, new_offering, posted, valid

pytestmark = pytest.mark.django_db


@pytest.fixture
def listing(officer):
    return factories.StakeholderFactory(
        region=officer.region, published=True, summary="Batik tulis", website="https://laras.id"
    )


@pytest.fixture
def colleague(officer):
    return factories.OfficerAssignmentFactory(region=officer.region).user


def save(send, user, **options):
    outcome = save_listing(form=send(), user=user, **options)
    outcome.listing.refresh_from_db()
    return outcome


def review(listing, what):
    listing.region.review = what
    listing.region.save()


def test_what_is_saved_is_public_at_once(listing, officer):
    category = factories.OfferingCategoryFactory()
    subsector = factories.SubsectorFactory()
    changes = new_offering(category=str(category.pk), description="Kelas membatik")
    send = filled_in(
        listing, officer, summary="Batik cap", subsectors=[str(subsector.pk)], **changes
    )

    outcome = save(send, officer)

    assert outcome.is_public
    assert outcome.listing.summary == "Batik cap"
    assert list(outcome.listing.subsectors.all()) == [subsector]
    assert [str(each.description) for each in outcome.listing.offerings.all()] == ["Kelas membatik"]


def test_a_form_sent_as_it_was_shown_changes_nothing(listing, officer):
    factories.OfferingFactory(stakeholder=listing, valid_until=timezone.localdate())
    Stakeholder.objects.filter(pk=listing.pk).update(description=" Satu\r\ndua ")
    listing.refresh_from_db()
    events = listing.events.count(), Offering.events.rel.related_model.objects.count()

    outcome = save(filled_in(listing, officer), officer)

    assert outcome.is_public
    assert outcome.listing.description == " Satu\r\ndua "
    assert events == (listing.events.count(), Offering.events.rel.related_model.objects.count())


def test_what_only_one_of_two_changed_comes_together(listing, officer, colleague):
    offering = factories.OfferingFactory(stakeholder=listing, description="Lama")
    mine = filled_in(listing, officer, summary="Batik cap", offerings__0__description="Baru")
    theirs = filled_in(listing, colleague, address="Jalan Mawar 1", rhythm_days="365")

    save(theirs, colleague)
    outcome = save(mine, officer)

    assert sorted(outcome.merged.taken) == ["address", "rhythm_days"]
    assert outcome.listing.summary == "Batik cap"
    assert outcome.listing.address == "Jalan Mawar 1"
    assert outcome.listing.rhythm_days == 365
    offering.refresh_from_db()
    assert offering.description == "Baru"


def test_what_both_changed_is_nobodys_to_overwrite(listing, officer, colleague):
    offering = factories.OfferingFactory(stakeholder=listing, description="Lama")
    rows = {"offerings__0__description": "Punya saya"}
    mine = filled_in(listing, officer, summary="Saya", name="Nama baru", **rows)
    theirs = filled_in(listing, colleague, summary="Mereka", offerings__0__DELETE="on")

    save(theirs, colleague)
    outcome = save(mine, officer)

    assert not outcome.is_public
    found = {each.key: (each.former, each.theirs, each.mine) for each in outcome.conflicts}
    assert found["summary"] == ("Batik tulis", "Mereka", "Saya")
    assert found[f"offerings/{offering.pk}"][1:] == (
        None,
        {**found[f"offerings/{offering.pk}"][0], "description": "Punya saya"},
    )
    assert outcome.listing.name == listing.name  # nothing is written by halves


def test_who_sees_the_other_version_and_sends_again_wins(listing, officer, colleague):
    mine = filled_in(listing, officer, summary="Saya")
    save(filled_in(listing, colleague, summary="Mereka", address="Jalan Mawar 1"), colleague)
    outcome = save(mine, officer)

    again = ListingForm(
        user=officer, instance=listing, content=outcome.merged.content, base=outcome.theirs
    )
    outcome = save_listing(
        form=valid(ListingForm(posted(again), user=officer, instance=listing)), user=officer
    )

    assert outcome.listing.summary == "Saya"
    assert outcome.listing.address == "Jalan Mawar 1"


def test_a_confirmation_meanwhile_is_no_conflict(listing, officer, colleague):
    mine = filled_in(listing, officer, summary="Saya")
    confirm_listing(stakeholder=listing, user=colleague)

    outcome = save(mine, officer)

    assert outcome.is_public
    assert outcome.listing.verified_by == colleague


@pytest.mark.parametrize("base", ["", "forged"])
def test_without_the_version_it_began_from_all_that_differs_is_asked(listing, officer, base):
    outcome = save(filled_in(listing, officer, summary="Saya", base=base), officer)

    assert [each.key for each in outcome.conflicts] == ["summary"]


def test_a_new_listing_is_a_draft_with_an_address_of_its_own(listing, officer):
    kind = factories.OrganizationTypeFactory(role="media")
    form = ListingForm(
        posted(ListingForm(user=officer), name=listing.name, organization_type=str(kind.pk)),
        user=officer,
    )

    outcome = save_listing(form=valid(form), user=officer)

    assert outcome.listing.status == "draft"
    assert outcome.listing.slug not in {"", listing.slug}
    assert outcome.listing.role == "media"
    assert outcome.listing.region == officer.region


def test_an_address_stays_when_the_name_changes(listing, officer):
    slug = listing.slug

    assert save(filled_in(listing, officer, name="Sama sekali lain"), officer).listing.slug == slug


def test_only_who_looks_after_it_writes(listing, officer):
    stranger = factories.OfficerAssignmentFactory().user
    send = filled_in(listing, officer, summary="Saya")

    for user, via in [(stranger, ""), (stranger, "link"), (None, "")]:
        with pytest.raises(PermissionDenied):
            save_listing(form=send(), user=user, via=via)
        for act in [confirm_listing, publish_listing, archive_listing, restore_listing]:
            with pytest.raises(PermissionDenied):
                act(stakeholder=listing, user=user, via=via)


def test_no_region_outside_the_own_ones_can_be_chosen(listing, officer):
    elsewhere = factories.RegionFactory()
    shown = ListingForm(user=officer, instance=listing)
    form = ListingForm(posted(shown, region=str(elsewhere.pk)), user=officer, instance=listing)

    assert list(form.errors) == ["region"]


def users(listing, officer):
    steward = factories.StewardshipFactory(stakeholder=listing).user
    return {"officer": officer, "steward": steward, "link": None, "staff": factories.StaffFactory()}


@pytest.mark.parametrize(
    ("what", "public"),
    [
        ("none", {"officer", "steward", "link", "staff"}),
        ("stewards", {"officer", "staff"}),
        ("all", {"staff"}),
    ],
)
def test_whose_changes_wait(listing, officer, what, public):
    review(listing, what)

    for who, user in users(listing, officer).items():
        listing.refresh_from_db()
        outcome = save(
            filled_in(listing, user, summary=who), user, via="link" if who == "link" else ""
        )
        assert outcome.is_public == (who in public)
        assert (outcome.listing.summary == who) == (who in public)
        assert bool(outcome.change) == (who not in public)


def test_a_steward_gives_the_listing_another_role_only_past_the_review(listing):
    steward = factories.StewardshipFactory(stakeholder=listing).user
    kind = factories.OrganizationTypeFactory(role="media")

    outcome = save(filled_in(listing, steward, organization_type=str(kind.pk)), steward)

    assert outcome.change.is_waiting
    assert outcome.listing.role == "community"


def test_somebody_else_approves_what_waits(listing, officer, colleague):
    review(listing, "all")
    change = save(filled_in(listing, officer, summary="Saya"), officer).change
    save_by_staff = factories.StaffFactory()
    save(filled_in(listing, save_by_staff, address="Jalan Mawar 1"), save_by_staff)

    with pytest.raises(PermissionDenied):
        approve_change(change=change, user=officer)
    outcome = approve_change(change=change, user=colleague)

    listing.refresh_from_db()
    assert outcome.is_public
    assert (listing.summary, listing.address) == ("Saya", "Jalan Mawar 1")
    assert not ListingChange.objects.exists()
    context = listing.events.last().pgh_context.metadata
    assert context == {"user": colleague.pk, "author": officer.pk}
    with pytest.raises(ValidationError):
        approve_change(change=change, user=colleague)


def test_what_contradicts_the_published_version_is_not_approved_unseen(listing, officer, colleague):
    review(listing, "all")
    change = save(filled_in(listing, officer, summary="Saya"), officer).change
    staff = factories.StaffFactory()
    save(filled_in(listing, staff, summary="Kantor pusat"), staff)

    outcome = approve_change(change=change, user=colleague)

    assert [each.key for each in outcome.conflicts] == ["summary"]
    assert ListingChange.objects.filter(pk=change.pk).exists()


def test_what_is_sent_back_is_kept_and_may_come_again(listing, officer, colleague):
    review(listing, "all")
    change = save(filled_in(listing, officer, summary="Saya"), officer).change

    send_back_change(change=change, user=colleague, reason="Belum lengkap")
    again = save(filled_in(listing, officer, summary="Saya lagi"), officer).change

    assert again == change
    assert again.is_waiting
    assert again.content["summary"] == "Saya lagi"
    withdraw_change(change=again, user=officer)
    assert not ListingChange.objects.exists()


def test_a_new_listing_waits_too(officer, colleague):
    draft = factories.StakeholderFactory(region=officer.region)
    review(draft, "all")

    assert not publish_listing(stakeholder=draft, user=officer)
    draft.refresh_from_db()
    assert draft.status == "pending"
    assert not publish_listing(stakeholder=draft, user=officer)  # twice changes nothing
    change = draft.changes.get()
    send_back_change(change=change, user=colleague, reason="Belum lengkap")
    draft.refresh_from_db()
    assert draft.status == "draft"
    publish_listing(stakeholder=draft, user=officer)
    assert approve_change(change=draft.changes.get(), user=colleague).is_public


def test_what_was_public_is_public_again_after_its_restoration(listing, officer):
    archive_listing(stakeholder=listing, user=officer)
    with pytest.raises(ValidationError):
        confirm_listing(stakeholder=listing, user=officer)
    restored = restore_listing(stakeholder=listing, user=officer)

    assert restored.is_published
    never_public = factories.StakeholderFactory(region=officer.region, status="archived")
    assert restore_listing(stakeholder=never_public, user=officer).status == "draft"


def test_a_merged_listing_does_not_come_back(listing, officer):
    merged = factories.StakeholderFactory(
        region=officer.region, status="archived", merged_into=listing
    )

    for act in [publish_listing, restore_listing]:
        with pytest.raises(ValidationError):
            act(stakeholder=merged, user=officer)


def test_the_history_knows_whose_hand_it_was(listing):
    confirm_listing(stakeholder=listing, user=None, via="link")
    steward = factories.StewardshipFactory(stakeholder=listing).user
    assert listing.events.last().pgh_context.metadata == {"via": "link"}
    assert listing.events.last().verified_via == "link"

    confirm_listing(stakeholder=listing, user=steward)
    assert listing.events.last().verified_via == "steward"


def adding(listing, user, category, **values):
    values = {"description": "Kelas membatik", **values}
    return filled_in(listing, user, **new_offering(category=str(category.pk), **values))


def test_the_same_offering_added_by_two_is_one(listing, officer, colleague):
    category = factories.OfferingCategoryFactory()
    mine, theirs = (adding(listing, user, category) for user in (officer, colleague))

    save(theirs, colleague)
    assert save(mine, officer).is_public

    assert listing.offerings.count() == 1


def test_two_who_add_it_for_others_are_asked(listing, officer, colleague):
    category = factories.OfferingCategoryFactory()
    mine = adding(listing, officer, category, reach="nation")

    save(adding(listing, colleague, category), colleague)
    [conflict] = save(mine, officer).conflicts

    offering = listing.offerings.get()
    assert conflict.key == f"offerings/{offering.pk}"
    assert (conflict.theirs["reach"], conflict.mine["reach"]) == ("region", "nation")


def test_what_is_not_the_same_stays_two(listing, officer, colleague):
    category = factories.OfferingCategoryFactory()
    mine = adding(listing, officer, category, direction="need")

    save(adding(listing, colleague, category), colleague)
    save(mine, officer)

    assert listing.offerings.count() == 2
