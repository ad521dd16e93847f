"""Everything works where no script runs: with links, a form and its buttons."""

import re

import pytest
from playwright.sync_api import expect

NO_SCRIPTS = {"java_script_enabled": False, "viewport": {"width": 360, "height": 640}}

pytestmark = pytest.mark.parametrize("context_options", [NO_SCRIPTS])


def count(page):
    return int(re.search(r"\d+", page.locator("#count").inner_text())[0])


def test_the_first_page_leads_to_the_search(page):
    page.goto("/")
    page.locator("#q").fill("wyangsari")
    page.locator("#peran").select_option("media")
    page.locator("form[role=search] button").click()

    expect(page).to_have_url(re.compile(r"/mitra/\?q=wyangsari&subsektor=&peran=media$"))
    assert count(page) == 4


def test_the_first_page_leads_to_the_map(page):
    page.goto("/")
    page.locator(".tilemap-later a").click()

    expect(page).to_have_url(re.compile(r"/wilayah/peta/$"))
    assert page.locator("#tilemap svg a").count() == 514


def test_text_finds(page):
    page.goto("/mitra/")
    page.locator("#q").fill("wyangsari")
    page.locator("#q").press("Enter")

    assert count(page) == 30
    expect(page.locator("#q")).to_have_value("wyangsari")


def test_ticked_facets_are_applied_with_the_button(page):
    page.goto("/mitra/?q=wyangsari")
    page.locator(".filters > summary").click()
    page.get_by_label("Media").check()
    page.locator("#facets button").click()

    expect(page).to_have_url(re.compile(r"[?&]peran=media(&|$)"))
    assert count(page) == 4
    expect(page.locator("#peran-media")).to_be_checked()


def test_a_chip_takes_its_filter_away(page):
    page.goto("/mitra/?q=wyangsari&peran=media")
    page.locator("a.chip", has_text="Media").click()

    expect(page).to_have_url(re.compile(r"/mitra/\?q=wyangsari$"))
    assert count(page) == 30


def test_the_order_is_chosen_with_a_button(page):
    page.goto("/mitra/?q=wyangsari&peran=media")
    page.locator("#urut").select_option("nama")
    page.locator(".sorting button").click()

    expect(page).to_have_url(re.compile(r"[?&]urut=nama(&|$)"))
    expect(page.locator("#urut")).to_have_value("nama")
    assert count(page) == 4


def test_pages_can_be_turned_forth_and_back(page):
    page.goto("/mitra/?q=wyangsari")
    assert page.locator("#results .card").count() == 24

    page.locator("a[rel=next]").click()
    assert page.locator("#results .card").count() == 6

    page.locator("a[rel=prev]").click()
    assert page.locator("#results .card").count() == 24


def test_the_language_can_be_changed_without_losing_the_search(page):
    page.goto("/mitra/?q=wyangsari&peran=media")
    page.locator(".lang").click()

    expect(page).to_have_url(re.compile(r"/en/mitra/\?q=wyangsari&peran=media$"))
    expect(page.locator("html")).to_have_attribute("lang", "en")
    assert count(page) == 4


def test_the_further_options_of_a_facet_unfold(page):
    page.goto("/wilayah/")
    page.locator(".filters > summary").click()
    further = page.locator("#facets details").first
    expect(further.locator("input").first).to_be_hidden()

    further.locator("summary").click()

    expect(further.locator("input").first).to_be_visible()


def test_the_button_at_hand_applies_the_ticks(page):
    page.goto("/mitra/?q=wyangsari")
    page.locator(".filters > summary").click()
    page.get_by_label("Media").check()

    expect(page.locator(".filters__done")).to_be_hidden()
    page.locator("#facets legend").first.scroll_into_view_if_needed()
    expect(page.locator(".filters__apply")).to_be_in_viewport(ratio=1)
