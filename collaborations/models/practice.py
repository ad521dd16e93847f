from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import (
    Case,
    Count,
    Exists,
    Func,
    OuterRef,
    Prefetch,
    Q,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce, Concat
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from collaborations.models.adoption import Adoption
from history.tracking import tracked
from regions.functions import PlainText
from regions.models import Region, RegionSubsector, Subsector, distance_km
from stakeholders.models import Stakeholder, StakeholderSubsector
from stakeholders.roles import Role

YEARS = (1945, 2100)
SIMILAR_SIZE = 2  # times as many people, or half as many
MOST_WORDS = 8  # of a search: each costs time
NEEDED_TO_PUBLISH = ["summary", "challenge", "approach", "results", "how_to_replicate"]


class Pillar(models.TextChoices):
    """The three pillars of the network."""

    IDENTITY = "identity", _("Identity")
    LIVEABILITY = "liveability", _("Liveability")
    PARTICIPATION = "participation", _("Participation")


class CostBand(models.TextChoices):
    """What it cost; the codes stand in addresses, so they stay."""

    NONE = "none", _("No budget, volunteers")
    TO_10M = "to-10m", _("Up to 10 million rupiah")
    TO_100M = "to-100m", _("10 to 100 million rupiah")
    TO_1B = "to-1b", _("100 million to 1 billion rupiah")
    OVER_1B = "over-1b", _("Over 1 billion rupiah")


def plain(*fields):
    """Return the expression for the words of the fields, in lower case without accents."""
    spaced = [part for field in fields for part in (field, Value(" "))]
    return PlainText(Concat(*spaced, output_field=models.TextField()))


def count_of(rows, by, what="pk"):
    """Return the expression for how many of `rows` refer, in the field `by`, to the outer row."""
    counted = rows.order_by().filter(**{by: OuterRef("pk")}).values(by)
    number = counted.annotate(number=Count(what, distinct=True)).values("number")
    return Coalesce(Subquery(number), 0)


def involved_roles():
    """Return the expression for the roles named and those of the public listings involved."""
    links = PracticeStakeholder.objects.filter(
        goodpractice=OuterRef("pk"), stakeholder__status=Stakeholder.Status.PUBLISHED
    )
    of_listings = ArraySubquery(links.values("stakeholder__role"))
    output = GoodPractice._meta.get_field("roles")
    return Func("roles", of_listings, function="array_cat", output_field=output)


class GoodPracticeQuerySet(models.QuerySet):
    def published(self):
        return self.filter(status=GoodPractice.Status.PUBLISHED)

    def visible_to(self, user):
        return self if user.has_perm("collaborations.view_goodpractice") else self.published()

    def demo(self):
        return self.filter(is_demo=True)

    def known_in(self, region):
        """Rows that come from the region, or that it adopted."""
        adopted = Adoption.objects.public().begun().filter(region=region)
        return self.filter(Q(region=region) | Q(pk__in=adopted.values("practice")))

    def in_subsectors(self, slugs):
        # A subquery, not a join: a practice in two of them is still one row.
        links = PracticeSubsector.objects.filter(subsector__slug__in=slugs)
        return self.filter(pk__in=links.values("goodpractice"))

    def involving(self, roles):
        return self.alias(involved=involved_roles()).filter(involved__overlap=roles)

    def search(self, text):
        """Rows that mention every word, in their own text, their place or a subsector."""
        fields = ("title", "summary", "challenge", "approach", "results", "how_to_replicate")
        found = self.alias(said=plain(*fields))
        for word in text.split()[:MOST_WORDS]:
            subsectors = Subsector.objects.filter(
                Q(name_id__icontains=word) | Q(name_en__icontains=word)
            )
            links = PracticeSubsector.objects.filter(subsector__in=subsectors)
            found = found.filter(
                Q(said__contains=PlainText(Value(word)))
                | Q(region__in=Region.objects.named(word))
                | Q(region__province__short_name__icontains=word)
                | Q(pk__in=links.values("goodpractice"))
            )
        return found

    def title_first(self, text):
        """Annotate `in_title`: how many words of `text` the title says."""
        said = [
            Case(When(titled__contains=PlainText(Value(word)), then=1), default=0)
            for word in text.split()[:MOST_WORDS]
        ]
        return self.alias(titled=plain("title")).annotate(in_title=sum(said, start=Value(0)))

    def newest(self):
        return self.order_by("-published_at", "-pk")

    def suggested_for(self, region, known=None):
        """Return practices of other regions that `region` has not tried, the best fit first.

        Those in its lead subsectors come first, then those for a pillar it does nothing for
        yet, then those of regions of its size; the nearest of equals. `reasons_to_adopt` says
        why. Whoever has the practices `known_in()` the region passes them on.
        """
        if known is None:
            known = GoodPractice.objects.published().known_in(region)
        leads = [row.subsector_id for row in region.region_subsectors.all() if row.is_lead]
        shared = PracticeSubsector.objects.filter(subsector__in=leads)
        size = (region.population / SIMILAR_SIZE, region.population * SIMILAR_SIZE)
        return (
            self.exclude(region=region)
            .exclude(pk__in=Adoption.objects.filter(region=region).values("practice"))
            .annotate(
                shared_count=count_of(shared, "goodpractice"),
                is_new_pillar=~Q(pillar__in={practice.pillar for practice in known}),
                is_similar_size=Q(region__population__range=size),
                distance_km=distance_km(region, of="region__"),
            )
            .filter(Q(shared_count__gt=0) | Q(is_new_pillar=True))
            .order_by("-shared_count", "-is_new_pillar", "-is_similar_size", "distance_km", "pk")
        )

    def with_adoption_count(self):
        """Annotate how many regions do it, or did."""
        begun = Adoption.objects.filter(is_public=True).begun()
        return self.annotate(adoption_count=count_of(begun, "practice", "region"))

    def for_cards(self):
        """Exactly what a list of cards shows."""
        return (
            self.with_adoption_count()
            .annotate(involved=involved_roles())
            .select_related("region__province")
            .prefetch_related("subsectors")
            .defer("challenge", "approach", "results", "evidence", "how_to_replicate", "sources")
        )

    def for_page(self):
        """Exactly what a practice's own page shows."""
        stakeholders = Stakeholder.objects.published().for_cards()
        adoptions = Adoption.objects.filter(is_public=True).for_lineage()
        return (
            self.for_cards()
            .defer(None)
            .prefetch_related(
                Prefetch("stakeholders", stakeholders.order_by("name", "pk")),
                Prefetch("adoptions", adoptions),
            )
        )


@tracked()
class GoodPractice(models.Model):
    """What a region did well and another can do after it."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("Draft")
        PUBLISHED = "published", _("Published")

    title = models.CharField(_("title"), max_length=160)
    slug = models.SlugField(_("address word"), max_length=180, unique=True)
    region = models.ForeignKey(
        Region,
        models.PROTECT,
        related_name="practices",
        verbose_name=_("region"),
        help_text=_("Where it comes from."),
    )
    pillar = models.CharField(_("pillar"), max_length=13, choices=Pillar)
    subsectors = models.ManyToManyField(
        Subsector, blank=True, related_name="practices", verbose_name=_("subsectors")
    )
    summary = models.CharField(
        _("in one line"), max_length=200, blank=True, help_text=_("What it is, in one sentence.")
    )
    challenge = models.TextField(_("challenge"), blank=True, help_text=_("What was wrong before?"))
    approach = models.TextField(_("approach"), blank=True, help_text=_("What did they do?"))
    results = models.TextField(_("results"), blank=True, help_text=_("What is better now?"))
    evidence = models.TextField(
        _("evidence"), blank=True, help_text=_("How do we know? Numbers, with their date.")
    )
    evidence_url = models.URLField(_("address of the evidence"), blank=True)
    how_to_replicate = models.TextField(
        _("how to replicate"), blank=True, help_text=_("First steps, one a line.")
    )
    cost_band = models.CharField(_("cost"), max_length=10, choices=CostBand)
    started_year = models.PositiveSmallIntegerField(_("since year"), null=True, blank=True)
    months = models.PositiveSmallIntegerField(
        _("months until the first results"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(600)],
    )
    roles = ArrayField(
        models.CharField(max_length=10, choices=Role),
        verbose_name=_("roles involved"),
        default=list,
        blank=True,
        help_text=_("The roles of the partners below count without being named here."),
    )
    stakeholders = models.ManyToManyField(
        Stakeholder, blank=True, related_name="practices", verbose_name=_("partners involved")
    )
    sources = models.TextField(
        _("sources"), blank=True, help_text=_("One a line; addresses become links.")
    )
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.DRAFT)
    published_at = models.DateTimeField(_("published at"), null=True, blank=True)
    is_demo = models.BooleanField(
        _("example"), default=False, help_text=_("Invented for the demo and marked as such.")
    )

    objects = GoodPracticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("good practice")
        verbose_name_plural = _("good practices")
        ordering = ["title", "pk"]
        permissions = [("publish_goodpractice", "Can publish good practices")]
        constraints = [
            models.CheckConstraint(condition=Q(pillar__in=Pillar.values), name="practice_pillar"),
            models.CheckConstraint(
                condition=Q(cost_band__in=CostBand.values), name="practice_cost_band"
            ),
            models.CheckConstraint(
                condition=Q(roles__contained_by=Role.values), name="practice_roles"
            ),
            models.CheckConstraint(
                condition=Q(status__in=["draft", "published"]), name="practice_status"
            ),
            models.CheckConstraint(
                condition=Q(started_year__isnull=True) | Q(started_year__range=YEARS),
                name="practice_started_year",
                violation_error_message=_("This is no year in which a practice can have begun."),
            ),
            models.CheckConstraint(
                condition=~Q(status="published") | Q(published_at__isnull=False),
                name="practice_published_has_date",
            ),
            models.CheckConstraint(
                condition=~Q(status="published")
                | Q(*(~Q(**{field: ""}) for field in NEEDED_TO_PUBLISH)),
                name="practice_published_is_complete",
                violation_error_message=_(
                    "To be published it needs its summary, challenge, approach, results and how"
                    " to replicate it."
                ),
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("collaborations:practice", args=[self.slug])

    @property
    def is_complete(self):
        return all(getattr(self, field) for field in NEEDED_TO_PUBLISH)

    @property
    def involved_roles(self):
        """The roles that took part, each once, in their order."""
        return [role for role in Role if role.value in self.involved]

    @property
    def lineage(self):
        """Return the adoptions from the origin itself; the `learners` of each lead further down.

        An adaptation of one that is not shown hangs on the origin.
        """
        shown = {adoption.pk: adoption for adoption in self.adoptions.all()}
        from_origin = []
        for adoption in shown.values():
            adoption.learners = []
        for adoption in shown.values():
            teacher = shown.get(adoption.adapted_from_id)
            (teacher.learners if teacher else from_origin).append(adoption)
        return from_origin

    def regions_to_try(self):
        """Return regions at home in its subsectors that do not know it yet.

        Exchange is unbalanced: those that received the fewest practices come first; of equals
        those that lead in it, then the nearest. `reasons_to_try` says why.
        """
        links = PracticeSubsector.objects.filter(goodpractice=self).values("subsector")
        leading = RegionSubsector.objects.filter(is_lead=True, subsector__in=links)
        leads = leading.filter(region=OuterRef("pk"))
        at_home = StakeholderSubsector.objects.filter(subsector__in=links)
        listings = Stakeholder.objects.published().filter(pk__in=at_home.values("stakeholder"))
        # Of each region only the first one: an EXISTS would read all of them.
        hosts = listings.filter(region=OuterRef("pk")).order_by()
        return (
            Region.objects.exclude(pk=self.region_id)
            .exclude(pk__in=self.adoptions.values("region"))
            .annotate(is_leading=Exists(leads), host=Subquery(hosts.values("pk")[:1]))
            .filter(Q(is_leading=True) | Q(host__isnull=False))
            .annotate(
                lead_keys=ArraySubquery(leads.values("subsector")),
                partner_count=count_of(listings, "region"),
                received_count=count_of(Adoption.objects.public(), "region", "practice"),
            )
            .with_distance_to(self.region)
            .only("name", "slug")
            .order_by("received_count", "-is_leading", "distance_km", "pk")
        )

    def publish(self):
        self.status = self.Status.PUBLISHED
        self.published_at = self.published_at or timezone.now()
        self.save(update_fields=["status", "published_at"])


@tracked()
class PracticeSubsector(GoodPractice.subsectors.through):
    """The link table, named so that its history is kept too."""

    class Meta:
        proxy = True


@tracked()
class PracticeStakeholder(GoodPractice.stakeholders.through):
    """The link table, named so that its history is kept too."""

    class Meta:
        proxy = True
