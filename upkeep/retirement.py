"""What nobody answered for in a year leaves the site; nothing is ever deleted."""

import pghistory
from django.db import transaction
from django.utils import timezone

from stakeholders.models import Stakeholder
from upkeep.models import ReminderSeries
from upkeep.models.reminder_series import retired_now


@transaction.atomic
def archive_unanswered():
    """Archive all listings whose time has come, as one change to be undone; return how many."""
    rows = retired_now().order_by("pk").select_for_update(of=("self",))
    keys = list(rows.values_list("pk", flat=True))
    with pghistory.context(via="upkeep"):
        Stakeholder.objects.filter(pk__in=keys).update(status=Stakeholder.Status.ARCHIVED)
    ReminderSeries.objects.filter(stakeholder__in=keys).update(archived_at=timezone.now())
    return len(keys)
