import pytest
from django.core.cache import cache

from stakeholders.lists import forget_lists
from tests import factories


@pytest.fixture(autouse=True)
def nothing_remembered():
    """Numbers kept for a minute belong to one test alone."""
    cache.clear()
    forget_lists()


@pytest.fixture
def staff(db):
    """A member of the network staff: the group's rights, nothing more."""
    return factories.StaffFactory()


@pytest.fixture
def superuser(db):
    return factories.UserFactory(is_staff=True, is_superuser=True)
