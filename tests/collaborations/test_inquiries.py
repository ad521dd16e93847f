"""Messages to listings: which ones need an officer, who may read them, when they go."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction
from django.utils import timezone

from collaborations.models import Inquiry
from tests import factories

pytestmark = pytest.mark.django_db


def ago(**time):
    return timezone.now() - timedelta(**time)


NOT_SENT = {"sent_at": None, "reached": ""}


@pytest.mark.parametrize(
    ("fields", "is_needed"),
    [
        ({}, False),
        ({"received_at": ago(days=6, hours=23)}, False),
        ({"received_at": ago(days=7, minutes=1)}, True),
        ({"received_at": ago(days=30), "forwarded_at": ago(days=6)}, False),
        ({"received_at": ago(days=30), "forwarded_at": ago(days=8)}, True),
        ({"held_for": "links", **NOT_SENT}, True),
        ({"held_for": "links", "forwarded_at": ago(days=1)}, False),
        ({"failed_at": ago(days=1), **NOT_SENT}, True),
        ({"reached": "officers"}, True),
        ({"received_at": ago(days=9), "answered_at": ago(days=1)}, False),
        ({"received_at": ago(days=9), "declined_at": ago(days=1)}, False),
    ],
)
def test_those_that_need_an_officer(fields, is_needed):
    inquiry = factories.InquiryFactory(**fields)

    assert list(Inquiry.objects.unanswered()) == [inquiry] * is_needed


def test_an_officer_reads_what_the_organisation_left(officer):
    listing = factories.StakeholderFactory(region=officer.region, published=True)
    late = factories.InquiryFactory(stakeholder=listing, late=True)
    factories.InquiryFactory(stakeholder=listing)
    factories.InquiryFactory(stakeholder=listing, late=True, answered_at=timezone.now())
    mine = factories.InquiryFactory(
        stakeholder=listing, answered_at=timezone.now(), settled_by=officer
    )
    factories.InquiryFactory(late=True)

    assert set(Inquiry.objects.visible_to(officer)) == {late, mine}
    assert list(Inquiry.objects.unanswered().visible_to(officer)) == [late]


def test_staff_read_all_and_others_nothing(staff):
    inquiry = factories.InquiryFactory()
    steward = factories.StewardshipFactory(stakeholder=inquiry.stakeholder).user
    ended = factories.OfficerAssignmentFactory(
        region=inquiry.stakeholder.region, starts_on="2020-01-01", ends_on="2020-12-31"
    ).user

    assert list(Inquiry.objects.visible_to(staff)) == [inquiry]
    for user in (steward, ended, AnonymousUser()):
        assert list(Inquiry.objects.visible_to(user)) == []


@pytest.mark.parametrize(
    ("fields", "is_kept"),
    [
        ({"received_at": ago(days=364)}, True),
        ({"received_at": ago(days=366)}, False),
        ({"received_at": ago(days=400), "answered_at": ago(days=364)}, True),
        ({"received_at": ago(days=400), "answered_at": ago(days=366)}, False),
        ({"received_at": ago(days=400), "declined_at": ago(days=366)}, False),
    ],
)
def test_a_year_after_the_end_it_goes(fields, is_kept):
    factories.InquiryFactory(**fields)

    Inquiry.objects.forgotten().delete()

    assert Inquiry.objects.exists() == is_kept


def test_only_one_of_two_settles_it(officer):
    inquiry = factories.InquiryFactory()

    assert inquiry.note_answered() is True
    assert inquiry.note_declined("Penuh", officer) is False
    assert inquiry.note_forwarded() is False
    inquiry.refresh_from_db()
    assert (inquiry.declined_at, inquiry.reason, inquiry.settled_by) == (None, "", None)


def test_who_withdraws_in_the_meantime_leaves_nothing():
    inquiry = factories.InquiryFactory()
    Inquiry.objects.all().delete()

    inquiry.note_sent("contact")

    assert Inquiry.objects.count() == 0


@pytest.mark.parametrize(
    "fields",
    [
        {"sender_email": "Ayu@contoh.id"},
        {"kind": "spam"},
        {"reached": ""},
        {"answered_at": timezone.now(), "declined_at": timezone.now()},
        {"reason": "Penuh"},
        {"answer": "Ya"},
        {"outcome": "together"},
        {"held_for": "zzz"},
    ],
)
def test_the_database_refuses(fields):
    with pytest.raises(IntegrityError), transaction.atomic():
        factories.InquiryFactory(**fields)
