from upkeep.models.contact import Contact
from upkeep.models.digest_wish import DigestWish
from upkeep.models.reminder_series import ReminderSeries
from upkeep.models.signed_link import SignedLink

__all__ = ["Contact", "DigestWish", "ReminderSeries", "SignedLink"]
