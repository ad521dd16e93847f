from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.search import TrigramStrictWordSimilarity, TrigramWordSimilarity
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Case, F, Q, Subquery, Value, When
from django.db.models.functions import Concat, Greatest, Least
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from history.tracking import tracked
from regions.functions import ArrayText, PlainText

# Indonesia in WGS84 degrees, with a margin.
LATITUDES = (-11.5, 6.5)
LONGITUDES = (94.5, 141.5)

MOST_WORDS = 8  # of which the spelling is compared; each costs time
LEAST_LIKENESS = 0.5  # of the three-letter pieces of a word a name has half, too
NEAR_THE_BEST = 0.75


def _contain(words):
    """Return the condition that the names of a place contain all the words."""
    return Q(*(Q(names__contains=PlainText(Value(word))) for word in words))


class NamedQuerySet(models.QuerySet):
    def named(self, text):
        """Rows whose name or alias contains every word of `text`; accents do not matter."""
        return self._with_names().filter(_contain(text.split()))

    def spelled_like(self, text):
        """Rows with names spelled most like every word of `text`, the closest first."""
        words = [PlainText(Value(word)) for word in text.split()[:MOST_WORDS]]
        likeness = [TrigramWordSimilarity(word, F("names")) for word in words]
        alike = self._with_names().alias(likeness=Least(*likeness, 1.0))
        best = Subquery(alike.order_by("-likeness").values(best=F("likeness"))[:1])
        close = alike.filter(likeness__gte=Greatest(LEAST_LIKENESS, best * NEAR_THE_BEST))
        whole = TrigramStrictWordSimilarity(PlainText(Value(text)), F("names"))
        return close.order_by(whole.desc(), "name", "pk")

    def with_exactness(self, text):
        """Annotate `is_exact`: 1 where every word of `text` is a whole word of a name, else 0."""
        whole = _contain(f" {word} " for word in text.split())
        return self._with_names().annotate(is_exact=Case(When(whole, then=1), default=0))

    def _with_names(self):
        parts = [Value(" "), "name", Value(" "), "short_name", Value(" "), ArrayText("aliases")]
        names = Concat(*parts, Value(" "), output_field=models.TextField())
        return self.alias(names=PlainText(names))


@tracked()
class Province(models.Model):
    class Island(models.TextChoices):
        SUMATERA = "sumatera", _("Sumatera")
        JAWA = "jawa", _("Jawa")
        BALI_NUSA_TENGGARA = "bali-nusa-tenggara", _("Bali and Nusa Tenggara")
        KALIMANTAN = "kalimantan", _("Kalimantan")
        SULAWESI = "sulawesi", _("Sulawesi")
        MALUKU = "maluku", _("Maluku")
        PAPUA = "papua", _("Papua")

    code = models.CharField(
        _("Kemendagri code"), max_length=2, unique=True, validators=[RegexValidator(r"^\d{2}$")]
    )
    name = models.CharField(_("official name"), max_length=80)
    short_name = models.CharField(_("name"), max_length=80)
    slug = models.SlugField(_("address word"), max_length=80, unique=True)
    aliases = ArrayField(
        models.CharField(max_length=80),
        verbose_name=_("other names"),
        default=list,
        blank=True,
        help_text=_("What people also write, separated by commas: Jatim, Jogja …"),
    )
    capital = models.CharField(_("capital"), max_length=80)
    latitude = models.FloatField(_("latitude of the seat"))
    longitude = models.FloatField(_("longitude of the seat"))
    island = models.CharField(_("island group"), max_length=20, choices=Island)
    population = models.PositiveIntegerField(_("population"))

    objects = NamedQuerySet.as_manager()

    class Meta:
        verbose_name = _("province")
        verbose_name_plural = _("provinces")
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(condition=Q(code__regex=r"^\d{2}$"), name="province_code"),
            models.CheckConstraint(
                condition=Q(
                    island__in=[
                        "sumatera",
                        "jawa",
                        "bali-nusa-tenggara",
                        "kalimantan",
                        "sulawesi",
                        "maluku",
                        "papua",
                    ]
                ),
                name="province_island",
            ),
            models.CheckConstraint(
                condition=Q(latitude__range=LATITUDES, longitude__range=LONGITUDES),
                name="province_in_indonesia",
                violation_error_message=_("These coordinates are not in Indonesia."),
            ),
        ]

    def __str__(self):
        return self.short_name

    def get_absolute_url(self):
        return reverse("regions:province", args=[self.slug])

    @property
    def as_scope(self):
        """The parameter that narrows a partner search to this province."""
        return {"provinsi": self.code}
