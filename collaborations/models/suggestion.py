"""Partners that visitors propose; network staff make listings of them, or do not."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from history.tracking import tracked
from regions.models import Region, Subsector
from stakeholders.models import Stakeholder
from stakeholders.roles import Role


class SuggestionQuerySet(models.QuerySet):
    def undecided(self):
        return self.filter(status=Suggestion.Status.NEW)


# The history is kept for ever and staff read it; the address of who proposed is not for it.
@tracked(exclude=["proposer_email"])
class Suggestion(models.Model):
    """A listing as a visitor proposes it."""

    class Status(models.TextChoices):
        NEW = "new", _("New")
        ACCEPTED = "accepted", _("Accepted")
        DECLINED = "declined", _("Declined")

    name = models.CharField(_("name"), max_length=160)
    role = models.CharField(_("role"), max_length=10, choices=Role)
    region = models.ForeignKey(
        Region, models.PROTECT, related_name="suggestions", verbose_name=_("region")
    )
    subsectors = models.ManyToManyField(
        Subsector, blank=True, related_name="suggestions", verbose_name=_("subsectors")
    )
    website = models.URLField(_("website"), blank=True)
    summary = models.CharField(_("what it does"), max_length=200)
    note = models.CharField(_("why, or how you know"), max_length=500, blank=True)
    # The default of the database serves an undo, which puts back a row without this column.
    proposer_email = models.EmailField(
        _("e-mail of the proposer"), blank=True, default="", db_default=""
    )
    status = models.CharField(_("status"), max_length=8, choices=Status, default=Status.NEW)
    created_at = models.DateTimeField(_("proposed at"), default=timezone.now)
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    decided_by = models.ForeignKey(
        User, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("decided by")
    )
    stakeholder = models.ForeignKey(
        Stakeholder,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="suggestions",
        verbose_name=_("listing made of it"),
    )

    objects = SuggestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("suggestion")
        verbose_name_plural = _("suggestions")
        ordering = ["created_at", "pk"]
        permissions = [("decide_suggestion", "Can accept or decline suggestions")]
        constraints = [
            models.CheckConstraint(condition=Q(role__in=Role.values), name="suggestion_role"),
            models.CheckConstraint(
                condition=Q(status="new", decided_at=None, decided_by=None)
                | Q(status__in=["accepted", "declined"], decided_at__isnull=False),
                name="suggestion_decided_has_date",
            ),
            models.CheckConstraint(
                condition=Q(stakeholder=None) | Q(status="accepted"),
                name="suggestion_listing_when_accepted",
            ),
            models.CheckConstraint(
                condition=Q(status="new") | Q(proposer_email=""),
                name="suggestion_decided_forgets_email",
            ),
        ]

    def __str__(self):
        return self.name

    def accept(self, user, stakeholder):
        self.stakeholder = stakeholder
        self._decide(self.Status.ACCEPTED, user)

    def decline(self, user):
        self._decide(self.Status.DECLINED, user)

    def _decide(self, status, user):
        """Nothing is left to ask back, so the address goes."""
        self.status, self.decided_at, self.decided_by = status, timezone.now(), user
        self.proposer_email = ""
        self.save()


@tracked()
class SuggestionSubsector(Suggestion.subsectors.through):
    """The link table, named so that its history is kept too."""

    class Meta:
        proxy = True
