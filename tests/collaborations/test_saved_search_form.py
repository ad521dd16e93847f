from datetime import timedelta

import pytest
from django.core.cache import cache
from django.template import RequestContext, Template
from django.test import Client
from django.utils import timezone
from django.utils.translation import override
from hypothesis import given
from procrastinate.contrib.django.models import ProcrastinateJob

from collaborations.models import SavedSearch, Subscriber
from tests import factories, hostile
from tests.refusals import refused_by

pytestmark = pytest.mark.django_db

URL = "/langganan/"
ASKED = "/langganan/periksa-surel/"
ANSWER = {"surel": "Ayu@Contoh.ID", "irama": "daily", "situs": ""}


def waiting_jobs():
    jobs = ProcrastinateJob.objects.filter(status="todo")
    return [(job.task_name.rpartition(".")[2], job.args) for job in jobs]


def test_the_page_says_what_will_be_told(client):
    factories.SubsectorFactory(slug="kriya", name_en="Crafts")

    html = client.get("/en/langganan/?subsektor=kriya&peran=media").content.decode()

    assert 'action="/en/langganan/?peran=media&amp;subsektor=kriya"' in html
    for words in ("Crafts", "Media", "Every week, on Monday", "deleted after 7 days"):
        assert words in html
    assert '<meta name="robots" content="noindex">' in html


def test_what_was_read_into_the_words_is_said_and_can_be_taken_back(client):
    factories.RegionFactory(slug="kabupaten-katingan", kind="kabupaten", short_name="Katingan")

    html = client.get("/en/langganan/?q=keramik+katongan&peran=media").content.decode()

    assert "“katongan” was read as Kabupaten Katingan." in html
    assert 'href="?q=keramik+%22katongan%22&amp;peran=media"' in html


def test_another_page_offers_the_link(rf):
    page = Template("{% load saved_searches %}<a href='{% subscribe_address %}'>")
    context = RequestContext(rf.get("/mitra/?q=batik&urut=nama&halaman=2"))

    with override("id"):
        html = page.render(context)

    assert html == "<a href='/langganan/?q=batik'>"


def test_a_wish_is_kept_and_a_mail_is_queued(client):
    response = client.post(f"{URL}?q=batik&peran=media&peran=&urut=nama&halaman=3&x=1", ANSWER)

    assert (response.status_code, response.url) == (302, ASKED)
    search = SavedSearch.objects.get()
    assert search.subscriber.email == "ayu@contoh.id"
    assert (search.query, search.rhythm, search.language) == ("q=batik&peran=media", "daily", "id")
    assert (search.confirmed_at, search.seen_until, search.due_at) == (None, None, None)
    assert waiting_jobs() == [("send_confirmation", {"search": search.pk})]


def test_the_language_is_that_of_the_page(client):
    assert client.post("/en/langganan/", ANSWER).url == "/en/langganan/periksa-surel/"
    assert SavedSearch.objects.get().language == "en"


@pytest.mark.parametrize("known", ["nobody", "confirmed", "unconfirmed"])
def test_the_answer_tells_nobody_who_is_known(client, known):
    if known != "nobody":
        subscriber = factories.SubscriberFactory(email="ayu@contoh.id")
        factories.SavedSearchFactory(subscriber=subscriber, confirmed=known == "confirmed")

    response = client.post(URL, ANSWER, follow=True)

    assert response.redirect_chain == [(ASKED, 302)]
    assert "ayu" not in response.content.decode().lower()


def test_one_address_however_it_is_written(client):
    for email in ("ayu@xn--bcher-kva.example", " AYU@bücher.example ", "Ayu@BÜCHER.example"):
        client.post(f"{URL}?q={len(email)}", ANSWER | {"surel": email})

    assert [s.email for s in Subscriber.objects.all()] == ["ayu@xn--bcher-kva.example"]


def test_the_same_wish_twice_in_a_moment_is_one_mail(client):
    for _click in range(2):
        client.post(f"{URL}?q=batik", ANSWER)

    assert len(waiting_jobs()) == SavedSearch.objects.count() == 1


def test_asking_again_later_sends_again_and_takes_the_new_rhythm(client):
    client.post(URL, ANSWER)
    earlier = timezone.now() - timedelta(hours=1)
    SavedSearch.objects.update(asked_at=earlier)

    client.post(URL, ANSWER | {"irama": "weekly"})

    search = SavedSearch.objects.get()
    assert (search.rhythm, search.asked_at > earlier) == ("weekly", True)
    assert len(waiting_jobs()) == 2


def test_a_stranger_changes_nothing_of_a_confirmed_search(client):
    search = factories.SavedSearchFactory(
        confirmed=True, rhythm="weekly", asked_at=timezone.now() - timedelta(days=7)
    )
    before = SavedSearch.objects.values("rhythm", "language", "due_at", "confirmed_at").get()

    client.post("/en/langganan/", ANSWER | {"surel": search.subscriber.email})

    assert (
        SavedSearch.objects.values("rhythm", "language", "due_at", "confirmed_at").get() == before
    )
    assert len(waiting_jobs()) == 1


