"""Who is to be written to now."""

from upkeep.models import Contact, DigestWish, ReminderSeries
from upkeep.models.digest_wish import officers
from upkeep.models.reminder_series import owed_reminders, with_address


def contacts_owed():
    """Return the keys of contacts to whom a reminder may go today."""
    ReminderSeries.objects.begin(with_address())
    owed = owed_reminders().order_by().values_list("contact_address", flat=True).distinct()
    Contact.objects.bulk_create([Contact(email=email) for email in owed], ignore_conflicts=True)
    return list(Contact.objects.awaiting().filter(email__in=owed).values_list("pk", flat=True))


def wishes_due():
    """Return the keys of digests that are due; an officer who is new gets the first on a Monday."""
    for user in officers().filter(digest_wish=None):
        DigestWish.objects.of(user).save()
    return list(DigestWish.objects.due().values_list("pk", flat=True))
