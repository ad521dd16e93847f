"""The shortlist while it is used: with and without scripts, by keyboard, on paper."""

import io
import re

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from tests.browser.network import MEDIA
from tests.browser.test_accessibility import found_by_axe
from tests.browser.test_layout import OVERFLOWING, SMALL_TARGETS

NO_SCRIPTS = {"java_script_enabled": False, "viewport": {"width": 360, "height": 640}}
MEDIA_ONLY = "/mitra/?q=wyangsari&peran=media"

without_scripts = pytest.mark.parametrize("context_options", [NO_SCRIPTS])


def buttons(page):
    return page.locator(".card .save")


def count(page):
    return page.locator("#shortlist-count")


@pytest.fixture
def search(page):
    """Four listings; the mark is lost when the browser loads a new page."""
    page.goto(MEDIA_ONLY)
    page.evaluate("document.documentElement.dataset.mark = 'the same page'")
    page.evaluate("document.querySelector('#said').dataset.mark = 'the same region'")
    return page


@pytest.fixture
def own(search):
    """The shortlist with all four."""
    for number in range(MEDIA):
        buttons(search).nth(number).click()
    expect(count(search)).to_have_text(str(MEDIA))
    search.goto("/pilihan/")
    return search


def is_same_page(page):
    return page.evaluate("document.documentElement.dataset.mark") == "the same page"


def test_saving_with_the_keyboard_changes_the_button_and_keeps_focus(search):
    button = buttons(search).nth(1)
    identity = button.get_attribute("id")
    button.focus()
    search.keyboard.press("Enter")

    expect(search.locator(f"#{identity}")).to_have_attribute("name", "hapus")
    expect(search.locator(f"#{identity}")).to_be_focused()
    expect(count(search)).to_have_text("1")
    expect(count(search)).to_be_visible()
    search.keyboard.press("Space")

    expect(search.locator(f"#{identity}")).to_have_attribute("name", "tambah")
    expect(search.locator(f"#{identity}")).to_be_focused()
    expect(count(search)).to_be_hidden()
    assert is_same_page(search)
    expect(search).to_have_url(re.compile(r"/mitra/\?q=wyangsari&peran=media$"))


AGAIN_AT_ONCE = """
id => new MutationObserver((changes, observer) => {
  const button = document.getElementById(id);
  if (button?.name !== "hapus") return;
  observer.disconnect();
  button.click();
  document.documentElement.dataset.again = "pressed";
}).observe(document.body, { childList: true, subtree: true })
"""


def test_a_button_works_from_the_moment_it_appears(search):
    identity = buttons(search).first.get_attribute("id")
    search.evaluate(AGAIN_AT_ONCE, identity)
    buttons(search).first.click()

    expect(search.locator("html[data-again=pressed]")).to_have_count(1)
    expect(search.locator(f"#{identity}")).to_have_attribute("name", "tambah")
    assert is_same_page(search)


def test_it_is_announced_politely(search):
    name = search.locator(".card__name").first.inner_text()
    status = search.get_by_role("status").and_(search.locator("#said"))
    expect(status).to_be_empty()
    buttons(search).first.click()

    expect(status).to_contain_text(name)
    # A live region is only read out when it stays and its text changes.
    expect(status).to_have_attribute("data-mark", "the same region")


def test_four_presses_in_a_row_are_all_kept(search):
    search.evaluate("document.querySelectorAll('.card .save').forEach((each) => each.click())")

    expect(count(search)).to_have_text(str(MEDIA))
    search.reload()
    expect(count(search)).to_have_text(str(MEDIA))
    expect(search.locator(".card .save--done")).to_have_count(MEDIA)


def test_a_search_in_between_shows_what_is_saved(search):
    buttons(search).first.click()
    expect(count(search)).to_have_text("1")
    search.locator("#peran-community").check()

    expect(search.locator("#results .card")).to_have_count(24)
    search.locator("#peran-community").uncheck()
    expect(search.locator("#results .card")).to_have_count(MEDIA)
    expect(search.locator("#results .save--done")).to_have_count(1)
    buttons(search).last.click()
    expect(count(search)).to_have_text("2")
    assert is_same_page(search)


@pytest.mark.parametrize("failure", ["no answer", "an error"])
def test_a_failure_is_told_where_the_button_is(search, problems, failure):
    def fail(route):
        route.abort() if failure == "no answer" else route.fulfill(status=503, body="Sorry")

    found = search.locator("#count").inner_text()
    search.route("**/pilihan/", fail)
    buttons(search).first.click()

    words = search.locator("#said").get_attribute("data-failed")
    expect(search.locator("#said")).to_have_text(words)
    expect(buttons(search).first).to_have_attribute("data-failed", words)
    expect(search.locator("#count")).to_have_text(found.strip())
    search.unroute("**/pilihan/")
    buttons(search).first.click()

    expect(count(search)).to_have_text("1")
    problems.clear()  # the browser and htmx both say that a request failed


