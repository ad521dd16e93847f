"""With a real mail server, a real queue in PostgreSQL and the real worker."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from collaborations import tasks
from collaborations.inquiry_actions import send_inquiry
from collaborations.models import Inquiry
from tests import factories
from tests.jobs import let_time_pass, waiting, work
from tests.mail_server import BAD, text

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("queue")]


def ask(listing, **fields):
    fields = {
        "sender_name": "Ayu",
        "sender_email": "ayu@contoh.id",
        "kind": "venue",
        "message": "Bolehkah kami memakai sanggar Anda?",
        "language": "id",
        **fields,
    }
    return send_inquiry(stakeholder=listing, **fields)


def listing(**fields):
    return factories.StakeholderFactory(published=True, **fields)


def letters_to(mail_server, address):
    return [mail for mail in mail_server.taken if mail["To"] == address]


def path_in(mail, start):
    return re.search(rf"http://localhost:8000({start}\S+/)$", text(mail), re.M)[1]


def test_from_the_message_to_the_answer(client, mail_server):
    inquiry = ask(listing(name="Sanggar", contact_email="sanggar@contoh.id"))
    work()

    [mail] = letters_to(mail_server, "sanggar@contoh.id")
    assert (mail["Reply-To"], mail["Subject"]) == ("ayu@contoh.id", "Ayu menulis kepada Sanggar")
    assert inquiry.message in text(mail)
    [receipt] = letters_to(mail_server, "ayu@contoh.id")
    assert inquiry.message not in text(receipt)
    state, link = path_in(receipt, "/ajakan/"), path_in(mail, "/ajakan/jawab/")

    assert client.get(link).status_code == 200
    assert Inquiry.objects.open().exists()
    client.post(link, {"tindakan": "dijawab"})

    assert "Dijawab" in client.get(state).content.decode()
    client.post(state, {"tindakan": "hasil", "hasil": "together"})
    assert Inquiry.objects.get().outcome == "together"


def test_the_organisation_says_no_and_the_sender_reads_why(client, mail_server):
    inquiry = ask(listing(contact_email="sanggar@contoh.id"))
    work()

    client.post(f"/ajakan/jawab/{inquiry.answer_token}/", {"tindakan": "tidak", "alasan": "Penuh"})
    client.post(f"/ajakan/jawab/{inquiry.answer_token}/", {"tindakan": "dijawab"})
    work()

    inquiry.refresh_from_db()
    assert (inquiry.reason, inquiry.answered_at) == ("Penuh", None)
    assert "Penuh" in text(letters_to(mail_server, "ayu@contoh.id")[-1])


@pytest.mark.parametrize(
    ("fields", "receivers", "reached"),
    [
        (
            {"contact_email": "a@contoh.id", "public_email": "b@contoh.id"},
            ["a@contoh.id"],
            "contact",
        ),
        ({"public_email": "b@contoh.id"}, ["b@contoh.id"], "public"),
        ({"contact_email": BAD, "public_email": "b@contoh.id"}, ["b@contoh.id"], "public"),
        ({"contact_email": BAD}, ["kelola@contoh.id"], "stewards"),
    ],
)
def test_the_first_who_can_be_reached(mail_server, fields, receivers, reached):
    partner = listing(**fields)
    steward = factories.UserFactory(email="kelola@contoh.id")
    factories.StewardshipFactory(stakeholder=partner, user=steward)
    factories.OfficerAssignmentFactory(region=partner.region)

    ask(partner)
    work()

    assert [to for to in mail_server.receivers if to != "ayu@contoh.id"] == receivers
    assert Inquiry.objects.get().reached == reached


def test_officers_get_what_nobody_else_can(mail_server):
    officer = factories.OfficerAssignmentFactory().user
    ask(listing(region=officer.officer_assignments.get().region, contact_email=BAD))
    work()

    [mail] = letters_to(mail_server, officer.email)
    inquiry = Inquiry.objects.get()
    assert inquiry.get_absolute_url() in text(mail)
    assert inquiry.answer_token.partition(".")[0] not in text(mail)
    assert list(Inquiry.objects.unanswered().visible_to(officer)) == [inquiry]


def test_a_failure_is_noted_and_no_address_is_logged(mail_server, caplog):
    ask(listing(contact_email=BAD))
    work()

    assert Inquiry.objects.get().failed_at
    assert list(Inquiry.objects.unanswered())
    assert waiting() == []
    assert BAD not in caplog.text


def test_a_dead_mail_server_loses_nothing(mail_server):
    mail_server.stop()
    ask(listing(contact_email="sanggar@contoh.id"))
    work()
    assert {name for name, _attempts in waiting()} == {"send_inquiry", "send_inquiry_news"}

    mail_server.start()
    let_time_pass()
    work()

    assert sorted(mail_server.receivers) == ["ayu@contoh.id", "sanggar@contoh.id"]


def test_a_job_that_got_lost_is_made_anew_once(mail_server):
    partner = listing(contact_email="sanggar@contoh.id")
    earlier = timezone.now() - timedelta(hours=1)
    lost = {"received_at": earlier, "sent_at": None, "reached": "", "stakeholder": partner}
    factories.InquiryFactory(**lost)
    factories.InquiryFactory(**lost, held_for="links")

    for _ in range(2):
        tasks.queue_inquiries.defer(timestamp=0)
        work()

    assert mail_server.receivers == ["sanggar@contoh.id"]


def test_what_is_held_or_withdrawn_does_not_go(client, mail_server):
    partner = listing(contact_email="sanggar@contoh.id")
    ask(partner, message="www.a.id www.b.id www.c.id")
    withdrawn = ask(partner)
    client.post(f"/ajakan/{withdrawn.state_token}/", {"tindakan": "tarik"})
    work()

    assert Inquiry.objects.get().is_held
    assert mail_server.receivers == ["ayu@contoh.id"]
    assert client.get(f"/ajakan/{withdrawn.state_token}/").status_code == 404


def test_names_and_words_cannot_become_headers(mail_server):
    bad = "Ayu\r\nBcc: korban@contoh.id"
    partner = listing(name="Sanggar\nBcc: korban@contoh.id", contact_email="sanggar@contoh.id")
    ask(partner, sender_name=bad, message=bad)
    work()

    assert sorted(mail_server.receivers) == ["ayu@contoh.id", "sanggar@contoh.id"]
    assert [mail["Bcc"] for mail in mail_server.taken] == [None, None]


def test_after_a_month_the_sender_is_asked_once_what_came_of_it(mail_server):
    answered = timezone.now() - timedelta(days=31)
    inquiry = factories.InquiryFactory(answered_at=answered)
    factories.InquiryFactory(answered_at=answered, outcome="nothing")

    for _ in range(2):
        tasks.ask_for_outcomes.defer(timestamp=0)
        work()

    [mail] = mail_server.taken
    assert inquiry.state_token.partition(".")[0] in text(mail)


@pytest.mark.parametrize("page", ["/ajakan/{}/", "/ajakan/jawab/{}/"])
def test_a_link_of_another_kind_or_touched_does_not_work(client, page):
    inquiry = factories.InquiryFactory()
    own = inquiry.state_token if page == "/ajakan/{}/" else inquiry.answer_token
    other = inquiry.answer_token if page == "/ajakan/{}/" else inquiry.state_token

    assert client.get(page.format(own)).status_code == 200
    for token in (other, own[:-1], f"x{own}", "x"):
        assert client.post(page.format(token), {"tindakan": "tarik"}).status_code == 404
    assert Inquiry.objects.open().exists()
