from pathlib import Path

import pytest
from django.conf import settings
from django.core.cache import cache
from django.utils import translation

from stakeholders import lists
from tests import factories

HERE = Path(__file__).parent
# What the tests of such a folder share takes seconds to make: so many processes at most make it.
SHARES = {HERE / "browser": 4, HERE / "stakeholders/demo": 1}


def pytest_collection_modifyitems(items):
    """Keep a file in one process, together with others of its share."""
    for item in items:
        item.add_marker(pytest.mark.xdist_group(_share_of(item.path)))


def _share_of(path):
    for folder, shares in SHARES.items():
        if path.is_relative_to(folder):
            files = sorted(folder.glob("test_*.py"))
            return f"{folder.name} {files.index(path) % shares}"
    return str(path.relative_to(HERE))


@pytest.fixture(autouse=True)
def nothing_remembered(monkeypatch):
    """Numbers kept for a minute belong to one test alone, and no minute ends within one."""
    cache.clear()
    lists.forget_lists()
    monkeypatch.setattr(lists, "monotonic", lambda: 0)


@pytest.fixture(autouse=True)
def language_of_the_site():
    """A request leaves its language active in the thread: the next test starts without it."""
    with translation.override(settings.LANGUAGE_CODE):
        yield


@pytest.fixture
def staff(db):
    """A member of the network staff: the group's rights, nothing more."""
    return factories.StaffFactory()


@pytest.fixture
def staff_client(client, staff):
    client.force_login(staff)
    return client


@pytest.fixture
def superuser(db):
    return factories.UserFactory(is_staff=True, is_superuser=True)
