"""The search while it is used: results come without a new page, and nobody loses their place."""

import re
import time

import pytest
from playwright.sync_api import expect

from tests.browser.network import COMMUNITIES, MEDIA

BOTH = COMMUNITIES + MEDIA


@pytest.fixture
def search(page):
    """The thirty listings; the mark is lost when the browser loads a new page."""
    page.goto("/mitra/?q=wyangsari")
    page.evaluate("document.documentElement.dataset.mark = 'the same page'")
    return page


def expect_count(page, number):
    expect(page.locator("#count")).to_have_text(re.compile(rf"^\s*{number} "))


def is_same_page(page):
    return page.evaluate("document.documentElement.dataset.mark") == "the same page"


def answer_slowly(page, seconds=1.0):
    def wait(route):
        time.sleep(seconds)
        route.continue_()

    page.route("**/mitra/?*", wait)


def test_ticking_a_facet_brings_results_counts_and_address_and_keeps_focus(search):
    expect(search.locator("label[for=wilayah-kota-malang]")).to_be_visible()
    search.locator("#peran-community").focus()
    search.keyboard.press("Space")

    expect_count(search, COMMUNITIES)
    expect(search).to_have_url(re.compile(r"[?&]peran=community(&|$)"))
    expect(search.locator("#peran-community")).to_be_focused()
    expect(search.locator("#peran-community")).to_be_checked()
    expect(search.locator("label[for=peran-media] .facet__count")).to_have_text(str(MEDIA))
    expect(search.locator("label[for=wilayah-kota-malang]")).to_have_count(0)
    expect(search.locator("a.chip", has_text="Komunitas")).to_have_count(1)
    assert is_same_page(search)


def test_two_ticks_in_a_row_are_both_applied(search):
    answer_slowly(search, 0.3)
    search.locator("#peran-community").check()
    search.locator("#peran-media").check()

    expect(search).to_have_url(re.compile(r"peran=community&peran=media"))
    expect_count(search, BOTH)
    expect(search.locator("#peran-community")).to_be_checked()
    expect(search.locator("#peran-media")).to_be_checked()


def test_typing_searches_and_keeps_focus_and_caret(search):
    search.locator("#q").fill("sanggar")
    search.locator("#q").press("Home")
    search.keyboard.type("wyangsari ")

    expect(search).to_have_url(re.compile(r"q=wyangsari(\+|%20)sanggar"))
    expect_count(search, BOTH)
    expect(search.locator("#q")).to_be_focused()
    expect(search.locator("#q")).to_have_value("wyangsari sanggar")
    assert search.evaluate("q.selectionStart") == len("wyangsari ")


def test_half_typed_words_are_nobodys_search_yet(search):
    with search.expect_request("**/mitra/?*") as typed:
        search.locator("#q").fill("qqqqzzzz")
    with search.expect_request(lambda request: "x-half-typed" not in request.headers) as submitted:
        search.locator("#q").press("Enter")
    with search.expect_request("**/mitra/?*") as chosen:
        search.locator("a.chip").first.click()

    assert typed.value.headers["x-half-typed"] == "1"
    assert "q=qqqqzzzz" in submitted.value.url
    assert "x-half-typed" not in chosen.value.headers


def test_the_radius_goes_with_the_place(page):
    page.goto("/mitra/?dekat=kota-malang&radius=50&q=sanggar")
    page.locator("#radius").select_option("250")
    expect(page).to_have_url(re.compile(r"dekat=Kota(%20|\+)Malang&radius=250"))

    page.locator("a.chip", has_text="Kota Malang").click()
    expect(page).not_to_have_url(re.compile("dekat="))
    page.locator("#q").fill("sanggar wyangsari")

    expect(page).to_have_url(re.compile("wyangsari"))
    expect(page).not_to_have_url(re.compile("dekat="))


def test_letters_typed_while_waiting_are_not_lost(page):
    page.goto("/mitra/")
    answer_slowly(page, 0.6)
    page.locator("#q").focus()
    page.keyboard.type("wyang")
    page.wait_for_timeout(400)  # the first request is on its way
    page.keyboard.type("sari", delay=50)

    expect(page).to_have_url(re.compile(r"[?&]q=wyangsari(&|$)"))
    expect_count(page, BOTH)
    expect(page.locator("#q")).to_have_value("wyangsari")


def test_the_count_is_announced(search):
    status = search.get_by_role("status").filter(has_text=re.compile(rf"^\s*{BOTH} "))
    expect(status).to_have_count(1)
    search.evaluate("document.querySelector('#count').dataset.mark = 'the same region'")

    search.locator("#peran-media").check()

    expect_count(search, MEDIA)
    # A live region is only read out when it stays and its text changes.
    expect(search.locator("#count")).to_have_attribute("data-mark", "the same region")


