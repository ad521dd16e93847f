"""With a real mail server, a real queue in PostgreSQL and the real worker."""

import re
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from collaborations import tasks
from collaborations.models import SavedSearch, Subscriber
from collaborations.sending import send_confirmation
from letters.tasks import PATIENTLY, resume_stalled_jobs
from tests import factories
from tests.jobs import let_time_pass, waiting, work
from tests.mail_server import BAD, text

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("queue")]

ANSWER = {"surel": "ayu@contoh.id", "irama": "daily", "situs": ""}


def sweep():
    tasks.queue_digests.defer(timestamp=0)
    work()


def path_in(message, word):
    return re.search(rf"http://localhost:8000(/langganan/{word}/\S+/)$", text(message), re.M)[1]


def due_search(email="ayu@contoh.id", **fields):
    subscriber = factories.SubscriberFactory(email=email)
    return factories.SavedSearchFactory(subscriber=subscriber, confirmed=True, **fields)


def listing(**fields):
    return factories.StakeholderFactory(
        status="published", published_at=timezone.now() - timedelta(days=1), **fields
    )


def test_from_the_form_to_the_end(client, mail_server):
    client.post("/langganan/?q=batik", ANSWER)
    assert mail_server.taken == []
    work()
    [confirmation] = mail_server.taken
    client.post(path_in(confirmation, "konfirmasi"))
    listing(name="Batik Ayu")
    earlier = timezone.now() - timedelta(days=2)
    SavedSearch.objects.update(seen_until=earlier, due_at=earlier)

    sweep()
    sweep()

    digest = mail_server.taken[1]
    assert mail_server.receivers == ["ayu@contoh.id"] * 2
    assert "* Batik Ayu" in text(digest)
    assert digest["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert client.get(path_in(digest, "kelola")).status_code == 200
    stop = re.fullmatch("<http://localhost:8000(.+)>", digest["List-Unsubscribe"].strip())[1]
    assert client.post(stop, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert Subscriber.objects.count() == 0
    assert waiting() == []


def test_a_dead_mail_server_loses_nothing(client, mail_server, caplog):
    mail_server.stop()
    due_search("budi@contoh.id")
    listing()
    client.post("/langganan/", ANSWER)
    sweep()
    assert waiting() == [("send_confirmation", 1), ("send_digest", 1)]
    sweep()  # an hour later: what waits is not queued twice
    let_time_pass()
    work()
    assert waiting() == [("send_confirmation", 2), ("send_digest", 2)]

    mail_server.start()
    let_time_pass()
    work()

    assert mail_server.receivers == ["ayu@contoh.id", "budi@contoh.id"]
    assert waiting() == []
    assert "NotDeliveredError: The mail was not delivered: ConnectionRefusedError" in caplog.text
    assert "contoh.id" not in caplog.text


def test_pauses_between_tries_grow_to_a_day():
    times = []
    for attempts in range(8):
        job = ProcrastinateJob(attempts=attempts, args={}, id=1).procrastinate_job
        decision = PATIENTLY.get_retry_decision(exception=OSError(), job=job)
        times.append(round((decision.retry_at - timezone.now()).total_seconds()))

    assert times == [4, 16, 64, 256, 1024, 4096, 16384, 65536]


def test_who_is_still_due_after_the_last_try_is_queued_anew(mail_server):
    due_search()
    listing()
    mail_server.stop()
    sweep()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET attempts = 8, scheduled_at = now()")
    work()
    assert waiting() == []

    mail_server.start()
    sweep()

    assert mail_server.receivers == ["ayu@contoh.id"]


def test_a_bad_address_does_not_stop_the_others(mail_server, caplog):
    for email in ("ayu@contoh.id", BAD, "budi@contoh.id"):
        due_search(email)
    listing()

    sweep()

    assert sorted(mail_server.receivers) == ["ayu@contoh.id", "budi@contoh.id"]
    assert waiting() == []
    assert list(Subscriber.objects.due()) == []
    refused = SavedSearch.objects.get(subscriber__email=BAD)
    assert refused.subscriber.refusals == 1
    assert refused.seen_until == refused.confirmed_at  # nothing counts as told
    assert "refused the address with 550" in caplog.text
    assert "contoh.id" not in caplog.text


def test_an_address_that_is_refused_ten_times_is_deleted(mail_server):
    search = due_search(BAD)
    listing()
    Subscriber.objects.update(refusals=9)

    sweep()

    assert not Subscriber.objects.filter(pk=search.subscriber.pk).exists()
    assert SavedSearch.objects.count() == 0


def test_what_a_killed_worker_left_is_done(client, mail_server):
    client.post("/langganan/", ANSWER)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'doing', worker_id = NULL")
    work()
    assert mail_server.taken == []

    resume_stalled_jobs.defer(timestamp=0)
    work()
    work()

    assert mail_server.receivers == ["ayu@contoh.id"]


def test_the_nightly_work_forgets(mail_server):
    factories.SavedSearchFactory(asked_at=timezone.now() - timedelta(days=8))
    tasks.forget.defer(timestamp=0)

    work()

    assert Subscriber.objects.count() == 0
    assert list(ProcrastinateJob.objects.all()) == []


def test_the_command_sends_without_a_worker(mail_server, capsys):
    for email in ("ayu@contoh.id", BAD):
        due_search(email)
    listing()
    mail_server.stop()
    with pytest.raises(CommandError, match="2 digests remain due"):
        call_command("send_digests")
    assert "contoh.id" not in capsys.readouterr().err

    mail_server.start()
    call_command("send_digests")
    assert capsys.readouterr().out == "2 of 2 done.\n"
    assert mail_server.receivers == ["ayu@contoh.id"]


def test_the_mail_says_what_was_read_into_the_words(mailoutbox):
    factories.RegionFactory(slug="kabupaten-katingan", kind="kabupaten", short_name="Katingan")
    search = factories.SavedSearchFactory(query="q=keramik+katongan", language="en")

    send_confirmation(search.pk)

    [mail] = mailoutbox
    for body in (mail.body, mail.alternatives[0].content):
        assert "“katongan” was read as Kabupaten Katingan." in body