def test_a_page_from_the_memory_of_the_browser_is_brought_up_to_date(search):
    come_back = "dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true}))"
    search.evaluate("dispatchEvent(new PageTransitionEvent('pagehide'))")
    search.evaluate(come_back)
    assert is_same_page(search)

    with search.expect_navigation():
        search.evaluate(f"sessionStorage.kept = '7'; {come_back}")

    assert not is_same_page(search)


def test_the_listing_itself_has_the_button(search):
    search.locator("#results .card__name a").first.click()
    search.locator(".listing__head .save").click()

    expect(search.locator(".listing__head .save--done")).to_be_focused()
    search.go_back()
    expect(search.locator("#results .save--done")).to_have_count(1)


def test_one_is_taken_off_and_comes_back(own):
    name = own.locator(".card__name").nth(1).inner_text()
    buttons(own).nth(1).press("Enter")

    expect(own.locator(".card")).to_have_count(MEDIA - 1)
    expect(own.locator(".message")).to_contain_text(name)
    own.keyboard.press("Tab")  # the page opens at its news
    expect(own.locator(".undo")).to_be_focused()
    own.keyboard.press("Enter")

    expect(own.locator(".card")).to_have_count(MEDIA)
    expect(own.locator(".card__name").first).to_have_text(name)


def test_the_link_is_copied_and_opens_the_same_list_elsewhere(own, browser, site):
    own.context.grant_permissions(["clipboard-read", "clipboard-write"])
    names = own.locator(".card__name").all_inner_texts()
    own.locator("[data-copy]").click()
    expect(own.locator("[data-copy]")).to_have_text(re.compile("Copied|Tersalin"))
    link = own.evaluate("navigator.clipboard.readText()")

    elsewhere = browser.new_context(base_url=site).new_page()
    elsewhere.goto(link)
    assert elsewhere.locator(".card__name").all_inner_texts() == names
    expect(count(elsewhere)).to_be_hidden()
    elsewhere.locator("main form button[name=tambah]").click()

    expect(elsewhere).to_have_url(re.compile(r"/pilihan/#main$"))
    assert elsewhere.locator(".card__name").all_inner_texts() == names
    elsewhere.context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_saved_card_is_accessible(search, scheme):
    search.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    buttons(search).first.click()
    expect(search.locator(".save--done")).to_have_count(1)

    assert found_by_axe(search) == []


def test_the_own_list_is_accessible_and_fits(own):
    assert found_by_axe(own) == []
    own.emulate_media(color_scheme="dark")
    assert found_by_axe(own) == []
    for width in [320, 360, 1280]:
        own.set_viewport_size({"width": width, "height": 640})
        assert own.evaluate(OVERFLOWING) + own.evaluate(SMALL_TARGETS) == []


def test_fifty_fit_on_four_pages_of_a4_without_tools(own):
    own.evaluate("""() => {
        const list = document.querySelector(".shortlist"), first = list.children[0]
        while (list.children.length < 50) list.append(first.cloneNode(true))
    }""")

    paper = PdfReader(io.BytesIO(own.pdf(prefer_css_page_size=True))).pages

    assert len(paper) <= 4
    own.emulate_media(media="print")
    tools = "nav, .kept, .lang, .skip, footer, .save, .shortlist__tools, .actions"
    assert [each.inner_html() for each in own.locator(tools).all() if each.is_visible()] == []
    expect(own.locator(".card__name").first).to_be_visible()


def test_on_paper_stands_what_each_offers_and_needs_and_no_message(page):
    page.goto("/pilihan/?p=zzz")
    page.evaluate("""() => {
        const said = Object.assign(document.createElement("p"), {className: "message"})
        document.querySelector("main").prepend(said)
        said.textContent = "Saved"
    }""")

    page.emulate_media(media="print")

    expect(page.locator(".asks > span")).to_have_count(2)
    expect(page.locator(".asks")).to_be_visible()
    expect(page.locator(".message")).to_be_hidden()


@without_scripts
def test_without_scripts_saving_comes_back_to_the_card(page):
    page.goto(MEDIA_ONLY)
    identity = buttons(page).nth(2).get_attribute("id")
    buttons(page).nth(2).click()

    expect(page).to_have_url(re.compile(rf"/mitra/\?q=wyangsari&peran=media#{identity}$"))
    expect(page.locator(f"#{identity}")).to_be_in_viewport()
    expect(page.locator(f"#{identity}")).to_have_attribute("name", "hapus")
    expect(count(page)).to_have_text("1")

    page.locator(".kept").click()
    expect(page.locator(".card")).to_have_count(1)
    expect(page.locator("[data-copy], [data-print]").first).to_be_hidden()


@without_scripts
def test_without_scripts_the_list_is_emptied_and_restored(page):
    page.goto(MEDIA_ONLY)
    for number in range(2):
        buttons(page).nth(number).click()
    page.goto("/pilihan/")
    names = page.locator(".card__name").all_inner_texts()
    page.locator(".actions button[name=hapus]").click()
    expect(page.locator(".card")).to_have_count(0)

    page.locator(".undo").click()

    assert page.locator(".card__name").all_inner_texts() == names
