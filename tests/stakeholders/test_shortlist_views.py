import csv
import io
import re

import pytest
from django.contrib.messages import get_messages
from django.core import signing
from django.test import Client
from django.utils import timezone
from hypothesis import given

from stakeholders.shortlist import COOKIE, MOST, codes_of, ids_in
from tests import factories, hostile

pytestmark = pytest.mark.django_db

URL = "/pilihan/"
HERE = {"sec-fetch-site": "same-origin"}


def listing(**fields):
    return factories.StakeholderFactory(**{"published": True, **fields})


def code(*listings):
    return codes_of(each.pk for each in listings)


def keep(client, *listings):
    """Give the browser a cookie with these listings."""
    client.cookies[COOKIE] = signing.get_cookie_signer(salt=COOKIE).sign(code(*listings))


def kept(client):
    """Return the ids in the cookie of the browser."""
    return ids_in(client.cookies[COOKIE].value.split(":")[0]) if COOKIE in client.cookies else []


def press(client, address=URL, headers=HERE, **fields):
    return client.post(address, fields, headers=headers)


def names(response):
    return [each.name for each in response.context["listings"]]


def said(response):
    return [" ".join(str(each).split()) for each in get_messages(response.wsgi_request)]


def table(response):
    return list(csv.DictReader(io.StringIO(response.getvalue().decode("utf-8-sig"))))


def buttons(html):
    return re.findall(r'<button class="save[^"]*" id="s-\w+" form="shortlist" name="(\w+)"', html)


@pytest.mark.parametrize("item_count", [1, 3])
@pytest.mark.parametrize("is_own", [True, False])
def test_query_count_does_not_grow(client, django_assert_num_queries, item_count, is_own):
    listings = [listing(subsectors=[factories.SubsectorFactory()]) for _ in range(item_count)]
    for each in listings:
        factories.OfferingFactory(stakeholder=each)
    keep(client, *listings)

    with django_assert_num_queries(1):
        response = client.get(URL if is_own else f"{URL}?p={code(*listings)}")

    assert len(response.context["listings"]) == item_count


@pytest.mark.parametrize("item_count", [1, 3])
def test_query_count_of_the_table_does_not_grow(client, django_assert_num_queries, item_count):
    keep(client, *(listing(subsectors=[factories.SubsectorFactory()]) for _ in range(item_count)))

    with django_assert_num_queries(3):  # listings, subsectors, offerings
        rows = table(client.get(f"{URL}?format=csv"))

    assert len(rows) == item_count


@pytest.mark.parametrize("item_count", [1, 3])
def test_adding_costs_one_query(client, django_assert_num_queries, item_count):
    listings = [listing() for _ in range(item_count)]

    with django_assert_num_queries(1):
        press(client, tambah=code(*listings))


def test_a_listing_is_added_from_a_page_and_the_page_comes_back(client):
    first, second = listing(), listing(name="Warta")
    keep(client, first)

    response = press(
        client, "/en/pilihan/", tambah=code(second), next="/en/mitra/?q=batik&urut=nama"
    )

    assert response.status_code == 302
    assert response["Location"] == f"/en/mitra/?q=batik&urut=nama#s-{code(second)}"
    assert kept(client) == [second.pk, first.pk]
    assert said(response) == ["Warta is on your shortlist."]


def test_the_list_is_in_the_order_of_choice(client):
    keep(client, listing(name="C"), listing(name="A"), listing(name="B"))

    assert names(client.get(URL)) == ["C", "A", "B"]


def test_one_is_removed_and_may_come_back(client):
    stays, goes = listing(), listing(name="Warta")
    keep(client, stays, goes)

    response = press(client, "/en/pilihan/", hapus=code(goes), next="/en/pilihan/")

    assert response["Location"] == "/en/pilihan/#main"
    assert kept(client) == [stays.pk]
    html = client.get("/en/pilihan/").content.decode()
    assert "Warta is off your shortlist." in html
    assert f'form="shortlist" name="tambah" value="{code(goes)}">Undo</button>' in html


def test_all_are_removed_and_come_back_in_their_order(client):
    listings = [listing() for _ in range(3)]
    keep(client, *listings)
    html = client.get("/en/pilihan/").content.decode()
    assert f'name="hapus" value="{code(*listings)}"' in html

    response = press(client, "/en/pilihan/", hapus=code(*listings), next="/en/pilihan/")
    assert kept(client) == []
    assert "3 listings are off your shortlist." in said(response)[0]
    press(client, tambah=code(*listings))

    assert kept(client) == [each.pk for each in listings]


def test_an_empty_list_leads_to_the_search(client):
    html = client.get("/en/pilihan/").content.decode()

    assert "Nothing saved yet" in html
    assert '<a class="button" href="/en/mitra/">' in html
    assert "Download as CSV" not in html


