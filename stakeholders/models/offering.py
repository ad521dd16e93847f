from django.db import models
from django.db.models import Count, Exists, ExpressionWrapper, F, OuterRef, Q, Window
from django.db.models.functions import RowNumber
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from history.tracking import tracked
from regions.models import Subsector
from stakeholders.models.freshness import is_living
from stakeholders.models.lists import OfferingCategory
from stakeholders.models.stakeholder import Stakeholder

NEWEST_FIRST = [F("created_at").desc(), F("id").desc()]


def _listings(direction, **more):
    return Count("stakeholder", filter=Q(direction=direction, **more), distinct=True)


class OfferingQuerySet(models.QuerySet):
    def valid(self):
        today = timezone.localdate()
        return self.filter(Q(valid_until__isnull=True) | Q(valid_until__gte=today))

    def open(self):
        """Still valid, and of a listing that the public may read."""
        return self.valid().filter(stakeholder__status=Stakeholder.Status.PUBLISHED)

    def newest_of_each_direction(self, most):
        """The first needs and the first offers, found among these rows in one statement."""
        place = Window(RowNumber(), partition_by="direction", order_by=NEWEST_FIRST)
        first = self.alias(place=place).filter(place__lte=most)
        return Offering.objects.filter(pk__in=first.values("pk"))

    def newest_of_each(self, most):
        """Return the first rows, one a stakeholder, so that nobody fills the list alone.

        Looks no further than ten times `most`: a handful need not cost a walk over all.
        """
        first = {}
        for offering in self[: 10 * most]:
            first.setdefault(offering.stakeholder_id, offering)
        return list(first.values())[:most]

    def by_needed_category(self):
        """Rows of a category that is needed, and how many listings need it and offer it.

        Whoever is out of date, or needs the same, is not counted as offering it.
        """
        own_need = Offering.objects.filter(
            direction="need", stakeholder=OuterRef("stakeholder"), category=OuterRef("category")
        )
        meets = ~Exists(own_need) & is_living("stakeholder__")
        return (
            self.alias(meets=ExpressionWrapper(meets, models.BooleanField()))
            .order_by("category__position")
            .values("category__position", name=F(f"category__{OfferingCategory.name_column()}"))
            .annotate(needing=_listings("need"), offering=_listings("offer", meets=True))
            .filter(needing__gt=0)
        )

    def for_cards(self):
        """Exactly what a list of needs or offers shows."""
        shown = [f"stakeholder__{name}" for name in ("name", "slug", "role", "region__name")]
        return (
            self.select_related("category", "stakeholder__region")
            .only("direction", "description", "category", *shown)
            .order_by(*NEWEST_FIRST)
        )


@tracked()
class Offering(models.Model):
    """What a stakeholder gives, or looks for."""

    class Direction(models.TextChoices):
        OFFER = "offer", _("Offers")
        NEED = "need", _("Needs")

    class Reach(models.TextChoices):
        REGION = "region", _("Own region")
        PROVINCE = "province", _("Own province")
        NATION = "nation", _("All of Indonesia")

    stakeholder = models.ForeignKey(
        Stakeholder, models.CASCADE, related_name="offerings", verbose_name=_("stakeholder")
    )
    direction = models.CharField(_("direction"), max_length=5, choices=Direction)
    category = models.ForeignKey(
        OfferingCategory,
        models.PROTECT,
        related_name="offerings",
        verbose_name=_("category"),
    )
    subsectors = models.ManyToManyField(
        Subsector, blank=True, related_name="offerings", verbose_name=_("subsectors")
    )
    reach = models.CharField(_("reach"), max_length=10, choices=Reach, default=Reach.REGION)
    description = models.CharField(_("description"), max_length=300, blank=True)
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)

    objects = OfferingQuerySet.as_manager()

    class Meta:
        verbose_name = _("offering")
        verbose_name_plural = _("offerings")
        ordering = ["direction", "category__position", "pk"]
        indexes = [models.Index("direction", *NEWEST_FIRST, name="offering_newest")]
        constraints = [
            models.CheckConstraint(
                condition=Q(direction__in=["offer", "need"]), name="offering_direction"
            ),
            models.CheckConstraint(
                condition=Q(reach__in=["region", "province", "nation"]), name="offering_reach"
            ),
        ]

    def __str__(self):
        return f"{self.get_direction_display()}: {self.category}"

    @property
    def is_offer(self):
        return self.direction == self.Direction.OFFER

    @property
    def has_ended(self):
        return bool(self.valid_until) and self.valid_until < timezone.localdate()


@tracked()
class OfferingSubsector(Offering.subsectors.through):
    """The link table, named so that its history is kept too."""

    class Meta:
        proxy = True
