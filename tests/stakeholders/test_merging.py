"""One listing of two: all goes along, the old address leads on, an undo brings everything back."""

import pghistory
import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from pghistory.models import Context

from history.undo import undo
from stakeholders.merging import BY_RULE, GOES, GROUPS, STAYS, merge, relations
from stakeholders.models import ListingDraft, Merge, Offering, Stakeholder
from stakeholders.shortlist import codes_of
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def kept(db):
    return factories.StakeholderFactory(
        name="Batik Laras", aliases=["Laras"], public_phone="0341 1", published=True
    )


@pytest.fixture
def merged(kept):
    return factories.StakeholderFactory(
        name="Sanggar Batik Laras",
        region=factories.RegionFactory(),
        organization_type=kept.organization_type,
        summary="Batik tulis",
        public_phone="0341 2",
        verified_at=timezone.now(),
        published=True,
    )


def snapshot():
    """Every row of every model that points to a listing, and the listings."""
    rows = {"listing": [*Stakeholder.objects.order_by("pk").values()]}
    for name, relation in relations().items():
        if "SearchEntry" not in name:  # written anew by triggers
            rows[name] = [*relation.related_model._base_manager.order_by("pk").values()]
    return rows


def give_all(listing):
    """One row of each kind that points to it."""
    offering = factories.OfferingFactory(stakeholder=listing)
    listing.subsectors.add(factories.SubsectorFactory())
    return [
        offering,
        factories.StewardshipFactory(stakeholder=listing),
        factories.SuggestionFactory(
            status="accepted", decided_at=timezone.now(), stakeholder=listing
        ),
        factories.GoodPracticeFactory(stakeholders=[listing]),
        ListingDraft.objects.create(stakeholder=listing, author=factories.UserFactory()),
    ]


def test_every_relation_has_a_rule():
    """Who adds one says in stakeholders/merging.py whether its rows go along with a merge."""
    assert set(relations()) - set(GOES) - STAYS == set()


def test_every_field_has_a_rule():
    chosen = {field for fields in GROUPS.values() for field in fields}

    assert {f.name for f in Stakeholder._meta.concrete_fields} == chosen | BY_RULE
    assert chosen & BY_RULE == set()


def test_what_points_to_it_goes_along(kept, merged, staff):
    offering, stewardship, suggestion, practice, draft = give_all(merged)

    merge(kept=kept, merged=merged, user=staff)

    for row in (offering, stewardship, suggestion, draft):
        row.refresh_from_db()
        assert row.stakeholder == kept
    assert list(practice.stakeholders.all()) == [kept]
    assert kept.subsectors.count() == 1
    merged.refresh_from_db()
    assert (merged.status, merged.merged_into) == ("archived", kept)


def test_fields_are_chosen_by_what_is_there_and_what_is_fresh(kept, merged, staff):
    merge(kept=kept, merged=merged, user=staff)

    kept.refresh_from_db()
    assert (kept.name, kept.region) == ("Batik Laras", kept.region)
    assert kept.summary == "Batik tulis"
    assert kept.public_phone == "0341 2"
    assert kept.verified_at == merged.verified_at
    assert kept.aliases == ["Laras", "Sanggar Batik Laras"]


def test_somebody_chooses_otherwise(kept, merged, staff):
    chosen = {"name": "merged", "region": "merged", "public_phone": "kept", "summary": "kept"}

    merge(kept=kept, merged=merged, user=staff, chosen=chosen)

    kept.refresh_from_db()
    assert (kept.name, kept.region, kept.public_phone, kept.summary) == (
        "Sanggar Batik Laras",
        merged.region,
        "0341 1",
        "",
    )
    assert kept.aliases == ["Laras", "Batik Laras"]


def test_what_was_public_stays_so(kept, merged, staff):
    Stakeholder.objects.filter(pk=kept.pk).update(status="draft", published_at=None)

    merge(kept=kept, merged=merged, user=staff)

    kept.refresh_from_db()
    assert (kept.status, kept.published_at) == ("published", merged.published_at)


def test_an_undo_brings_everything_back(kept, merged, staff):
    give_all(kept)
    give_all(merged)
    twin = kept.offerings.get()
    factories.OfferingFactory(stakeholder=merged, direction=twin.direction, category=twin.category)
    both = factories.GoodPracticeFactory(stakeholders=[kept, merged])
    before = snapshot()

    merge(kept=kept, merged=merged, user=staff)
    change = Context.objects.order_by("created_at").last()
    assert Offering.objects.filter(stakeholder=merged).count() == 1  # the twin stays
    assert both.stakeholders.count() == 2
    undo(str(change.pk), staff)

    assert snapshot() == before
    undo(str(Context.objects.get(metadata__undo_of=str(change.pk)).pk), staff)
    assert ListingDraft.objects.filter(stakeholder=kept).count() == 2
    assert Merge.objects.get().merged == merged


def test_the_old_address_leads_to_the_kept_one(client, kept, merged, staff):
    merge(kept=kept, merged=merged, user=staff)

    response = client.get(f"/mitra/{merged.slug}/")

    assert (response.status_code, response.url) == (301, f"/mitra/{kept.slug}/")


def test_a_shortlist_follows(client, kept, merged, staff):
    codes, from_here = codes_of([merged.pk]), {"Sec-Fetch-Site": "same-origin"}
    client.post("/pilihan/", {"tambah": codes}, headers=from_here)
    last = factories.StakeholderFactory(published=True)
    merge(kept=kept, merged=merged, user=staff)
    merge(kept=last, merged=kept, user=staff)

    assert client.get("/pilihan/").context["listings"] == [last]
    assert client.get(f"/pilihan/?p={codes}").context["listings"] == [last]


@pytest.mark.parametrize("wrong", ["itself", "again"])
def test_what_cannot_be_merged_is_refused(kept, merged, staff, wrong):
    pair = {"itself": {"kept": kept, "merged": kept}, "again": {"kept": kept, "merged": merged}}
    if wrong == "again":
        merge(kept=kept, merged=merged, user=staff)

    with pytest.raises(ValidationError):
        merge(**pair[wrong], user=staff)


def test_merging_is_one_change(kept, merged, staff):
    give_all(merged)
    before = Context.objects.count()

    with pghistory.context(url="/admin/"):
        merge(kept=kept, merged=merged, user=staff)

    assert Context.objects.count() == before + 1
