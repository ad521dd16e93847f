"""A process that dies between sending and noting it: the reader sees one repetition at most."""

from datetime import timedelta

import pytest
from django.utils import timezone

from collaborations import sending
from collaborations.models import SavedSearch, Subscriber
from tests import factories

pytestmark = pytest.mark.django_db


class Killed(BaseException):
    """What a process does not survive, and no `except Exception` sees."""


@pytest.fixture
def search():
    factories.StakeholderFactory(
        status="published", published_at=timezone.now() - timedelta(days=1)
    )
    return factories.SavedSearchFactory(confirmed=True)


def crash_after_sending(search, monkeypatch):
    def die(subscriber, digest):
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(Subscriber, "note_sent", die)
        with pytest.raises(Killed):
            sending.send_digest(search.subscriber.pk)


def let_the_lease_end():
    Subscriber.objects.update(claimed_at=timezone.now() - timedelta(minutes=16))


def test_who_finds_another_at_it_leaves_it_alone(search, monkeypatch, mailoutbox):
    crash_after_sending(search, monkeypatch)

    sending.send_digest(search.subscriber.pk)

    assert len(mailoutbox) == 1
    assert list(Subscriber.objects.due()) == [search.subscriber]


def test_after_a_crash_the_same_digest_goes_once_more(search, monkeypatch, mailoutbox):
    crash_after_sending(search, monkeypatch)
    let_the_lease_end()

    sending.send_digest(search.subscriber.pk)

    first, second = (mail.message()["Message-ID"] for mail in mailoutbox)
    assert first == second
    assert list(Subscriber.objects.due()) == []
    assert Subscriber.objects.values("claims", "claimed_at").get() == {
        "claims": 0,
        "claimed_at": None,
    }


def test_after_two_crashes_it_counts_as_sent(search, monkeypatch, mailoutbox, caplog):
    for _crash in range(2):
        crash_after_sending(search, monkeypatch)
        let_the_lease_end()

    sending.send_digest(search.subscriber.pk)
    sending.send_digest(search.subscriber.pk)

    assert len(mailoutbox) == 2
    assert list(Subscriber.objects.due()) == []
    assert "digest given up after crashes" in caplog.text
    assert search.subscriber.email not in caplog.text


def test_a_failure_that_is_known_gives_the_claim_back(search, monkeypatch):
    def fail(mail):
        raise RuntimeError

    monkeypatch.setattr(sending, "deliver", fail)
    for _try in range(5):
        with pytest.raises(RuntimeError):
            sending.send_digest(search.subscriber.pk)

    assert Subscriber.objects.values_list("claims", "claimed_at").get() == (0, None)
    assert SavedSearch.objects.get().seen_until == search.seen_until


def test_who_leaves_while_it_is_sent_is_not_brought_back(search, monkeypatch):
    def send_and_see_them_leave(mail):
        Subscriber.objects.all().delete()

    monkeypatch.setattr(sending, "deliver", send_and_see_them_leave)

    sending.send_digest(search.subscriber.pk)

    assert Subscriber.objects.count() == SavedSearch.objects.count() == 0
