"""Whoever proposed something sees how far it is and hears of the outcome, with real mail."""

import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone

from collaborations import tasks
from collaborations.actions import decline_suggestion, note_accepted
from collaborations.models import Suggestion, SuggestionAnswer
from tests import factories
from tests.jobs import let_time_pass, waiting, work
from tests.mail_server import BAD, text

DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def database(db):
    cache.clear()


def ago(days):
    return timezone.now() - days * DAY


def decided(days, **values):
    values |= {"status": "declined", "decided_at": ago(1), "created_at": ago(1 + days)}
    return factories.SuggestionFactory(**values)


def shown(client, suggestion):
    return client.get(suggestion.get_absolute_url()).content.decode().replace("\xa0", " ")


def test_it_says_how_long_it_waits_and_how_long_it_usually_takes(client):
    row = factories.SuggestionFactory(created_at=ago(3), proposer_email="ayu@contoh.id")
    decided(2)
    decided(2)
    assert "Biasanya" not in shown(client, row)
    decided(30)

    html = shown(client, row)

    assert "Sudah menunggu 3 hari." in html
    assert "Keputusan biasanya memakan waktu 2 hari." in html
    assert "ayu" not in html


def test_it_says_what_became_of_it(client, officer):
    row = factories.SuggestionFactory()
    listing = factories.StakeholderFactory()
    note_accepted(suggestion=row, user=officer, listing=listing)
    assert "Usulan Anda diterima" in shown(client, row)
    assert listing.get_absolute_url() not in shown(client, row)
    listing.publish()
    assert listing.get_absolute_url() in shown(client, row)

    row = factories.SuggestionFactory()
    decline_suggestion(suggestion=row, user=officer, answer="Sudah terdaftar.")
    html = shown(client, row)
    assert "Sudah terdaftar." in html
    assert officer.name not in html


@pytest.mark.parametrize("token", ["x", "1.x", "a" * 500])
def test_a_damaged_link_is_not_found(client, token):
    factories.SuggestionFactory()

    assert client.get(f"/mitra/usul/status/{token}/").status_code == 404


def test_only_the_first_decision_counts(officer):
    row = factories.SuggestionFactory()

    assert decline_suggestion(suggestion=row, user=officer, answer="Tidak") is True
    assert note_accepted(suggestion=row, user=officer) is False
    row.refresh_from_db()
    assert (row.status, row.answer) == ("declined", "Tidak")


def test_what_no_officer_decides_comes_to_the_staff():
    def old(**values):
        return factories.SuggestionFactory(created_at=ago(31), **values)

    left = old()
    factories.SuggestionFactory(region=left.region, created_at=ago(29))
    region = factories.OfficerAssignmentFactory().region
    province = factories.OfficerAssignmentFactory(
        region=None, province=factories.ProvinceFactory()
    ).province
    former = factories.OfficerAssignmentFactory(starts_on="2020-01-01", ends_on="2020-12-31").region
    old(region=region)
    old(region=factories.RegionFactory(province=province))
    after = old(region=former)

    assert list(Suggestion.objects.unattended()) == [left, after]


class TestAnswer:
    @pytest.fixture(autouse=True)
    def with_queue(self, queue):
        pass

    def test_one_letter_and_the_address_is_gone(self, client, mail_server, officer, caplog):
        row = factories.SuggestionFactory(proposer_email="ayu@contoh.id", language="en")

        decline_suggestion(suggestion=row, user=officer, answer="It is listed already.")
        assert Suggestion.objects.get().proposer_email == ""
        work()

        [letter] = mail_server.taken
        assert (letter["To"], "It is listed already." in text(letter)) == ("ayu@contoh.id", True)
        link = re.search(r"http://localhost:8000(/en/mitra/usul/status/\S+/)$", text(letter), re.M)
        assert client.get(link[1]).status_code == 200
        assert not SuggestionAnswer.objects.exists()
        assert "contoh.id" not in caplog.text

    def test_without_an_address_nothing_is_queued(self, officer):
        decline_suggestion(suggestion=factories.SuggestionFactory(), user=officer)

        assert (waiting(), SuggestionAnswer.objects.count()) == ([], 0)

    def test_a_dead_mail_server_loses_nothing(self, mail_server, officer):
        mail_server.stop()
        row = factories.SuggestionFactory(proposer_email="ayu@contoh.id")
        note_accepted(suggestion=row, user=officer)
        work()
        assert SuggestionAnswer.objects.count() == 1

        mail_server.start()
        let_time_pass()
        work()
        assert mail_server.receivers == ["ayu@contoh.id"]

    def test_a_lost_job_is_made_anew_and_a_dead_address_given_up(self, mail_server):
        for days in (0, 2, 15):
            row = decided(1)
            SuggestionAnswer.objects.create(suggestion=row, email=BAD, created_at=ago(days))
        tasks.forget.defer(timestamp=0)
        work()
        assert SuggestionAnswer.objects.count() == 2

        tasks.queue_suggestion_answers.defer(timestamp=0)
        work()

        assert SuggestionAnswer.objects.count() == 1
        assert mail_server.receivers == []
