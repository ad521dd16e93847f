"""Which open needs and offers fit what somebody looks for."""

import pytest

from stakeholders.fitting import fitting_offerings
from tests import factories

pytestmark = pytest.mark.django_db


def fitting(**asked):
    nothing = {"subsectors": [], "offered": [], "needed": [], "words": [], "regions": []}
    return list(fitting_offerings(**nothing | asked))


def test_in_the_subsector_of_the_offering_or_of_its_listing():
    craft = factories.SubsectorFactory(slug="kriya")
    own = factories.OfferingFactory()
    own.subsectors.add(craft)
    of_listing = factories.OfferingFactory(stakeholder__subsectors=[craft])
    factories.OfferingFactory()

    assert fitting(subsectors=["kriya"]) == [of_listing, own]


def test_in_the_category_and_direction_asked_for():
    money = factories.OfferingCategoryFactory(slug="dana")
    offer = factories.OfferingFactory(direction="offer", category=money)
    need = factories.OfferingFactory(direction="need", category=money)

    assert fitting(offered=["dana"]) == [offer]
    assert fitting(needed=["dana"]) == [need]


def test_saying_one_of_the_words():
    said = factories.OfferingFactory(description="Mencari gamelan perunggu")
    called = factories.OfferingFactory(category__name_id="Gamelan")
    factories.OfferingFactory(description="Ruang")

    assert fitting(words=["gamelan", "zzzz"]) == [called, said]


def test_in_the_region_if_nothing_else_is_asked_else_first():
    region = factories.RegionFactory(slug="kota-malang")
    craft = factories.SubsectorFactory(slug="kriya")
    here = factories.OfferingFactory(stakeholder__region=region)
    fits_here = factories.OfferingFactory(
        stakeholder__region=region, stakeholder__subsectors=[craft]
    )
    fits = factories.OfferingFactory(stakeholder__subsectors=[craft])

    assert fitting(regions=["kota-malang"]) == [fits_here, here]
    assert fitting(regions=["kota-malang"], subsectors=["kriya"]) == [fits_here, fits]


def test_only_open_ones():
    craft = factories.SubsectorFactory(slug="kriya")
    factories.OfferingFactory(stakeholder__subsectors=[craft], valid_until="2020-01-01")
    factories.OfferingFactory(stakeholder__subsectors=[craft], stakeholder__status="draft")

    assert fitting(subsectors=["kriya"]) == []


def test_nothing_asked_nothing_fits():
    factories.OfferingFactory()

    assert fitting() == []
