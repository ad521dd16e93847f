import random
from datetime import timedelta

import pytest
from django.utils import timezone

from stakeholders.roles import Role
from tests import factories

DAYS_SINCE_CONFIRMATION = [None, 1, 149, 151, 179, 181, 800]
STATUSES = ["published", "published", "published", "draft", "pending", "archived"]


@pytest.fixture
def mixed_listings(db):
    """Sixty listings over all facets, the same in every run; not all of them published."""
    dice = random.Random(17)
    subsectors = [factories.SubsectorFactory(slug=s) for s in ("kriya", "film", "musik", "kuliner")]
    categories = [factories.OfferingCategoryFactory(slug=s) for s in ("ruang", "dana", "latihan")]
    provinces = [factories.ProvinceFactory(code=code) for code in ("33", "34", "51")]
    regions = [factories.RegionFactory(province=p) for p in provinces for _ in range(2)]
    types = [factories.OrganizationTypeFactory(role=r) for r in Role.values for _ in range(2)]
    for _ in range(60):
        kind, days = dice.choice(types), dice.choice(DAYS_SINCE_CONFIRMATION)
        listing = factories.StakeholderFactory(
            role=kind.role,
            organization_type=kind,
            region=dice.choice(regions),
            status=dice.choice(STATUSES),
            published_at=timezone.now(),
            verified_at=None if days is None else timezone.now() - timedelta(days=days),
            subsectors=dice.sample(subsectors, dice.randrange(4)),
        )
        for _ in range(dice.randrange(3)):
            factories.OfferingFactory(
                stakeholder=listing,
                category=dice.choice(categories),
                direction=dice.choice(["offer", "need"]),
            )