def test_a_full_list_says_what_found_no_room(client):
    region = factories.RegionFactory()
    full = [listing(region=region) for _ in range(MOST - 1)]
    keep(client, *full)
    others = [listing(name=f"Baru {number}") for number in range(3)]

    response = press(client, "/en/pilihan/", tambah=code(full[0], *others))

    assert len(kept(client)) == MOST
    assert said(response) == [
        "2 of these listings are on your shortlist. "
        "A shortlist holds 50. There was no room for: Baru 1, Baru 2."
    ]
    html = press(client, "/en/pilihan/", HERE | {"hx-request": "true"}, tambah=code(others[2]))
    assert "<span>Shortlist is full</span>" in html.content.decode()


def test_what_is_not_public_is_neither_added_nor_named(client):
    hidden = [listing(status=status, name="Rahasia") for status in ("draft", "pending", "archived")]

    response = press(client, "/en/pilihan/", tambah=f"{code(*hidden)}.zzzzzzzzzzzz")

    assert kept(client) == []
    assert said(response) == ["4 listings are no longer public."]


def test_what_is_no_longer_public_vanishes_and_is_said_once(client):
    stays, goes = listing(), listing(name="Rahasia")
    keep(client, goes, stays)
    goes.status = "archived"
    goes.save()

    html = client.get("/en/pilihan/").content.decode()

    assert "1 listing is no longer public and was left out." in html
    assert "Rahasia" not in html
    assert kept(client) == [stays.pk]
    assert "no longer public" not in client.get("/en/pilihan/").content.decode()


def test_a_shared_list_is_read_without_a_cookie(client):
    first, second, hidden = listing(name="B"), listing(name="A"), listing(status="draft")

    response = client.get(f"/en/pilihan/?p={code(first, hidden, second)}")

    assert names(response) == ["B", "A"]
    html = response.content.decode()
    assert "A shared shortlist" in html
    assert "1 listing is no longer public and was left out." in html
    assert f'<button class="button" name="tambah" value="{code(first, second)}">' in html
    assert 'name="hapus"' not in html
    assert response.cookies == {}


def test_the_link_to_share_shows_the_same_list(client):
    keep(client, listing(name="C"), listing(name="A"), listing(name="B"))
    html = client.get(URL).content.decode()
    [link] = re.findall(r'<input id="link" value="([^"]+)"', html)

    assert link.startswith("http://testserver/pilihan/?p=")
    assert names(Client().get(link)) == ["C", "A", "B"]


def test_a_shared_list_leaves_the_own_list_alone(client):
    own, other = listing(), listing()
    keep(client, own)

    client.get(f"{URL}?p={code(other)}")

    assert kept(client) == [own.pk]


@pytest.mark.parametrize("p", ["", "x y", "zzzz", "...", "a" * 3000])
def test_a_broken_link_is_told_kindly(client, p):
    html = client.get("/en/pilihan/", {"p": p}).content.decode()

    assert "This link leads to no public listing" in html


@pytest.mark.parametrize("query", ["?format=csv", "?format=csv&p="])
def test_the_table_has_what_is_public(client, query):
    one = listing(
        name='=HYPERLINK("http://evil.example")',
        role="media",
        organization_type__name_en="Magazine",
        region=factories.RegionFactory(short_name="Pekalongan", province__short_name="Jawa Tengah"),
        subsectors=[factories.SubsectorFactory(name_en=name) for name in ("Craft", "Film")],
        summary="+62 tells",
        website="https://w.example/",
        public_email="redaksi@w.example",
        public_phone="+62 285 1",
        contact_email="rahasia@private.example",
        verified_at=timezone.now(),
    )
    factories.OfferingFactory(stakeholder=one, direction="offer", category__name_en="Training")
    keep(client, one, listing(name="Z"))

    query = query + code(one) + "." + "zzz" if query.endswith("=") else query
    response = client.get(f"/en/pilihan/{query}")

    assert table(response)[0] == {
        "Name": '\'=HYPERLINK("http://evil.example")',
        "Role": "Media",
        "Organisation type": "Magazine",
        "Kabupaten or kota": "Kota Pekalongan",
        "Province": "Jawa Tengah",
        "Subsectors": "Craft; Film",
        "In one line": "'+62 tells",
        "Website": "https://w.example/",
        "Public e-mail": "redaksi@w.example",
        "Public phone": "'+62 285 1",
        "Offers": "Training",
        "Needs": "",
        "Confirmed on": str(timezone.localdate()),
        "State": "Confirmed",
        "Page": f"http://testserver/en/mitra/{one.slug}/",
    }
    assert b"rahasia" not in response.getvalue()
    name = f'attachment; filename="pilihan-{timezone.localdate()}.csv"'
    assert response["Content-Disposition"] == name


def test_search_engines_stay_outside(client):
    assert '<meta name="robots" content="noindex">' in client.get(URL).content.decode()
    assert '<meta name="robots" content="noindex">' in client.get(f"{URL}?p=a").content.decode()


