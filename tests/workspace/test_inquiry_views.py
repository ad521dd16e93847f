from datetime import timedelta

import pytest
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from collaborations.models import Inquiry
from history.models import Action
from tests import factories

pytestmark = pytest.mark.django_db

URL = "/kelola/ajakan/"


@pytest.fixture
def listing(officer):
    return factories.StakeholderFactory(
        region=officer.region, published=True, contact_email="mitra@contoh.id"
    )


@pytest.fixture
def late(listing):
    return factories.InquiryFactory(stakeholder=listing, late=True)


def page_of(inquiry):
    return f"{URL}{inquiry.pk}/"


def jobs():
    return [
        job.task_name.rpartition(".")[2] for job in ProcrastinateJob.objects.order_by("task_name")
    ]


@pytest.mark.parametrize(("who", "code"), [("visitor", 302), ("nobody", 403), ("steward", 403)])
def test_others_stay_outside(client, who, code):
    inquiry = factories.InquiryFactory(late=True)
    if who == "steward":
        client.force_login(factories.StewardshipFactory(stakeholder=inquiry.stakeholder).user)
    elif who == "nobody":
        client.force_login(factories.UserFactory())

    assert client.get(URL).status_code == code
    assert client.post(page_of(inquiry), {"tindakan": "dijawab"}).status_code == code
    assert Inquiry.objects.open().exists()


@pytest.mark.parametrize("reason", ["elsewhere", "answered by the partner", "a day old"])
def test_what_is_not_for_this_officer_is_not_found(officer_client, listing, reason):
    inquiry = {
        "elsewhere": lambda: factories.InquiryFactory(late=True),
        "answered by the partner": lambda: factories.InquiryFactory(
            stakeholder=listing, late=True, answered_at=timezone.now()
        ),
        "a day old": lambda: factories.InquiryFactory(stakeholder=listing),
    }[reason]()

    assert officer_client.get(page_of(inquiry)).status_code == 404
    assert officer_client.post(page_of(inquiry), {"tindakan": "buang"}).status_code == 404
    assert inquiry.sender_name not in officer_client.get(f"{URL}?semua").content.decode()


def test_staff_read_all(staff_client):
    inquiry = factories.InquiryFactory()

    assert staff_client.get(page_of(inquiry)).status_code == 200
    assert list(staff_client.get(f"{URL}?semua").context["page"]) == [inquiry]


def test_staff_only_read_unless_the_region_is_theirs(staff_client, staff, late):
    assert "tindakan" not in staff_client.get(page_of(late)).text
    assert staff_client.post(page_of(late), {"tindakan": "dijawab"}).status_code == 403

    factories.OfficerAssignmentFactory(user=staff, region=late.stakeholder.region)

    assert staff_client.post(page_of(late), {"tindakan": "dijawab"}).status_code == 302


@pytest.mark.parametrize("count", [1, 3])
def test_query_count_does_not_grow(officer_client, listing, django_assert_num_queries, count):
    factories.InquiryFactory.create_batch(count, stakeholder=listing, late=True)

    # session, user, its rights and assignments (3), count, page
    with django_assert_num_queries(7):
        response = officer_client.get(URL)

    assert len(response.context["page"]) == count


def test_the_oldest_comes_first_and_an_empty_list_encourages(officer_client, listing):
    assert "Tidak ada yang menunggu jawaban" in officer_client.get(URL).content.decode()
    newer = factories.InquiryFactory(stakeholder=listing, held=True)
    older = factories.InquiryFactory(stakeholder=listing, late=True)

    assert list(officer_client.get(URL).context["page"]) == [older, newer]


def test_an_officer_answers_by_mail(officer_client, officer, late):
    officer_client.post(page_of(late), {"tindakan": "jawab", "jawaban": "Hubungi kami di dinas."})

    late.refresh_from_db()
    assert (late.answer, late.settled_by) == ("Hubungi kami di dinas.", officer)
    assert jobs() == ["send_inquiry_news"]
    line = Action.objects.get()
    assert (line.action, line.subject_id) == ("inquiry_answered", late.stakeholder_id)
    assert late.sender_email not in str(vars(line))
    assert "Hubungi kami di dinas." in officer_client.get(page_of(late)).content.decode()


def test_an_answer_needs_words(officer_client, late):
    html = officer_client.post(page_of(late), {"tindakan": "jawab", "jawaban": " "}).content

    assert b"field--wrong" in html
    assert Inquiry.objects.open().exists()


def test_noted_as_answered_without_a_mail(officer_client, officer, late):
    officer_client.post(page_of(late), {"tindakan": "dijawab"})

    late.refresh_from_db()
    assert (late.settled_by, late.answer, jobs()) == (officer, "", [])


def test_a_held_one_passes_and_a_late_one_gets_a_week_more(officer_client, listing, late):
    held = factories.InquiryFactory(stakeholder=listing, held=True)

    for inquiry in (held, late):
        officer_client.post(page_of(inquiry), {"tindakan": "teruskan"})

    assert jobs() == ["send_inquiry"] * 2
    assert list(Inquiry.objects.unanswered()) == []
    held.refresh_from_db()
    assert not held.is_held
    Inquiry.objects.update(forwarded_at=timezone.now() - timedelta(days=8))
    assert Inquiry.objects.unanswered().count() == 2


def test_spam_is_deleted_and_leaves_a_line(officer_client, late):
    officer_client.post(page_of(late), {"tindakan": "buang"})

    assert Inquiry.objects.count() == 0
    assert Action.objects.get().action == "inquiry_discarded"


def test_who_comes_second_is_told(client, late):
    """A superuser, who sees all; from officers what is settled is hidden."""
    client.force_login(factories.UserFactory(is_staff=True, is_superuser=True))
    Inquiry.objects.update(declined_at=timezone.now())

    response = client.post(page_of(late), {"tindakan": "dijawab"}, follow=True)

    assert "lebih cepat" in response.content.decode()
    assert Action.objects.count() == 0
