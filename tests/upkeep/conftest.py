from datetime import timedelta

import pytest
from django.utils import timezone

from tests import factories

RHYTHM = 180  # days until a confirmation is out of date


@pytest.fixture
def listing_stale_for(db):
    """Make a public listing that went out of date so many days ago; negative: soon will."""

    def make(days, **fields):
        fields = {"contact_email": "ayu@contoh.id", **fields}
        confirmed = timezone.now() - timedelta(days=RHYTHM + days, minutes=1)
        return factories.StakeholderFactory(published=True, verified_at=confirmed, **fields)

    return make