@pytest.mark.parametrize("address", ["/", "/mitra/", "/wilayah/{region}/", "/mitra/{slug}/"])
def test_pages_show_what_is_saved_and_set_no_cookie(client, address):
    one, other = listing(region=factories.RegionFactory()), None
    other = listing(region=one.region, role="media")
    address = address.format(region=one.region.slug, slug=one.slug)
    response = client.get(address)
    assert response.cookies == {}
    assert "Cookie" in response["Vary"]
    assert 'class="kept__count" hidden>0<' in response.content.decode()
    keep(client, one)

    html = client.get(address).content.decode()

    assert 'class="kept__count">1<' in html
    assert sorted(buttons(html)) == ([] if address == "/" else ["hapus", "tambah"])
    assert other.name in html or address == "/"


def test_nobody_saves_what_is_not_published(client, staff):
    draft = listing(status="draft")
    client.force_login(factories.UserFactory(is_superuser=True, is_staff=True))

    html = client.get(f"/mitra/{draft.slug}/").content.decode()

    assert buttons(html) == []


def test_htmx_gets_the_button_the_count_and_the_news(client):
    one = listing(name="Warta <b>")

    response = press(client, "/en/pilihan/", HERE | {"hx-request": "true"}, tambah=code(one))

    html = response.content.decode()
    assert response.status_code == 200
    assert len(html) < 1_500
    assert buttons(html) == ["hapus"]
    assert 'id="shortlist-count" hx-swap-oob="true" class="kept__count">1</span>' in html
    assert '<p id="said" hx-swap-oob="innerHTML">' in html
    assert "Warta &lt;b&gt; is on your shortlist." in html
    assert kept(client) == [one.pk]

    html = press(client, URL, HERE | {"hx-request": "true"}, hapus=code(one)).content.decode()
    assert buttons(html) == ["tambah"]
    assert kept(client) == []


@pytest.mark.parametrize("codes", ["zzz", "", "%00"])
def test_htmx_is_told_that_a_listing_is_gone(client, codes):
    response = press(client, "/en/pilihan/", HERE | {"hx-request": "true"}, tambah=codes)

    assert "No longer public" in response.content.decode()


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site", "origin": "http://testserver"},
        {"sec-fetch-site": "none"},
        {"origin": "http://evil.example"},
        {"origin": "https://testserver"},
        {"origin": "null"},
    ],
)
def test_no_other_site_can_change_the_list(client, headers):
    one = listing()

    response = press(client, headers=headers, tambah=code(one))

    assert response.status_code == 403
    assert response.cookies == {}


def test_an_older_browser_tells_its_origin(client):
    one = listing()

    response = press(client, headers={"origin": "http://testserver"}, tambah=code(one))

    assert response.status_code == 302
    assert kept(client) == [one.pk]


@pytest.mark.parametrize(
    "address",
    [
        "",
        "https://evil.example/",
        "//evil.example/",
        "///evil.example",
        "http:///evil.example",
        "javascript:alert(1)",
        "/\\evil.example",
        "http://testserver/mitra/",
        "//[",
        "/mitra/?q=" + "a" * 3000,
        "\x00/mitra/",
    ],
)
def test_the_way_back_never_leaves_the_site(client, address):
    response = press(client, tambah=code(listing()), next=address)

    assert response["Location"] == "/pilihan/#main"


def test_what_follows_the_hash_is_ours(client):
    one = listing()

    response = press(client, tambah=code(one), next="/mitra/#x#y")

    assert response["Location"] == f"/mitra/#s-{code(one)}"


def test_a_way_back_cannot_write_headers(client):
    response = press(client, tambah=code(listing()), next="/mitra/?q=é\r\nSet-Cookie: a=b")

    assert response["Location"].startswith("/mitra/?q=%C3%A9%0D%0ASet-Cookie:%20a=b#s-")


@pytest.mark.parametrize("value", hostile.ENCODED)
def test_the_page_stands_whatever_is_in_its_parameters(client, value):
    hostile.assert_harmless(client.get(f"{URL}?p={value}"))
    response = client.get(f"{URL}?format={value}")
    hostile.assert_harmless(response)
    assert len(hostile.ignored(response)) == 1


@hostile.modestly
@given(p=hostile.anything)
def test_anything_in_a_link(client, p):
    hostile.assert_harmless(client.get(f"{URL}?p={p}"))


@hostile.modestly
@given(value=hostile.anything)
def test_anything_in_the_cookie(client, value):
    client.cookies[COOKIE] = value

    for address in ("/", URL):
        assert client.get(address).status_code == 200
    assert press(client, tambah=value, hapus=value, next=value).status_code == 302


@pytest.mark.parametrize("value", hostile.VALUES)
def test_anything_in_the_form(client, value):
    response = press(client, tambah=value, hapus=value, next=value)

    assert response.status_code == 302
    assert response["Location"].startswith(("/pilihan/", "/"))
    assert kept(client) == []


def test_a_name_cannot_write_markup(client):
    one = listing(name=hostile.HTML)
    press(client, tambah=code(one))

    hostile.assert_harmless(client.get(URL))


def test_other_methods_are_refused(client):
    assert client.delete(URL).status_code == 405
