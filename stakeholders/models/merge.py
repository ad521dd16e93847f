"""Listings that stand for the same organisation: likely ones, and those that were merged."""

from django.db import IntegrityError, models, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from history.tracking import tracked
from stakeholders.models.stakeholder import Stakeholder


def point_to(model, field, pks, listing):
    """Point rows to another listing; where one has its place there already, it stays.

    Return the keys of those that went.
    """
    rows = model._base_manager.filter(pk__in=pks)
    try:
        with transaction.atomic():
            rows.update(**{field: listing})
            return list(pks)
    except IntegrityError:
        return (
            []
            if len(pks) == 1
            else [p for pk in pks for p in point_to(model, field, [pk], listing)]
        )


@tracked()
class Merge(models.Model):
    """One listing went into another, with all that pointed to it (`stakeholders.merging`).

    The history sets tracked rows back by itself; which others went is kept here, for `after_undo`.
    """

    kept = models.ForeignKey(
        Stakeholder, models.CASCADE, related_name="merges", verbose_name=_("kept listing")
    )
    merged = models.ForeignKey(
        Stakeholder, models.CASCADE, related_name="merged_by", verbose_name=_("merged listing")
    )
    moved = models.JSONField(_("rows that went along"), default=list)
    created_at = models.DateTimeField(_("merged at"), auto_now_add=True)

    class Meta:
        verbose_name = _("merge")
        verbose_name_plural = _("merges")
        ordering = ["-created_at", "pk"]
        default_permissions = ["add", "view"]
        constraints = [
            models.CheckConstraint(condition=~Q(kept=F("merged")), name="merge_of_two"),
        ]

    def __str__(self):
        return f"{self.merged} → {self.kept}"

    @classmethod
    def after_undo(cls, row_changes):
        """Let the rows that the history does not keep follow what it set back."""
        for change in row_changes:
            state = change.after or change.before
            to = state.merged_id if change.after else state.kept_id
            for label, field, pks in state.moved:
                point_to(cls._meta.apps.get_model(label), field, pks, to)


class LikelyDuplicateQuerySet(models.QuerySet):
    def open(self):
        """Pairs that nobody has decided upon, of listings that both still stand."""
        still = Q(**{f"{one}__merged_into": None for one in ("first", "second")})
        return self.filter(still, dismissed_at=None)

    def propose(self, one, other):
        """Somebody who knows both says so: the pair comes first, whatever was decided before."""
        first, second = sorted([one, other], key=lambda listing: listing.pk)
        said = {
            "reason": LikelyDuplicate.Reason.PROPOSED,
            "likeness": 1,
            "found_at": timezone.now(),
        }
        anew = {**said, "dismissed_at": None, "dismissed_by": None}
        return self.update_or_create(first=first, second=second, defaults=anew)


class LikelyDuplicate(models.Model):
    """Two listings that look alike. Found again every night, so the history does not keep it."""

    class Reason(models.TextChoices):
        NAME = "name", _("similar name")
        WEBSITE = "website", _("same website")
        EMAIL = "email", _("same public e-mail")
        PHONE = "phone", _("same public phone")
        PROPOSED = "proposed", _("proposed by an officer")

    first = models.ForeignKey(
        Stakeholder, models.CASCADE, related_name="+", verbose_name=_("listing")
    )
    second = models.ForeignKey(
        Stakeholder, models.CASCADE, related_name="+", verbose_name=_("other listing")
    )
    likeness = models.FloatField(_("likeness of the names"))
    reason = models.CharField(_("why"), max_length=8, choices=Reason)
    found_at = models.DateTimeField(_("found at"), default=timezone.now)
    dismissed_at = models.DateTimeField(_("found not to be the same at"), null=True, blank=True)
    dismissed_by = models.ForeignKey(
        User, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("by whom")
    )

    objects = LikelyDuplicateQuerySet.as_manager()

    class Meta:
        verbose_name = _("likely duplicate")
        verbose_name_plural = _("likely duplicates")
        ordering = ["-likeness", "pk"]
        default_permissions = ["view", "change"]
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="likely_duplicate_once"),
            models.CheckConstraint(
                condition=Q(first__lt=F("second")), name="likely_duplicate_in_order"
            ),
            models.CheckConstraint(
                condition=Q(dismissed_by=None) | Q(dismissed_at__isnull=False),
                name="likely_duplicate_dismissed_has_date",
            ),
        ]

    def __str__(self):
        return f"{self.first} · {self.second}"

    def dismiss(self, user):
        self.dismissed_at, self.dismissed_by = timezone.now(), user
        self.save(update_fields=["dismissed_at", "dismissed_by"])
