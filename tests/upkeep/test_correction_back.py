"""A correction by link that was sent back: whoever is on file hears why, and gets a new link."""

import re

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from stakeholders.models import ListingChange, Stakeholder
from tests import jobs
from tests.mail_server import text
from upkeep.models import Contact, SignedLink

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("queue")]


@pytest.fixture
def listing(officer, listing_stale_for):
    officer.region.review = "stewards"
    officer.region.save()
    return listing_stale_for(10, name="Batik Ayu", summary="Batik", region=officer.region)


@pytest.fixture
def send_back(client, officer_client, listing):
    """Let somebody correct the listing by link, and the officer send that back."""

    def send_back():
        link = SignedLink.objects.make(listing, "reminder")
        words = {"name": "Batik Ayu", "summary": "Batik nomor satu di dunia"}
        client.post(f"/konfirmasi/{link.token}/perbaiki/", words)
        change = ListingChange.objects.get()
        address = f"/kelola/tinjauan/{change.pk}/kembalikan/"
        officer_client.post(address, {"reason": "Tanpa pujian, ya."})

    return send_back


def test_the_address_on_file_hears_why(client, mail_server, send_back, listing):
    send_back()
    [job] = ProcrastinateJob.objects.all()
    assert job.args == {"change": ListingChange.objects.get().pk}
    jobs.work()

    [mail] = mail_server.taken
    assert mail["To"] == "ayu@contoh.id"
    assert "Tanpa pujian, ya." in text(mail)
    assert "Batik nomor satu di dunia" in text(mail)
    path = re.search(r"/konfirmasi/[-\w]+/", text(mail))[0]
    client.post(f"{path}perbaiki/", {"name": "Batik Ayu", "summary": "Batik tulis"})
    assert ListingChange.objects.waiting().get().content["summary"] == "Batik tulis"


def test_a_dead_mail_server_loses_nothing(mail_server, send_back):
    mail_server.stop()
    send_back()
    jobs.work()
    assert jobs.waiting() == [("send_correction_back", 1)]

    mail_server.start()
    jobs.let_time_pass()
    jobs.work()
    assert mail_server.receivers == ["ayu@contoh.id"]


@pytest.mark.parametrize("what", ["stopped", "nobody", "archived", "demo"])
def test_nobody_is_told_in_vain(mail_server, send_back, listing, what):
    send_back()
    if what == "stopped":
        Contact.objects.of_address("ayu@contoh.id").stop()
    else:
        changes = {
            "nobody": {"contact_email": ""},
            "archived": {"status": "archived"},
            "demo": {"is_demo": True},
        }
        Stakeholder.objects.filter(pk=listing.pk).update(**changes[what])
    jobs.work()

    assert mail_server.taken == []
