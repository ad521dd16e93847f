from datetime import timedelta

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from letters.links import Links

# Who sends a mail has this long; after that it crashed, and another may take over.
LEASE = timedelta(minutes=15)
MOST_CLAIMS = 2  # a third one would be a second repetition for the reader
MOST_REFUSALS = 3  # on as many days, until an address counts as dead …
TRIED_AGAIN = timedelta(days=90)  # … and is tried once more
MOST_ASKED = 3  # new links a day that visitors can make us send to one address

links = Links("upkeep.Contact")


class ContactQuerySet(models.QuerySet):
    def of_address(self, email):
        return self.get_or_create(email=email.strip().lower())[0]

    def reachable(self):
        """Those who want our mails, and whose mail server takes them."""
        is_alive = Q(refusals__lt=MOST_REFUSALS) | Q(refused_at__lt=timezone.now() - TRIED_AGAIN)
        return self.filter(is_alive, stopped_at=None)

    def awaiting(self):
        """Those to whom a mail may go today."""
        return self.reachable().exclude(mailed_on=timezone.localdate())

    def claim(self, pk):
        """Return the contact to whom this process alone may send now, or None."""
        now = timezone.now()
        free = Q(claimed_at=None) | Q(claimed_at__lte=now - LEASE)
        claimed = self.awaiting().filter(free, pk=pk)
        return self.get(pk=pk) if claimed.update(claimed_at=now, claims=F("claims") + 1) else None


class Contact(models.Model):
    """An address that gets at most one mail a day from us, reminders and digests together.

    A claim is noted before a mail is sent and taken back after it: who finds an old one knows
    that its sender crashed, and cannot know whether the mail had gone. No history: it is private.
    """

    email = models.EmailField(_("e-mail"), unique=True)
    mailed_on = models.DateField(_("last mail on"), null=True, blank=True)
    stopped_at = models.DateTimeField(_("wants no mails since"), null=True, blank=True)
    refusals = models.PositiveSmallIntegerField(_("refused in a row"), default=0)
    refused_at = models.DateTimeField(_("last refused at"), null=True, blank=True)
    asked_on = models.DateField(_("last asked for a link on"), null=True, blank=True)
    asked_times = models.PositiveSmallIntegerField(_("times asked on that day"), default=0)
    claimed_at = models.DateTimeField(_("sending since"), null=True, blank=True)
    claims = models.PositiveSmallIntegerField(_("times sending was begun"), default=0)

    objects = ContactQuerySet.as_manager()

    class Meta:
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")
        constraints = [
            models.CheckConstraint(condition=Q(email=Lower("email")), name="contact_email_case"),
            models.CheckConstraint(
                condition=Q(refusals=0) | Q(refused_at__isnull=False),
                name="contact_refused_has_date",
            ),
        ]

    def __str__(self):
        """Never the address: this ends up in logs."""
        return f"#{self.pk}"

    def get_absolute_url(self):
        return reverse("upkeep:mails", args=[self.token])

    @classmethod
    def in_token(cls, token):
        """Return the contact that a link of ours names, or None."""
        return cls.objects.filter(pk=links.value_in(token)).first()

    @property
    def token(self):
        return links.token_for(self.pk)

    @property
    def masked_email(self):
        local, _at, domain = self.email.rpartition("@")
        return f"{local[0]}•••@{domain}"

    def may_be_asked(self):
        """Count one more link that a visitor makes us send here; False when it is enough."""
        today = timezone.localdate()
        self.asked_times = self.asked_times + 1 if self.asked_on == today else 1
        self.asked_on = today
        self.save(update_fields=["asked_on", "asked_times"])
        return self.asked_times <= MOST_ASKED

    def stop(self):
        self._update(stopped_at=timezone.now())

    def resume(self):
        self._update(stopped_at=None, refusals=0, refused_at=None)

    def release(self, **changes):
        """Give the claim back, so that somebody may send again."""
        self._update(claimed_at=None, claims=0, **changes)

    def note_sent(self):
        self.release(mailed_on=timezone.localdate(), refusals=0, refused_at=None)

    def note_refusal(self):
        """The mail server says that nobody is there: not again today, and not for ever."""
        today, now = timezone.localdate(), timezone.now()
        self.release(mailed_on=today, refusals=F("refusals") + 1, refused_at=now)

    def _update(self, **changes):
        Contact.objects.filter(pk=self.pk).update(**changes)
