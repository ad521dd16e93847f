"""The officers' digest, with a real mail server, a real queue and the real worker."""

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.management import call_command
from django.utils import timezone

from stakeholders.models import Stakeholder
from tests import factories
from tests.jobs import let_time_pass, waiting, work
from tests.mail_server import text
from upkeep import tasks
from upkeep.digests import waiting_for
from upkeep.models import Contact, DigestWish, ReminderSeries, SignedLink
from upkeep.models.digest_wish import Rhythm, zone_of
from upkeep.retirement import archive_unanswered
from upkeep.sweep import wishes_due

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("queue")]


def let_a_week_pass():
    """The next Monday has come; yesterday's mail is a week old."""
    wishes_due()  # makes the rows of new officers
    DigestWish.objects.update(due_at=timezone.now() - timedelta(hours=1))
    Contact.objects.update(mailed_on=None)


def sweep():
    tasks.queue_officer_digests.defer(timestamp=0)
    work()


def sent(mail_server):
    return [text(letter) for letter in mail_server.taken]


def test_what_waits_and_the_links_work(client, officer, mail_server, listing_stale_for):
    listing = listing_stale_for(20, name="Batik Ayu", region=officer.region)
    listing_stale_for(-10, name="Tenun", region=officer.region, contact_email="buntu@contoh.id")
    Contact.objects.of_address("buntu@contoh.id").note_refusal()
    listing_stale_for(20, name="Di luar wilayah")
    factories.SuggestionFactory(region=officer.region)
    factories.InquiryFactory(stakeholder=listing, late=True)
    listing.changes.create(base={}, content={"name": "Batik"}, via="link")
    let_a_week_pass()

    sweep()
    sweep()

    [letter] = mail_server.taken
    assert (letter["To"], letter["Subject"]) == (officer.email, "5 hal menunggu Anda")
    body = text(letter)
    waits = (
        "1 pesan belum dijawab, 1 usulan, 1 perubahan untuk ditinjau, 1 kedaluwarsa, "
        "1 perlu konfirmasi"
    )
    assert f"* {officer.region}: {waits}" in body
    assert "== 1 alamat tidak berfungsi ==" in body
    assert "buntu@contoh.id" not in body
    assert "Di luar wilayah" not in body
    own, _tenun = re.findall(r"^  http://localhost:8000(/konfirmasi/\S+/)$", body, re.MULTILINE)
    client.post(own, {"jawaban": "benar"})
    listing.refresh_from_db()
    assert (listing.verified_by, listing.verified_via) == (officer, "")
    assert body.count("https://wa.me/?text=") == 2
    assert waiting() == []


def test_what_nobody_ever_confirmed_waits_too(officer, mail_server):
    listing = factories.StakeholderFactory(region=officer.region, name="Tenun", published=True)
    factories.StewardInvitationFactory(stakeholder=listing, claim=True)
    let_a_week_pass()

    sweep()

    [body] = sent(mail_server)
    assert f"* {officer.region}: 1 orang ingin mengelola mitra, 1 belum pernah dikonfirmasi" in body
    assert f"* Tenun ({officer.region})\n  Belum dikonfirmasi" in body
    assert body.count("https://wa.me/?text=") == 1


def test_nothing_is_sent_where_nothing_waits(officer, mail_server, listing_stale_for):
    listing_stale_for(-90, region=officer.region)
    let_a_week_pass()

    sweep()

    assert mail_server.taken == []
    assert list(DigestWish.objects.due()) == []


def test_one_mail_a_day_to_an_officer_who_is_also_a_contact(
    officer, mail_server, listing_stale_for
):
    listing_stale_for(20, region=officer.region, contact_email=officer.email.upper())
    let_a_week_pass()
    tasks.queue_reminders.defer(timestamp=0)
    work()

    sweep()

    assert len(mail_server.taken) == 1
    Contact.objects.update(mailed_on=timezone.localdate() - timedelta(days=1))
    sweep()  # the next day the digest still is due
    assert [letter["Subject"] for letter in mail_server.taken][1] == "1 hal menunggu Anda"


def test_a_dead_mail_server_loses_nothing(officer, mail_server, listing_stale_for, caplog):
    listing_stale_for(20, region=officer.region)
    let_a_week_pass()
    mail_server.stop()
    sweep()
    assert waiting() == [("send_digest", 1)]
    assert SignedLink.objects.count() == 0

    mail_server.start()
    let_time_pass()
    work()

    assert mail_server.receivers == [officer.email]
    assert officer.email not in caplog.text


