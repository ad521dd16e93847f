"""Which listings: the rows of `Stakeholder`, and what pages read of them."""

from itertools import count

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.search import TrigramSimilarity
from django.db import models
from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    Func,
    OuterRef,
    Prefetch,
    Q,
    Value,
    When,
    Window,
)
from django.db.models.expressions import RawSQL
from django.db.models.functions import Collate, RowNumber, TruncMonth
from django.utils.text import slugify

from regions.functions import PlainText
from regions.models import RegionSubsector, Subsector
from stakeholders.coverage import ALL, Coverage
from stakeholders.models.completeness import lacking
from stakeholders.models.freshness import freshness_now, is_living, trust_now
from stakeholders.roles import Role
from stakeholders.sites import Site, site_key

# Fixed words under /mitra/, now or by design; no listing may take one as its address.
ACROSS = "lintas"  # stands among subsectors for listings that work across all of them
RESERVED_SLUGS = ["usul", "hubungi", "usul-koreksi", "ekspor", "peta", "saran"]


NEXT_DOOR = 0.002  # degrees
MOST_WORDS = 12  # of a name
MOST_ELSEWHERE = 20  # listings of other regions that begin alike, or that share a website
ALIKE = 0.5  # of the trigrams of two names, from which on they may mean the same

SHOWN_ON_CARDS = [
    *("name", "slug", "role", "summary", "logo", "verified_at", "stale_at", "published_at"),
    *("website", "public_email", "public_phone"),  # on a shortlist
    *("region__name", "organization_type__name_id", "organization_type__name_en"),
]
# One short walk along an index for each role, however many rows there are.
FIRST_OF_EACH_ROLE = """
SELECT first.id FROM unnest(%s::text[]) AS wanted (role) CROSS JOIN LATERAL ({rows}) AS first (id)
"""
MOST_DOUBTFUL_FIRST = [F("stale_at").asc(nulls_first=True), F("id").asc()]
FRESHEST_FIRST = [F("stale_at").desc(nulls_last=True), F("id").asc()]


def name_in_order():
    """Return the expression by which an index finds names that begin alike."""
    return Collate(PlainText("name"), "C")


def place_of_role():
    """Return the expression that puts rows in the order of the six roles."""
    number = models.IntegerField()
    return Func(Value(Role.values), "role", function="array_position", output_field=number)


def _offerings(model):
    """What each row offers and needs, with the categories, in one statement."""
    offerings = model._meta.get_field("offerings").related_model.objects
    return Prefetch("offerings", offerings.select_related("category"))


def _asked(model, direction):
    """The names of what each row offers or needs now."""
    offerings = model._meta.get_field("offerings").related_model.objects
    asked = offerings.valid().filter(direction=direction, stakeholder=OuterRef("pk"))
    return ArraySubquery(asked.values(f"category__{Subsector.name_column()}"))


def _around(latitude, longitude):
    """Within some two hundred metres of a point."""
    return Q(
        latitude__range=(latitude - NEXT_DOOR, latitude + NEXT_DOOR),
        longitude__range=(longitude - NEXT_DOOR, longitude + NEXT_DOOR),
    )


