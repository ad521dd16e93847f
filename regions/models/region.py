from collections import Counter

from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import (
    Case,
    Count,
    F,
    OuterRef,
    Prefetch,
    Q,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import ACos, Coalesce, Cos, Least, Lower, Radians, Sin
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from history.tracking import tracked
from regions.models.province import LATITUDES, LONGITUDES, NamedQuerySet, Province
from regions.models.subsector import Subsector
from regions.models.texts import ProfileTexts

EARTH_RADIUS_KM = 6371.0
YEARS = (1900, 2100)
MOST_MEANT = 5  # regions that a text is asked back with


class RegionQuerySet(NamedQuerySet):
    def meant_by(self, texts):
        """Return {text: regions}: of that address word or full name, else with all its words."""
        lowered = {text.lower() for text in texts}
        exact = self.alias(lower_name=Lower("name"))
        exact = exact.filter(Q(slug__in=lowered) | Q(lower_name__in=lowered))
        known = {name: [each] for each in exact for name in (each.slug, each.name.lower())}
        return {text: known.get(text.lower()) or self._with_words_of(text) for text in texts}

    def _with_words_of(self, text):
        """Who says "malang" does not mean Pemalang; who says "mala" may mean either Malang."""
        if not any(map(str.isalnum, text)):
            return []
        found = (
            self.named(text).with_exactness(text).order_by("-is_exact", *self.model._meta.ordering)
        )
        regions = list(found[:MOST_MEANT])
        return [each for each in regions if each.is_exact == regions[0].is_exact]

    def leading_in(self, subsector_slugs):
        """Rows with one of the subsectors as a lead subsector."""
        leads = RegionSubsector.objects.filter(is_lead=True, subsector__slug__in=subsector_slugs)
        return self.filter(pk__in=leads.values("region"))

    def recognised_by(self, schemes):
        # A subquery, not a join: a region with two titles is still one row.
        own_or_shared = Q(recognitions__scheme__in=schemes) | Q(
            province__recognitions__scheme__in=schemes
        )
        return self.filter(pk__in=Region.objects.filter(own_or_shared).values("pk"))

    def with_stakeholder_count(self):
        return self.annotate(stakeholder_count=_in_each_region(_listings(), Count("pk")))

    def with_title_count(self):
        """Count the recognitions of each region and those of its province, which it shares."""
        own = Count("recognitions", distinct=True)
        shared = Count("province__recognitions", distinct=True)
        return self.annotate(title_count=own + shared)

    def with_badges(self):
        """Annotate `badges`: of each of its `titles` the scheme and the year."""
        titles = _titles_of(OuterRef("pk"), OuterRef("province_id"))
        return self.annotate(badges=ArraySubquery(titles.badges()))

    def with_distance_to(self, place):
        """Annotate `distance_km`, along the great circle, from the seat of `place`."""
        return self.annotate(distance_km=distance_km(place))

    def stakeholders(self):
        """Return the published listings of these regions."""
        return _listings().filter(region__in=self.order_by().values("pk"))

    def with_living_roles(self):
        """Annotate `living_roles`, 0 to 6: roles alive in the lead subsectors (coverage score)."""
        entries = _listings().model._meta.get_field("search_entry").related_model.objects
        scores = Counter(region for region, _role in entries.living_roles_by_region())
        whens = [
            When(pk__in=[region for region in scores if scores[region] == score], then=score)
            for score in set(scores.values())
        ]
        return self.annotate(
            living_roles=Case(*whens, default=0, output_field=models.IntegerField())
        )

    def for_profile(self):
        links = RegionSubsector.objects.select_related("subsector")
        return self.select_related("province", "profile_verified_by").prefetch_related(
            Prefetch("region_subsectors", links.order_by("-is_lead", "subsector"))
        )

    def for_cards(self):
        """Exactly what a list of cards shows, in one query."""
        leads = RegionSubsector.objects.filter(region=OuterRef("pk"), is_lead=True)
        names = leads.order_by("subsector").values(f"subsector__{Subsector.name_column()}")
        return (
            self.with_stakeholder_count()
            .with_badges()
            .annotate(lead_names=ArraySubquery(names))
            .select_related("province")
            .only("name", "slug", "tagline", "profile_status", "province__short_name")
        )


def distance_km(place, of=""):
    """Return the expression for the way from the seat of `place` along the great circle.

    `place` is a row, or a queryset whose first row is meant; `of` is the path to the region where
    the row is not one itself ("region__").
    """
    latitude, longitude = Radians(f"{of}latitude"), Radians(f"{of}longitude")
    there_latitude, there_longitude = (
        Radians(_value_of(place, column)) for column in ("latitude", "longitude")
    )
    cosine = Sin(latitude) * Sin(there_latitude) + Cos(latitude) * Cos(there_latitude) * Cos(
        longitude - there_longitude
    )
    # Rounding may carry the cosine of a place with itself just past 1.
    return EARTH_RADIUS_KM * ACos(Least(cosine, 1.0))


def _value_of(place, column):
    if isinstance(place, models.QuerySet):
        return Subquery(place.values(column)[:1])
    return Value(getattr(place, column))


def _listings():
    """All published listings, found through the relation: regions imports nobody."""
    return Region._meta.get_field("stakeholders").related_model.objects.published()


def _titles_of(region, province):
    """The recognitions of a region and those of its province, its own and the newest first."""
    titles = Region._meta.get_field("recognitions").related_model.objects
    own_first = F("region").asc(nulls_last=True)
    found = titles.filter(Q(region=region) | Q(province=province))
    return found.order_by(own_first, "-scheme", "-year", "pk")


def _in_each_region(listings, number):
    """A subquery, not a join: it stays right beside other joins and other counts."""
    here = listings.filter(region=OuterRef("pk")).order_by().values("region")
    return Coalesce(Subquery(here.annotate(number=number).values("number")), 0)


@tracked()
class Region(ProfileTexts):
    """A kabupaten or kota; `name` always carries its kind ("Kota Malang")."""

    class Kind(models.TextChoices):
        KABUPATEN = "kabupaten", _("Kabupaten")
        KOTA = "kota", _("Kota")

    class Timezone(models.TextChoices):
        WIB = "Asia/Jakarta", _("Western Indonesia Time (WIB)")
        WITA = "Asia/Makassar", _("Central Indonesia Time (WITA)")
        WIT = "Asia/Jayapura", _("Eastern Indonesia Time (WIT)")

    class ProfileStatus(models.TextChoices):
        DRAFT = "draft", _("Draft")
        PUBLISHED = "published", _("Published")

    class Review(models.TextChoices):
        NONE = "none", _("Nothing: what officers and stewards change is public at once")
        STEWARDS = "stewards", _("What stewards change, and whoever has a link from a mail")
        ALL = "all", _("What officers change too: somebody else looks at it first")

    code = models.CharField(
        _("Kemendagri code"),
        max_length=5,
        unique=True,
        validators=[RegexValidator(r"^\d{2}\.\d{2}$")],
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    name = models.CharField(_("name"), max_length=80)
    short_name = models.CharField(_("name without its kind"), max_length=80)
    slug = models.SlugField(_("address word"), max_length=80, unique=True)
    aliases = ArrayField(
        models.CharField(max_length=80),
        verbose_name=_("other names"),
        default=list,
        blank=True,
        help_text=_("What people also write, separated by commas: Solo, Jogja …"),
    )
    province = models.ForeignKey(
        Province, models.PROTECT, related_name="regions", verbose_name=_("province")
    )
    is_administrative = models.BooleanField(
        _("administrative only"), default=False, help_text=_("Part of Jakarta: no own council.")
    )
    capital = models.CharField(_("seat of government"), max_length=80)
    latitude = models.FloatField(_("latitude of the seat"))
    longitude = models.FloatField(_("longitude of the seat"))
    timezone = models.CharField(_("time zone"), max_length=20, choices=Timezone)
    population = models.PositiveIntegerField(_("population"))

    profile_status = models.CharField(
        _("profile status"),
        max_length=10,
        choices=ProfileStatus,
        default=ProfileStatus.DRAFT,
    )
    profile_verified_at = models.DateTimeField(_("profile confirmed at"), null=True, blank=True)
    profile_verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("profile confirmed by"),
    )
    review = models.CharField(
        _("what waits for review"), max_length=8, choices=Review, default=Review.NONE
    )
    subsectors = models.ManyToManyField(
        Subsector, through="RegionSubsector", related_name="regions", verbose_name=_("subsectors")
    )

    objects = RegionQuerySet.as_manager()

    class Meta:
        verbose_name = _("region")
        verbose_name_plural = _("regions")
        ordering = ["short_name", "kind", "code"]
        permissions = [("edit_all", "Can edit the listings of every region")]
        constraints = [
            models.CheckConstraint(
                condition=Q(profile_status__in=["draft", "published"]), name="region_profile_status"
            ),
            models.CheckConstraint(
                condition=Q(review__in=["none", "stewards", "all"]), name="region_review"
            ),
            models.CheckConstraint(
                condition=Q(profile_verified_by__isnull=True)
                | Q(profile_verified_at__isnull=False),
                name="region_profile_verified_by_has_date",
            ),
            models.CheckConstraint(
                condition=Q(profile_status="draft")
                | ~Q(tagline="", story="", identity="", liveability="", participation=""),
                name="region_published_profile_has_text",
            ),
            models.CheckConstraint(
                condition=Q(timezone__in=["Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura"]),
                name="region_timezone",
            ),
            models.CheckConstraint(condition=Q(code__regex=r"^\d{2}\.\d{2}$"), name="region_code"),
            models.CheckConstraint(condition=Q(kind__in=["kabupaten", "kota"]), name="region_kind"),
            models.CheckConstraint(
                condition=Q(latitude__range=LATITUDES, longitude__range=LONGITUDES),
                name="region_in_indonesia",
                violation_error_message=_("These coordinates are not in Indonesia."),
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("regions:region", args=[self.slug])

    @property
    def has_profile(self):
        return self.profile_status == self.ProfileStatus.PUBLISHED

    def unpublish(self):
        """Take the profile off its page, with its confirmation; the texts stay for a new draft."""
        self.profile_status = self.ProfileStatus.DRAFT
        self.profile_verified_at = self.profile_verified_by = None
        self.save(update_fields=["profile_status", "profile_verified_at", "profile_verified_by"])

    @cached_property
    def titles(self):
        """Its own recognitions and those of its province, which it shares, in one query."""
        return list(_titles_of(self.pk, self.province_id).with_subsector_names())

    def neighbours(self):
        """Return the other regions, nearest first, with `distance_km`."""
        others = Region.objects.exclude(pk=self.pk)
        return others.with_distance_to(self).order_by("distance_km")

    def similar(self, subsectors):
        """Return the other regions that lead in most of `subsectors`, then the nearest.

        `shared` is how many they share.
        """
        leading = Q(region_subsectors__is_lead=True, region_subsectors__subsector__in=subsectors)
        shared = self.neighbours().filter(leading).annotate(shared=Count("region_subsectors"))
        return shared.order_by("-shared", "distance_km")

    def nearest_and_similar(self, subsectors, most=4):
        """Return the cards of `neighbours()` and of `similar()`, what they show read once."""
        leading = Q(region_subsectors__is_lead=True, region_subsectors__subsector__in=subsectors)
        others = self.neighbours().annotate(shared=Count("region_subsectors", filter=leading))
        rows = list(others.values_list("pk", "distance_km", "shared"))
        alike = sorted((row for row in rows if row[2]), key=lambda row: row[2], reverse=True)
        nearest, similar = rows[:most], alike[:most]
        cards = Region.objects.for_cards().in_bulk(pk for pk, *_more in [*nearest, *similar])
        for pk, kilometres, _shared in [*nearest, *similar]:
            cards[pk].distance_km = kilometres
        return [cards[row[0]] for row in nearest], [cards[row[0]] for row in similar]

    @property
    def lead_subsectors(self):
        return [row.subsector for row in self.region_subsectors.all() if row.is_lead]


@tracked()
class RegionSubsector(models.Model):
    """A subsector that matters in a region; the lead ones are its subsektor unggulan."""

    class Basis(models.TextChoices):
        KATA_KREATIF = "kata-kreatif", _("KaTa Kreatif designation")
        PMK3I = "pmk3i", _("PMK3I agreement of the stakeholders")
        REGULATION = "regulation", _("Regional regulation or plan")
        ASSESSMENT = "assessment", _("Assessment of the network")

    region = models.ForeignKey(
        Region, models.CASCADE, related_name="region_subsectors", verbose_name=_("region")
    )
    subsector = models.ForeignKey(
        Subsector,
        models.PROTECT,
        related_name="region_subsectors",
        verbose_name=_("subsector"),
    )
    is_lead = models.BooleanField(_("lead subsector"), default=True)
    since_year = models.PositiveSmallIntegerField(_("since year"), null=True, blank=True)
    basis = models.CharField(_("basis"), max_length=20, choices=Basis)
    source_url = models.URLField(_("source address"), blank=True)

    class Meta:
        verbose_name = _("subsector of a region")
        verbose_name_plural = _("subsectors of regions")
        ordering = ["region", "-is_lead", "subsector"]
        constraints = [
            models.CheckConstraint(
                condition=Q(basis__in=["kata-kreatif", "pmk3i", "regulation", "assessment"]),
                name="region_subsector_basis",
            ),
            models.UniqueConstraint(fields=["region", "subsector"], name="region_subsector_once"),
            models.CheckConstraint(
                condition=Q(since_year__isnull=True) | Q(since_year__range=YEARS),
                name="region_subsector_year",
                violation_error_message=_("This year cannot be right."),
            ),
        ]

    def __str__(self):
        return f"{self.subsector} · {self.region}"
