import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.auth.models import Permission
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import OfficerAssignment, User

MORNING = datetime.time(6)
PAUSE = datetime.timedelta(days=30)


def staff():
    """Users who may change the listings of every region."""
    right = Permission.objects.filter(codename="edit_all", content_type__app_label="regions")
    has_it = Q(groups__permissions__in=right) | Q(user_permissions__in=right)
    return User.objects.filter(has_it | Q(is_superuser=True), is_active=True).distinct()


def officers():
    """Users who look after a region or a province today, and the network staff."""
    active = OfficerAssignment.objects.active().values("user")
    return User.objects.filter(Q(pk__in=active) | Q(pk__in=staff().values("pk")), is_active=True)


class Rhythm(models.TextChoices):
    WEEKLY = "weekly", _("Every week, on Monday morning")
    MONTHLY = "monthly", _("Every month, on its first Monday")
    OFF = "off", _("Never")

    def next_monday(self, after, zone):
        """Return the first morning of this rhythm after a moment, where the reader lives."""
        local = after.astimezone(zone)
        day = local.date() + datetime.timedelta(days=local.time() >= MORNING)
        day += datetime.timedelta(days=-day.weekday() % 7)
        while self == Rhythm.MONTHLY and day.day > 7:
            day += datetime.timedelta(days=7)
        return datetime.datetime.combine(day, MORNING, tzinfo=zone)


class DigestWishQuerySet(models.QuerySet):
    def of(self, user):
        """Return what this user wishes; not saved yet while they have not chosen."""
        wish = self.filter(user=user).first()
        return wish or DigestWish(user=user, due_at=DigestWish.first_for(user))

    def due(self):
        now = timezone.now()
        wanted = self.exclude(rhythm=Rhythm.OFF).filter(due_at__lte=now, user__in=officers())
        return wanted.exclude(paused_until__gt=now)


class DigestWish(models.Model):
    """How often an officer wants to hear what waits for them, and when that is due."""

    user = models.OneToOneField(
        User, models.CASCADE, related_name="digest_wish", verbose_name=_("officer")
    )
    rhythm = models.CharField(_("how often"), max_length=7, choices=Rhythm, default=Rhythm.WEEKLY)
    paused_until = models.DateTimeField(_("paused until"), null=True, blank=True)
    due_at = models.DateTimeField(_("next digest"))
    sent_at = models.DateTimeField(_("last digest at"), null=True, blank=True)

    objects = DigestWishQuerySet.as_manager()

    class Meta:
        verbose_name = _("digest")
        verbose_name_plural = _("digests")
        constraints = [
            models.CheckConstraint(
                condition=Q(rhythm__in=["weekly", "monthly", "off"]), name="digest_wish_rhythm"
            ),
        ]
        indexes = [models.Index(fields=["due_at"], name="digest_wish_due")]

    def __str__(self):
        return f"#{self.user_id}"

    @classmethod
    def first_for(cls, user):
        return Rhythm.WEEKLY.next_monday(timezone.now(), zone_of(user))

    @property
    def is_paused(self):
        return self.paused_until is not None and self.paused_until > timezone.now()

    def choose(self, rhythm):
        self.rhythm, self.paused_until = rhythm, None
        self.due_at = Rhythm(rhythm).next_monday(timezone.now(), zone_of(self.user))
        self.save()

    def pause(self):
        self.paused_until = timezone.now() + PAUSE
        self.save(update_fields=["paused_until"])

    def move_on(self, **changes):
        """The next one in its rhythm; what stands in the row by now is not overwritten."""
        due_at = Rhythm(self.rhythm).next_monday(timezone.now(), zone_of(self.user))
        DigestWish.objects.filter(pk=self.pk).update(due_at=due_at, **changes)


def zone_of(user):
    name = user.assigned_regions().order_by("pk").values_list("timezone", flat=True).first()
    return ZoneInfo(name or settings.TIME_ZONE)
