from django.contrib.auth.models import AbstractUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from history.tracking import tracked
from regions.models import Province, Region


class UserManager(BaseUserManager):
    def get_by_natural_key(self, email):
        return self.get(email__iexact=email)

    def create_user(self, email, password=None, **fields):
        user = self.model(email=self.normalize_email(email), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email, password=None, **fields):
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


class User(AbstractUser):
    """Someone who signs in, by e-mail. Not tracked by history: personal data is not copied."""

    username = None
    first_name = None
    last_name = None
    name = models.CharField(_("name"), max_length=120)
    email = models.EmailField(
        _("e-mail address"),
        unique=True,
        error_messages={"unique": _("There is already a user with this e-mail address.")},
    )

    objects = UserManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="user_email_once",
                violation_error_message=_("There is already a user with this e-mail address."),
            ),
        ]

    def __str__(self):
        return self.name or self.email

    def get_full_name(self):
        return self.name

    def get_short_name(self):
        return self.name

    @cached_property
    def is_officer(self):
        """Whether this user looks after any region today, all of them included."""
        return self.has_perm("regions.edit_all") or self.officer_assignments.active().exists()

    @cached_property
    def is_steward(self):
        """Whether this user looks after a single listing, of whichever region."""
        return self.stewardships.active().exists()

    @property
    def works_here(self):
        """Whether any page of the workspace is for this user."""
        return self.is_officer or self.is_steward

    def editable_regions(self):
        """Return the regions whose listings this user may change today."""
        if self.has_perm("regions.edit_all"):
            return Region.objects.all()
        mine = self.officer_assignments.active()
        return Region.objects.filter(
            Q(pk__in=mine.values("region")) | Q(province__in=mine.values("province"))
        )


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
