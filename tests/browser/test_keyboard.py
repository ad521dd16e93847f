"""Everything can be reached and seen with the keyboard alone."""

import pytest
from playwright.sync_api import expect

# A wedge of the hexagon shows its focus by a thicker line instead of an outline. The browser
# scrolls to it in one of the next frames, later on a busy machine.
FOCUSED = """async () => {
    const each = document.activeElement
    const isSeen = () => {
        const style = getComputedStyle(each), polygon = each.querySelector(":scope > polygon")
        const outlined = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2
        const drawn = polygon && parseFloat(getComputedStyle(polygon).strokeWidth) >= 5
        const box = each.getBoundingClientRect()
        return Boolean(outlined || drawn) && box.bottom > 0 && box.top < innerHeight
    }
    for (let frame = 0; frame < 60 && each !== document.body && !isSeen(); frame++) {
        await new Promise(requestAnimationFrame)
    }
    return {
        html: each.outerHTML.slice(0, 100),
        position: [...document.querySelectorAll("*")].indexOf(each),
        isSeen: isSeen(),
    }
}"""


def tab_through(page, most=70):
    stops = []
    for _ in range(most):
        page.keyboard.press("Tab")
        stop = page.evaluate(FOCUSED)
        if stop["html"].startswith("<body"):
            break
        stops.append(stop)
    return stops


@pytest.mark.parametrize(
    "address", ["/", "/mitra/?q=wyangsari&peran=media", "/wilayah/kota-pekalongan/"]
)
def test_every_stop_is_seen_and_follows_the_page(page, address):
    # The map that comes later into the first page never comes: whether it is faster than the
    # keys decides which stops there are, and it moves the one that has the focus.
    page.route("**/wilayah/peta/", lambda route: None)
    page.goto(address)

    stops = tab_through(page)

    assert len(stops) > 20
    assert [stop["html"] for stop in stops if not stop["isSeen"]] == []
    positions = [stop["position"] for stop in stops]
    assert positions == sorted(positions)


def test_the_first_stop_leads_past_the_header(page):
    page.goto("/mitra/")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    expect(page.locator(".skip")).to_be_in_viewport()

    page.keyboard.press("Enter")
    page.keyboard.press("Tab")

    expect(page.locator("#q")).to_be_focused()


@pytest.mark.parametrize("context_options", [{"viewport": {"width": 360, "height": 640}}])
def test_the_filters_open_with_the_keyboard(page):
    page.goto("/mitra/")
    expect(page.locator("#peran-media")).to_be_hidden()

    page.locator(".filters > summary").press("Enter")
    expect(page.locator("#peran-media")).to_be_visible()
    page.keyboard.press("Tab")
    expect(page.locator("#facets input").first).to_be_focused()

    page.locator(".filters > summary").press("Enter")
    expect(page.locator("#peran-media")).to_be_hidden()


@pytest.mark.parametrize("context_options", [{"viewport": {"width": 360, "height": 640}}])
def test_the_filters_stay_open_while_they_are_used(page):
    page.goto("/mitra/?q=wyangsari")
    page.locator(".filters > summary").press("Enter")
    page.locator("#peran-media").press("Space")

    expect(page.locator("#results .card")).to_have_count(4)
    expect(page.locator("#peran-media")).to_be_visible()
    expect(page.locator("#peran-media")).to_be_focused()


def test_the_further_options_stay_open_while_they_are_used(page):
    page.goto("/wilayah/")
    further = page.locator("#facets details").first
    further.locator("summary").press("Enter")
    box = further.locator("input").first
    name = box.get_attribute("id")
    box.press("Space")

    expect(page.locator("a.chip")).to_have_count(1)
    expect(page.locator(f"#{name}")).to_be_focused()
    expect(page.locator(f"#{name}")).to_be_checked()
