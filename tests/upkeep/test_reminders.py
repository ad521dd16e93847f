"""Reminders with a real mail server, a real queue in PostgreSQL and the real worker."""

import re
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from stakeholders.models import Stakeholder
from tests import factories
from tests.jobs import let_time_pass, waiting, work
from tests.mail_server import BAD, text
from upkeep import sending, tasks
from upkeep.models import Contact, ReminderSeries, SignedLink
from upkeep.sweep import contacts_owed

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("queue")]


def sweep():
    tasks.queue_reminders.defer(timestamp=0)
    work()


def let_days_pass(days):
    """Move all that happened so far back in time, instead of waiting."""
    back = timedelta(days=days)
    for listing in Stakeholder.objects.exclude(verified_at=None):
        Stakeholder.objects.filter(pk=listing.pk).update(verified_at=listing.verified_at - back)
    for contact in Contact.objects.exclude(mailed_on=None):
        Contact.objects.filter(pk=contact.pk).update(mailed_on=contact.mailed_on - back)
    for series in ReminderSeries.objects.all():
        moved = {
            name: getattr(series, name) and getattr(series, name) - back
            for name in ("round", "sent_at", "announced_at", "archived_at")
        }
        ReminderSeries.objects.filter(pk=series.pk).update(**moved)


def paths_in(message):
    return re.findall(r"^  http://localhost:8000(/konfirmasi/\S+/)$", text(message), re.MULTILINE)


