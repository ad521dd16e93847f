"""Every change is made in a context of its own, as a request or a command makes it."""

import pghistory
import pgtrigger
import pytest
from django.core.exceptions import ValidationError
from pghistory.models import Context

from history.undo import undo
from regions.models import Province, Subsector
from stakeholders.models import Offering, Stakeholder
from tests import factories

pytestmark = pytest.mark.django_db


def changing(change, *args, **kwargs):
    """Do something as one change and return its key."""
    with pghistory.context(command="test") as context:
        change(*args, **kwargs)
    return str(context.id)


def save(row, **values):
    for name, value in values.items():
        setattr(row, name, value)
    row.save()


def as_dict(row):
    fields = [f for f in row._meta.concrete_fields if not f.generated]
    row.refresh_from_db()
    return {field.name: getattr(row, field.attname) for field in fields}


def test_an_update_is_set_back_field_by_field(superuser):
    listing = factories.StakeholderFactory(name="Batik Laras", aliases=["Laras"])
    before = as_dict(listing)
    key = changing(save, listing, name="Batik Laris", aliases=[], latitude=-7.0, longitude=110.0)

    undo(key, superuser)

    assert as_dict(listing) == before


def test_a_deleted_row_comes_back_whole(superuser):
    kriya, musik = factories.SubsectorFactory.create_batch(2)
    listing = factories.StakeholderFactory(subsectors=[kriya, musik], published=True)
    offering = factories.OfferingFactory(stakeholder=listing)
    offering.subsectors.add(musik)
    before = as_dict(listing)
    key = changing(Stakeholder.objects.all().delete)
    assert Offering.objects.count() == 0

    undo(key, superuser)

    restored = Stakeholder.objects.get(pk=before["id"])
    assert as_dict(restored) == before
    assert set(restored.subsectors.all()) == {kriya, musik}
    assert list(restored.offerings.all()) == [offering]
    assert list(offering.subsectors.all()) == [musik]


@pytest.mark.parametrize(
    "factory",
    [
        factories.OfferingCategoryFactory,
        factories.OfferingFactory,
        factories.OfficerAssignmentFactory,
        factories.OrganizationTypeFactory,
        factories.ProvinceFactory,
        factories.RecognitionFactory,
        factories.RegionFactory,
        factories.RegionSubsectorFactory,
        factories.StakeholderFactory,
        factories.SubsectorFactory,
    ],
)
def test_rows_of_every_model_come_back(superuser, factory):
    row = factory()
    before = as_dict(row)
    key = changing(factory._meta.model.objects.all().delete)

    undo(key, superuser)

    assert as_dict(factory._meta.model.objects.get()) == before


def test_a_type_comes_back_before_its_listings(superuser):
    listing = factories.StakeholderFactory()
    before = as_dict(listing)

    def delete_both():
        Stakeholder.objects.all().delete()
        listing.organization_type.delete()

    key = changing(delete_both)

    undo(key, superuser)

    assert as_dict(listing) == before


def test_a_nullable_reference_is_set_back(superuser):
    region = factories.RegionFactory()
    title = factories.RecognitionFactory()
    before = as_dict(title)
    key = changing(save, title, region=None, province=region.province)

    undo(key, superuser)

    assert as_dict(title) == before


def test_the_search_finds_a_restored_listing(superuser, client):
    listing = factories.StakeholderFactory(name="Batik Laras", published=True)
    key = changing(Stakeholder.objects.all().delete)

    undo(key, superuser)

    assert client.get("/mitra/?q=laras").context["filterset"].page.object_list == [listing]


def test_an_added_row_is_deleted_with_its_links(superuser):
    kriya = factories.SubsectorFactory()
    region = factories.RegionFactory()
    kind = factories.OrganizationTypeFactory()
    key = changing(
        factories.StakeholderFactory, region=region, organization_type=kind, subsectors=[kriya]
    )

    undo(key, superuser)

    assert Stakeholder.objects.count() == 0
    assert kriya.stakeholders.count() == 0


def test_a_link_is_taken_back(superuser):
    kriya, musik = factories.SubsectorFactory.create_batch(2)
    listing = factories.StakeholderFactory(subsectors=[kriya])
    key = changing(listing.subsectors.set, [musik])

    undo(key, superuser)

    assert list(listing.subsectors.all()) == [kriya]


def test_a_bulk_change_is_undone_as_a_whole(superuser):
    factories.StakeholderFactory.create_batch(3, published=True)
    key = changing(Stakeholder.objects.update, status="archived")

    rows = undo(key, superuser)

    assert len(rows) == 3
    assert Stakeholder.objects.filter(status="published").count() == 3


def test_several_steps_on_one_row_are_undone_to_the_first(superuser):
    listing = factories.StakeholderFactory(name="One")

    def rename_twice_and_delete():
        save(listing, name="Two")
        save(listing, name="Three")
        listing.delete()

    key = changing(rename_twice_and_delete)

    undo(key, superuser)

    assert Stakeholder.objects.get().name == "One"


def test_a_row_added_and_deleted_in_one_change_stays_away(superuser):
    key = changing(lambda: factories.SubsectorFactory().delete())

    undo(key, superuser)

    assert Subsector.objects.count() == 0


