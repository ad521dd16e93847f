"""Several connections at once, each with transactions of its own."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from stakeholders.actions import confirm_listing, save_listing
from tests import factories
from tests.listings import filled_in

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def listing(officer):
    return factories.StakeholderFactory(region=officer.region, published=True, summary="Lama")


def at_once(*acts):
    """Run all of them as nearly at the same moment as threads can."""
    ready = Barrier(len(acts))

    def run(act):
        ready.wait(timeout=10)
        try:
            return act()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def saving(listing, user, **changes):
    send = filled_in(listing, user, **changes)
    return lambda: save_listing(form=send(), user=user)


def test_nothing_that_anybody_changed_is_lost(listing, officer):
    values = {"summary": "Baru", "address": "Jalan 1", "website": "https://a.id", "name": "Lain"}
    category = factories.OfferingCategoryFactory()
    row = {"category": str(category.pk), "direction": "offer", "reach": "nation"}
    rows = {f"offerings__0__{name}": value for name, value in row.items()}
    acts = [saving(listing, officer, **{name: value}) for name, value in values.items()]
    acts += [saving(listing, officer, **rows), saving(listing, officer, **rows)]
    acts += [lambda: confirm_listing(stakeholder=listing, user=officer)]

    outcomes = at_once(*acts)

    listing.refresh_from_db()
    assert {name: getattr(listing, name) for name in values} == values
    assert listing.offerings.count() == 1  # two people added the very same
    assert listing.verified_by == officer
    assert not any(outcome.conflicts for outcome in outcomes[:-1])


def test_of_two_who_change_the_same_one_is_asked(listing, officer):
    outcomes = at_once(*(saving(listing, officer, summary=text) for text in ["Satu", "Dua"]))

    [won] = [outcome for outcome in outcomes if not outcome.conflicts]
    [asked] = [outcome for outcome in outcomes if outcome.conflicts]
    listing.refresh_from_db()
    [conflict] = asked.conflicts
    assert listing.summary == won.merged.content["summary"] == conflict.theirs
    assert {conflict.mine, conflict.theirs} == {"Satu", "Dua"}
    assert listing.events.filter(pgh_label="update").count() == 1
