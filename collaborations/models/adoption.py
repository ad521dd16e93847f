import pgtrigger
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from history.tracking import tracked
from regions.models import Region


class AdoptionQuerySet(models.QuerySet):
    def public(self):
        """Those that may be shown, of practices that may be read."""
        return self.filter(is_public=True, practice__status="published")

    def begun(self):
        """More than a plan: what counts as adopted."""
        return self.exclude(status=Adoption.Status.PLANNED)

    def for_lineage(self):
        return self.select_related("region__province").order_by(
            F("started_on").asc(nulls_last=True), "region__short_name", "pk"
        )


@tracked()
class Adoption(models.Model):
    """Another region tries a practice, as it stands or as a third region adapted it."""

    class Status(models.TextChoices):
        PLANNED = "planned", _("Planned")
        RUNNING = "running", _("Running")
        DONE = "done", _("Done")

    practice = models.ForeignKey(
        "GoodPractice", models.CASCADE, related_name="adoptions", verbose_name=_("good practice")
    )
    region = models.ForeignKey(
        Region, models.PROTECT, related_name="adoptions", verbose_name=_("adopting region")
    )
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.PLANNED)
    adapted_how = models.TextField(
        _("adapted how"), blank=True, help_text=_("What this region does differently, and why.")
    )
    adapted_from = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="adaptations",
        verbose_name=_("adapted from"),
        help_text=_("Empty if the region learned from the origin itself."),
    )
    started_on = models.DateField(_("first day"), null=True, blank=True)
    ended_on = models.DateField(_("last day"), null=True, blank=True)
    source_url = models.URLField(_("source address"), blank=True)
    is_public = models.BooleanField(_("public"), default=True)

    objects = AdoptionQuerySet.as_manager()

    class Meta:
        verbose_name = _("adoption")
        verbose_name_plural = _("adoptions")
        ordering = ["practice", "started_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=["planned", "running", "done"]), name="adoption_status"
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True)
                | Q(started_on__isnull=True)
                | Q(ended_on__gte=F("started_on")),
                name="adoption_ends_after_start",
                violation_error_message=_("The last day is before the first one."),
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(status="done"),
                name="adoption_ended_is_done",
                violation_error_message=_("An adoption that has a last day is done."),
            ),
            models.UniqueConstraint(
                fields=["practice", "region"],
                condition=Q(ended_on__isnull=True),
                name="adoption_once_at_a_time",
                violation_error_message=_("This region adopts this practice already."),
            ),
            # Target of the foreign key that keeps an adaptation with its practice.
            models.UniqueConstraint(fields=["id", "practice"], name="adoption_with_practice"),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="no_cycle",
                operation=pgtrigger.Insert | pgtrigger.Update,
                when=pgtrigger.After,
                condition=pgtrigger.Q(new__adapted_from__isnull=False),
                func="""
                    IF EXISTS (
                        WITH RECURSIVE ancestors AS (
                            SELECT NEW.adapted_from_id AS id
                            UNION
                            SELECT parent.adapted_from_id
                            FROM collaborations_adoption parent JOIN ancestors USING (id)
                        )
                        SELECT FROM ancestors WHERE id = NEW.id
                    ) THEN
                        RAISE check_violation USING
                            MESSAGE = 'An adoption cannot be adapted from itself.',
                            CONSTRAINT = 'adoption_without_cycle';
                    END IF;
                    RETURN NULL;
                """,
            )
        ]

    def __str__(self):
        return str(self.region)

    def clean(self):
        """What the database does not know, or would refuse in its own words."""
        problems = {}
        practice = getattr(self, "practice", None)  # not stored yet, perhaps
        if practice and self.region_id and practice.region_id == self.region_id:
            problems["region"] = _("The practice comes from this region.")
        if self.adapted_from and self.adapted_from.practice_id != self.practice_id:
            problems["adapted_from"] = _("This is an adoption of another practice.")
        elif self.adapted_from and self.pk in self.adapted_from.ancestors():
            problems["adapted_from"] = _("That one was itself adapted from this adoption.")
        if problems:
            raise ValidationError(problems)

    def ancestors(self):
        """Return the keys of this adoption and of all it was adapted from."""
        parents = dict(
            Adoption.objects.filter(practice=self.practice_id).values_list("pk", "adapted_from")
        )
        keys, key = [], self.pk
        while key and key not in keys:
            keys.append(key)
            key = parents.get(key)
        return keys
