"""What we write about listings: a reminder to their contact, a digest to their officer."""

from django.db import transaction
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from letters.mail import HOST, full_address, letter
from stakeholders.wording import differences
from upkeep.models import SignedLink
from upkeep.models.reminder_series import owed_reminders

MOST_LISTINGS = 25  # in one mail; the others come tomorrow


class Mailing:
    """One mail to one contact; the links in it are made when it is composed."""

    template = ""

    def __init__(self, contact):
        self.contact = contact
        self._links = []

    @property
    def is_empty(self):
        return False

    def composed(self):
        """Return the mail, in the language in force."""
        context = {"contact": self.contact, "mailing": self, **self.context()}
        stop = full_address(self.contact.get_absolute_url())
        headers = {
            "Message-ID": f"<{self.key}@{HOST}>",
            "List-Id": f"<{self.template}.{HOST}>",
            "List-Unsubscribe": f"<{stop}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        }
        return letter(
            f"upkeep/mail/{self.template}",
            self.subject,
            context,
            to=self.contact.email,
            headers=headers,
        )

    def context(self):
        return {}

    def link_to(self, stakeholder, purpose, officer=None):
        link = SignedLink.objects.make(stakeholder, purpose, officer)
        self._links.append(link.pk)
        return link

    def withdraw(self):
        """The mail did not go: nobody has these links."""
        SignedLink.objects.filter(pk__in=self._links).delete()

    def note_sent(self):
        """Note in the tables that it went, or that there was nothing to say."""


class Reminder(Mailing):
    """All listings of an address of which a step is owed."""

    template = "reminder"

    @cached_property
    def listings(self):
        owed = owed_reminders().filter(contact_address=self.contact.email)
        return list(owed.select_related("region", "reminder_series")[:MOST_LISTINGS])

    @property
    def is_empty(self):
        return not self.listings

    @property
    def key(self):
        """The same if this mail is sent again; mail programs then show it once."""
        first = self.listings[0]
        return f"reminder-{self.contact.pk}-{first.pk}-{first.step_now}-{first.stale_at:%Y%m%d}"

    @property
    def subject(self):
        return subject_about(self.listings)

    def context(self):
        purpose = SignedLink.Purpose.REMINDER
        return {"links": [self.link_to(listing, purpose) for listing in self.listings]}

    @transaction.atomic
    def note_sent(self):
        for listing in self.listings:
            listing.reminder_series.note_sent(listing.step_now)


class NewLink(Mailing):
    """A link that somebody asked for whose old one had ended."""

    template = "new_link"

    def __init__(self, contact, stakeholder):
        super().__init__(contact)
        self.stakeholder = stakeholder

    @property
    def key(self):
        asked = f"{self.contact.asked_on:%Y%m%d}-{self.contact.asked_times}"
        return f"link-{self.contact.pk}-{self.stakeholder.pk}-{asked}"

    @property
    def subject(self):
        return _("Your new link: %(name)s") % {"name": self.stakeholder.name}

    def context(self):
        return {"link": self.link_to(self.stakeholder, SignedLink.Purpose.ASKED)}


class CorrectionBack(Mailing):
    """A correction that came by a link was sent back: the reason, what it said, a new link."""

    template = "correction_back"

    def __init__(self, contact, change):
        super().__init__(contact)
        self.change = change

    @property
    def key(self):
        return f"correction-{self.change.pk}-{self.change.sent_back_at:%Y%m%d%H%M%S}"

    @property
    def subject(self):
        return _("Please look again: %(listing)s") % {"listing": self.change.stakeholder}

    def context(self):
        return {
            "change": self.change,
            "said": differences(self.change.base, self.change.content),
            "link": self.link_to(self.change.stakeholder, SignedLink.Purpose.ASKED),
        }


def subject_about(listings):
    if len(listings) == 1:
        return _("Still true? %(name)s") % {"name": listings[0].name}
    named = {"name": listings[0].name, "count": len(listings) - 1}
    words = ngettext(
        "Still true? %(name)s and %(count)d more",
        "Still true? %(name)s and %(count)d more",
        len(listings) - 1,
    )
    return words % named
