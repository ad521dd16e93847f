"""Chromium over a database that is emptied after each test: here tests may write."""

import pytest

from tests.browser import conftest as reading
from tests.browser.conftest import browser, context_options, problems  # noqa: F401


def pytest_collection_modifyitems(items):
    for item in items:
        if item.path.is_relative_to(__file__.rpartition("/")[0]):
            item.add_marker("browser")


@pytest.fixture(scope="package", autouse=True)
def beside_a_loop():
    """Playwright keeps an event loop in this thread, which Django takes for async code."""
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        yield


@pytest.fixture
def site(live_server):
    return live_server.url


page = reading.page
