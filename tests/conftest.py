import pytest
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.cache import caches
from django.db import connection, transaction
from django.utils import translation
from procrastinate.contrib.django import procrastinate_app

from stakeholders import lists
from tests import factories
from tests.mail_server import MailServer


def forget():
    for name in settings.CACHES:
        caches[name].clear()
    ContentType.objects.clear_cache()
    lists.forget_lists()


@pytest.fixture(autouse=True)
def nothing_remembered(monkeypatch):
    """What a process keeps belongs to one test alone, and no minute ends within one."""
    forget()
    monkeypatch.setattr(lists, "monotonic", lambda: 0)


@pytest.fixture(scope="module")
def rows_of_the_module(django_db_setup, django_db_blocker):
    """What fixtures of a module write after this one is there for all its tests, then gone.

    Each test begins with it and is rolled back to it. No test of that module may want an empty
    database, or be transactional.
    """
    forget()
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


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


@pytest.fixture
def officer(db):
    """An officer of one region, which is `officer.region`."""
    assignment = factories.OfficerAssignmentFactory()
    assignment.user.region = assignment.region
    return assignment.user


@pytest.fixture
def officer_client(client, officer):
    client.force_login(officer)
    return client


@pytest.fixture
def steward(db):
    """The steward of one published listing, which is `steward.listing`."""
    stakeholder = factories.StakeholderFactory(published=True)
    steward = factories.StewardshipFactory(stakeholder=stakeholder).user
    steward.listing = stakeholder
    return steward


@pytest.fixture
def steward_client(client, steward):
    client.force_login(steward)
    return client


@pytest.fixture
def queue(transactional_db, monkeypatch):
    """An empty queue; the schedule waits, so that the minute of the test does not matter."""
    monkeypatch.setattr(procrastinate_app.current_app, "periodic_defaults", {"max_delay": -1})
    yield
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE procrastinate_jobs, procrastinate_workers CASCADE")


@pytest.fixture
def mail_server(settings):
    server = MailServer()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
    yield server
    server.stop()
