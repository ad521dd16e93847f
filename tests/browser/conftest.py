"""A real Chromium that lets nothing pass: see `page`."""

import os
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import sync_playwright

from tests import factories
from tests.browser import chromium

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


def pytest_collection_modifyitems(items):
    """One process drives the one browser; everything else spreads over the others."""
    for item in items:
        if item.path.is_relative_to(os.path.dirname(__file__)):
            item.add_marker("browser")
            item.add_marker(pytest.mark.xdist_group("browser"))


@pytest.fixture(scope="session")
def browser():
    executable = chromium.find()
    if not executable:
        refuse = pytest.fail if os.environ.get("CI") else pytest.skip
        refuse("No Chromium was found; `make test` installs one, or set CHROMIUM to its path.")
    with sync_playwright() as playwright, pytest.MonkeyPatch.context() as environment:
        # Playwright keeps an event loop in this thread, which Django takes for async code.
        environment.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        browser = playwright.chromium.launch(executable_path=executable, args=FLAGS)
        yield browser
        browser.close()


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
def page(browser, live_server, problems, context_options):
    """A page of the site. The test fails on an error of the page or of its policy, and on
    any request to another origin, which is not let out either.
    """
    context = browser.new_context(base_url=live_server.url, locale="id-ID", **context_options)
    context.set_default_timeout(10_000)

    def is_foreign(url):
        return not url.startswith((f"{live_server.url}/", "data:", "blob:", "about:"))

    def refuse(route):
        problems.append(f"foreign request: {route.request.url}")
        route.abort()

    def note(message):
        if message.type == "error":
            problems.append(f"console: {message.text}")

    context.route(is_foreign, refuse)
    context.on("console", note)
    context.on("weberror", lambda error: problems.append(f"uncaught: {error.error}"))
    yield context.new_page()
    context.close()


@pytest.fixture
def small_network(live_server):
    """Two regions, two subsectors, every role, fresh and stale: enough for every page."""
    java = factories.ProvinceFactory(code="33", name="Jawa Tengah", slug="jawa-tengah")
    regions = [
        factories.RegionFactory(
            code="33.72", kind="kota", short_name="Surakarta", slug="kota-surakarta",
            aliases=["Solo"], province=java,
        ),
        factories.RegionFactory(
            code="33.26", kind="kabupaten", short_name="Pekalongan",
            slug="kabupaten-pekalongan", province=java,
        ),
    ]  # fmt: skip
    subsectors = [
        factories.SubsectorFactory(slug="kriya", name_id="Kriya", name_en="Crafts"),
        factories.SubsectorFactory(slug="musik", name_id="Musik", name_en="Music"),
    ]
    factories.RegionSubsectorFactory(region=regions[0], subsector=subsectors[0])
    factories.RecognitionFactory(region=regions[0])
    for number, role in enumerate(
        ["academia", "business", "community", "government", "media", "aggregator"]
    ):
        factories.StakeholderFactory(
            name=f"Mitra {role}", slug=f"mitra-{role}", role=role, published=True,
            region=regions[number % 2], subsectors=subsectors[: 1 + number % 2],
            summary="Mempertemukan perajin dengan pasar.",
            verified_at=timezone.now() - timedelta(days=150 * (number % 3)),
        )  # fmt: skip
