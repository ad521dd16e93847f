import re

import pytest
from django.contrib.messages import get_messages
from hypothesis import given, settings
from hypothesis import strategies as st

from stakeholders.models import Stakeholder
from tests import factories
from workspace.forms import BulkForm

pytestmark = pytest.mark.django_db

URL = "/kelola/mitra/sekaligus/"


@pytest.fixture
def listings(officer):
    return factories.StakeholderFactory.create_batch(3, region=officer.region, published=True)


@pytest.fixture
def send(officer_client):
    """Send the form; returns what the next page says."""

    def send(**data):
        response = officer_client.post(URL, data)
        assert response.url == "/kelola/mitra/"
        said = [str(message) for message in get_messages(response.wsgi_request)]
        return [text.strip().partition("\n")[0] for text in said]  # without the button to undo

    return send


def states(field):
    return list(Stakeholder.objects.order_by("pk").values_list(field, flat=True))


def test_visitors_are_asked_to_sign_in_and_strangers_refused(client):
    assert client.post(URL).status_code == 302
    client.force_login(factories.UserFactory())
    assert client.post(URL).status_code == 403


def test_nothing_is_done_by_looking(officer_client):
    assert officer_client.get(URL).status_code == 405


def test_ticked_listings_are_confirmed(send, listings, officer):
    said = send(mitra=[listings[0].pk, listings[2].pk], aksi="konfirmasi")

    assert said == ["2 mitra dikonfirmasi."]
    assert states("verified_by") == [officer.pk, None, officer.pk]


def test_ticked_listings_are_archived(send, listings):
    said = send(mitra=[listings[0].pk, listings[2].pk], aksi="arsip")

    assert said == ["2 mitra diarsipkan."]
    assert states("status") == ["archived", "published", "archived"]


def test_the_button_of_one_row_confirms_that_row_alone(send, listings, officer):
    send(mitra=[listings[0].pk, listings[1].pk], satu=listings[2].pk)

    assert states("verified_by") == [None, None, officer.pk]


def test_rows_elsewhere_gone_or_archived_are_left_out_and_named(send, listings):
    elsewhere = factories.StakeholderFactory(published=True)
    listings[1].archive()

    said = send(mitra=[listings[0].pk, listings[1].pk, elsewhere.pk, 987654], aksi="konfirmasi")

    assert said == [
        "1 mitra dikonfirmasi.",
        f"Dilewati karena diarsipkan: {listings[1].name}",
        f"Dilewati karena sudah tidak ada atau bukan binaan Anda: nomor {elsewhere.pk}, 987654",
    ]
    elsewhere.refresh_from_db()
    assert elsewhere.verified_at is None


def undo_in(text):
    """The address to which the button of the message, or of the row, posts."""
    return re.search(r'action="(/kelola/riwayat/[^"]+/)"', text)[1]


@pytest.mark.parametrize("act", ["konfirmasi", "arsip"])
def test_all_of_it_is_taken_back_with_one_tap(officer_client, listings, act):
    data = {"mitra": [each.pk for each in listings], "aksi": act, "next": "/kelola/?q=a"}
    page = officer_client.post(URL, data, follow=True)

    back = officer_client.post(undo_in(page.text), {"next": "/kelola/?q=a"})

    assert back.url == "/kelola/?q=a"
    assert states("verified_at") == [None] * 3
    assert states("status") == ["published"] * 3


def test_a_row_confirmed_by_htmx_is_taken_back(officer_client, listings):
    row = officer_client.post(URL, {"satu": listings[0].pk}, headers={"HX-Request": "true"})

    officer_client.post(undo_in(row.text))

    assert states("verified_at") == [None] * 3


def test_nothing_ticked(send, listings):
    assert send(aksi="konfirmasi") == ["Pilih setidaknya satu mitra."]


def test_an_act_that_nobody_offered_changes_nothing(send, listings):
    send(mitra=[listings[0].pk], aksi="hapus")

    assert states("status") == ["published"] * 3
    assert states("verified_at") == [None] * 3


@pytest.mark.parametrize(
    ("wanted", "given"),
    [
        ("/kelola/?q=a", "/kelola/?q=a"),
        ("https://lain.example/", "/kelola/mitra/"),
        ("//lain.example/", "/kelola/mitra/"),
        ("/" + "x" * 3000, "/kelola/mitra/"),
    ],
)
def test_the_way_back_stays_on_the_site(officer_client, listings, wanted, given):
    assert officer_client.post(URL, {"satu": listings[0].pk, "next": wanted}).url == given


def test_htmx_gets_the_row_alone(officer_client, listings):
    response = officer_client.post(URL, {"satu": listings[0].pk}, headers={"HX-Request": "true"})

    assert response.status_code == 200
    assert f'id="mitra-{listings[0].pk}"' in response.text
    assert "Dikonfirmasi hari ini" in response.text
    assert "<html" not in response.text


def test_a_steward_confirms_the_own_listing_alone(steward_client, steward):
    other = factories.StakeholderFactory(region=steward.listing.region, published=True)

    steward_client.post(URL, {"mitra": [other.pk, steward.listing.pk], "aksi": "konfirmasi"})

    assert states("verified_by") == [steward.pk, None]


@settings(deadline=None, max_examples=50)
@given(keys=st.lists(st.text(max_size=25) | st.integers().map(str), max_size=9))
def test_keys_that_nobody_gave_out_are_survived(keys):
    form = BulkForm({"mitra": keys}, user=None)

    assert form.is_valid() == bool(form.cleaned_data.get("mitra"))