def test_from_the_mail_to_the_confirmation(client, mail_server, listing_stale_for, caplog):
    listing = listing_stale_for(5, name="Batik Ayu")
    listing_stale_for(-60, name="Tenun Segar")

    sweep()

    [letter] = mail_server.taken
    assert letter["To"] == "ayu@contoh.id"
    assert letter["Subject"] == "Masih benar? Batik Ayu"
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert "https://wa.me/?text=Halo%20Batik%20Ayu" in text(letter)
    assert "Tenun Segar" not in text(letter)
    [path] = paths_in(letter)
    assert client.get(path).status_code == 200
    client.post(path, {"jawaban": "benar"})
    listing.refresh_from_db()
    assert (listing.freshness, listing.verified_via) == ("fresh", "link")
    stop = re.fullmatch("<http://localhost:8000(.+)>", letter["List-Unsubscribe"].strip())[1]
    assert client.post(stop, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert list(Contact.objects.reachable()) == []
    assert waiting() == []
    assert "contoh.id" not in caplog.text


def test_one_mail_a_day_tells_of_all_listings_of_an_address(mail_server, listing_stale_for):
    names = ["Batik Ayu", "Sanggar Ayu", "Radio Ayu"]
    for days, name in enumerate(names):
        listing_stale_for(days, name=name)
    sweep()
    listing_stale_for(3, name="Terlambat", contact_email="AYU@contoh.id")

    sweep()

    [letter] = mail_server.taken
    assert letter["Subject"] == "Masih benar? Radio Ayu dan 2 lainnya"
    assert len(paths_in(letter)) == 3
    let_days_pass(1)
    sweep()
    assert mail_server.taken[1]["Subject"] == "Masih benar? Terlambat"
    assert len(mail_server.taken) == 2


def test_the_series_has_an_end(mail_server, listing_stale_for):
    """Due, out of date, a month, three months and eleven months after: five mails in all."""
    listing_stale_for(-30)
    days, sent = 0, []
    for step in (0, 1, 29, 14, 16, 14, 46, 14, 231, 14, 120, 300):
        let_days_pass(step)
        days += step
        before = len(mail_server.taken)
        sweep()
        if len(mail_server.taken) > before:
            sent.append(days)

    assert sent == [0, 30, 60, 120, 365]
    series = ReminderSeries.objects.get()
    assert (series.step, series.sent) == (5, 5)
    assert "turun dari situs pada" in text(mail_server.taken[-1])
    assert "turun dari situs pada" not in text(mail_server.taken[-2])


def test_a_confirmation_begins_a_new_series(mail_server, listing_stale_for):
    listing = listing_stale_for(100)
    sweep()
    listing.confirm(None, via="link")
    let_days_pass(150)
    sweep()

    assert len(mail_server.taken) == 2
    assert ReminderSeries.objects.values_list("step", "sent").get() == (1, 1)


def test_who_is_late_is_reminded_once_and_not_four_times(mail_server, listing_stale_for):
    """The first day of reminders at a site whose listings are old."""
    listing_stale_for(200)
    for _day in range(5):
        sweep()
        let_days_pass(1)

    assert len(mail_server.taken) == 1


@pytest.mark.parametrize(
    "fields",
    [
        {"contact_email": ""},
        {"is_demo": True},
        {"status": "archived"},
        {"status": "draft"},
        {"verified_at": None},
    ],
)
def test_who_is_left_in_peace(mail_server, listing_stale_for, fields):
    listing = listing_stale_for(10)
    Stakeholder.objects.filter(pk=listing.pk).update(**fields)

    sweep()

    assert mail_server.taken == []


def test_the_office_and_then_the_steward_are_written_to(mail_server, listing_stale_for):
    listing_stale_for(10, contact_email="", public_email="kantor@contoh.id")
    steward = factories.UserFactory(email="pengelola@contoh.id")
    listing = listing_stale_for(10, contact_email="")
    factories.StewardshipFactory(user=steward, stakeholder=listing)

    sweep()

    assert sorted(mail_server.receivers) == ["kantor@contoh.id", "pengelola@contoh.id"]


def test_a_dead_mail_server_loses_nothing(mail_server, listing_stale_for, caplog):
    listing_stale_for(10)
    mail_server.stop()
    sweep()
    assert waiting() == [("send_reminder", 1)]
    assert SignedLink.objects.count() == 0
    sweep()  # an hour later: what waits is not queued twice
    assert waiting() == [("send_reminder", 1)]
    job = ProcrastinateJob.objects.get(task_name="upkeep.tasks.send_reminder")
    assert job.args == {"contact": Contact.objects.get().pk}

    mail_server.start()
    let_time_pass()
    work()

    assert mail_server.receivers == ["ayu@contoh.id"]
    assert waiting() == []
    assert "ConnectionRefusedError" in caplog.text
    assert "contoh.id" not in caplog.text


def test_a_refused_address_is_noted_and_then_left_alone(mail_server, listing_stale_for, caplog):
    listing_stale_for(10, contact_email=BAD)
    listing_stale_for(10, contact_email="budi@contoh.id")
    for _day in range(5):
        sweep()
        let_days_pass(1)

    assert mail_server.receivers == ["budi@contoh.id"]
    refused = Contact.objects.get(email=BAD)
    assert refused.refusals == 3
    assert SignedLink.objects.count() == 1
    assert caplog.text.count("refused the address with 550") == 3
    assert "contoh.id" not in caplog.text


def test_the_command_sends_without_a_worker(mail_server, listing_stale_for, capsys):
    listing_stale_for(10)
    mail_server.stop()
    with pytest.raises(CommandError, match="1 mails remain due"):
        call_command("send_reminders")
    assert "contoh.id" not in capsys.readouterr().err

    mail_server.start()
    call_command("send_reminders")
    assert "1 of 1 reminders done." in capsys.readouterr().out
    assert mail_server.receivers == ["ayu@contoh.id"]


class TestCrash:
    """A process that dies between sending and noting it: one repetition at most."""

    class Killed(BaseException):
        """What a process does not survive, and no `except Exception` sees."""

    @pytest.fixture
    def crash(self, listing_stale_for, monkeypatch):
        listing_stale_for(10)
        [contact] = contacts_owed()

        def run():
            def die(*args):
                raise self.Killed

            with monkeypatch.context() as patch:
                patch.setattr(sending, "_note_sent", die)
                with pytest.raises(self.Killed):
                    sending.send_reminder(contact)
            Contact.objects.update(claimed_at=timezone.now() - timedelta(minutes=16))
            return contact

        return run

    def test_the_same_mail_goes_once_more(self, crash, mail_server):
        for _crash in range(2):
            contact = crash()
        for _try in range(2):
            sending.send_reminder(contact)

        first, second = (letter["Message-ID"] for letter in mail_server.taken)
        assert first == second
        assert ReminderSeries.objects.get().sent == 1
