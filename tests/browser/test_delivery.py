"""What a first visit costs, and what the security policy forbids."""

import gzip
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.contrib.staticfiles import finders

from tests.browser.network import IN_BOTH_LANGUAGES
from tests.browser.test_accessibility import forgive_error

ALL_IN_ALL = 100_000  # bytes, images aside
HTML = 30_000

pages = pytest.mark.parametrize("address", IN_BOTH_LANGUAGES.values(), ids=IN_BOTH_LANGUAGES.keys())


def over_the_line(response, size):
    """WhiteNoise sends static files compressed; the live server of the tests does not."""
    path = urlsplit(response["url"]).path
    if not path.startswith("/static/"):
        return size
    return len(gzip.compress(Path(finders.find(path.removeprefix("/static/"))).read_bytes()))


@pytest.fixture
def transferred(page):
    """The bytes of each response as visitors get them: [(type, bytes), …]."""
    received, sizes = {}, []
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.on("Network.responseReceived", lambda e: received.update({e["requestId"]: e}))

    def finish(event):
        response = received[event["requestId"]]
        size = over_the_line(response["response"], event["encodedDataLength"])
        sizes.append((response["type"], size))

    session.on("Network.loadingFinished", finish)
    return sizes


@pages
def test_a_first_visit_is_small(page, problems, transferred, address):
    response = page.goto(address, wait_until="networkidle")
    forgive_error(problems, address)

    html = sum(size for kind, size in transferred if kind == "Document")
    everything = sum(size for kind, size in transferred if kind != "Image")
    assert 0 < html <= HTML
    assert html < everything <= ALL_IN_ALL
    policy = response.headers["content-security-policy"]  # its parts come in any order
    assert "script-src 'self'" in [part.strip() for part in policy.split(";")]


@pytest.mark.parametrize("address", ["/", "/mitra/", "/akun/masuk/"])
def test_an_injected_script_does_not_run(page, problems, address):
    page.goto(address)

    page.evaluate("""() => {
        const script = document.createElement("script")
        script.textContent = "window.injected = true"
        document.body.append(script)
        document.body.insertAdjacentHTML("beforeend", "<img src='data:,' onerror='injected = 1'>")
    }""")
    page.wait_for_timeout(100)

    assert page.evaluate("window.injected") is None
    assert ["Content Security Policy" in each for each in problems] == [True, True]
    problems.clear()
