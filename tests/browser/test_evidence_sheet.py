"""The data sheet on paper: what an officer hands in."""

import io
from unicodedata import normalize

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from tests.browser.network import ON_A_SHEET

SHEET = "wilayah/kota-tegal/lembar-data/"
A4 = (210, 297)
MM = 25.4 / 72  # of a point


@pytest.fixture(params=["/", "/en/"])
def paper(page, request):
    """The pages of paper that the browser makes of the sheet."""
    page.goto(f"{request.param}{SHEET}")
    return PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True))).pages


def words(pages):
    """The text of each page; NFKC takes apart the letters that a font joins ("fi")."""
    texts = [normalize("NFKC", each.extract_text()) for each in pages]
    return [" ".join(text.split()) for text in texts]


def test_forty_listings_fit_on_two_pages_of_a4(page, paper):
    listings = page.locator(".sheet__listings th[scope=row]").all_inner_texts()

    assert len(listings) == ON_A_SHEET
    assert len(paper) == 2
    assert [(round(p.mediabox.width * MM), round(p.mediabox.height * MM)) for p in paper] == [
        A4,
        A4,
    ]
    text = " ".join(words(paper))
    assert [name for name in listings if normalize("NFKC", name) not in text] == []


def test_the_second_page_repeats_the_head_of_the_table_and_each_has_its_number(page, paper):
    heads = page.locator(".sheet__listings thead th").all_inner_texts()
    first, second = words(paper)

    assert len(heads) == 5
    assert " ".join(heads) in first
    assert " ".join(heads) in second
    assert "1 / 2" in first
    assert "2 / 2" in second


def test_nothing_of_the_site_is_printed(page):
    page.goto(f"/{SHEET}")
    page.emulate_media(media="print")

    assert [
        each.inner_html()
        for each in page.locator("header.top, nav, footer.foot, .crumbs, .actions, .skip").all()
        if each.is_visible()
    ] == []


def test_black_ink_on_white_says_it_all(page):
    """No colour but shades of grey, and no background that a printer would leave out."""
    page.emulate_media(media="print")
    page.goto(f"/{SHEET}")

    assert page.evaluate("""() => {
        const isGrey = (colour) => new Set(colour.match(/\\d+/g).slice(0, 3)).size === 1
        const isClear = (colour) => ["rgba(0, 0, 0, 0)", "rgb(255, 255, 255)"].includes(colour)
        return [...document.querySelectorAll(".sheet, .sheet *")]
            .filter((each) => each.checkVisibility())
            .filter((each) => !isGrey(getComputedStyle(each).color)
                || !isClear(getComputedStyle(each).backgroundColor))
            .map((each) => each.outerHTML.slice(0, 120))
    }""") == []  # fmt: skip


def test_the_button_prints(page):
    page.goto(f"/{SHEET}")
    page.evaluate("window.print = () => { window.printed = true }")

    page.locator("[data-print]").click()

    assert page.evaluate("window.printed") is True


@pytest.mark.parametrize("context_options", [{"java_script_enabled": False}])
def test_without_scripts_no_button_promises_to_print(page):
    page.goto(f"/{SHEET}")

    expect(page.locator("[data-print]")).to_be_hidden()
    expect(page.locator(".sheet")).to_be_visible()
