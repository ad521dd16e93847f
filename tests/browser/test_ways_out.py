"""Where links of a search page lead: to the same page with other results, or really elsewhere."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.network import COMMUNITIES, MEDIA

NOTHING_FOUND = "/mitra/?q=wyangsari+sanggr+qqqq&wilayah=kota-sabang&subsektor=kriya"
# Links that htmx would follow, though the results of another page cannot replace these.
ASTRAY = """Array.from(document.querySelectorAll("[hx-boost=true] a[href]"))
    .filter((link) => link.closest("[hx-boost]").getAttribute("hx-boost") === "true")
    .filter((link) => link.pathname !== location.pathname)
    .map((link) => link.href)"""


@pytest.mark.parametrize("prefix", ["/mitra/", "/en/mitra/", "/mitra/peta/"])
@pytest.mark.parametrize(
    "way",
    [
        ".need__who a",
        ".rescue__list a[href*='praktik-baik']",
        ".rescue .actions a[href*='langganan']",
        ".rescue .actions a[href*='usul']",
    ],
)
def test_a_way_out_opens_a_whole_page(page, prefix, way):
    page.goto(NOTHING_FOUND.replace("/mitra/", prefix))
    link = page.locator(way).first
    address = link.get_attribute("href")

    link.click()

    expect(page).to_have_url(re.compile(re.escape(address) + "$"))
    expect(page.locator("#search")).to_have_count(0)
    expect(page.locator("h1")).to_be_visible()
    assert len(page.locator("main").inner_text()) > 300


@pytest.mark.parametrize("prefix", ["/mitra/", "/en/mitra/", "/mitra/peta/"])
@pytest.mark.parametrize(
    ("query", "way"),
    [
        ("?q=wyangsari+qqqq&peran=media", ".rescue a.chip"),
        ("?q=wyangsari&peran=community&wilayah=kota-malang", ".rescue__list a[href*='wilayah=']"),
        ("?q=wyangsari&peran=business", ".empty a.chip"),
        ("?q=qqqqzzzz", ".empty a.button"),
    ],
)
def test_another_search_keeps_the_page(page, prefix, query, way):
    page.goto(prefix + query)
    page.evaluate("document.documentElement.dataset.mark = 'the same page'")

    page.locator(way).first.click()

    expect(page.locator(".empty")).to_have_count(0)
    expect(page.locator("#results > *").first).to_be_visible()
    assert page.evaluate("document.documentElement.dataset.mark") == "the same page"


def test_the_language_can_be_changed_without_losing_the_search(page):
    page.goto("/mitra/")
    page.locator("#q").fill("wyangsari")
    page.locator("#q").press("Enter")
    expect(page.locator("#count")).to_contain_text(str(COMMUNITIES + MEDIA))
    page.locator("#peran-media").check()
    expect(page.locator("#count")).to_contain_text(re.compile(rf"^\s*{MEDIA} "))

    page.locator(".lang").click()

    expect(page).to_have_url(re.compile(r"/en/mitra/\?q=wyangsari&peran=media(&|$)"))
    expect(page.locator("#q")).to_have_value("wyangsari")
    expect(page.locator("#count")).to_contain_text(re.compile(rf"^\s*{MEDIA} "))


def test_the_map_of_the_regions_keeps_the_search(page):
    page.goto("/wilayah/")
    page.locator("#q").fill("pekalongan")
    page.locator("#jenis-kota").check()
    expect(page.locator("#results .card__name")).to_have_text(["Kota Pekalongan"])

    page.locator("#other-view").click()

    expect(page).to_have_url(re.compile(r"/wilayah/peta/\?q=pekalongan&jenis=kota$"))
    page.locator("#warna").select_option(index=2)
    expect(page).to_have_url(re.compile(r"warna="))
    expect(page.locator("#language")).to_have_attribute("href", re.compile(r"warna="))


@pytest.mark.parametrize("width", [360, 1280])
def test_where_no_filter_would_leave_anything_none_is_offered(page, width):
    page.set_viewport_size({"width": width, "height": 800})
    page.goto("/mitra/?q=qqqqzzzz")
    expect(page.locator(".filters")).to_be_hidden()
    assert page.locator(".empty").bounding_box()["width"] > min(width, 1200) * 0.85

    page.locator("#q").fill("wyangsari")

    expect(page.locator(".filters > summary")).to_be_visible()
    expect(page.locator(".empty")).to_have_count(0)
