import hashlib
import secrets
from datetime import timedelta
from urllib.parse import quote

from django.conf import settings
from django.db import models
from django.db.models import Max, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from accounts.models import User
from letters.mail import full_address
from stakeholders.models import Offering, Stakeholder, StakeholderSubsector

LIFE = timedelta(days=30)
KEPT = timedelta(days=365)  # so that an old link still leads to a friendly word


def hash_of(token):
    return hashlib.sha256(token.encode()).hexdigest()


def version_of(stakeholder):
    """Return what is different after each change of a listing, its subsectors or its offerings."""
    last = Max("pgh_id")
    events = [
        Stakeholder.pgh_event_model.objects.filter(pgh_obj=stakeholder),
        StakeholderSubsector.pgh_event_model.objects.filter(stakeholder=stakeholder),
        Offering.pgh_event_model.objects.filter(stakeholder=stakeholder),
    ]
    return ".".join(str(each.aggregate(last=last)["last"] or 0) for each in events)


class SignedLinkQuerySet(models.QuerySet):
    def make(self, stakeholder, purpose, officer=None):
        """Return a new link; its `token` is known now and never again."""
        token = secrets.token_urlsafe(24)
        link = self.create(
            stakeholder=stakeholder,
            purpose=purpose,
            officer=officer,
            key_hash=hash_of(token),
            version=version_of(stakeholder),
        )
        link.token = token
        return link

    def in_token(self, token):
        """Return the link that this token opens, however it stands with it, or None."""
        link = self.select_related("stakeholder", "officer").filter(key_hash=hash_of(token)).first()
        if link:
            link.token = token
        return link

    def forgotten(self):
        return self.filter(created_at__lt=timezone.now() - LIFE - KEPT)


class SignedLink(models.Model):
    """A way to confirm, correct or archive one listing, once and without signing in.

    Only the hash of its token is kept. It ends by use, by any change of the listing, and after 30
    days. Not tracked: what it did stands in the history of the listing.
    """

    class Purpose(models.TextChoices):
        REMINDER = "reminder", gettext_lazy("Reminder to the contact")
        ASKED = "asked", gettext_lazy("Asked for by a visitor, sent to the contact")
        FORWARD = "forward", gettext_lazy("Forwarded by an officer")
        DIGEST = "digest", gettext_lazy("In the digest of an officer")

    class Outcome(models.TextChoices):
        CONFIRMED = "confirmed", gettext_lazy("Confirmed")
        CHANGED = "changed", gettext_lazy("Corrected")
        SUBMITTED = "submitted", gettext_lazy("Correction waits for review")
        ARCHIVED = "archived", gettext_lazy("Archived")

    class State(models.TextChoices):
        OPEN = "open", gettext_lazy("Open")
        USED = "used", gettext_lazy("Used")
        EXPIRED = "expired", gettext_lazy("Expired")
        REVOKED = "revoked", gettext_lazy("Withdrawn by a change")

    stakeholder = models.ForeignKey(
        Stakeholder,
        models.CASCADE,
        related_name="signed_links",
        verbose_name=gettext_lazy("listing"),
    )
    purpose = models.CharField(gettext_lazy("purpose"), max_length=8, choices=Purpose)
    officer = models.ForeignKey(
        User,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="signed_links",
        verbose_name=gettext_lazy("officer"),
        help_text=gettext_lazy("Who made it to forward it, or who got it in a digest."),
    )
    key_hash = models.CharField(max_length=64, unique=True)
    version = models.CharField(max_length=64)
    created_at = models.DateTimeField(gettext_lazy("made at"), default=timezone.now)
    used_at = models.DateTimeField(gettext_lazy("used at"), null=True, blank=True)
    outcome = models.CharField(
        gettext_lazy("outcome"), max_length=9, choices=Outcome, blank=True, default=""
    )

    objects = SignedLinkQuerySet.as_manager()

    token = ""

    class Meta:
        verbose_name = gettext_lazy("signed link")
        verbose_name_plural = gettext_lazy("signed links")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(purpose__in=["reminder", "asked"], officer=None)
                | Q(purpose__in=["forward", "digest"], officer__isnull=False),
                name="signed_link_officer",
            ),
            models.CheckConstraint(
                condition=Q(used_at=None, outcome="")
                | Q(
                    used_at__isnull=False,
                    outcome__in=["confirmed", "changed", "submitted", "archived"],
                ),
                name="signed_link_used_has_outcome",
            ),
        ]
        indexes = [models.Index(fields=["created_at"], name="signed_link_created_at")]

    def __str__(self):
        return f"#{self.pk}"

    def get_absolute_url(self):
        return reverse("upkeep:link", args=[self.token])

    @property
    def address(self):
        return full_address(self.get_absolute_url())

    @property
    def expires_at(self):
        return self.created_at + LIFE

    @property
    def hand(self):
        """Whose act it is: an officer's where they got it themselves, else the organisation's."""
        return self.officer if self.purpose == self.Purpose.DIGEST else None

    @property
    def state(self):
        if self.used_at:
            return self.State.USED
        if self.expires_at <= timezone.now():
            return self.State.EXPIRED
        is_open = self.stakeholder.is_published and self._hand_may_act() and self._is_current()
        return self.State.OPEN if is_open else self.State.REVOKED

    @property
    def is_open(self):
        return self.state == self.State.OPEN

    def _hand_may_act(self):
        """An officer whose term has ended keeps no rights in old mails."""
        return self.hand is None or self.stakeholder.is_editable_by(self.hand)

    def _is_current(self):
        return self.version == version_of(self.stakeholder)

    def note_use(self, outcome):
        self.used_at, self.outcome = timezone.now(), outcome
        self.save(update_fields=["used_at", "outcome"])

    @property
    def message(self):
        """What an officer sends on, in the language of the listings."""
        with override(settings.LANGUAGE_CODE):
            return _(
                "Hello %(name)s! Is what the Hexahelix directory says about you still true? "
                "Confirm or correct it here, without an account, until %(day)s: %(address)s"
            ) % {
                "name": self.stakeholder.name,
                "day": date_format(timezone.localtime(self.expires_at), "DATE_FORMAT"),
                "address": self.address,
            }

    @property
    def whatsapp(self):
        """Opens WhatsApp with the message; to whom it goes is chosen there."""
        return f"https://wa.me/?text={quote(self.message, safe='')}"
