"""Drafts, and changes sent back, that nobody goes on with."""

from datetime import timedelta

import pytest
from django.utils import timezone

from stakeholders.models import ListingChange, ListingDraft
from stakeholders.tasks import forget_what_was_given_up
from tests import factories

pytestmark = pytest.mark.django_db


def days_ago(days):
    return timezone.now() - timedelta(days=days)


@pytest.fixture
def listing(officer):
    return factories.StakeholderFactory(region=officer.region, published=True)


def test_they_go_after_half_a_year_and_what_waits_stays(listing):
    drafts = [
        ListingDraft.objects.create(stakeholder=listing, updated_at=days_ago(days))
        for days in (181, 179)
    ]
    sent_back = [
        listing.changes.create(
            content={"name": "x"}, reason="Salah", sent_back_at=sent, submitted_at=days_ago(999)
        )
        for sent in (days_ago(181), days_ago(179))
    ]
    waiting = listing.changes.create(content={"name": "x"}, submitted_at=days_ago(999))

    forget_what_was_given_up(timestamp=0)

    assert list(ListingDraft.objects.all()) == drafts[1:]
    assert set(ListingChange.objects.all()) == {sent_back[1], waiting}


def test_the_page_says_the_day_beforehand(officer_client, officer, listing):
    listing.drafts.create(author=officer, updated_at=days_ago(90))
    day = timezone.localtime(timezone.now() + timedelta(days=90))

    html = officer_client.get(f"/kelola/mitra/{listing.pk}/").text

    assert f"Disimpan sampai {day.day} " in html