@pytest.mark.parametrize(
    "wish", [{"rhythm": "off"}, {"paused_until": timezone.now() + timedelta(days=3)}]
)
def test_who_wants_none_gets_none(officer, mail_server, listing_stale_for, wish):
    listing_stale_for(20, region=officer.region)
    let_a_week_pass()
    DigestWish.objects.update(**wish)

    sweep()

    assert mail_server.taken == []


def test_an_expired_officer_gets_none(officer, mail_server, listing_stale_for):
    listing_stale_for(20, region=officer.region)
    let_a_week_pass()
    yesterday = timezone.localdate() - timedelta(days=1)
    officer.officer_assignments.update(starts_on=yesterday, ends_on=yesterday)

    sweep()

    assert mail_server.taken == []


def test_staff_hear_of_regions_without_an_officer(staff, officer, mail_server, listing_stale_for):
    listing_stale_for(20, region=officer.region)
    orphan = listing_stale_for(20).region
    province = factories.OfficerAssignmentFactory(
        region=None, province=factories.ProvinceFactory()
    ).province
    listing_stale_for(20, region=factories.RegionFactory(province=province))
    factories.RegionFactory(name="Kota Kosong")
    let_a_week_pass()

    sweep()

    [body] = [text(letter) for letter in mail_server.taken if letter["To"] == staff.email]
    assert "== 1 wilayah tanpa petugas ==" in body
    assert f"* {orphan}: 1 mitra, 1 kedaluwarsa" in body
    assert len(mail_server.taken) == 3


def test_archiving_is_told_before_and_after(officer, mail_server, listing_stale_for):
    listing_stale_for(340, name="Sanggar Sepi", region=officer.region, contact_email="")
    let_a_week_pass()
    sweep()
    assert "== 1 mitra segera turun dari situs ==" in sent(mail_server)[0]
    assert archive_unanswered() == 0

    back = timezone.now() - timedelta(days=31)
    listing = Stakeholder.objects.get()
    Stakeholder.objects.update(verified_at=listing.verified_at - timedelta(days=31))
    listing.refresh_from_db()
    ReminderSeries.objects.update(round=listing.stale_at, announced_at=back)
    assert archive_unanswered() == 1
    let_a_week_pass()
    sweep()

    assert "== 1 mitra diarsipkan ==\n" in sent(mail_server)[1]
    assert "* Sanggar Sepi" in sent(mail_server)[1]
    let_a_week_pass()
    sweep()
    assert len(mail_server.taken) == 2  # told once


def test_the_command_sends_digests_too(officer, mail_server, listing_stale_for, capsys):
    listing_stale_for(20, region=officer.region)
    let_a_week_pass()

    call_command("send_reminders")

    assert "1 of 1 digests done." in capsys.readouterr().out
    assert sorted(mail_server.receivers) == ["ayu@contoh.id", officer.email]


@pytest.mark.parametrize(
    ("rhythm", "after", "due"),
    [
        ("weekly", (2026, 11, 30, 5), (2026, 11, 30, 6)),  # a Monday
        ("weekly", (2026, 11, 30, 6), (2026, 12, 7, 6)),
        ("monthly", (2026, 11, 30, 6), (2026, 12, 7, 6)),
        ("monthly", (2026, 12, 7, 6), (2027, 1, 4, 6)),
    ],
)
def test_digests_come_on_monday_mornings_where_the_officer_lives(rhythm, after, due):
    jayapura = ZoneInfo("Asia/Jayapura")
    moment = Rhythm(rhythm).next_monday(datetime(*after, tzinfo=jayapura), jayapura)

    assert moment == datetime(*due, tzinfo=jayapura)


def test_the_zone_is_that_of_the_region(officer):
    officer.region.timezone = "Asia/Makassar"
    officer.region.save()

    assert zone_of(officer) == ZoneInfo("Asia/Makassar")
    assert zone_of(factories.UserFactory()) == ZoneInfo("Asia/Jakarta")


@pytest.mark.parametrize("count", [1, 3])
def test_the_number_of_queries_does_not_grow(
    officer, listing_stale_for, count, django_assert_num_queries
):
    for _row in range(count):
        listing_stale_for(20, region=factories.RegionFactory(province=officer.region.province))
    regions = type(officer.region).objects.all()

    with django_assert_num_queries(10):  # seven kinds, the regions, two for the rights
        assert len(waiting_for(officer, regions)) == count
