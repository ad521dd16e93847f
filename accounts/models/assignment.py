from datetime import timedelta

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
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

    def covering(self, scope):
        """Return those that give this region or province, a whole province included."""
        if isinstance(scope, Province):
            return self.filter(province=scope)
        return self.filter(Q(region=scope) | Q(province=scope.province_id))

    def in_scope_of(self, user):
        """Return those of whoever looks after regions of this user, the province's included."""
        regions = user.invitable_regions()
        return self.filter(
            Q(region__in=regions) | Q(province__in=regions.values("province").distinct())
        )

    def endable_by(self, user):
        """Return those that this user may end: staff any, an officer those of invited deputies."""
        if user.has_perm("accounts.change_officerassignment"):
            return self
        return self.in_scope_of(user).filter(invited_by=user).exclude(user=user)

    def silent_regions(self):
        """Return the regions that none of these looks after: ask it of `active()` ones."""
        return Region.objects.exclude(
            Exists(self.filter(region=OuterRef("pk")))
            | Exists(self.filter(province=OuterRef("province")))
        )

    def for_list(self):
        return self.select_related("user", "region", "province")


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

    invited_by = models.ForeignKey(
        User,
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("invited by"),
    )

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
    def scope(self):
        return self.region or self.province

    def end_now(self):
        """End it with yesterday; what began only today is deleted, and the history keeps it."""
        yesterday = timezone.localdate() - timedelta(days=1)
        if self.starts_on > yesterday:
            self.delete()
        else:
            self.ends_on = yesterday
            self.save(update_fields=["ends_on"])

    @property
    def is_active(self):
        today = timezone.localdate()
        return self.starts_on <= today and (self.ends_on is None or self.ends_on >= today)
