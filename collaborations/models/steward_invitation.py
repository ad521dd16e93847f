"""Who is asked, or asks, to look after one listing; what comes of it is a `Stewardship`.

No history: these rows hold addresses of private persons, and go soon after they are settled.
"""

from datetime import timedelta

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from letters.links import Links
from stakeholders.models import Stakeholder, Stewardship

ANSWER_WITHIN = timedelta(days=14)
KEPT_AFTERWARDS = timedelta(days=30)  # so that an old link can still say what became of it
MOST_LETTERS = 5  # to one person about one listing
MOST_ASKED_A_DAY = 3  # letters that visitors make us send to the published address of a listing
MOST_WAITING = 20  # claims of one listing; more are no people

invitations = Links("collaborations.StewardInvitation.accept", ANSWER_WITHIN)
consents = Links("collaborations.StewardInvitation.agree", ANSWER_WITHIN)


class StewardInvitationQuerySet(models.QuerySet):
    def waiting(self):
        """Claims that nobody has agreed to yet."""
        return self.filter(status=StewardInvitation.Status.ASKED)

    def open(self):
        """Invitations whose link works today."""
        since = timezone.now() - ANSWER_WITHIN
        return self.filter(status=StewardInvitation.Status.OPEN, sent_at__gt=since)

    def in_care_of(self, user):
        """Those about listings of the regions that this user is an officer of."""
        return self.filter(stakeholder__in=Stakeholder.objects.in_care_of(user))

    def for_lists(self):
        return self.select_related("granted_by", "stakeholder__region")

    def forgotten(self):
        """Rows whose addresses are needed no more."""
        long_ago = timezone.now() - KEPT_AFTERWARDS
        settled = Q(settled_at__lt=long_ago)
        unanswered = Q(status=StewardInvitation.Status.OPEN, sent_at__lt=long_ago - ANSWER_WITHIN)
        return self.filter(settled | unanswered)


class StewardInvitation(models.Model):
    """A claim waits for consent (asked) and then, like an invitation, for the answer (open)."""

    class Status(models.TextChoices):
        ASKED = "asked", _("Waiting for a decision")
        OPEN = "open", _("Invited")
        ACCEPTED = "accepted", _("Accepted")
        DECLINED = "declined", _("Declined")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    stakeholder = models.ForeignKey(
        Stakeholder,
        models.CASCADE,
        related_name="steward_invitations",
        verbose_name=_("listing"),
    )
    email = models.EmailField(_("e-mail"))
    name = models.CharField(_("name"), max_length=120, blank=True)
    note = models.CharField(_("what ties them to it"), max_length=300, blank=True)
    how = models.CharField(_("how it began"), max_length=7, choices=Stewardship.How)
    language = models.CharField(_("language"), max_length=5, default="id")
    status = models.CharField(_("status"), max_length=9, choices=Status, default=Status.ASKED)
    created_at = models.DateTimeField(_("asked at"), default=timezone.now)
    # Of a claim: whether its listing's published address was written to.
    consent_asked_at = models.DateTimeField(_("consent asked at"), null=True, blank=True)
    granted_by = models.ForeignKey(
        User, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("granted by")
    )
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)
    sent_times = models.PositiveSmallIntegerField(_("times sent"), default=0)
    settled_at = models.DateTimeField(_("settled at"), null=True, blank=True)

    objects = StewardInvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("steward invitation")
        verbose_name_plural = _("steward invitations")
        ordering = ["created_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(email=Lower("email")), name="steward_invitation_email_case"
            ),
            models.CheckConstraint(
                condition=Q(how__in=["invited", "claimed"]), name="steward_invitation_how"
            ),
            models.CheckConstraint(
                condition=Q(status="asked", sent_at=None, settled_at=None, how="claimed")
                | Q(status="open", sent_at__isnull=False, settled_at=None)
                | Q(status__in=["accepted", "declined", "withdrawn"], settled_at__isnull=False),
                name="steward_invitation_status_has_dates",
            ),
            models.UniqueConstraint(
                fields=["stakeholder", "email"],
                condition=Q(status__in=["asked", "open"]),
                name="steward_invitation_once",
            ),
        ]

    def __str__(self):
        """Never the address: this ends up in logs."""
        return f"#{self.pk}"

    @classmethod
    def in_link(cls, token):
        """Return the invitation that a link to accept carries, or None if it works no more."""
        return cls._open_in(invitations, token, status=cls.Status.OPEN)

    @classmethod
    def in_consent(cls, token):
        """Return the claim that a link to agree carries, or None if it works no more."""
        return cls._open_in(consents, token, status=cls.Status.ASKED)

    @classmethod
    def _open_in(cls, links, token, status):
        pk, times = links.value_in(token) or (None, None)
        rows = cls.objects.select_related("stakeholder__region", "granted_by")
        return rows.filter(pk=pk, sent_times=times, status=status).first()

    @property
    def token(self):
        """Sending anew makes a new link, and the former ones die."""
        return invitations.token_for([self.pk, self.sent_times])

    @property
    def consent_token(self):
        return consents.token_for([self.pk, self.sent_times])

    @property
    def is_open(self):
        return self.status == self.Status.OPEN

    @property
    def expires_at(self):
        return self.sent_at + ANSWER_WITHIN

    @property
    def is_expired(self):
        return self.is_open and self.expires_at <= timezone.now()

    @property
    def may_be_sent(self):
        return self.is_open and self.sent_times < MOST_LETTERS

    def grant(self, user=None):
        """The organisation, or an officer, says yes: now the person is invited."""
        self.granted_by = user
        self.note_sent()

    def note_sent(self):
        self.status, self.sent_at = self.Status.OPEN, timezone.now()
        self.sent_times += 1
        self.save()

    def settle(self, status):
        self.status, self.settled_at = status, timezone.now()
        self.save(update_fields=["status", "settled_at"])
