"""Every page in both languages: what a first visit costs, where htmx leads, how the page sits on a
screen with the longest words that people may write, and what axe finds in it.
"""

import gzip
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.contrib.staticfiles import finders

from tests.browser.conftest import watched
from tests.browser.network import IN_BOTH_LANGUAGES
from tests.browser.test_accessibility import forgive_error, found_in_both_schemes
from tests.browser.test_layout import found_at_widths
from tests.browser.test_ways_out import ASTRAY

ALL_IN_ALL = 100_000  # bytes, images aside
HTML = 30_000


class Tab:
    """One for all pages, which costs less than one for each; every visit is a first one."""

    def __init__(self, context, site, problems):
        self.page, self.site, self.problems = context.new_page(), site, problems
        self.session = context.new_cdp_session(self.page)
        self.session.send("Network.enable")
        self.session.send("Network.setCacheDisabled", {"cacheDisabled": True})
        self.session.on("Network.responseReceived", self._begin)
        self.session.on("Network.loadingFinished", self._finish)

    def _begin(self, event):
        self.received[event["requestId"]] = event

    def _finish(self, event):
        response = self.received[event["requestId"]]
        size = over_the_line(response["response"], event["encodedDataLength"])
        self.transferred.append((response["type"], size))

    def visit(self, address):
        self.page.goto("about:blank")
        self.page.emulate_media(color_scheme="light")
        everything = {"origin": self.site, "storageTypes": "all"}
        self.session.send("Storage.clearDataForOrigin", everything)
        self.problems.clear()
        self.received, self.transferred = {}, []
        return self.page.goto(address, wait_until="networkidle")


def over_the_line(response, size):
    """WhiteNoise sends static files compressed; the live server of the tests does not."""
    path = urlsplit(response["url"]).path
    if not path.startswith("/static/"):
        return size
    return len(gzip.compress(Path(finders.find(path.removeprefix("/static/"))).read_bytes()))


@pytest.fixture(scope="module")
def tab(site, browser):
    problems = []
    with watched(browser, site, problems) as context:
        yield Tab(context, site, problems)


@pytest.mark.parametrize("address", IN_BOTH_LANGUAGES.values(), ids=IN_BOTH_LANGUAGES.keys())
def test_a_first_visit(tab, address):
    response = tab.visit(address)
    forgive_error(tab.problems, address)

    html = sum(size for kind, size in tab.transferred if kind == "Document")
    everything = sum(size for kind, size in tab.transferred if kind != "Image")
    assert 0 < html <= HTML
    assert html < everything <= ALL_IN_ALL
    policy = response.headers["content-security-policy"]  # its parts come in any order
    assert "script-src 'self'" in [part.strip() for part in policy.split(";")]
    assert tab.page.evaluate(ASTRAY) == []
    assert found_at_widths(tab.page) == {320: [], 360: [], 1280: []}
    assert found_in_both_schemes(tab.page) == {"light": [], "dark": []}
    assert tab.problems == []
