"""Whatever happened, an officer's undo touches nothing that is not the officer's."""

import pghistory
import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from history.undo import undo
from stakeholders.changes import missing_rights
from stakeholders.models import Offering, Stakeholder
from tests import factories

pytestmark = pytest.mark.django_db

LISTINGS = st.sampled_from(["mine", "also mine", "theirs", "also theirs"])
STEPS = st.one_of(
    st.tuples(st.just("edit"), LISTINGS, st.sampled_from("ABC")),
    st.tuples(st.just("move"), LISTINGS, st.booleans()),
    st.tuples(st.just("offer"), LISTINGS, st.none()),
    st.tuples(st.just("give"), LISTINGS, LISTINGS),
    st.tuples(st.just("tag"), LISTINGS, st.none()),
    st.tuples(st.just("delete"), LISTINGS, st.none()),
)


class World:
    """Two regions with two listings each; one region is the officer's."""

    def __init__(self, officer):
        self.category, self.subsector = (
            factories.OfferingCategoryFactory(),
            factories.SubsectorFactory(),
        )
        self.regions = {True: officer.region, False: factories.RegionFactory()}
        kind = factories.OrganizationTypeFactory()
        for name in ("mine", "also mine", "theirs", "also theirs"):
            region = self.regions["mine" in name]
            factories.StakeholderFactory(name=name, region=region, organization_type=kind)

    def take(self, step):
        what, name, value = step
        if listing := Stakeholder.objects.filter(name=name).first():
            getattr(self, what)(listing, value)

    def edit(self, listing, value):
        Stakeholder.objects.filter(pk=listing.pk).update(summary=value)

    def move(self, listing, is_mine):
        Stakeholder.objects.filter(pk=listing.pk).update(region=self.regions[is_mine])

    def offer(self, listing, _value):
        listing.offerings.create(direction="offer", category=self.category)

    def give(self, listing, to):
        target = Stakeholder.objects.filter(name=to).first()
        listing.offerings.update(stakeholder=target or listing)

    def tag(self, listing, _value):
        listing.subsectors.add(self.subsector)
        for offering in listing.offerings.all():
            offering.subsectors.add(self.subsector)

    def delete(self, listing, _value):
        listing.delete()

    def of_others(self):
        """All that stands in the other region."""
        other = {"region": self.regions[False]}
        theirs = Stakeholder.objects.filter(**other).order_by("pk")
        offerings = Offering.objects.filter(stakeholder__in=theirs).order_by("pk")
        links = [
            *Stakeholder.subsectors.through.objects.filter(stakeholder__in=theirs).values("pk"),
            *Offering.subsectors.through.objects.filter(offering__in=offerings).values("pk"),
        ]
        return [*theirs.values(), *offerings.values(), *links]


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(changes=st.lists(st.lists(STEPS, min_size=1, max_size=3), min_size=1, max_size=4))
def test_no_undo_of_an_officer_reaches_elsewhere(officer, changes):
    with transaction.atomic():
        world, keys = World(officer), []
        for steps in changes:
            with pghistory.context() as context:
                for step in steps:
                    world.take(step)
            keys.append(str(context.id))
        before = world.of_others()
        for key in reversed(keys):
            try:
                undo(key, officer, missing_rights)
            except ValidationError:
                continue
            assert world.of_others() == before
        transaction.set_rollback(True)


def test_a_change_of_the_officer_s_own_is_undone_by_this_rule(officer):
    listing = factories.StakeholderFactory(region=officer.region)
    with pghistory.context() as context:
        Stakeholder.objects.update(summary="A")

    undo(str(context.id), officer, missing_rights)

    listing.refresh_from_db()
    assert listing.summary == ""
