"""axe reads every page, in both languages and both colour schemes, with everything unfolded."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.network import EVERY_PAGE

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
    forgive_not_found(problems, address)
    unfold(page)

    found = {}
    for scheme in ["light", "dark"]:
        page.emulate_media(color_scheme=scheme)
        found[scheme] = found_by_axe(page)

    assert found == {"light": [], "dark": []}


def forgive_not_found(problems, address):
    """Chromium itself calls a page that is answered with 404 an error."""
    if "tidak-ada" in address:
        [problem] = problems
        assert "404" in problem
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
