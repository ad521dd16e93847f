from django.db import models
from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from history.tracking import tracked


class BilingualName(models.Model):
    """A word of a list that staff may edit; `name` is the one in the reader's language."""

    slug = models.SlugField(_("address word"), max_length=80, unique=True)
    name_id = models.CharField(_("name in Indonesian"), max_length=80)
    name_en = models.CharField(_("name in English"), max_length=80)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        abstract = True
        ordering = ["position", "name_id"]

    def __str__(self):
        return self.name

    @property
    def name(self):
        return getattr(self, self.name_column())

    @staticmethod
    def name_column():
        """The column of the name in the reader's language, for a query that needs no row."""
        return "name_en" if get_language() == "en" else "name_id"


class SubsectorQuerySet(models.QuerySet):
    def with_lead_count(self):
        """Count the regions that lead in each subsector."""
        leading = Q(region_subsectors__is_lead=True)
        return self.annotate(lead_count=Count("region_subsectors", filter=leading))


@tracked()
class Subsector(BilingualName):
    class Field(models.TextChoices):
        CULTURE = "budaya", _("Culture")
        DESIGN = "desain", _("Design")
        DIGITAL = "digital", _("Digital")
        MEDIA = "media", _("Media")

    ministry_field = models.CharField(_("the ministry's field"), max_length=10, choices=Field)
    is_priority = models.BooleanField(_("priority of the ministry"), default=False)

    objects = SubsectorQuerySet.as_manager()

    class Meta(BilingualName.Meta):
        verbose_name = _("subsector")
        verbose_name_plural = _("subsectors")

    def get_absolute_url(self):
        return reverse("regions:subsector", args=[self.slug])
