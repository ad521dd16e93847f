from datetime import timedelta

from django.db import models
from django.db.models import Case, Q, Value, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

DUE_WINDOW = timedelta(days=30)


class Freshness(models.TextChoices):
    """How long ago somebody responsible said "still true"."""

    FRESH = "fresh", _("Confirmed")
    DUE = "due", _("Confirmation due")
    STALE = "stale", _("Out of date")
    UNVERIFIED = "unverified", _("Not yet confirmed")


def is_living(of=""):
    """Return the condition that nobody needs to doubt the row: in date, or never confirmed.

    `of` is the path to the listing where the row is not one itself ("stakeholder__").
    """
    return Q((f"{of}stale_at__isnull", True)) | Q((f"{of}stale_at__gt", timezone.now()))


def freshness_now():
    """Return the expression that tells a row's `Freshness`."""
    now = timezone.now()
    return Case(
        When(stale_at__gt=now + DUE_WINDOW, then=Value(Freshness.FRESH)),
        When(stale_at__gt=now, then=Value(Freshness.DUE)),
        When(stale_at__isnull=False, then=Value(Freshness.STALE)),
        default=Value(Freshness.UNVERIFIED),
        output_field=models.CharField(),
    )


def trust_now():
    """Return the expression that tells how far to trust a row, 0 to 8.

    Confirmed stands above due, that above what nobody vouches for, out of date below all.
    """
    now = timezone.now()
    return Case(
        When(stale_at__gt=now + DUE_WINDOW, then=Value(8)),
        When(stale_at__gt=now, then=Value(6)),
        When(stale_at__isnull=True, then=Value(2)),
        default=Value(0),
        output_field=models.IntegerField(),
    )
