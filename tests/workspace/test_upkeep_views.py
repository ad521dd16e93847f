"""Links to forward, and the choice of how often the digest comes."""

from datetime import timedelta
from urllib.parse import unquote

import pytest
from django.utils import timezone

from history.models import Action
from tests import factories
from upkeep.models import Contact, DigestWish, SignedLink

pytestmark = pytest.mark.django_db


@pytest.fixture
def listing(officer):
    return factories.StakeholderFactory(
        published=True, region=officer.region, name="Batik Ayu", contact_email="ayu@contoh.id"
    )


class TestLink:
    def test_making_one_is_a_post(self, officer_client, listing):
        html = officer_client.get(f"/kelola/mitra/{listing.pk}/tautan/").content.decode()

        assert "Buat tautan" in html
        assert "wa.me" not in html
        assert SignedLink.objects.count() == 0

    def test_the_message_can_be_forwarded_and_its_link_opens(
        self, officer_client, officer, listing, client
    ):
        response = officer_client.post(f"/en/kelola/mitra/{listing.pk}/tautan/")

        link, html = response.context["link"], response.content.decode()
        message = unquote(link.whatsapp.removeprefix("https://wa.me/?text="))
        assert message.startswith("Halo Batik Ayu!")
        assert message.endswith(f"http://localhost:8000/konfirmasi/{link.token}/")
        assert message in html
        assert "ayu@contoh.id" not in html
        assert client.get(f"/konfirmasi/{link.token}/").status_code == 200
        action = Action.objects.get()
        assert (action.action, action.subject_name) == ("link", "Batik Ayu")
        assert link.token not in str(vars(action))

    def test_only_for_public_listings(self, officer_client, listing):
        listing.archive()

        html = officer_client.post(f"/kelola/mitra/{listing.pk}/tautan/").content.decode()

        assert "Terbitkan dahulu" in html
        assert SignedLink.objects.count() == 0

    @pytest.mark.parametrize(("status", "code"), [("published", 403), ("draft", 404)])
    @pytest.mark.parametrize("method", ["get", "post"])
    def test_elsewhere(self, officer_client, status, code, method):
        now = timezone.now()
        other = factories.StakeholderFactory(status=status, published_at=now)

        response = getattr(officer_client, method)(f"/kelola/mitra/{other.pk}/tautan/")

        assert response.status_code == code
        assert SignedLink.objects.count() == 0

    def test_a_visitor_signs_in_first(self, client, listing):
        assert client.post(f"/kelola/mitra/{listing.pk}/tautan/").status_code == 302
        assert SignedLink.objects.count() == 0

    def test_officers_see_that_an_address_does_not_work(self, officer_client, listing):
        contact = Contact.objects.of_address("ayu@contoh.id")
        contact.note_refusal()

        html = officer_client.get(f"/kelola/mitra/{listing.pk}/tautan/").content.decode()

        assert "Alamat kontak tidak berfungsi" in html
        assert "ayu@contoh.id" not in html


class TestMail:
    def test_choosing_a_rhythm(self, officer_client, officer):
        assert "Surel untuk Anda" in officer_client.get("/kelola/surel/").content.decode()

        response = officer_client.post("/kelola/surel/", {"irama": "monthly"})

        assert response.url == "/kelola/surel/"
        wish = DigestWish.objects.get()
        assert (wish.user, wish.rhythm, wish.is_paused) == (officer, "monthly", False)
        assert wish.due_at.astimezone(timezone.get_default_timezone()).weekday() == 0

    def test_pausing_and_resuming(self, officer_client, officer):
        contact = Contact.objects.of_address(officer.email)
        contact.stop()
        officer_client.post("/kelola/surel/", {"irama": "weekly", "jeda": "on"})
        assert DigestWish.objects.get().paused_until > timezone.now() + timedelta(days=29)
        assert Contact.objects.get().stopped_at is None
        assert "Dijeda sampai" in officer_client.get("/kelola/surel/").content.decode()

        officer_client.post("/kelola/surel/", {"irama": "weekly"})

        assert not DigestWish.objects.get().is_paused

    def test_nonsense_is_refused(self, officer_client):
        response = officer_client.post("/kelola/surel/", {"irama": "hourly"})

        assert response.status_code == 200
        assert DigestWish.objects.count() == 0

    def test_only_for_officers(self, client):
        assert client.get("/kelola/surel/").status_code == 302
        client.force_login(factories.UserFactory())
        assert client.post("/kelola/surel/", {"irama": "off"}).status_code == 403


@pytest.mark.parametrize(("days", "buttons"), [(0, 0), (400, 1)])
def test_the_list_offers_to_ask_where_a_confirmation_is_due(officer_client, listing, days, buttons):
    type(listing).objects.update(verified_at=timezone.now() - timedelta(days=days))

    html = officer_client.get("/kelola/mitra/").content.decode()

    assert html.count(f'formaction="/kelola/mitra/{listing.pk}/tautan/"') == buttons
