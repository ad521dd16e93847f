import pytest
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.utils import translation

from stakeholders import lists
from tests import factories


@pytest.fixture(autouse=True)
def nothing_remembered(monkeypatch):
    """What a process keeps belongs to one test alone, and no minute ends within one."""
    cache.clear()
    ContentType.objects.clear_cache()
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
