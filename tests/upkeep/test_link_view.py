"""What a signed link does, and what it does not let anybody do."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.utils import timezone

from history.models import Change
from stakeholders.actions import restore_listing
from stakeholders.models import Stakeholder
from tests import factories
from upkeep import actions, sending, tasks
from upkeep.models import Contact, SignedLink

pytestmark = pytest.mark.django_db

YES = {"jawaban": "benar"}
ARCHIVE = {"jawaban": "arsip"}


@pytest.fixture
def listing(listing_stale_for):
    return listing_stale_for(10, name="Batik Ayu", public_email="kantor@contoh.id")


@pytest.fixture
def link(listing):
    return SignedLink.objects.make(listing, "reminder")


def age(link, **ago):
    SignedLink.objects.filter(pk=link.pk).update(created_at=timezone.now() - timedelta(**ago))


@pytest.mark.parametrize("method", ["get", "head"])
def test_opening_it_changes_nothing(client, link, listing, method):
    """Mail programs and scanners open every link before its reader does."""
    before = Stakeholder.objects.values().get()

    response = getattr(client, method)(f"/konfirmasi/{link.token}/")

    assert response.status_code == 200
    assert response["Referrer-Policy"] == "no-referrer"
    assert "noindex" in response["X-Robots-Tag"]
    assert "no-store" in response["Cache-Control"]
    assert Stakeholder.objects.values().get() == before
    assert SignedLink.objects.get().is_open
    if method == "get":
        html = response.content.decode()
        assert "Batik Ayu" in html
        assert "kantor@contoh.id" in html
        assert "ayu@contoh.id" not in html


def test_one_tap_confirms(client, link, listing):
    response = client.post(f"/konfirmasi/{link.token}/", YES)

    listing.refresh_from_db()
    assert response.url == f"/konfirmasi/{link.token}/"
    assert listing.freshness == "fresh"
    assert (listing.verified_by, listing.verified_via) == (None, "link")
    assert "Terima kasih!" in client.get(response.url).content.decode()
    change = Change.objects.get()
    assert (change.metadata["via"], change.metadata["user"]) == ("link", None)
    assert link.token not in str(change.metadata)


def test_it_archives_and_an_officer_can_undo_that(client, link, listing, officer):
    client.post(f"/konfirmasi/{link.token}/", ARCHIVE)

    listing.refresh_from_db()
    assert listing.status == "archived"
    html = client.get(f"/konfirmasi/{link.token}/").content.decode()
    assert "tidak lagi tampil" in html
    assert "tautan-baru" not in html
    officer.officer_assignments.update(region=listing.region)
    restore_listing(stakeholder=listing, user=officer)
    listing.refresh_from_db()
    assert listing.status == "published"
    assert client.post(f"/konfirmasi/{link.token}/", ARCHIVE).status_code == 200
    assert Stakeholder.objects.get().status == "published"


@pytest.mark.django_db(transaction=True)
def test_two_taps_at_once_are_one(link):
    def tap(answer):
        with closing(connection):
            return actions.confirm(link=link) if answer == "benar" else actions.archive(link=link)

    with ThreadPoolExecutor(4) as pool:
        done = list(pool.map(tap, ["benar", "arsip"] * 2))

    assert done.count(True) == 1
    assert Change.objects.count() == 1


def test_a_signed_in_visitor_does_not_lend_their_name(officer_client, link, listing):
    officer_client.post(f"/konfirmasi/{link.token}/", YES)

    assert Change.objects.get().metadata["user"] is None


def test_without_cookies_it_works_too(link, listing):
    """A browser inside another app often keeps none."""
    response = Client(enforce_csrf_checks=True).post(f"/konfirmasi/{link.token}/", YES)

    assert response.status_code == 302


@pytest.mark.parametrize("answer", [YES, ARCHIVE])
def test_it_works_once(client, link, listing, answer):
    client.post(f"/konfirmasi/{link.token}/", YES)
    before = Stakeholder.objects.values().get()

    assert client.post(f"/konfirmasi/{link.token}/", answer).status_code == 200
    assert Stakeholder.objects.values().get() == before


def expire(link):
    age(link, days=30)


def rename(link):
    Stakeholder.objects.update(name="Batik Ayu Baru")


def give_offering(link):
    factories.OfferingFactory(stakeholder=link.stakeholder)


def give_subsector(link):
    link.stakeholder.subsectors.add(factories.SubsectorFactory())


def confirm(link):
    link.stakeholder.confirm(None, via="link")


def archive(link):
    link.stakeholder.archive()


@pytest.mark.parametrize("end", [expire, rename, give_offering, give_subsector, confirm, archive])
def test_what_ends_it(client, link, end):
    end(link)
    before = Stakeholder.objects.values().get()

    for response in (
        client.get(f"/konfirmasi/{link.token}/"),
        client.post(f"/konfirmasi/{link.token}/", YES),
        client.post(f"/konfirmasi/{link.token}/", ARCHIVE),
    ):
        assert response.status_code == 410
        assert "ayu@contoh.id" not in response.content.decode()
    assert Stakeholder.objects.values().get() == before


@pytest.mark.parametrize("change", [lambda t: t[:-1], lambda t: t + "a", lambda t: t.swapcase()])
def test_a_forged_token_opens_nothing(client, link, change):
    response = client.post(f"/konfirmasi/{change(link.token)}/", YES)

    assert response.status_code == 404
    assert SignedLink.objects.get().is_open


def test_the_token_is_stored_nowhere(link):
    row = SignedLink.objects.values().get()

    assert link.token not in str(row)


def test_it_is_for_one_listing(client, link, listing_stale_for):
    other = listing_stale_for(10)

    client.post(f"/konfirmasi/{link.token}/?pk={other.pk}", {**YES, "stakeholder": other.pk})

    other.refresh_from_db()
    assert other.freshness == "stale"


def test_who_guesses_is_stopped(client):
    answers = {client.get(f"/konfirmasi/tebakan-{n}/").status_code for n in range(31)}

    assert answers == {404, 429}


class TestOfAnOfficer:
    """A link in a digest acts in the name of the officer who got it."""

    @pytest.fixture
    def link(self, officer, listing_stale_for):
        listing = listing_stale_for(10, region=officer.region)
        return SignedLink.objects.make(listing, "digest", officer)

    def test_confirms_in_their_name(self, client, link, officer):
        client.post(f"/konfirmasi/{link.token}/", YES)

        listing = Stakeholder.objects.get()
        assert (listing.verified_by, listing.verified_via) == (officer, "")
        assert Change.objects.get().metadata["user"] == officer.pk

    def test_ends_with_their_term(self, client, link, officer):
        yesterday = timezone.localdate() - timedelta(days=1)
        officer.officer_assignments.update(starts_on=yesterday, ends_on=yesterday)

        assert client.post(f"/konfirmasi/{link.token}/", YES).status_code == 410
        assert Stakeholder.objects.get().freshness == "stale"

    def test_one_that_is_forwarded_counts_as_the_organisations(self, client, link, officer):
        forwarded = actions.forward_link(stakeholder=link.stakeholder, user=officer)
        client.post(f"/konfirmasi/{forwarded.token}/", YES)

        listing = Stakeholder.objects.get()
        assert (listing.verified_by, listing.verified_via) == (None, "link")


class TestNewLink:
    NEW = {"tautan-baru": "1"}

    def test_goes_to_the_address_on_file(self, client, link, listing, monkeypatch):
        monkeypatch.setattr(tasks.send_new_link, "defer", sending.send_new_link)
        age(link, days=31)
        response = client.post(f"/konfirmasi/{link.token}/", self.NEW)

        assert response.url == "/konfirmasi/tautan-terkirim/"
        assert "ayu@" not in client.get(response.url).content.decode()
        [letter] = mail.outbox
        assert letter.to == ["ayu@contoh.id"]
        path = letter.body.split("http://localhost:8000")[1].split()[0]
        assert "Apakah ini masih benar?" in client.get(path).content.decode()

    def test_after_a_merge_it_is_for_the_listing_that_was_kept(
        self, client, link, listing, listing_stale_for, monkeypatch
    ):
        monkeypatch.setattr(tasks.send_new_link, "defer", sending.send_new_link)
        kept = listing_stale_for(10, name="Sanggar Ayu", contact_email="bu@contoh.id")
        Stakeholder.objects.filter(pk=listing.pk).update(status="archived", merged_into=kept)

        html = client.get(f"/konfirmasi/{link.token}/").content.decode()
        client.post(f"/konfirmasi/{link.token}/", self.NEW)

        assert kept.get_absolute_url() in html
        [letter] = mail.outbox
        assert (letter.to, letter.subject) == (["bu@contoh.id"], "Tautan baru Anda: Sanggar Ayu")

    def test_not_more_than_three_a_day(self, client, link, listing, monkeypatch):
        sent = []
        monkeypatch.setattr(tasks.send_new_link, "defer", lambda **job: sent.append(job))
        age(link, days=31)
        for _time in range(5):
            assert client.post(f"/konfirmasi/{link.token}/", self.NEW).status_code == 302

        assert sent == [{"stakeholder": listing.pk}] * 3

    def test_without_an_address_the_answer_is_the_same(self, client, link, listing):
        Stakeholder.objects.update(contact_email="", public_email="")

        response = client.post(f"/konfirmasi/{link.token}/", self.NEW)

        assert response.url == "/konfirmasi/tautan-terkirim/"
        assert Contact.objects.count() == 0

    def test_a_network_may_not_ask_for_ever(self, client, link, listing):
        Stakeholder.objects.update(contact_email="", public_email="")
        answers = {
            client.post(f"/konfirmasi/{link.token}/", self.NEW).status_code for _n in range(31)
        }

        assert answers == {302, 429}


class TestMails:
    @pytest.fixture
    def contact(self):
        return Contact.objects.of_address("Ayu@Contoh.id")

    def test_looking_stops_nothing(self, client, contact):
        html = client.get(f"/konfirmasi/surel/{contact.token}/").content.decode()

        assert "a•••@contoh.id" in html
        assert "ayu@contoh.id" not in html
        assert Contact.objects.get().stopped_at is None

    def test_stop_and_resume(self, client, contact):
        address = f"/konfirmasi/surel/{contact.token}/"

        # As a mail program posts it (RFC 8058): no redirect.
        assert client.post(address, {"List-Unsubscribe": "One-Click"}).status_code == 200
        assert list(Contact.objects.reachable()) == []
        client.post(address, {"lanjut": "1"})
        assert list(Contact.objects.reachable()) == [contact]

    def test_a_forged_address(self, client, contact):
        token = contact.token[:-2]

        assert client.post(f"/konfirmasi/surel/{token}/").status_code == 404
        assert Contact.objects.get().stopped_at is None
