"""An organisation comes to look after its listing: with a real mail server, queue and worker."""

import re

import pytest
from django.core.cache import cache
from hypothesis import given

from accounts.models import User
from collaborations.models import StewardInvitation
from collaborations.steward_actions import (
    decline_claim,
    invite_steward,
    resend_invitation,
    withdraw_invitation,
)
from history.models import Action
from stakeholders.models import Stakeholder, Stewardship
from tests import factories, hostile
from tests.clock import days_later
from tests.jobs import let_time_pass, waiting, work
from tests.mail_server import text

pytestmark = pytest.mark.django_db

ANSWER = {"nama": "Ayu", "surel": "Ayu@contoh.id", "catatan": "Saya ketuanya", "situs": ""}
ACCOUNT = {"nama": "Ayu Lestari", "sandi": "kain-perca-biru-7"}
delivered = pytest.mark.usefixtures("queue")


@pytest.fixture
def listing():
    return factories.StakeholderFactory(
        name="Batik Laras", slug="batik-laras", published=True, public_email="kantor@laras.example"
    )


URL = "/mitra/batik-laras/klaim/"


def link_in(message):
    return re.search(r"http://localhost:8000(/pengelola/\S+/)$", text(message), re.M)[1]


def invitation(**values):
    return factories.StewardInvitationFactory(**values)


class TestClaim:
    @delivered
    @pytest.mark.django_db(transaction=True)
    def test_from_the_page_to_the_workspace(self, client, listing, mail_server, caplog):
        assert URL in client.get("/mitra/batik-laras/").content.decode()
        response = client.post(URL, ANSWER)
        assert response.url == f"{URL}terkirim/"
        assert "kantor" not in client.get(response.url).content.decode()
        work()
        [question] = mail_server.taken
        assert question["To"] == "kantor@laras.example"
        assert "Saya ketuanya" in text(question)

        page = client.get(link_in(question))
        assert "ayu@contoh.id" in page.content.decode()
        assert not Stewardship.objects.exists()
        client.post(link_in(question), {"setuju": "1"})
        work()
        letter = mail_server.taken[1]
        assert letter["To"] == "ayu@contoh.id"
        assert client.get(link_in(question)).status_code == 404
        assert client.get(link_in(letter)).status_code == 200
        assert not User.objects.exists()
        response = client.post(link_in(letter), ACCOUNT)

        assert response.url == "/kelola/"
        assert "Batik Laras" in client.get("/kelola/").content.decode()
        user = User.objects.get()
        assert (user.email, user.name) == ("ayu@contoh.id", "Ayu Lestari")
        assert list(Stakeholder.objects.editable_by(user)) == [listing]
        assert client.get(link_in(letter)).status_code == 404
        assert "contoh.id" not in caplog.text
        assert "contoh.id" not in str(list(Action.objects.values()))

    @delivered
    @pytest.mark.django_db(transaction=True)
    def test_one_mail_is_enough_for_who_reads_the_published_address(
        self, client, listing, mail_server
    ):
        client.post(URL, ANSWER | {"surel": "Kantor@LARAS.example"})
        work()

        [letter] = mail_server.taken
        client.post(link_in(letter), ACCOUNT)
        stewardship = Stewardship.objects.get()
        assert (stewardship.how, stewardship.granted_by) == ("claimed", None)

    @delivered
    @pytest.mark.django_db(transaction=True)
    def test_a_dead_mail_server_loses_nothing(self, client, listing, mail_server):
        mail_server.stop()
        client.post(URL, ANSWER)
        work()
        assert waiting() == [("send_claim_consent", 1)]

        mail_server.start()
        let_time_pass()
        work()
        assert mail_server.receivers == ["kantor@laras.example"]

    @pytest.mark.parametrize(
        "surel", ["ayu@contoh.id", "kantor@laras.example", "rahasia@laras.example"]
    )
    def test_the_page_does_not_tell_which_addresses_are_known(self, client, listing, surel):
        Stakeholder.objects.update(contact_email="rahasia@laras.example")
        factories.UserFactory(email="ayu@contoh.id")
        answer = ANSWER | {"surel": surel}
        first, again = (client.post(URL, answer, follow=True) for _each in range(2))

        html = first.content.decode()
        assert html == again.content.decode()
        assert surel not in html
        assert StewardInvitation.objects.count() == 1
        asked = surel == "ayu@contoh.id"
        assert StewardInvitation.objects.get().status == ("asked" if asked else "open")
        assert "rahasia" not in client.get(URL).content.decode()

    def test_without_a_published_address_an_officer_decides(self, client, listing):
        Stakeholder.objects.update(public_email="")

        client.post(URL, ANSWER)

        claim = StewardInvitation.objects.get()
        assert (claim.status, claim.consent_asked_at) == ("asked", None)
        assert str(listing.region) in client.get(URL).content.decode()

    def test_strangers_make_us_write_three_letters_a_day_at_most(self, client, listing):
        for number in range(5):
            client.post(URL, ANSWER | {"surel": f"orang{number}@contoh.id"})

        written = StewardInvitation.objects.exclude(consent_asked_at=None).count()
        assert (StewardInvitation.objects.count(), written) == (5, 3)

    def test_no_is_an_answer_too(self, client, listing):
        client.post(URL, ANSWER)
        claim = StewardInvitation.objects.get()

        response = client.post(f"/pengelola/setuju/{claim.consent_token}/", {"tolak": "1"})

        assert client.get(response.url).status_code == 200
        claim.refresh_from_db()
        assert claim.status == "declined"
        assert client.post(f"/pengelola/setuju/{claim.consent_token}/").status_code == 404

    def test_a_program_is_thanked_and_ignored(self, client, listing):
        assert client.post(URL, ANSWER | {"situs": "x"}).status_code == 302
        assert not StewardInvitation.objects.exists()

    def test_a_network_may_send_thirty_an_hour(self, client, listing):
        answers = [client.post(URL, {}).status_code for _each in range(31)]

        assert answers == [200] * 30 + [429]

    @pytest.mark.parametrize("slug", ["tidak-ada", "konsep"])
    def test_only_public_listings_are_claimed(self, client, slug):
        factories.StakeholderFactory(slug="konsep")

        assert client.get(f"/mitra/{slug}/klaim/").status_code == 404
        assert client.post(f"/mitra/{slug}/klaim/", ANSWER).status_code == 404

    def test_who_is_signed_in_need_not_type_the_address(self, client, listing):
        client.force_login(factories.UserFactory(name="Budi", email="budi@contoh.id"))

        assert client.get(URL).context["form"]["surel"].value() == "budi@contoh.id"

    @hostile.modestly
    @given(value=hostile.anything.filter(lambda value: "%00" not in value))
    def test_anything_in_any_field(self, client, value):
        cache.clear()
        factories.StakeholderFactory(slug="batik-laras", published=True)
        body = "&".join(f"{name}={value}" for name in ["nama", "surel", "catatan"])
        try:
            response = client.post(URL, body, content_type="application/x-www-form-urlencoded")
        finally:
            Stakeholder.objects.all().delete()

        hostile.assert_harmless(response)