def test_an_address_word_passes_back_to_the_deleted_row(superuser):
    """What took the place of a deleted row goes before that row returns."""
    listing = factories.StakeholderFactory(slug="batik")
    region, kind = listing.region, listing.organization_type

    def replace():
        listing.delete()
        factories.StakeholderFactory(slug="batik", region=region, organization_type=kind)

    pk = listing.pk
    key = changing(replace)

    undo(key, superuser)

    assert Stakeholder.objects.get().pk == pk


def test_an_undo_is_a_change_that_can_be_undone(superuser):
    listing = factories.StakeholderFactory(name="Old")
    key = changing(save, listing, name="New")
    undo(key, superuser)
    undoing = Context.objects.get(metadata__undo_of=key)

    undo(str(undoing.pk), superuser)

    listing.refresh_from_db()
    assert listing.name == "New"
    assert undoing.metadata == {"undo_of": key, "user": superuser.pk}


def test_changes_are_undone_one_after_the_other(superuser):
    listing = factories.StakeholderFactory(name="One")
    first = changing(save, listing, name="Two")
    second = changing(save, listing, name="Three")

    undo(second, superuser)
    undo(first, superuser)

    listing.refresh_from_db()
    assert listing.name == "One"


def test_an_event_without_context_is_its_own_change(superuser):
    listing = factories.StakeholderFactory(name="Old")
    save(listing, name="New")
    event = Stakeholder.pgh_event_model.objects.get(pgh_label="update")

    undo(f"stakeholders.StakeholderEvent:{event.pk}", superuser)

    listing.refresh_from_db()
    assert listing.name == "Old"


def test_a_row_changed_again_since_is_named_and_nothing_is_undone(superuser):
    laras, lain = (factories.StakeholderFactory(name=name) for name in ("Laras", "Lain"))
    key = changing(Stakeholder.objects.update, summary="Wrong")
    changing(save, laras, name="Batik Laras")

    with pytest.raises(ValidationError) as refused:
        undo(key, superuser)

    assert refused.value.messages == ["The stakeholder “Batik Laras” has been changed again since."]
    lain.refresh_from_db()
    assert lain.summary == "Wrong"


def test_a_row_older_than_its_history_is_left_alone(superuser):
    with pgtrigger.ignore():
        kriya = factories.SubsectorFactory()
    key = changing(save, kriya, name_id="Kriya", name_en="Crafts")

    with pytest.raises(ValidationError, match="“Crafts” was before is not known"):
        undo(key, superuser)

    assert Subsector.objects.get().name_id == "Kriya"


def test_a_change_is_not_undone_twice(superuser):
    listing = factories.StakeholderFactory(name="Old")
    key = changing(save, listing, name="New")
    undo(key, superuser)

    with pytest.raises(ValidationError, match="changed again since"):
        undo(key, superuser)


def test_an_added_row_that_others_refer_to_by_now_stays(superuser):
    province = factories.ProvinceFactory.build()
    key = changing(province.save)
    changing(factories.RegionFactory, name="Kota Baru", province=province)

    with pytest.raises(ValidationError, match="Kota Baru"):
        undo(key, superuser)

    assert Province.objects.count() == 1


def test_a_row_whose_owner_is_gone_does_not_come_back(superuser):
    offering = factories.OfferingFactory()
    key = changing(offering.delete)
    changing(offering.stakeholder.delete)

    with pytest.raises(ValidationError, match="is gone"):
        undo(key, superuser)

    assert Offering.objects.count() == 0


def test_a_row_whose_address_word_is_taken_does_not_come_back(superuser):
    listing = factories.StakeholderFactory(slug="batik")
    key = changing(listing.delete)
    changing(factories.StakeholderFactory, slug="batik")

    with pytest.raises(ValidationError, match="its place is taken"):
        undo(key, superuser)


def test_staff_takes_the_addition_of_a_listing_back_without_the_right_to_delete(staff):
    region, kind = factories.RegionFactory(), factories.OrganizationTypeFactory()
    key = changing(factories.StakeholderFactory, region=region, organization_type=kind)

    undo(key, staff)

    assert not staff.has_perm("stakeholders.delete_stakeholder")
    assert Stakeholder.objects.count() == 0


def test_a_missing_right_is_said_in_words(staff):
    listing, province = factories.StakeholderFactory(), factories.ProvinceFactory.build()
    key = changing(province.save)
    changed = changing(save, listing, name="New")

    with pytest.raises(ValidationError) as addition:
        undo(key, staff)
    with pytest.raises(ValidationError) as change:
        undo(changed, factories.UserFactory())

    assert addition.value.messages == [
        "Your account may not add provinces, nor take their addition back."
    ]
    assert change.value.messages == ["Your account may not change stakeholders."]
    assert Province.objects.filter(pk=province.pk).exists()


def test_a_link_takes_the_right_to_change_its_owner(staff):
    kriya = factories.SubsectorFactory()
    listing = factories.StakeholderFactory()
    key = changing(listing.subsectors.add, kriya)

    undo(key, staff)

    assert listing.subsectors.count() == 0


@pytest.mark.parametrize(
    "key", ["", "x", "x:1", "regions.RegionEvent:x", "00000000-0000-4000-8000-000000000000"]
)
def test_a_key_of_nothing_is_refused(superuser, key):
    with pytest.raises(ValidationError, match="no such change"):
        undo(key, superuser)