def test_an_address_gets_five_such_mails_a_day(client):
    for number in range(8):
        assert client.post(f"{URL}?q={number}", ANSWER).url == ASKED
    assert len(waiting_jobs()) == 5

    Subscriber.objects.update(asked_on=timezone.localdate() - timedelta(days=1))
    client.post(f"{URL}?q=besok", ANSWER)
    assert len(waiting_jobs()) == 6


def test_a_network_may_ask_thirty_times_an_hour(client):
    def ask(number, **extra):
        return client.post(URL, ANSWER | {"surel": f"a{number}@contoh.id"}, **extra)

    assert [ask(number).status_code for number in range(31)] == [302] * 30 + [429]
    blocked = ask(31)
    assert blocked.context["form"]["surel"].value() == "a31@contoh.id"
    assert Subscriber.objects.count() == 30
    assert ask(32, REMOTE_ADDR="203.0.113.9").status_code == 302
    assert not [key for key in cache._cache if "127.0.0.1" in key or "203.0.113.9" in key]


def test_behind_a_proxy_its_last_word_counts(client, settings):
    settings.BEHIND_PROXY = True

    def ask(number, seen):
        headers = {"X-Forwarded-For": f"198.51.100.{number}, {seen}"}
        return client.post(URL, ANSWER | {"surel": f"a{number}@contoh.id"}, headers=headers)

    household = [f"2001:db8:1:2::{number:x}" for number in range(31)]
    codes = [ask(number, seen).status_code for number, seen in enumerate(household)]
    assert codes == [302] * 30 + [429]
    assert ask(31, "2001:db8:1:3::1").status_code == 302


def test_a_program_that_fills_in_everything_is_thanked_and_ignored(client):
    response = client.post(URL, ANSWER | {"situs": "https://spam.example"})

    assert response.url == ASKED
    assert Subscriber.objects.count() == len(waiting_jobs()) == 0


@pytest.mark.parametrize(
    "email",
    [
        "", "ayu", "ayu@", "@contoh.id", "ayu@contoh", "a" * 250 + "@contoh.id",
        "ayu@contoh.id\nBcc: budi@contoh.id", "ayu@contoh.id\r\n\r\nHalo", "ayu@contoh.id%0aBcc:x",
        "ayu@contoh.id, budi@contoh.id", "<ayu@contoh.id>", "ayu\x00@contoh.id", "áyu@contoh.id",
    ],
)  # fmt: skip
def test_what_is_no_address_is_refused_and_kept_in_the_field(client, email):
    response = client.post(f"{URL}?q=batik", ANSWER | {"surel": email})

    assert response.status_code == 200
    assert list(response.context["form"].errors) == ["surel"]
    assert response.context["form"]["irama"].value() == "daily"
    above, _form = response.content.decode().split('<form class="subscribe__form')
    assert above.count('role="alert"') == 1
    assert Subscriber.objects.count() == len(waiting_jobs()) == 0


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("q=" + "batik" * 1000, 200),
        ("&".join(f"wilayah=kota-{n}" for n in range(200)), 200),
        ("&".join(f"p{n}=1" for n in range(2000)), 400),
    ],
    ids=["long word", "many regions", "many parameters"],
)
def test_a_giant_search_is_refused(client, query, status):
    assert client.get(f"{URL}?{query}").status_code == status
    assert client.post(f"{URL}?{query}", ANSWER).status_code == status
    assert SavedSearch.objects.count() == 0


@pytest.mark.parametrize("value", hostile.ENCODED)
@pytest.mark.parametrize("name", ["q", "tidak-ada"])
def test_hostile_searches(client, name, value):
    hostile.assert_harmless(client.get(f"{URL}?{name}={value}"))


@hostile.modestly
@given(hostile.anything)
def test_any_search_is_kept_or_refused(client, value):
    cache.clear()
    Subscriber.objects.all().delete()

    response = client.post(f"{URL}?q={value}&peran=media", ANSWER)

    assert response.url == ASKED
    assert "Media" in [chip.label for chip in SavedSearch.objects.get().chips]


def test_a_post_needs_the_token_of_the_form():
    client = Client(enforce_csrf_checks=True)

    assert client.post(URL, ANSWER).status_code == 403
    client.get(URL)
    token = client.cookies["csrftoken"].value
    assert client.post(URL, ANSWER | {"csrfmiddlewaretoken": token}).url == ASKED


@pytest.mark.parametrize("address", [URL, ASKED, "/langganan/selesai/"])
def test_other_methods_are_refused(client, address):
    assert client.put(address).status_code == 405
    assert client.post(address).status_code == (200 if address == URL else 405)
    assert client.head(address).status_code == 200


def test_an_address_is_stored_in_one_spelling():
    with refused_by("subscriber_email_case"):
        factories.SubscriberFactory(email="Ayu@contoh.id")
