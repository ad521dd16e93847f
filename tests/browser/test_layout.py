"""How pages sit on a screen and on paper, with the longest words that people may write."""

import pytest

from tests.browser.test_accessibility import unfold

PHONE = {"width": 360, "height": 640}

OVERFLOWING = """() => {
    const width = document.documentElement.clientWidth
    const scrolls = (each) => each && (getComputedStyle(each).overflowX !== "visible"
        || scrolls(each.parentElement))
    return document.documentElement.scrollWidth <= width ? [] :
        [...document.querySelectorAll("body *")]
            .filter((each) => each.getBoundingClientRect().right > width + 1)
            .filter((each) => !scrolls(each.parentElement))
            .map((each) => each.outerHTML.slice(0, 120))
}"""

# A link inside a sentence may be as low as its line (WCAG 2.5.8, inline); a link that is
# stretched over its card by ::after, and a box in its label, are as large as those.
SMALL_TARGETS = """() => {
    const isInSentence = (each) => getComputedStyle(each).display === "inline"
        && each.parentElement.textContent.trim() !== each.textContent.trim()
    const area = (each) => {
        if (getComputedStyle(each, "::after").position === "absolute") return each.closest("li")
        return each.matches("[type=checkbox], [type=radio]") ? each.labels[0] : each
    }
    return [...document.querySelectorAll("a, button, summary, select, input")]
        .filter((each) => each.checkVisibility() && !each.matches(".skip, [aria-hidden=true]"))
        .filter((each) => !isInSentence(each))
        .map((each) => [each, area(each).getBoundingClientRect()])
        .filter(([each, box]) => box.width < 24 || box.height < 24)
        .map(([each, box]) => `${box.width}x${box.height} ${each.outerHTML.slice(0, 120)}`)
}"""

MOVING = """() => [...document.querySelectorAll("*")]
    .map((each) => [each, getComputedStyle(each)])
    .filter(([each, style]) => style.animationName !== "none"
        || style.transitionProperty !== "none" && parseFloat(style.transitionDuration) > 0)
    .map(([each]) => each.outerHTML.slice(0, 120))
"""


def found_at_widths(page):
    """Return {width: what sticks out or is too small to be hit}, with everything unfolded."""
    found = {}
    for width in [320, 360, 1280]:
        page.set_viewport_size({"width": width, "height": 640})
        unfold(page)
        found[width] = page.evaluate(OVERFLOWING) + page.evaluate(SMALL_TARGETS)
    return found


def test_a_wide_thing_and_a_small_target_would_be_noticed(page):
    page.goto("/tentang/")
    page.evaluate("document.querySelector('h1').style.width = '200vw'")
    page.evaluate("document.querySelector('.lede').innerHTML = '<a href=/>.</a>'")

    assert len(page.evaluate(OVERFLOWING)) == 1
    assert len(page.evaluate(SMALL_TARGETS)) == 1


@pytest.mark.parametrize("width", [320, 360, 1280])
def test_the_key_of_the_hexagon_breaks_no_word(page, width):
    page.set_viewport_size({"width": width, "height": 640})
    page.goto("/wilayah/kota-pekalongan/")
    counts = page.locator(".helix-key__count")
    counts.evaluate_all("all => all.forEach((c) => { c.textContent = '1.234 kedaluwarsa' })")

    lines = "all => all.map((c) => c.offsetHeight / parseFloat(getComputedStyle(c).lineHeight))"
    assert [round(number) for number in counts.evaluate_all(lines)] == [1] * 6
    assert page.evaluate(OVERFLOWING) == []


@pytest.mark.parametrize("context_options", [{"viewport": PHONE}])
@pytest.mark.parametrize("address", ["/", "/en/"])
def test_a_phone_shows_the_whole_search_form_at_once(page, address):
    page.goto(address)

    button = page.locator("form[role=search] button").bounding_box()
    assert button["y"] + button["height"] <= PHONE["height"]


@pytest.mark.parametrize("address", ["/mitra/?q=wyangsari", "/wilayah/"])
def test_paper_shows_the_results_and_no_tools(page, address):
    page.goto(address)
    page.emulate_media(media="print")

    assert page.locator("#results .card").first.is_visible()
    tools = "nav, .lang, .skip, footer, #q, .searchbar button, #facets, .filters summary, #urut"
    assert [each.inner_html() for each in page.locator(tools).all() if each.is_visible()] == []


@pytest.mark.parametrize("address", ["/mitra/", "/wilayah/"])
def test_nothing_moves_for_those_who_ask_for_it(page, address):
    page.goto(address)
    assert page.evaluate(MOVING) != []

    page.emulate_media(reduced_motion="reduce")

    assert page.evaluate(MOVING) == []
