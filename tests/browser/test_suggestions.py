"""Suggestions while somebody types: by keyboard, pointer and screen reader, or not at all."""

import re
import time

import pytest
from playwright.sync_api import expect

from tests.browser.network import PAGES
from tests.browser.test_accessibility import found_by_axe
from tests.browser.test_layout import OVERFLOWING, SMALL_TARGETS

PHONE = {"width": 360, "height": 640}
WITH_SUGGESTIONS = [PAGES["home"], PAGES["search"]]


def options(page):
    return page.locator(".suggest [role=option]")  # those of a select are options, too


def option(page, name):
    return options(page).filter(has=page.get_by_text(name, exact=True))


def expect_open(page, field="#q"):
    expect(page.get_by_role("listbox")).to_be_visible()
    expect(page.locator(field)).to_have_attribute("aria-expanded", "true")


def expect_closed(page, field="#q"):
    expect(page.get_by_role("listbox")).to_have_count(0)
    expect(page.locator(field)).to_have_attribute("aria-expanded", "false")
    assert page.locator(field).get_attribute("aria-controls") is None
    assert page.locator(field).get_attribute("aria-activedescendant") is None


def type_in(page, text, field="#q"):
    page.locator(field).focus()
    page.keyboard.type(text)
    expect_open(page, field)


@pytest.mark.parametrize("address", WITH_SUGGESTIONS)
def test_a_place_is_chosen_with_the_keyboard(page, address):
    page.goto(address)
    type_in(page, "batik di solo")
    page.keyboard.press("ArrowDown")
    expect(option(page, "Kota Surakarta")).to_have_attribute("aria-selected", "true")
    expect(page.locator("#q")).to_be_focused()
    page.keyboard.press("Enter")

    expect(page).to_have_url(re.compile(r"/mitra/\?(.*&)?q=batik&wilayah=kota-surakarta$"))
    expect(page.locator("a.chip", has_text="Kota Surakarta")).to_be_visible()


@pytest.mark.parametrize("address", ["/mitra/?peran=media", "/wilayah/?jenis=kota"])
def test_a_place_to_be_near_is_chosen_with_the_keyboard(page, address):
    page.goto(address)
    type_in(page, "kota mala", "#dekat")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")

    expect(page.locator("a.chip", has_text="Kota Malang")).to_be_visible()
    expect(page).to_have_url(re.compile(r"[?&](peran=media|jenis=kota)(&|$)"))
    expect(page.locator("#urut option:checked")).to_have_text("Terdekat")
    expect_closed(page, "#dekat")
    expect(page.locator("#dekat")).to_have_value("Kota Malang")

    expect(page.locator(".htmx-request, .htmx-settling")).to_have_count(0)
    for key in ("ControlOrMeta+a", "Delete", "Tab"):
        page.locator("#dekat").press(key)
    expect(page.locator("a.chip", has_text="Kota Malang")).to_have_count(0)
    expect(page.locator("#urut option:checked")).not_to_have_text("Terdekat")


def test_whoever_asks_for_the_nearest_is_led_to_the_field(page):
    page.set_viewport_size(PHONE)
    page.goto("/mitra/")
    page.locator("#urut").select_option("terdekat")
    page.locator('a[href="#dekat"]').click()

    expect(page.locator("#dekat")).to_be_in_viewport()
    expect(page.locator("#dekat")).to_be_focused()


def test_arrows_go_round_by_way_of_the_field(page):
    page.goto("/mitra/")
    type_in(page, "kota malang")
    ids = options(page).evaluate_all("all => all.map((each) => each.id)")
    active = []
    for key in ["ArrowUp", "ArrowUp", "ArrowDown", "ArrowDown", "ArrowDown"]:
        page.keyboard.press(key)
        active.append(page.locator("#q").get_attribute("aria-activedescendant"))

    assert len(ids) > 1
    assert active == [ids[-1], ids[-2], ids[-1], None, ids[0]]
    expect(page.locator("[role=option][aria-selected=true]")).to_have_count(1)


def test_escape_closes_and_keeps_what_was_typed(page):
    page.goto("/mitra/")
    type_in(page, "malang")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Escape")

    expect_closed(page)
    expect(page.locator("#q")).to_have_value("malang")

    page.keyboard.press("ArrowDown")
    expect_open(page)


def test_tab_closes_and_goes_on(page):
    page.goto("/mitra/")
    type_in(page, "malang")
    page.keyboard.press("Tab")

    expect_closed(page)
    expect(page.locator(".searchbar button")).to_be_focused()


def test_enter_without_a_choice_searches_for_the_words(page):
    page.goto("/mitra/")
    type_in(page, "malang")
    page.keyboard.press("Enter")

    expect(page).to_have_url(re.compile(r"[?&]q=malang(&|$)"))
    expect_closed(page)


def test_live_results_and_suggestions_get_along(page):
    page.goto("/mitra/?peran=media")
    type_in(page, "wyangsari")

    expect(page.locator("#results .card")).to_have_count(4)
    expect_open(page)
    expect(page.locator("#q")).to_be_focused()
    expect(page.locator("#q")).to_have_value("wyangsari")


def test_a_listing_is_chosen_with_the_pointer(page):
    page.goto("/")
    type_in(page, "wyangsari media 03")
    option(page, "Sanggar Wyangsari media 03").click()

    expect(page.locator("h1")).to_have_text("Sanggar Wyangsari media 03")


