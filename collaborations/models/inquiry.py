"""Messages to a listing through the site.

No history: they hold the words and the address of a private person, and go a year after the end.
"""

from datetime import timedelta

from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce, Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from letters.links import Links
from stakeholders.models import Stakeholder

ANSWER_WITHIN = timedelta(days=7)  # until the officer of the region is asked to see to it
KEPT_AFTERWARDS = timedelta(days=365)
IN_THE_QUEUE = timedelta(minutes=10)  # a mail that has not gone by then is queued anew
OUTCOME_AFTER = timedelta(days=30)
LONGEST_MESSAGE = 2000

answers = Links("collaborations.Inquiry.answer", KEPT_AFTERWARDS)
states = Links("collaborations.Inquiry.state", KEPT_AFTERWARDS)


class InquiryQuerySet(models.QuerySet):
    def open(self):
        """Those that neither the organisation nor an officer has settled."""
        return self.filter(answered_at=None, declined_at=None)

    def unanswered(self):
        """Open ones that need an officer: see `_need_an_officer`."""
        return self.open().filter(_need_an_officer())

    def visible_to(self, user):
        """What an officer may read: the own scope, and only what the organisation left to them."""
        if not user.is_authenticated:
            return self.none()
        rows = self.filter(stakeholder__in=Stakeholder.objects.in_care_of(user))
        if user.has_perm("regions.edit_all"):
            return rows
        left = Q(_need_an_officer(), answered_at=None, declined_at=None)
        return rows.filter(left | Q(settled_by__isnull=False))

    def for_lists(self):
        return self.select_related("stakeholder__region", "settled_by")

    def undelivered(self):
        """Those whose mail should have gone by now: their job got lost or was given up."""
        since = timezone.now() - IN_THE_QUEUE
        passed = Q(held_for="") | Q(forwarded_at__isnull=False)
        return self.open().filter(passed, sent_at=None, failed_at=None, received_at__lt=since)

    def owing_an_outcome(self):
        """Answered long enough ago to ask the sender what came of it."""
        since = timezone.now() - OUTCOME_AFTER
        return self.filter(answered_at__lt=since, outcome="", outcome_asked_at=None)

    def forgotten(self):
        """A year after the end, and after the message where there was no end."""
        ended = Coalesce("answered_at", "declined_at", "received_at")
        return self.alias(ended=ended).filter(ended__lt=timezone.now() - KEPT_AFTERWARDS)


def _need_an_officer():
    """Held back, refused by the mail server, sent to the officers at once, or a week old."""
    since = timezone.now() - ANSWER_WITHIN
    held = ~Q(held_for="") & Q(forwarded_at=None)
    late = Q(forwarded_at=None, received_at__lt=since) | Q(forwarded_at__lt=since)
    return held | late | Q(failed_at__isnull=False) | Q(reached=Inquiry.Reached.OFFICERS)


