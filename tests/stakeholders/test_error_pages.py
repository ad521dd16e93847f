"""Pages for when something is wrong. No test here may touch the database: it may be what broke."""

import re

import pytest
from django.test import Client

pytestmark = pytest.mark.urls("tests.urls")

HEADINGS = {
    400: "This request could not be read",
    403: "This page is not for you",
    404: "There is no page at this address",
    500: "Something broke on our side",
}
STALE_FORM = "The form was open too long"


@pytest.fixture
def visitor():
    """Somebody with an old session and an unread message, whose browser sees the error page."""
    visitor = Client(raise_request_exception=False, enforce_csrf_checks=True)
    visitor.cookies["sessionid"] = "x" * 32
    visitor.cookies["messages"] = "damaged"
    return visitor


def heading(response):
    return re.search("<h1>(.*?)</h1>", response.content.decode()).group(1)


@pytest.mark.parametrize("status", HEADINGS)
def test_it_says_in_english_what_is_wrong(visitor, status):
    response = visitor.get(f"/en/salah/{status}/")

    assert response.status_code == status
    assert heading(response) == HEADINGS[status]
    assert '<html lang="en">' in response.content.decode()


@pytest.mark.parametrize("status", HEADINGS)
def test_it_says_so_in_indonesian(visitor, status):
    response = visitor.get(f"/salah/{status}/", headers={"accept-language": "en"})
    html = response.content.decode()

    assert response.status_code == status
    assert '<html lang="id">' in html
    assert '<a class="button" href="/mitra/">' in html


@pytest.mark.parametrize("status", HEADINGS)
def test_it_leads_on_and_stays_out_of_search_engines(visitor, status):
    html = visitor.get(f"/en/salah/{status}/").content.decode()

    assert '<meta name="robots" content="noindex">' in html
    assert '<a class="button" href="/en/mitra/">' in html
    assert '<a class="button button--line" href="/en/">' in html
    assert "Traceback" not in html
    assert "RuntimeError" not in html


@pytest.mark.parametrize(("prefix", "language"), [("", "id"), ("/en", "en")])
def test_a_form_without_its_token(prefix, language):
    response = Client(enforce_csrf_checks=True).post(f"{prefix}/mitra/")

    assert response.status_code == 403
    assert f'<html lang="{language}">' in response.content.decode()
    if language == "en":
        assert heading(response) == STALE_FORM


@pytest.mark.parametrize(
    "path", ["/", "/en/mitra/", "/wilayah/kota-malang/", "/mitra/batik-laras/"]
)
def test_the_500_page_stands_while_the_database_is_down(visitor, path):
    """pytest-django refuses every connection to a test that did not ask for the database."""
    response = visitor.get(path)

    assert response.status_code == 500
    assert '<a class="button" href="' in response.content.decode()


def test_a_foreign_host_is_a_bad_request(visitor):
    response = visitor.get("/en/", headers={"host": "evil.example"})

    assert response.status_code == 400
    assert "<h1>" in response.content.decode()


@pytest.mark.parametrize(
    "path",
    ["/en/salah/", "/en//", "/en/mitra/%00/", "/en/%ff%fe/", "/en/mitra/a b/", "/en/<script>/"],
)
def test_an_address_that_does_not_exist(visitor, path):
    response = visitor.get(path)

    assert response.status_code == 404
    assert heading(response) == HEADINGS[404]
    assert "<script>/" not in response.content.decode()


@pytest.mark.parametrize("path", ["//evil.example/", "//[evil", "///evil.example/mitra/"])
def test_no_address_makes_the_page_lead_to_another_site(visitor, path):
    response = visitor.get("/", PATH_INFO=path)

    assert response.status_code == 404
    assert re.findall(r'href="//[^"]*', response.content.decode()) == []


def test_more_parameters_than_anybody_sends_are_a_bad_request(visitor):
    response = visitor.get("/en/mitra/?" + "&".join(["peran=media"] * 1001))

    assert response.status_code == 400
    assert heading(response) == HEADINGS[400]