def test_the_number_is_announced(page):
    page.goto("/en/mitra/")
    status = page.locator(".searchbar [role=status]")
    expect(status).to_have_text("")
    type_in(page, "kota malang")

    number = options(page).count()
    expect(status).to_have_text(re.compile(rf"^{number} "))
    page.keyboard.press("Escape")
    expect(status).to_have_text("")


@pytest.mark.parametrize("address", WITH_SUGGESTIONS)
@pytest.mark.parametrize("width", [320, 360, 1280])
def test_an_open_list_is_accessible_and_fits(page, address, width):
    page.set_viewport_size({"width": width, "height": 640})
    page.goto(address)
    type_in(page, "malang")
    page.keyboard.press("ArrowDown")
    page.wait_for_load_state("networkidle")  # while the results are renewed they are pale

    found = {}
    for scheme in ["light", "dark"]:
        page.emulate_media(color_scheme=scheme)
        found[scheme] = found_by_axe(page)
    assert found == {"light": [], "dark": []}
    assert page.evaluate(OVERFLOWING) + page.evaluate(SMALL_TARGETS) == []
    heights = options(page).evaluate_all("all => all.map((o) => o.offsetHeight)")
    assert min(heights) >= 44
    box, list_box = page.locator("#q").bounding_box(), page.get_by_role("listbox").bounding_box()
    assert list_box["y"] >= box["y"] + box["height"]


def test_an_old_answer_that_comes_late_is_ignored(page):
    def answer(route):
        if route.request.url.endswith("q=so"):
            time.sleep(0.6)
        route.continue_()

    page.route("**/mitra/saran/?*", answer)
    page.goto("/")
    page.locator("#q").focus()
    page.keyboard.type("so")
    page.wait_for_timeout(250)  # its request is on its way
    page.keyboard.type("lo")

    expect(option(page, "Kota Surakarta").first).to_be_visible()
    page.wait_for_timeout(700)
    expect(options(page).first).to_contain_text("Kota Surakarta")


def test_an_answer_after_the_field_was_left_is_ignored(page):
    page.route("**/mitra/saran/?*", lambda route: (time.sleep(0.4), route.continue_()))
    page.goto("/")
    page.locator("#q").focus()
    page.keyboard.type("solo")
    page.wait_for_timeout(250)
    page.keyboard.press("Tab")
    page.wait_for_timeout(600)

    expect_closed(page)


@pytest.mark.parametrize("failure", ["no answer", "an error"])
def test_a_failing_server_is_no_trouble(page, problems, failure):
    def fail(route):
        route.abort() if failure == "no answer" else route.fulfill(status=503, body="Sorry")

    page.goto("/")
    type_in(page, "solo")
    page.route("**/mitra/saran/?*", fail)
    page.keyboard.type("k")

    expect_closed(page)
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/mitra/\?q=solok"))
    problems[:] = [each for each in problems if "Failed to load" not in each]


def test_nothing_is_asked_for_one_letter(page):
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto("/")
    page.locator("#q").focus()
    page.keyboard.type("s")
    page.wait_for_timeout(400)

    assert [url for url in asked if "saran" in url] == []


def test_a_long_facet_can_be_searched(page):
    page.goto("/mitra/?peran=government")
    type_in(page, "kota banjarb", field="#cari-wilayah")
    expect(page.locator("#wilayah-kota-banjarbaru")).to_have_count(0)
    assert found_by_axe(page) == []
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")

    expect(page.locator("#wilayah-kota-banjarbaru")).to_be_checked()
    expect(page.locator("#wilayah-kota-banjarbaru")).to_be_visible()
    expect(page).to_have_url(re.compile(r"peran=government&wilayah=kota-banjarbaru"))
    expect(page.locator("#results .card")).to_have_count(1)

    # The field came anew, stays focused and works again.
    expect(page.locator("#cari-wilayah")).to_be_focused()
    expect(page.locator("#cari-wilayah")).to_be_in_viewport()
    type_in(page, "solo", field="#cari-wilayah")
    option(page, "Kota Surakarta").click()
    expect(page).to_have_url(re.compile(r"[?&]wilayah=kota-surakarta(&|$)"))
    expect(page.locator("#wilayah-kota-banjarbaru")).to_be_checked()


def test_text_in_a_facet_is_no_search(page):
    page.goto("/mitra/?peran=government")
    page.locator("#cari-wilayah").focus()
    page.keyboard.type("zzzz")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.wait_for_timeout(500)

    expect(page).to_have_url(re.compile(r"/mitra/\?peran=government$"))
    expect(page.locator("#cari-wilayah")).to_have_value("zzzz")


@pytest.mark.parametrize("context_options", [{"viewport": PHONE}])
def test_on_a_phone_the_chosen_option_is_in_sight(page):
    page.goto("/mitra/")
    page.locator(".filters > summary").click()
    type_in(page, "solo", field="#cari-wilayah")
    page.keyboard.press("Enter")

    expect(page.locator("#wilayah-kota-surakarta")).to_be_checked()
    expect(page.locator("#cari-wilayah")).to_be_in_viewport()


@pytest.mark.parametrize("context_options", [{"java_script_enabled": False}])
def test_without_scripts_nothing_is_missing(page):
    page.goto("/mitra/")

    expect(page.locator("#q")).not_to_have_attribute("role", "combobox")
    expect(page.locator("#cari-wilayah")).to_be_hidden()
    page.locator("#q").fill("wyangsari")
    page.locator("#q").press("Enter")
    expect(page.locator("#results .card").first).to_be_visible()