class StakeholderQuerySet(models.QuerySet):
    def published(self):
        return self.filter(status=self.model.Status.PUBLISHED)

    def editable_by(self, user):
        """Rows this user may change: those in their care, and those they are a steward of."""
        if not user.is_authenticated:
            return self.none()
        if not user.is_steward or user.has_perm("regions.edit_all"):
            return self.in_care_of(user)
        mine = Q(pk__in=user.stewardships.active().values("stakeholder"))
        if not user.is_officer:  # an OR, even with nothing, would read all listings
            return self.filter(mine)
        return self.filter(mine | Q(region__in=user.editable_regions()))

    def in_care_of(self, user):
        """Rows of the regions this user is an officer of: whom to invite, move, export …"""
        return self.filter(region__in=user.editable_regions())

    def visible_to(self, user):
        return self.published() | self.editable_by(user)

    def successors_of(self, pks):
        """Return {key: key of the public listing that stands for it after all merges}."""
        found, last = {}, {pk: pk for pk in pks}
        while last:
            merged = self.filter(pk__in=last.values(), merged_into__isnull=False)
            into = dict(merged.values_list("pk", "merged_into"))
            last = {pk: into[at] for pk, at in last.items() if at in into}
            found |= last
        if not found:
            return {}
        public = set(self.published().filter(pk__in=found.values()).values_list("pk", flat=True))
        return {pk: at for pk, at in found.items() if at in public}

    def with_freshness_in(self, values):
        """Rows in one of the `Freshness` states now."""
        return self.alias(freshness_now=freshness_now()).filter(freshness_now__in=values)

    def named_like(self, name):
        """Rows whose name, or one of whose other names, looks like this one; the likest first."""
        likeness = TrigramSimilarity(PlainText("name"), PlainText(Value(name)))
        alike = Q(likeness__gte=ALIKE) | Q(aliases__contains=[name])
        return self.alias(likeness=likeness).filter(alike).order_by("-likeness", "name", "pk")

    def likely_the_same(self, *, name, website, region, point=None):
        """Rows that another listing of this name, site and place may mean; those near it first.

        In the same region whatever sounds alike; elsewhere a name that begins so, by its index:
        a likeness of names all over the country took longer than a pause in typing.
        """
        likeness = TrigramSimilarity(PlainText("name"), PlainText(Value(name or "")))
        rows = self.order_by().alias(likeness=likeness, site=Site("website"))
        here, alike = Case(When(region=region, then=0), default=1), Q(likeness__gte=ALIKE)
        if name:
            alike |= Q(aliases__contains=[name])
        if point:
            alike |= Q(likeness__gte=ALIKE / 2) & _around(*point)
        found = [rows.filter(alike, region=region)]
        if name:
            found.append(rows.named_from_there_on(name)[:MOST_ELSEWHERE])
            found.append(rows.named_up_to_there(name)[:MOST_ELSEWHERE])
        if site := site_key(website or ""):
            found += [
                rows.filter(site=site)[:MOST_ELSEWHERE],
                rows.filter(site__startswith=f"{site}/")[:MOST_ELSEWHERE],
            ]
        found = [each.values("pk") for each in found]
        same = self.filter(pk__in=found[0].union(*found[1:], all=True))
        return same.alias(likeness=likeness).order_by(here, "-likeness", "name", "pk")

    def named_from_there_on(self, name):
        """Rows whose name begins so, the very same name first."""
        rows = self.alias(plain_name=name_in_order())
        return rows.filter(plain_name__startswith=PlainText(Value(name))).order_by("plain_name")

    def named_up_to_there(self, name):
        """Rows with whose whole name of several words this one begins."""
        words = name.split()[:MOST_WORDS]
        shorter = [PlainText(Value(" ".join(words[:number]))) for number in range(2, len(words))]
        return self.alias(plain_name=name_in_order()).filter(plain_name__in=shorter)

    def free_slug(self, name):
        """Return an address word for a new row of this name."""
        word = slugify(name)[:160].strip("-") or "mitra"
        taken = {*self.filter(slug__startswith=word).values_list("slug", flat=True)}
        words = (f"{word}-{number}" if number > 1 else word for number in count(1))
        return next(each for each in words if each not in taken.union(RESERVED_SLUGS))

    def across_subsectors(self):
        """Rows that name no subsector, because they work across all of them."""
        links = self.model.subsectors.through.objects
        return self.filter(~Exists(links.filter(stakeholder=OuterRef("pk"))))

    def in_subsectors(self, slugs):
        # A subquery, not a join: a listing in two of them is still one row.
        links = self.model.subsectors.through.objects
        return self.filter(pk__in=links.filter(subsector__slug__in=slugs).values("stakeholder"))

    def by_relevance(self):
        """Published rows, the most trusted and most complete first."""
        graded = self.annotate(grade=trust_now() + F("search_entry__completeness"))
        newest = F("verified_at").desc(nulls_last=True)
        return graded.order_by("-grade", newest, "name", "pk")

    def demo(self):
        return self.filter(is_demo=True)

    def for_cards(self):
        """Exactly what a list of cards shows."""
        subsectors = Subsector.objects.filter(stakeholders=OuterRef("pk"))
        names = subsectors.values(Subsector.name_column())
        return (
            self.select_related("region", "organization_type")
            .annotate(
                subsector_names=ArraySubquery(names),
                offered=_asked(self.model, "offer"),
                needed=_asked(self.model, "need"),
            )
            .only(*SHOWN_ON_CARDS)
        )

    def for_page(self):
        """Exactly what a listing's own page shows."""
        whole = self.for_cards().defer(None).prefetch_related("subsectors", _offerings(self.model))
        return whole.select_related("region__province", "verified_by")

    def for_workspace(self):
        """Exactly what the list of those who look after them shows, the most doubtful first."""
        shown = ["name", "slug", "role", "status", "verified_at", "stale_at", "region__name"]
        rows = self.select_related("region").only(*shown).annotate(lacking=lacking())
        return rows.order_by(*MOST_DOUBTFUL_FIRST)

    def freshest_of_each_role(self, most=2):
        """Cards of the rows of each role that were confirmed last, in the order of the roles."""
        rows = self.filter(role=RawSQL("wanted.role", [])).order_by(*FRESHEST_FIRST)
        sql, params = rows.values("pk")[:most].query.sql_with_params()
        sql = FIRST_OF_EACH_ROLE.format(rows=sql)
        first = RawSQL(sql, [Role.values, *params])  # noqa: S611 - holds no words of anybody
        cards = self.model.objects.filter(pk__in=first)
        return cards.for_cards().order_by(place_of_role(), *FRESHEST_FIRST)

    def for_sheet(self):
        """Exactly what an evidence sheet tells, in the order of the roles."""
        return (
            self.select_related("organization_type")
            .prefetch_related("subsectors")
            .defer("description")
            .order_by(place_of_role(), "name", "pk")
        )

    def first_of_each_role(self, most):
        """The first rows of each role by name."""
        place = Window(RowNumber(), partition_by="role", order_by=["name", "pk"])
        first = self.order_by().values("pk").alias(place=place).filter(place__lte=most)
        return self.filter(pk__in=first.values("pk"))

    def for_export(self):
        """Exactly what a table of listings tells."""
        return (
            self.select_related("region__province", "organization_type")
            .prefetch_related("subsectors", _offerings(self.model))
            .defer("description")
        )

    def living(self):
        """Rows that nobody needs to doubt yet: confirmed in time, or never due."""
        return self.filter(is_living())

    def in_lead_subsectors(self):
        """Rows that count for their region's score: in one of its lead subsectors, or across all.

        Where a region names no lead, all of its rows count.
        """
        own = self.model.subsectors.through.objects.filter(stakeholder=OuterRef("pk"))
        leads = RegionSubsector.objects.filter(region=OuterRef("region"), is_lead=True)
        in_lead = own.filter(
            subsector__region_subsectors__region=OuterRef("region"),
            subsector__region_subsectors__is_lead=True,
        )
        return self.filter(~Exists(leads) | ~Exists(own) | Exists(in_lead))

    def coverage(self):
        """Count roles x subsectors of published rows in one statement."""
        entries = self.model._meta.get_field("search_entry").related_model.objects
        return entries.filter(stakeholder__in=self.order_by()).coverage()

    def role_coverage(self):
        """Only the totals of `coverage()`, which cost less."""
        return Coverage(self._counted(Value(ALL)))

    def coverage_of_each(self, regions):
        """Return {region: its `coverage()`}, all of them in one statement."""
        here = self.filter(region__in=regions)
        totals, cells = (here._counted(by, "region") for by in (Value(ALL), F("subsectors")))
        rows = {region.pk: [] for region in regions}
        for region, *row in totals.union(cells, all=True):
            rows[region].append(row)
        return {region: Coverage(rows[region.pk]) for region in regions}

    def by_freshness(self):
        """Rows of (role, `Freshness` now, number)."""
        states = self.order_by().annotate(freshness_now=freshness_now())
        return states.values_list("role", "freshness_now").annotate(number=Count("pk"))

    def by_month(self):
        """Rows of (month of publication, number), oldest first."""
        months = self.annotate(month=TruncMonth("published_at")).values_list("month")
        return months.annotate(number=Count("pk")).order_by("month")

    def _counted(self, subsector, *by):
        rows = self.order_by().annotate(of_subsector=subsector)
        counted = rows.values_list(*by, "role", "of_subsector")
        return counted.annotate(total=Count("pk"), living=Count("pk", filter=is_living()))
