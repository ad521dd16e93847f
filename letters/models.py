"""Whom we write to again and again: what keeps a mail from going twice, or to nobody for ever."""

from datetime import timedelta

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.encoding import punycode
from django.utils.translation import gettext_lazy as _

# Who sends a mail has this long; after that it crashed, and another may take over.
LEASE = timedelta(minutes=15)
MOST_CLAIMS = 2  # a third one would be a second repetition for the reader


def normalised(email):
    """Return one spelling for all ways to write an address."""
    local, _at, domain = email.strip().rpartition("@")
    return f"{local}@{punycode(domain)}".lower()


class AddresseeQuerySet(models.QuerySet):
    def claim(self, pk):
        """Return the one of these to whom this process alone may send now, or None."""
        now = timezone.now()
        free = self.filter(Q(claimed_at=None) | Q(claimed_at__lte=now - LEASE), pk=pk)
        claimed = free.update(claimed_at=now, claims=F("claims") + 1)
        return self.model.objects.get(pk=pk) if claimed else None


class Addressee(models.Model):
    """An address that mails go to by themselves. No history: it is private.

    A claim is noted before a mail is sent and taken back after it. Who finds one that is older
    than the lease knows that its sender crashed, and cannot know whether the mail had gone.
    """

    MOST_ASKED = None  # mails a day that visitors can make us send to one address

    email = models.EmailField(_("e-mail"), unique=True)
    refusals = models.PositiveSmallIntegerField(_("refused in a row"), default=0)
    asked_on = models.DateField(_("last asked on"), null=True, blank=True)
    asked_times = models.PositiveSmallIntegerField(_("times asked on that day"), default=0)
    claimed_at = models.DateTimeField(_("sending since"), null=True, blank=True)
    claims = models.PositiveSmallIntegerField(_("times sending was begun"), default=0)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(condition=Q(email=Lower("email")), name="%(class)s_email_case"),
        ]

    def __str__(self):
        """Never the address: this ends up in logs and in the admin's own history."""
        return f"#{self.pk}"

    @property
    def masked_email(self):
        local, _at, domain = self.email.rpartition("@")
        return f"{local[0]}•••@{domain}"

    @property
    def has_crashed_often(self):
        """Whether one more try could tell the reader the same for the third time."""
        return self.claims > MOST_CLAIMS

    def may_be_asked(self):
        """Count one more mail that a visitor makes us send here; False when it is enough."""
        today = timezone.localdate()
        self.asked_times = self.asked_times + 1 if self.asked_on == today else 1
        self.asked_on = today
        self.save(update_fields=["asked_on", "asked_times"])
        return self.asked_times <= self.MOST_ASKED

    def release(self, **changes):
        """Give the claim back, so that somebody may send again."""
        self.note(claimed_at=None, claims=0, **changes)

    def note(self, **changes):
        """Change the row if there still is one: its owner may delete it at any moment."""
        type(self).objects.filter(pk=self.pk).update(**changes)
