"""What a digest holds, and to whom it goes when; how it travels is another file."""

import re
from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from collaborations.models import Rhythm, SavedSearch, Subscriber
from collaborations.sending import send_digest
from stakeholders.models import Stakeholder
from tests import factories, hostile

pytestmark = pytest.mark.django_db

FRESH = timedelta(days=1)  # after the last digest, which was a week ago
OLD = timedelta(days=30)


@pytest.fixture
def search():
    return factories.SavedSearchFactory(query="peran=media", confirmed=True)


def listing(age=OLD, verified=None, **fields):
    now = timezone.now()
    fields = {"role": "media", "status": "published", "published_at": now - age} | fields
    return factories.StakeholderFactory(verified_at=verified and now - verified, **fields)


def names(mail):
    return re.findall(r"^\* (.+)$", mail.body, re.MULTILINE)


def html(mail):
    [alternative] = mail.alternatives
    return alternative.content


def test_only_what_is_new_or_newly_confirmed_and_fits(search, mailoutbox):
    listing(age=FRESH, name="Baru")
    listing(verified=FRESH, name="Dikonfirmasi")
    listing(name="Lama")
    listing(verified=OLD, name="Lama dikonfirmasi")
    listing(age=FRESH, name="Peran lain", role="business")
    listing(age=FRESH, name="Belum terbit", status="pending")
    listing(age=timedelta(minutes=1), name="Belum mengendap")
    listing(age=-FRESH, name="Besok")

    send_digest(search.subscriber.pk)

    [mail] = mailoutbox
    assert sorted(names(mail)) == ["Baru", "Dikonfirmasi"]
    assert mail.to == [search.subscriber.email]
    assert "Baru" in html(mail)
    assert "Lama" not in html(mail)


def test_nothing_is_told_twice_and_nothing_is_missed(search, mailoutbox):
    first = listing(age=FRESH, name="Pertama")
    send_digest(search.subscriber.pk)
    until = SavedSearch.objects.get().seen_until
    Stakeholder.objects.create(
        name="Di batas", slug="di-batas", role="media", region=first.region,
        organization_type=first.organization_type, status="published",
        published_at=until + timedelta(microseconds=1),
    )  # fmt: skip
    late = timezone.now() + timedelta(days=8)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(timezone, "now", lambda: late)
        send_digest(search.subscriber.pk)
        send_digest(search.subscriber.pk)

    assert [names(mail) for mail in mailoutbox] == [["Pertama"], ["Di batas"]]


def test_nothing_new_is_no_mail_but_the_date_moves_on(search, mailoutbox):
    send_digest(search.subscriber.pk)

    search.refresh_from_db()
    assert mailoutbox == []
    assert search.due_at == Rhythm.WEEKLY.next_digest(timezone.now())
    assert list(Subscriber.objects.due()) == []


def test_one_mail_for_all_searches_that_are_due(search, mailoutbox):
    def save(query, **fields):
        factories.SavedSearchFactory(
            subscriber=search.subscriber, query=query, confirmed=True, **fields
        )

    save("q=Pertama")
    save("q=tidak-ada")
    save("q=Kedua", due_at=timezone.now() + FRESH)
    factories.SavedSearchFactory(subscriber=search.subscriber, query="q=belum")
    listing(age=FRESH, name="Pertama")
    listing(age=FRESH, name="Kedua", role="business")

    send_digest(search.subscriber.pk)

    [mail] = mailoutbox
    assert names(mail) == ["Pertama", "Pertama"]
    assert re.findall(r"/mitra/\?\S+", mail.body) == ["/mitra/?peran=media", "/mitra/?q=Pertama"]
    not_due = search.subscriber.searches.exclude(due_at__lte=timezone.now())
    assert not_due.filter(confirmed_at__isnull=False).count() == 4


@pytest.mark.parametrize(("number", "shown", "more"), [(10, 10, False), (12, 10, True)])
def test_ten_of_each_search_and_a_way_to_the_rest(search, mailoutbox, number, shown, more):
    SavedSearch.objects.update(language="en")
    for _each in range(number):
        listing(age=FRESH)

    send_digest(search.subscriber.pk)

    [mail] = mailoutbox
    assert len(names(mail)) == shown
    assert ("There are more." in mail.body) == ("There are more." in html(mail)) == more
    assert "http://localhost:8000/en/mitra/?peran=media" in mail.body
    assert mail.subject == "10 partners for you"


