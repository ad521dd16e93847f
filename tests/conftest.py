import pytest

from tests import factories


@pytest.fixture
def staff(db):
    """A member of the network staff: the group's rights, nothing more."""
    return factories.StaffFactory()


@pytest.fixture
def superuser(db):
    return factories.UserFactory(is_staff=True, is_superuser=True)
