from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Func, OuterRef, Q
from django.db.models.functions import Cast
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from history.tracking import tracked
from regions.models.province import Province
from regions.models.region import YEARS, Region
from regions.models.subsector import Subsector


class RecognitionQuerySet(models.QuerySet):
    def newest_unesco(self):
        unesco = self.filter(scheme=Recognition.Scheme.UNESCO)
        return unesco.select_related("region__province", "province").order_by("-year", "pk")

    def with_subsector_names(self):
        """Annotate `subsector_names`: what `honoured_for` needs, without a query for each row."""
        named = Subsector.objects.filter(recognitions=OuterRef("pk"))
        return self.annotate(subsector_names=ArraySubquery(named.values(Subsector.name_column())))

    def badges(self):
        """Rows of one array, [scheme, year] as words: all that a card says of a title."""
        pair = Func(
            F("scheme"),
            Cast("year", models.CharField()),
            template="ARRAY[%(expressions)s]",
            output_field=ArrayField(models.CharField()),
        )
        return self.values(badge=pair)


@tracked()
class Recognition(models.Model):
    """A title of a region or of a province: Jakarta's UNESCO title belongs to the province."""

    class Scheme(models.TextChoices):
        UNESCO = "unesco", _("UNESCO Creative Cities Network")
        KATA_KREATIF = "kata-kreatif", _("KaTa Kreatif Indonesia")

    class Field(models.TextChoices):
        ARCHITECTURE = "architecture", _("Architecture")
        CRAFTS = "crafts-folk-art", _("Crafts and Folk Art")
        DESIGN = "design", _("Design")
        FILM = "film", _("Film")
        GASTRONOMY = "gastronomy", _("Gastronomy")
        LITERATURE = "literature", _("Literature")
        MEDIA_ARTS = "media-arts", _("Media Arts")
        MUSIC = "music", _("Music")

    scheme = models.CharField(_("scheme"), max_length=20, choices=Scheme)
    region = models.ForeignKey(
        Region,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="recognitions",
        verbose_name=_("region"),
    )
    province = models.ForeignKey(
        Province,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="recognitions",
        verbose_name=_("province"),
    )
    year = models.PositiveSmallIntegerField(_("year"))
    field = models.CharField(_("UNESCO field"), max_length=20, choices=Field, blank=True)
    subsectors = models.ManyToManyField(
        Subsector, blank=True, related_name="recognitions", verbose_name=_("subsectors")
    )
    source = models.CharField(_("source"), max_length=300)
    source_url = models.URLField(_("source address"), blank=True)

    objects = RecognitionQuerySet.as_manager()

    class Meta:
        verbose_name = _("recognition")
        verbose_name_plural = _("recognitions")
        ordering = ["-scheme", "-year", "region", "province"]
        constraints = [
            models.CheckConstraint(
                condition=Q(scheme__in=["unesco", "kata-kreatif"]), name="recognition_scheme"
            ),
            models.CheckConstraint(
                condition=Q(region__isnull=False, province__isnull=True)
                | Q(region__isnull=True, province__isnull=False),
                name="recognition_of_region_or_province",
                violation_error_message=_("Give either a region or a province, not both."),
            ),
            models.CheckConstraint(
                condition=Q(year__range=YEARS),
                name="recognition_year",
                violation_error_message=_("This year cannot be right."),
            ),
            models.CheckConstraint(
                condition=(Q(scheme="unesco") & ~Q(field="")) | (~Q(scheme="unesco") & Q(field="")),
                name="recognition_unesco_has_field",
                violation_error_message=_("A UNESCO title, and only that, has a UNESCO field."),
            ),
            models.UniqueConstraint(
                fields=["scheme", "region", "province", "field"],
                nulls_distinct=False,
                name="recognition_once",
            ),
        ]

    def __str__(self):
        return f"{self.get_scheme_display()} {self.year} · {self.place}"

    @property
    def place(self):
        return self.region or self.province

    @cached_property
    def subsector_names(self):
        return [subsector.name for subsector in self.subsectors.all()]

    @property
    def honoured_for(self):
        """The UNESCO field, or the subsectors that the designation names."""
        return self.get_field_display() or ", ".join(self.subsector_names)


@tracked()
class RecognitionSubsector(Recognition.subsectors.through):
    """The link table, named so that its history is kept too."""

    class Meta:
        proxy = True