def test_headers_let_mail_programs_stop_it_and_leave_nothing_to_follow(search, mailoutbox):
    listing(age=FRESH, name="<img src=x onerror=alert(1)>", summary="Baris\nBcc: x@y.example")

    send_digest(search.subscriber.pk)

    message = mailoutbox[0].message()
    token = re.fullmatch(
        r"<http://localhost:8000/langganan/henti/([\w.=-]+)/>", message["List-Unsubscribe"]
    )[1]
    assert Subscriber.key_in(token) == search.subscriber.pk
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Bcc"] is None
    elements = hostile.Elements(html(mailoutbox[0]))
    assert elements.attributes == {"charset", "lang", "href"}
    assert not elements.tags & {"img", "link", "script", "style", "svg", "iframe"}


def test_the_language_is_the_last_one_asked_in(search, mailoutbox):
    factories.SavedSearchFactory(
        subscriber=search.subscriber, query="q=Baru", language="en",
        confirmed=True, confirmed_at=timezone.now() - FRESH, seen_until=timezone.now() - 2 * FRESH,
    )  # fmt: skip
    listing(age=FRESH, name="Baru")

    send_digest(search.subscriber.pk)

    assert "New since the last mail" in mailoutbox[0].body
    assert "/en/mitra/" in mailoutbox[0].body
    assert '<html lang="en">' in html(mailoutbox[0])


def test_who_pauses_gets_all_of_it_later(search, mailoutbox):
    listing(age=FRESH, name="Baru")
    search.subscriber.pause()
    send_digest(search.subscriber.pk)
    assert mailoutbox == []

    Subscriber.objects.update(paused_until=timezone.now() - FRESH)
    send_digest(search.subscriber.pk)
    assert names(mailoutbox[0]) == ["Baru"]


def test_who_did_not_confirm_gets_nothing(mailoutbox):
    search = factories.SavedSearchFactory()
    listing(age=FRESH)

    send_digest(search.subscriber.pk)

    assert mailoutbox == []


@pytest.mark.parametrize("count", [1, 3])
def test_query_count_does_not_grow_with_the_news(django_assert_num_queries, search, count):
    for number in range(count):
        listing(age=FRESH, name=f"Mitra {number}")

    with django_assert_num_queries(11):  # claim 2, searches, words, rows and theirs 2, note 5
        send_digest(search.subscriber.pk)


@pytest.mark.parametrize(
    ("rhythm", "after", "expected"),
    [
        ("daily", (2026, 3, 4, 5, 59), (2026, 3, 4, 6)),
        ("daily", (2026, 3, 4, 6, 0), (2026, 3, 5, 6)),
        ("daily", (2026, 12, 31, 23, 0), (2027, 1, 1, 6)),
        ("weekly", (2026, 3, 4, 12), (2026, 3, 9, 6)),
        ("weekly", (2026, 3, 9, 5, 59), (2026, 3, 9, 6)),
        ("weekly", (2026, 3, 9, 6, 5), (2026, 3, 16, 6)),
    ],
)
def test_digests_fall_due_in_the_morning(rhythm, after, expected):
    after, expected = (timezone.make_aware(datetime(*each)) for each in (after, expected))

    assert Rhythm(rhythm).next_digest(after) == expected


def test_what_nobody_confirms_is_forgotten():
    week = timezone.now() - timedelta(days=7)
    kept = [
        factories.SavedSearchFactory(asked_at=week + timedelta(minutes=1)),
        factories.SavedSearchFactory(asked_at=week - OLD, confirmed=True),
    ]
    factories.SavedSearchFactory(asked_at=week - timedelta(minutes=1))
    mixed = factories.SavedSearchFactory(
        subscriber=kept[1].subscriber, query="q=x", asked_at=week - timedelta(minutes=1)
    )

    SavedSearch.objects.forgotten().stop()

    assert list(SavedSearch.objects.order_by("pk")) == kept
    assert set(Subscriber.objects.all()) == {kept[0].subscriber, mixed.subscriber}
