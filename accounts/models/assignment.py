from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models.user import User
from history.tracking import tracked
from regions.models import Province, Region


class OfficerAssignmentQuerySet(models.QuerySet):
    def active(self, on=None):
        """Return the assignments in force on a day, today if none is given."""
        day = on or timezone.localdate()
        return self.filter(
            Q(ends_on__isnull=True) | Q(ends_on__gte=day),
            starts_on__lte=day,
            user__is_active=True,
        )


@tracked()
class OfficerAssignment(models.Model):
    """A user looks after one region, or every region of a province, from a day to a day."""

    user = models.ForeignKey(
        User,
        models.CASCADE,
        related_name="officer_assignments",
        verbose_name=_("officer"),
    )
    region = models.ForeignKey(
        Region,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="officer_assignments",
        verbose_name=_("region"),
    )
    province = models.ForeignKey(
        Province,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="officer_assignments",
        verbose_name=_("province"),
    )
    starts_on = models.DateField(_("from"), default=timezone.localdate)
    ends_on = models.DateField(_("until"), null=True, blank=True, help_text=_("Last day."))

    objects = OfficerAssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("officer assignment")
        verbose_name_plural = _("officer assignments")
        ordering = ["-starts_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(region__isnull=False, province__isnull=True)
                | Q(region__isnull=True, province__isnull=False),
                name="assignment_of_region_or_province",
                violation_error_message=_("Give either a region or a province, not both."),
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="assignment_ends_after_start",
                violation_error_message=_("The last day is before the first one."),
            ),
        ]

    def __str__(self):
        return f"{self.user} · {self.region or self.province}"

    @property
    def is_active(self):
        today = timezone.localdate()
        return self.starts_on <= today and (self.ends_on is None or self.ends_on >= today)
