"""A real Chromium that lets nothing pass: see `page`."""

import os
from contextlib import contextmanager

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections
from playwright.sync_api import sync_playwright
from pytest_django.live_server_helper import LiveServer

from tests.browser import chromium, network

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    # No other host has an address, so no request can leave.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost",
]
# htmx calls it an error when it drops a request because the visitor went on; a request that
# really failed is told by a message of its own.
DROPPED = ("htmx:afterRequest,", "htmx:sendAbort,")


def pytest_collection_modifyitems(items):
    """Mark every test here: `-m "not browser"` leaves them out."""
    for item in items:
        if item.path.is_relative_to(os.path.dirname(__file__)):
            item.add_marker("browser")
            # Without one that says so pytest-django makes no test database for `site`.
            item.add_marker("django_db")


@pytest.fixture(scope="package")
def browser():
    executable = chromium.find()
    if not executable:
        refuse = pytest.fail if os.environ.get("CI") else pytest.skip
        refuse("No Chromium was found; `make test` installs one, or set CHROMIUM to its path.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=FLAGS)
        yield browser
        # Django keeps connections of their own for this loop; one left open keeps the database.
        connections.close_all()
        browser.close()


@pytest.fixture(scope="package")
def site(django_db_setup, django_db_blocker):
    """The site over a network that is loaded once: these tests read, they never write.

    One that writes must stand in a folder of its own and take `live_server`, which empties the
    database after each test.
    """
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as environment:
        # Playwright keeps an event loop in this thread, which Django takes for async code.
        environment.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        environment.setattr(settings, "ROOT_URLCONF", "tests.urls")
        name = connection.settings_dict["NAME"]
        assert name.startswith("test_"), f"{name} is not ours to fill and empty"
        network.load()
        server = LiveServer("localhost")
        yield server.url
        server.stop()
        call_command("flush", interactive=False, verbosity=0)


@pytest.fixture
def problems():
    """What the browser complained about. A test that provokes something empties the list."""
    found = []
    yield found
    assert found == []


@pytest.fixture
def context_options():
    """What a test wants of the browser: override it for a phone, the dark scheme, no scripts."""
    return {}


@pytest.fixture
def page(site, browser, problems, context_options):
    """A page of the site. The test fails on an error of the page or of its policy, and on
    any request to another origin, which finds no host either.
    """
    with watched(browser, site, problems, **context_options) as context:
        yield context.new_page()


@contextmanager
def watched(browser, site, problems, **options):
    """Open a browser that remembers nothing and notes its problems in that list."""
    context = browser.new_context(base_url=site, locale="id-ID", **options)
    context.set_default_timeout(10_000)
    # The first page after the data are loaded may wait for a busy machine.
    context.set_default_navigation_timeout(45_000)

    def watch(request):
        if not request.url.startswith((f"{site}/", "data:", "blob:", "about:")):
            problems.append(f"foreign request: {request.url}")

    def note(message):
        if message.type == "error" and not message.text.startswith(DROPPED):
            problems.append(f"console: {message.text}")

    # Watched, not intercepted: a request on its way through Python can get lost.
    context.on("request", watch)
    context.on("console", note)
    context.on("weberror", lambda error: problems.append(f"uncaught: {error.error}"))
    yield context
    context.close()