class Inquiry(models.Model):
    """A message to one listing; what became of it stands in its dates."""

    class Kind(models.TextChoices):
        COLLABORATION = "collaboration", _("Working together")
        VENUE = "venue", _("A venue")
        ORDER = "order", _("An order")
        MEDIA = "media", _("Media and coverage")
        OTHER = "other", _("Something else")

    class Held(models.TextChoices):
        LINKS = "links", _("It has many links.")
        REPEATED = "repeated", _("The same text went to several partners.")

    class Reached(models.TextChoices):
        CONTACT = "contact", _("the private contact")
        PUBLIC = "public", _("the public e-mail")
        STEWARDS = "stewards", _("the stewards")
        OFFICERS = "officers", _("the officers of the region")

    class Outcome(models.TextChoices):
        TOGETHER = "together", _("We work together")
        TALKING = "talking", _("We are still talking")
        NOTHING = "nothing", _("Nothing came of it")

    stakeholder = models.ForeignKey(
        Stakeholder, models.CASCADE, related_name="inquiries", verbose_name=_("listing")
    )
    sender_name = models.CharField(_("name or organisation"), max_length=120)
    sender_email = models.EmailField(_("e-mail"))
    sender_listing = models.ForeignKey(
        Stakeholder,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("listing of the sender"),
    )
    kind = models.CharField(_("about"), max_length=13, choices=Kind)
    message = models.TextField(_("message"), max_length=LONGEST_MESSAGE)
    language = models.CharField(_("language"), max_length=5, default="id")
    received_at = models.DateTimeField(_("received at"), default=timezone.now)
    held_for = models.CharField(_("held because"), max_length=8, choices=Held, blank=True)
    forwarded_at = models.DateTimeField(_("forwarded by an officer at"), null=True, blank=True)
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)
    reached = models.CharField(_("sent to"), max_length=8, choices=Reached, blank=True)
    failed_at = models.DateTimeField(_("refused by every address at"), null=True, blank=True)
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)
    declined_at = models.DateTimeField(_("declined at"), null=True, blank=True)
    reason = models.CharField(_("why not"), max_length=300, blank=True)
    answer = models.TextField(_("answer of the officer"), max_length=LONGEST_MESSAGE, blank=True)
    settled_by = models.ForeignKey(
        User,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("settled by the officer"),
        help_text=_("Empty where the organisation did it."),
    )
    outcome_asked_at = models.DateTimeField(_("outcome asked at"), null=True, blank=True)
    outcome = models.CharField(_("outcome"), max_length=8, choices=Outcome, blank=True)

    objects = InquiryQuerySet.as_manager()

    class Meta:
        verbose_name = _("inquiry")
        verbose_name_plural = _("inquiries")
        ordering = ["received_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(sender_email=Lower("sender_email")), name="inquiry_email_case"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["collaboration", "venue", "order", "media", "other"]),
                name="inquiry_kind",
            ),
            models.CheckConstraint(
                condition=Q(held_for__in=["", "links", "repeated"]), name="inquiry_held_for"
            ),
            models.CheckConstraint(
                condition=Q(sent_at=None, reached="")
                | Q(
                    sent_at__isnull=False, reached__in=["contact", "public", "stewards", "officers"]
                ),
                name="inquiry_sent_to_somebody",
            ),
            models.CheckConstraint(
                condition=Q(answered_at=None) | Q(declined_at=None), name="inquiry_ends_once"
            ),
            models.CheckConstraint(
                condition=Q(reason="") | Q(declined_at__isnull=False),
                name="inquiry_reason_when_declined",
            ),
            models.CheckConstraint(
                condition=Q(answer="") | Q(answered_at__isnull=False),
                name="inquiry_answer_has_date",
            ),
            models.CheckConstraint(
                condition=Q(outcome="")
                | Q(outcome__in=["together", "talking", "nothing"], answered_at__isnull=False),
                name="inquiry_outcome_when_answered",
            ),
        ]
        indexes = [
            models.Index(
                fields=["stakeholder", "received_at"],
                condition=Q(answered_at=None, declined_at=None),
                name="inquiry_open",
            ),
        ]

    def __str__(self):
        """Never the address: this ends up in logs."""
        return f"#{self.pk}"

    def get_absolute_url(self):
        return reverse("workspace:inquiry", args=[self.pk])

    @classmethod
    def in_answer_link(cls, token):
        """Return the inquiry that the link to the organisation carries, or None."""
        return cls._in(answers, token)

    @classmethod
    def in_state_link(cls, token):
        """Return the inquiry that the link of the sender carries, or None."""
        return cls._in(states, token)

    @classmethod
    def _in(cls, links, token):
        rows = cls.objects.select_related("stakeholder__region")
        return rows.filter(pk=links.value_in(token)).first()

    @property
    def answer_token(self):
        return answers.token_for(self.pk)

    @property
    def state_token(self):
        return states.token_for(self.pk)

    @property
    def letter_number(self):
        """The same if a letter is sent again by mistake; mail programs then show it once."""
        return f"{self.forwarded_at or self.received_at:%Y%m%d%H%M%S}"

    def is_answerable_by(self, user):
        """The officers of its region see to it; network staff only read."""
        if user.is_superuser:
            return True
        officers = user.officer_assignments.active()
        return officers.covering(self.stakeholder.region).exists()

    @property
    def is_settled(self):
        return self.answered_at is not None or self.declined_at is not None

    @property
    def is_held(self):
        return bool(self.held_for) and self.forwarded_at is None and not self.is_settled

    def note_sent(self, reached):
        self._update(sent_at=timezone.now(), reached=reached, failed_at=None)

    def note_failure(self):
        self._update(failed_at=timezone.now())

    def note_answered(self, user=None, answer=""):
        """Say whether it was still open; by the link of the organisation there is no user."""
        return self._settle(answered_at=timezone.now(), answer=answer, settled_by=user)

    def note_declined(self, reason, user=None):
        return self._settle(declined_at=timezone.now(), reason=reason, settled_by=user)

    def note_forwarded(self):
        return self._settle(forwarded_at=timezone.now(), sent_at=None, reached="", failed_at=None)

    def note_outcome_asked(self):
        self._update(outcome_asked_at=timezone.now())

    def note_outcome(self, outcome):
        rows = Inquiry.objects.filter(pk=self.pk, answered_at__isnull=False)
        return bool(rows.update(outcome=outcome))

    def _settle(self, **changes):
        """Two who decide at once decide once."""
        return bool(Inquiry.objects.open().filter(pk=self.pk).update(**changes))

    def _update(self, **changes):
        """Change the row if there still is one: its sender may withdraw it at any moment."""
        Inquiry.objects.filter(pk=self.pk).update(**changes)
