"""Who looks after one listing on behalf of the organisation that it describes."""

from django.db import models
from django.db.models import F, Prefetch, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from history.tracking import tracked
from stakeholders.models.stakeholder import Stakeholder
from stakeholders.models.unpublished import ListingChange


class StewardshipQuerySet(models.QuerySet):
    def active(self):
        return self.filter(ended_at=None, user__is_active=True)

    def in_care_of(self, user):
        """Those of listings in the regions that this user is an officer of."""
        return self.filter(stakeholder__in=Stakeholder.objects.in_care_of(user))

    def for_lists(self):
        return self.select_related("user", "granted_by", "stakeholder__region")

    def for_home(self, user):
        """Exactly what a steward sees first, with the own changes that wait or were sent back."""
        own = Prefetch(
            "stakeholder__changes",
            ListingChange.objects.filter(author=user),
            to_attr="own_changes",
        )
        listings = self.select_related("stakeholder__region", "stakeholder__organization_type")
        return listings.prefetch_related(own)


@tracked()
class Stewardship(models.Model):
    """A user looks after one listing and nothing else, from a moment to a moment.

    `accounts` asks for it by the reverse relation: see `User.is_steward`.
    """

    class How(models.TextChoices):
        INVITED = "invited", _("Invited")
        CLAIMED = "claimed", _("Asked for it")

    user = models.ForeignKey(
        User, models.CASCADE, related_name="stewardships", verbose_name=_("steward")
    )
    stakeholder = models.ForeignKey(
        Stakeholder, models.CASCADE, related_name="stewardships", verbose_name=_("listing")
    )
    how = models.CharField(_("how it began"), max_length=7, choices=How, default=How.INVITED)
    started_at = models.DateTimeField(_("since"), default=timezone.now)
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)
    granted_by = models.ForeignKey(
        User,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("granted by"),
        help_text=_("Empty where the published address of the listing agreed."),
    )

    objects = StewardshipQuerySet.as_manager()

    class Meta:
        verbose_name = _("stewardship")
        verbose_name_plural = _("stewardships")
        ordering = ["started_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(how__in=["invited", "claimed"]), name="stewardship_how"
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gte=F("started_at")),
                name="stewardship_ends_after_start",
            ),
            models.UniqueConstraint(
                fields=["user", "stakeholder"],
                condition=Q(ended_at=None),
                name="stewardship_once",
            ),
        ]

    def __str__(self):
        return f"{self.user} · {self.stakeholder}"

    @property
    def is_active(self):
        return self.ended_at is None and self.user.is_active

    def end(self):
        self.ended_at = timezone.now()
        self.save(update_fields=["ended_at"])