def test_a_chip_takes_its_filter_away_and_focus_goes_to_the_count(page):
    page.goto("/mitra/?q=wyangsari&peran=media")
    page.locator("a.chip", has_text="Media").press("Enter")

    expect_count(page, BOTH)
    expect(page).to_have_url(re.compile(r"/mitra/\?q=wyangsari$"))
    expect(page.locator("#count")).to_be_focused()
    expect(page.locator("#peran-media")).not_to_be_checked()


def test_the_chip_of_the_text_empties_the_field(page):
    page.goto("/mitra/?q=wyangsari&peran=media")
    page.locator("a.chip", has_text="wyangsari").click()

    expect(page).to_have_url(re.compile(r"/mitra/\?peran=media$"))
    expect(page.locator("#q")).to_have_value("")
    expect(page.locator("#peran-media")).to_be_checked()


def test_the_order_is_chosen_and_keeps_focus(search):
    search.locator("#urut").focus()
    search.locator("#urut").select_option("nama")

    expect(search).to_have_url(re.compile(r"[?&]urut=nama(&|$)"))
    expect(search.locator("#results .card__name").first).to_have_text(
        "Sanggar Wyangsari community 00"
    )
    expect(search.locator("#urut")).to_have_value("nama")
    expect(search.locator("#urut")).to_be_focused()
    assert is_same_page(search)


def test_turning_the_page_goes_to_the_top_of_the_results(search):
    search.locator("a[rel=next]").click()

    expect(search).to_have_url(re.compile(r"[?&]halaman=2(&|$)"))
    expect(search.locator("#results .card")).to_have_count(BOTH - 24)
    expect(search.locator("#count")).to_be_focused()
    expect(search.locator("#count")).to_be_in_viewport()
    assert is_same_page(search)


def test_a_new_filter_starts_at_the_first_page(page):
    page.goto("/mitra/?q=wyangsari&halaman=2")
    page.locator("#peran-media").check()

    expect_count(page, MEDIA)
    assert "halaman" not in page.url


def test_back_restores_results_boxes_and_text(search):
    search.locator("#peran-media").check()
    expect_count(search, MEDIA)
    search.locator("#q").fill("sanggar wyangsari")
    expect(search).to_have_url(re.compile(r"q=sanggar(\+|%20)wyangsari&peran=media"))

    search.go_back()

    expect(search).to_have_url(re.compile(r"q=wyangsari&peran=media"))
    expect(search.locator("#q")).to_have_value("wyangsari")
    expect(search.locator("#peran-media")).to_be_checked()
    expect_count(search, MEDIA)

    search.go_back()

    expect_count(search, BOTH)
    expect(search.locator("#q")).to_have_value("wyangsari")
    expect(search.locator("#peran-media")).not_to_be_checked()
    expect(search.locator("#peran-media")).to_be_visible()


def test_the_page_still_searches_after_back(search):
    search.locator("#peran-media").check()
    expect_count(search, MEDIA)
    search.go_back()
    expect_count(search, BOTH)

    search.locator("#peran-community").check()

    expect_count(search, COMMUNITIES)


def test_back_from_a_listing_restores_the_search(search):
    search.locator("#peran-media").check()
    expect_count(search, MEDIA)
    search.locator("#results .card__name a").first.click()
    expect(search.locator("h1")).to_contain_text("Wyangsari media")

    search.go_back()

    expect_count(search, MEDIA)
    expect(search.locator("#peran-media")).to_be_checked()
    expect(search.locator("#q")).to_have_value("wyangsari")


@pytest.mark.parametrize("failure", ["no answer", "an error"])
def test_a_failing_server_is_told_and_the_next_try_works(search, problems, failure):
    def fail(route):
        route.abort() if failure == "no answer" else route.fulfill(status=503, body="Sorry")

    message = search.locator("#count").get_attribute("data-failed")
    search.route("**/mitra/?*", fail)
    search.locator("#peran-media").check()
    expect(search.locator("#count")).to_have_text(message)
    expect(search.locator("#peran-media")).to_be_checked()

    search.unroute("**/mitra/?*")
    search.locator("form.search button").first.click()

    expect_count(search, MEDIA)
    problems.clear()  # the browser and htmx both say that a request failed


def test_while_the_server_is_slow_one_can_go_on(search):
    answer_slowly(search, 0.5)
    search.locator("#peran-media").check()

    search.locator(".brand").click()

    expect(search.locator("h1")).to_be_visible()
    expect(search).to_have_url(re.compile(r"/$"))


def test_regions_are_searched_the_same_way(page):
    page.goto("/wilayah/")
    page.locator("#q").fill("pekalongan")
    page.locator("#jenis-kota").check()

    expect(page).to_have_url(re.compile(r"q=pekalongan&jenis=kota"))
    expect(page.locator("#results .card__name")).to_have_text(["Kota Pekalongan"])
