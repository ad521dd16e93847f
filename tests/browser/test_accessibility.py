"""axe reads every page, in both languages and both colour schemes, with everything unfolded."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.network import ERRORS, EVERY_PAGE

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def found_by_axe(page):
    results = Axe().run(page, options={"runOnly": RULES, "resultTypes": ["violations"]})
    return [
        f"{rule['id']}: {node['html']} {node['failureSummary']}"
        for rule in results.response["violations"]
        for node in rule["nodes"]
    ]


def unfold(page):
    page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true })")


@pytest.mark.parametrize("address", EVERY_PAGE.values(), ids=EVERY_PAGE.keys())
def test_axe_finds_nothing(page, problems, address):
    page.goto(address)
    forgive_error(problems, address)
    unfold(page)

    found = {}
    for scheme in ["light", "dark"]:
        page.emulate_media(color_scheme=scheme)
        found[scheme] = found_by_axe(page)

    assert found == {"light": [], "dark": []}


def forgive_error(problems, address):
    """Chromium itself complains of a page that is answered with an error."""
    if address.removeprefix("/en") in ERRORS.values():
        [problem] = problems
        assert "the server responded with a status of" in problem
        problems.clear()


@pytest.mark.parametrize(
    ("breakage", "rule"),
    [
        ("document.querySelector('h1').remove()", "page-has-heading-one"),
        ("q.labels[0].remove(); q.placeholder = ''", "label"),
        ("document.documentElement.removeAttribute('lang')", "html-has-lang"),
    ],
)
def test_axe_would_find_it(page, breakage, rule):
    page.goto("/mitra/")
    page.evaluate(breakage)

    assert [each.split(":")[0] for each in found_by_axe(page)] == [rule]
