from datetime import timedelta

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from letters.links import Links
from letters.models import Addressee, AddresseeQuerySet

MOST_REFUSALS = 3  # on as many days, until an address counts as dead …
TRIED_AGAIN = timedelta(days=90)  # … and is tried once more

links = Links("upkeep.Contact")


class ContactQuerySet(AddresseeQuerySet):
    def of_address(self, email):
        return self.get_or_create(email=email.strip().lower())[0]

    def reachable(self):
        """Those who want our mails, and whose mail server takes them."""
        is_alive = Q(refusals__lt=MOST_REFUSALS) | Q(refused_at__lt=timezone.now() - TRIED_AGAIN)
        return self.filter(is_alive, stopped_at=None)

    def awaiting(self):
        """Those to whom a mail may go today."""
        return self.reachable().exclude(mailed_on=timezone.localdate())


class Contact(Addressee):
    """An address that gets at most one mail a day from us, reminders and digests together."""

    MOST_ASKED = 3  # new links

    mailed_on = models.DateField(_("last mail on"), null=True, blank=True)
    stopped_at = models.DateTimeField(_("wants no mails since"), null=True, blank=True)
    refused_at = models.DateTimeField(_("last refused at"), null=True, blank=True)

    objects = ContactQuerySet.as_manager()

    class Meta:
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")
        constraints = [
            *Addressee.Meta.constraints,
            models.CheckConstraint(
                condition=Q(refusals=0) | Q(refused_at__isnull=False),
                name="contact_refused_has_date",
            ),
        ]

    def get_absolute_url(self):
        return reverse("upkeep:mails", args=[self.token])

    @classmethod
    def in_token(cls, token):
        """Return the contact that a link of ours names, or None."""
        return cls.objects.filter(pk=links.value_in(token)).first()

    @property
    def token(self):
        return links.token_for(self.pk)

    def stop(self):
        self.note(stopped_at=timezone.now())

    def resume(self):
        self.note(stopped_at=None, refusals=0, refused_at=None)

    def note_sent(self):
        self.release(mailed_on=timezone.localdate(), refusals=0, refused_at=None)

    def note_refusal(self):
        """The mail server says that nobody is there: not again today, and not for ever."""
        today, now = timezone.localdate(), timezone.now()
        self.release(mailed_on=today, refusals=F("refusals") + 1, refused_at=now)
