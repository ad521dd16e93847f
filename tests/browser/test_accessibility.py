"""axe, which reads pages for those who cannot see them or not well; see test_every_page.py."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.network import ERRORS

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# Our dark scheme differs in these alone.
RULES_ON_COLOUR = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}


def found_by_axe(page, rules=RULES):
    results = Axe().run(page, options={"runOnly": rules, "resultTypes": ["violations"]})
    return [
        f"{rule['id']}: {node['html']} {node['failureSummary']}"
        for rule in results.response["violations"]
        for node in rule["nodes"]
    ]


def unfold(page):
    page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true })")


def found_in_both_schemes(page):
    found = {"light": found_by_axe(page)}
    page.emulate_media(color_scheme="dark")
    return {**found, "dark": found_by_axe(page, RULES_ON_COLOUR)}


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
