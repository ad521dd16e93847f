import pytest
from django.core import signing
from django.http import HttpResponse
from hypothesis import given
from hypothesis import strategies as st

from stakeholders.shortlist import COOKIE, KEPT_FOR, MOST, Shortlist, codes_of, ids_in
from tests import hostile

LARGEST = 2**63 - 1  # of a bigint


def signed(text):
    return signing.get_cookie_signer(salt=COOKIE).sign(text)


@pytest.fixture
def shortlist(rf):
    def read(cookie=None):
        request = rf.get("/")
        if cookie is not None:
            request.COOKIES[COOKIE] = cookie
        return Shortlist(request)

    return read


def written(shortlist):
    response = HttpResponse()
    shortlist.write_to(response)
    return response


def kept(shortlist, ids):
    return shortlist(signed(codes_of(ids)))


@given(st.lists(st.integers(0, 36**12 - 1), unique=True, max_size=MOST))
def test_ids_come_back_as_they_went(ids):
    assert ids_in(codes_of(ids)) == ids


def test_fifty_of_the_largest_ids_fit_into_an_address():
    assert len(codes_of(range(36**12 - MOST, 36**12))) < 1_000
    assert max(ids_in(codes_of([36**12 - 1]))) <= LARGEST


@pytest.mark.parametrize(
    ("codes", "ids"),
    [
        ("", []),
        ("a.b", [10, 11]),
        ("a.0a.b.a", [10, 11]),
        ("a..b.", [10, 11]),
        ("A.-1.+1. 1.1_0.٣.½.b", [11]),
        ("zzzzzzzzzzzzz.b", [11]),  # no bigint
        ("a,b", []),
    ],
)
def test_what_is_no_code_is_left_out(codes, ids):
    assert ids_in(codes) == ids


def test_no_more_than_fifty_are_read():
    assert ids_in(codes_of(range(80))) == list(range(MOST))


def test_the_newest_stands_first_and_each_once(shortlist):
    chosen = shortlist()

    chosen.add([1])
    chosen.add([2, 3])
    assert chosen.add([1]) == []

    assert chosen.ids == [2, 3, 1]


def test_what_does_not_fit_is_given_back(shortlist):
    chosen = kept(shortlist, range(48))

    assert chosen.add([100, 101, 102, 103, 5]) == [102, 103]
    assert chosen.ids == [100, 101, *range(48)]


def test_what_is_removed_is_given_back_in_its_order(shortlist):
    chosen = kept(shortlist, [5, 6, 7])

    assert chosen.remove([7, 5, 9]) == [5, 7]
    assert chosen.ids == [6]


def test_the_cookie_is_for_this_site_alone_and_no_script_reads_it(shortlist, settings):
    settings.SESSION_COOKIE_SECURE = True
    chosen = shortlist()
    chosen.add([10, 11])

    cookie = written(chosen).cookies[COOKIE]

    assert cookie.value.split(":")[0] == "a.b"
    assert {name: value for name, value in cookie.items() if value} == {
        "expires": cookie["expires"],
        "max-age": 180 * 24 * 60 * 60,
        "path": "/",
        "samesite": "Lax",
        "secure": True,
        "httponly": True,
    }


def test_an_empty_list_leaves_no_cookie(shortlist):
    chosen = kept(shortlist, [1])
    chosen.remove([1])

    assert written(chosen).cookies[COOKIE]["max-age"] == 0


def test_who_does_not_ask_gets_the_same_page_as_everybody(shortlist):
    response = written(kept(shortlist, [1]))

    assert "Vary" not in response.headers
    assert response.cookies == {}


def test_who_only_reads_gets_no_cookie(shortlist):
    chosen = kept(shortlist, [1])
    assert 1 in chosen

    response = written(chosen)

    assert response["Vary"] == "Cookie"
    assert response.cookies == {}


def test_a_cookie_from_too_long_ago_counts_as_none(shortlist, monkeypatch):
    monkeypatch.setattr("time.time", lambda: 1_000_000_000)
    cookie = signed("a.b")
    assert len(shortlist(cookie)) == 2

    monkeypatch.setattr("time.time", lambda: 1_000_000_001 + KEPT_FOR.total_seconds())

    assert len(shortlist(cookie)) == 0


@pytest.mark.parametrize(
    "forge",
    [
        lambda cookie: "",
        lambda cookie: "a.b",
        lambda cookie: "a.b:x:y",
        lambda cookie: cookie[:-1],
        lambda cookie: cookie * 500,
    ],
)
def test_a_forged_cookie_counts_as_none(shortlist, forge):
    assert len(shortlist(forge(signed("a")))) == 0


@hostile.modestly
@given(text=st.text())
def test_anything_in_the_cookie(shortlist, text):
    assert len(shortlist(text)) == 0
    assert len(shortlist(signed(text))) <= MOST
