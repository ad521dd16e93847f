import pytest
from django.utils import translation

from regions.templatetags.site import full_address_in, icon, initials, this_page_in


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Batik Laras", "BL"),
        ("Batik Laras Pekalongan", "BL"),
        ("sanggar", "S"),
        ("(Contoh) Batik", "CB"),
        ("& Kriya 3D", "K3"),
        ("—", ""),
        ("", ""),
    ],
)
def test_two_letters_stand_for_a_name(name, letters):
    assert initials(name) == letters


def test_an_icon_is_only_a_picture():
    assert icon('x"><script>') == (
        '<svg class="icon" aria-hidden="true" focusable="false">'
        '<use href="/static/img/icons.svg#x&quot;&gt;&lt;script&gt;"/></svg>'
    )


@pytest.mark.parametrize(
    ("page", "language", "address"),
    [
        ("/mitra/?q=a&q=b%20c", "en", "/en/mitra/?q=a&q=b%20c"),
        ("/en/mitra/", "id", "/mitra/"),
        ("/en/mitra/", "en", "/en/mitra/"),
        ("/tidak/ada/", "en", "/tidak/ada/"),
        ("//evil.example/", "en", "/%2Fevil.example/"),
        ("//[evil", "en", "/%2F%5Bevil"),
    ],
)
def test_a_page_in_the_other_language(rf, page, language, address):
    request = rf.get("/")
    request.path, _, request.META["QUERY_STRING"] = page.partition("?")

    with translation.override("en" if page.startswith("/en/") else "id"):
        assert this_page_in({"request": request}, language) == address


def test_without_a_request_it_is_the_first_page():
    assert this_page_in({}, "en") == "/en/"
    assert full_address_in({}, "en") == "/en/"


def test_search_engines_get_the_full_address(rf):
    request = rf.get("/wilayah/", {"q": "solo"})

    with translation.override("id"):
        address = full_address_in({"request": request}, "en")

    assert address == "http://testserver/en/wilayah/?q=solo"
