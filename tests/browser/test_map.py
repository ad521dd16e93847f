"""The tile map under fingers and keys: it slides, it can be skipped, it comes when it is seen."""

import re

import pytest
from playwright.sync_api import expect

MAP = "/en/wilayah/peta/"
SMALLEST = 24  # pixels: WCAG 2.2, target size


def focused(page):
    return page.evaluate("document.activeElement.textContent")


def test_one_key_press_skips_all_tiles(page):
    page.goto(MAP)
    page.get_by_role("link", name="Skip the map").focus()

    page.keyboard.press("Enter")
    page.keyboard.press("Tab")

    assert focused(page).startswith("Aceh")
    assert page.evaluate("document.activeElement.localName") == "summary"


def test_an_island_group_is_one_key_press_away(page):
    page.goto(MAP)
    page.get_by_role("link", name="Papua", exact=True).focus()

    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert focused(page).startswith("Kabupaten Jayapura: ")
    page.keyboard.press("Enter")

    expect(page).to_have_url(re.compile(r"/en/wilayah/kabupaten-jayapura/$"))


def test_another_shading_comes_without_a_new_page(page):
    page.goto(MAP)
    page.evaluate("window.isTheSamePage = true")

    page.get_by_label("Shade the map by").select_option("pengakuan")

    expect(page.locator("#count")).to_have_text(re.compile("^Recognitions: "))
    expect(page.locator("#tilemap dt")).to_have_text("Recognitions")
    assert page.url.endswith("?warna=pengakuan")
    assert page.evaluate("window.isTheSamePage") is True


def test_home_loads_the_map_when_it_is_seen(page):
    page.goto("/en/")
    expect(page.locator("#tilemap")).to_have_count(0)

    page.locator(".tilemap-later").scroll_into_view_if_needed()

    expect(page.locator("#tilemap svg a")).to_have_count(514)


@pytest.mark.parametrize("width", [360, 1280])
def test_tiles_are_large_enough_and_only_the_map_slides(page, width):
    page.set_viewport_size({"width": width, "height": 740})
    page.goto(MAP)

    apart = page.evaluate(
        "(([one, next]) => next.getBoundingClientRect().left - one.getBoundingClientRect().left)"
        "(['kota-banda-aceh', 'kota-sabang']"
        ".map(slug => document.querySelector(`#tilemap svg a[href$='/${slug}/']`)))"
    )

    assert abs(apart) >= SMALLEST
    assert page.evaluate("document.documentElement.scrollWidth") == width
