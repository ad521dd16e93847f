from datetime import timedelta

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.models import AbstractUser, BaseUserManager
from django.db import models
from django.db.models import Exists, OuterRef
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from regions.models import Province, Region

SECOND_FACTORS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]


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

    def with_second_factor(self):
        """Say of each user whether a second factor is set up; recovery codes alone are none."""
        factors = Authenticator.objects.filter(user=OuterRef("pk"), type__in=SECOND_FACTORS)
        return self.annotate(has_second_factor=Exists(factors))


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
    language = models.CharField(
        _("language of mails"), max_length=5, choices=settings.LANGUAGES, default="id"
    )
    grace_began_on = models.DateField(
        _("grace period began on"),
        null=True,
        blank=True,
        editable=False,
        help_text=_("First sign-in of somebody who needs a second factor."),
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

    @cached_property
    def has_second_factor(self):
        """Whether there is one; who signed in has been loaded with the answer."""
        return self.authenticator_set.filter(type__in=SECOND_FACTORS).exists()

    @property
    def needs_second_factor(self):
        return self.is_staff or self.is_superuser or self.is_officer

    @property
    def grace_ends_on(self):
        """Return the last day without a second factor; none has begun before the first sign-in."""
        began = self.grace_began_on or timezone.localdate()
        return began + timedelta(days=settings.SECOND_FACTOR_GRACE_DAYS - 1)

    @property
    def days_of_grace(self):
        """Return how many days are left, today included; 0 when it is over."""
        return max((self.grace_ends_on - timezone.localdate()).days + 1, 0)

    def begin_grace(self):
        """Note the first sign-in; later ones change nothing."""
        if self.grace_began_on is None and self.needs_second_factor:
            self.grace_began_on = timezone.localdate()
            self.save(update_fields=["grace_began_on"])

    @property
    def invites_anywhere(self):
        return self.has_perm("accounts.add_invitation")

    def invitable_regions(self):
        """Return the regions for which this user may invite somebody."""
        return Region.objects.all() if self.invites_anywhere else self.editable_regions()

    def invitable_provinces(self):
        """Return the provinces for which this user may invite: a region is no province."""
        if self.invites_anywhere:
            return Province.objects.all()
        mine = self.officer_assignments.active()
        return Province.objects.filter(pk__in=mine.values("province"))

    def last_day_for(self, scope):
        """Return the last day on which this user looks after a scope, None if there is no end."""
        ends = self.officer_assignments.active().covering(scope).values_list("ends_on", flat=True)
        days = list(ends)
        return None if None in days else max(days, default=timezone.localdate())

    def editable_regions(self):
        """Return the regions whose listings this user may change today."""
        if self.has_perm("regions.edit_all"):
            return Region.objects.all()
        return self.assigned_regions()

    def assigned_regions(self):
        """Return the regions that this user looks after by name: staff have none as such."""
        mine = self.officer_assignments.active().order_by()
        named = mine.filter(region__isnull=False).values("region")
        of_provinces = Region.objects.order_by().filter(province__in=mine.values("province"))
        # A union, not an OR: of that PostgreSQL cannot tell how few regions come out of it, and
        # reads all listings instead of those of one region.
        return Region.objects.filter(pk__in=named.union(of_provinces.values("pk")))
