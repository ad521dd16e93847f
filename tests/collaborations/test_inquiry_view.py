"""The form with which a visitor writes to a listing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collaborations.models import Inquiry
from tests import factories, hostile

pytestmark = pytest.mark.django_db

ANSWER = {
    "nama": "Sanggar Ayu",
    "surel": "ayu@contoh.id",
    "perihal": "venue",
    "pesan": "Bolehkah kami memakai sanggar Anda pada bulan Mei?",
    "entri": "",
    "situs": "",
}


@pytest.fixture
def listing(db):
    return factories.StakeholderFactory(
        slug="mitra", published=True, contact_email="rahasia@contoh.id"
    )


URL = "/mitra/mitra/hubungi/"


def test_a_message_is_kept_and_its_sender_sees_how_things_stand(client, listing):
    response = client.post(URL, ANSWER, follow=True)

    inquiry = Inquiry.objects.get()
    assert (inquiry.stakeholder, inquiry.kind, inquiry.language) == (listing, "venue", "id")
    [(address, _code)] = response.redirect_chain
    assert Inquiry.in_state_link(address.split("/")[2]) == inquiry
    assert ANSWER["pesan"] in response.content.decode()
    assert "Dalam perjalanan" in response.content.decode()


@pytest.mark.parametrize("address", ["/mitra/mitra/", URL])
def test_the_address_of_the_receiver_is_never_shown(client, listing, address):
    assert "rahasia" not in client.get(address).content.decode()


def test_the_page_of_a_listing_leads_here(client, listing):
    assert f'href="{URL}"' in client.get("/mitra/mitra/").content.decode()


@pytest.mark.parametrize("status", ["draft", "pending", "archived"])
def test_only_published_listings_are_written_to(client, listing, status):
    type(listing).objects.update(status=status)

    assert client.get(URL).status_code == client.post(URL, ANSWER).status_code == 404
    assert Inquiry.objects.count() == 0


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"nama": "  "}, "tidak boleh kosong"),
        ({"nama": "\u202e\u200b"}, "Tulislah sebuah nama"),
        ({"surel": "ayu"}, "surel"),
        ({"surel": "ayu@contoh.id\nBcc: x@contoh.id"}, "surel"),
        ({"perihal": "spam"}, "pilihan"),
        ({"pesan": ""}, "tidak boleh kosong"),
        ({"pesan": "a" * 2001}, "2000"),
        ({"entri": "/mitra/tidak-ada/"}, "Halaman itu tidak ada"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_lost(client, listing, fields, words):
    html = client.post(URL, ANSWER | fields).content.decode()

    assert words in html
    assert "field--wrong" in html
    assert Inquiry.objects.count() == 0


@pytest.mark.parametrize("typed", ["lain", "/mitra/lain/", "http://localhost/en/mitra/lain/?x=1"])
def test_the_own_listing_may_be_named(client, listing, typed):
    own = factories.StakeholderFactory(slug="lain", published=True)

    client.post(URL, ANSWER | {"entri": typed})

    assert Inquiry.objects.get().sender_listing == own


def test_a_program_is_thanked_and_nothing_is_kept(client, listing):
    response = client.post(URL, ANSWER | {"situs": "x"}, follow=True)

    assert response.status_code == 200
    assert Inquiry.objects.count() == 0


def test_a_double_click_sends_once_and_ten_a_day_are_enough(client, listing):
    for _ in range(2):
        client.post(URL, ANSWER)
    assert Inquiry.objects.count() == 1

    for number in range(11):
        response = client.post(URL, ANSWER | {"pesan": f"Pesan {number}"})
    assert Inquiry.objects.count() == 10
    assert "Sepuluh pesan sehari sudah cukup" in response.content.decode()


def test_one_network_sends_so_many_an_hour(client, listing, monkeypatch):
    monkeypatch.setattr("accounts.limits.MOST_AN_HOUR", 1)
    client.post(URL, ANSWER)

    assert client.post(URL, ANSWER | {"pesan": "Lagi"}).status_code == 429
    assert Inquiry.objects.count() == 1


@pytest.mark.parametrize(
    ("message", "held_for"),
    [
        ("Lihat https://a.id dan https://b.id", ""),
        ("https://a.id HTTP://b.id www.c.id", "links"),
        ("[url=x] <a href=y> http://z", "links"),
    ],
)
def test_many_links_are_held_and_the_sender_knows(client, listing, message, held_for):
    html = client.post(URL, ANSWER | {"pesan": message}, follow=True).content.decode()

    assert Inquiry.objects.get().held_for == held_for
    assert ("Ditahan" in html) == bool(held_for)


def test_the_same_text_to_a_team_goes_through_and_to_more_is_held(client, listing):
    for _ in range(6):
        factories.InquiryFactory(message=ANSWER["pesan"])
    assert not Inquiry.objects.exclude(held_for="")

    client.post(URL, ANSWER)

    assert Inquiry.objects.latest("pk").held_for == "repeated"


def test_where_only_an_officer_can_be_reached_that_is_said_first(client, listing):
    type(listing).objects.update(contact_email="")
    assert "Kami tidak dapat menghubungi" in client.get(URL).content.decode()
    client.post(URL, ANSWER)
    assert Inquiry.objects.count() == 0

    factories.OfficerAssignmentFactory(region=None, province=listing.region.province)

    assert "tidak meninggalkan alamat" in client.get(URL).content.decode()


def test_nobody_writes_to_an_invented_listing(client, listing):
    type(listing).objects.update(is_demo=True)

    assert "<form" not in client.get(URL).content.decode().partition("<main")[2]
    assert URL not in client.get("/mitra/mitra/").content.decode()


@hostile.modestly
@given(name=st.text(max_size=130), message=st.text(max_size=200), own=st.text(max_size=40))
def test_anything_may_be_typed(client, listing, name, message, own):
    answer = ANSWER | {"nama": name, "pesan": message, "entri": own}

    response = client.post(URL, answer, REMOTE_ADDR=f"10.0.{len(name)}.{len(message)}")

    assert response.status_code in (200, 302, 429)
    for inquiry in Inquiry.objects.all():
        assert inquiry.sender_name.isprintable()
        assert "\r" not in inquiry.message
    Inquiry.objects.all().delete()


@pytest.mark.parametrize("value", [each for each in hostile.VALUES if "\x00" not in each])
def test_hostile_words_stay_words(client, listing, value):
    hostile.assert_harmless(client.post(URL, ANSWER | {"nama": value, "perihal": value}))
