from datetime import timedelta

import pytest
from django.utils import timezone

from stakeholders.models import Offering
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("days", "is_open"), [(None, True), (0, True), (1, True), (-1, False)])
def test_open_until_the_last_day(days, is_open):
    until = None if days is None else timezone.localdate() + timedelta(days=days)
    factories.OfferingFactory(valid_until=until)

    assert Offering.objects.open().exists() is is_open


def test_not_open_while_the_listing_is_hidden():
    factories.OfferingFactory(stakeholder__status="draft")

    assert list(Offering.objects.open()) == []


def test_the_newest_of_each_listing():
    old = factories.OfferingFactory()
    newest = factories.OfferingFactory(stakeholder=old.stakeholder)
    other = factories.OfferingFactory()

    assert Offering.objects.for_cards().newest_of_each(4) == [other, newest]
    assert Offering.objects.for_cards().newest_of_each(1) == [other]