class TestInvitation:
    def test_with_the_account_one_has(self, client):
        found = invitation()
        user = factories.UserFactory()
        client.force_login(user)

        assert user.email in client.get(f"/pengelola/{found.token}/").content.decode()
        assert not Stewardship.objects.exists()
        assert client.post(f"/pengelola/{found.token}/").url == "/kelola/"
        assert Stewardship.objects.get().user == user

    def test_whose_address_has_an_account_signs_in(self, client):
        found = invitation(email="ayu@contoh.id")
        factories.UserFactory(email="Ayu@contoh.id")

        response = client.post(f"/pengelola/{found.token}/", ACCOUNT)

        assert response.context["form"] is None
        assert "?next=/pengelola/" in response.content.decode()
        assert not Stewardship.objects.exists()

    @pytest.mark.parametrize("password", ["", "12345678", "ayulestari", "\x00" * 12])
    def test_a_weak_password_opens_no_account(self, client, password):
        found = invitation(email="ayulestari@contoh.id")
        answer = ACCOUNT | {"sandi": password}

        assert client.post(f"/pengelola/{found.token}/", answer).context["form"].errors
        assert not User.objects.filter(email=found.email).exists()

    @pytest.mark.parametrize("days", [13, 15])
    def test_a_link_is_good_for_fourteen_days(self, client, days):
        found = invitation()
        token = found.token

        with days_later(days):
            code = client.get(f"/pengelola/{token}/").status_code
        assert code == (200 if days < 14 else 404)

    @pytest.mark.parametrize("token", ["x", "x.y.z", "%00", "a" * 500])
    def test_a_damaged_link_says_what_to_do(self, client, token):
        for address in (f"/pengelola/{token}/", f"/pengelola/setuju/{token}/"):
            response = client.get(address)
            assert response.status_code == 404
            assert "Tautan ini tidak berlaku lagi" in response.content.decode()

    def test_a_link_of_one_kind_is_none_of_the_other(self, client):
        found = invitation()

        assert client.post(f"/pengelola/setuju/{found.token}/", {"setuju": "1"}).status_code == 404
        assert client.get(f"/pengelola/{found.consent_token}/").status_code == 404

    def test_a_new_letter_ends_the_former_link_and_there_are_five_at_most(self, client, officer):
        found = invitation(stakeholder__region=officer.region)
        first = found.token

        sent = [resend_invitation(invitation=found, user=officer) for _each in range(5)]

        assert [each and each.sent_times for each in sent] == [2, 3, 4, 5, None]
        assert client.get(f"/pengelola/{first}/").status_code == 404
        assert client.get(f"/pengelola/{sent[3].token}/").status_code == 200

    def test_what_is_withdrawn_works_no_more(self, client):
        found = invitation()
        withdraw_invitation(invitation=found)

        assert client.get(f"/pengelola/{found.token}/").status_code == 404

    def test_inviting_who_asked_already_says_yes(self, officer):
        listing = factories.StakeholderFactory(region=officer.region)
        claim = invitation(stakeholder=listing, claim=True, email="ayu@contoh.id")

        invite_steward(stakeholder=listing, email="ayu@contoh.id", user=officer)

        claim.refresh_from_db()
        assert (claim.status, claim.granted_by) == ("open", officer)
        decline_claim(claim=claim)  # too late
        claim.refresh_from_db()
        assert claim.status == "open"

    def test_addresses_are_forgotten_a_month_after(self):
        withdraw_invitation(invitation=invitation())
        invitation()
        invitation(claim=True)  # waits for a decision, however long

        left = []
        for days in (29, 31, 45):
            with days_later(days):
                left.append(StewardInvitation.objects.forgotten().count())
        assert left == [0, 1, 2]
