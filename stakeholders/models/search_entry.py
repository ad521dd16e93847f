"""The narrow table that the partner search reads (docs/adr/0014-search-table.md).

PostgreSQL keeps it: triggers of migration 0008 write a row for each published listing in the
statement that changes the listing, its subsectors or its offerings. Nothing here is ever saved.
"""

from django.contrib.postgres.aggregates import BitOr, BoolOr
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import (
    SearchQuery,
    SearchRank,
    SearchVectorField,
    TrigramSimilarity,
)
from django.db import connection, models
from django.db.models import Case, Count, F, Func, Q, Value, When
from django.db.models.functions import Cast
from django.utils import timezone

from regions.functions import PlainText
from regions.models import Region, RegionSubsector, Subsector
from stakeholders.coverage import Coverage
from stakeholders.models.freshness import freshness_now, is_living, trust_now
from stakeholders.models.lists import OrganizationType
from stakeholders.models.stakeholder import Stakeholder
from stakeholders.roles import Role

ROLES = Role.values  # `role` is the place of a role among these
# Rows that may be paged through, and that are ranked by more than their grade: after forty pages
# it helps nobody to go on, and to rank 100,000 rows takes half a second.
MOST_RANKED = 960

# Of roles with masks of subsectors, the rows that `Coverage` takes; 0 is its `ALL`.
COVERAGE = """
WITH counted (role, mask, total, living) AS ({counted}),
subsector AS (SELECT id, row_number() OVER (ORDER BY id)::int - 1 AS bit FROM regions_subsector)
SELECT role, 0, sum(total)::bigint, sum(living)::bigint FROM counted GROUP BY role
UNION ALL
SELECT role, id, sum(total)::bigint, sum(living)::bigint
FROM counted LEFT JOIN subsector ON mask >> bit & 1 = 1 GROUP BY role, id
"""


class ReadyQuery(SearchQuery):
    """A `tsquery` written out: PostgreSQL need not parse any words."""

    def as_sql(self, compiler, connection):
        [text] = self.get_source_expressions()
        sql, params = compiler.compile(text)
        return f"{sql}::tsquery", params


class Dear(Func):
    """The words of an entry, said to be dear to read (see migration 0007).

    They lie out of line, which the planner does not know: it would rather read all of them than
    go through the index.
    """

    function = "dear"
    arity = 1
    output_field = SearchVectorField()


class SearchEntryQuerySet(models.QuerySet):
    def with_words(self, query):
        """Rows whose words fit a `tsquery` written out."""
        return self.alias(dear_words=Dear("words")).filter(dear_words=ReadyQuery(query))

    def with_freshness_in(self, values):
        """Rows in one of the `Freshness` states now."""
        return self.alias(freshness_now=freshness_now()).filter(freshness_now__in=values)

    def playing(self, roles):
        return self.filter(role__in=[ROLES.index(role) for role in roles])

    def with_bits(self, field, bits):
        """Rows whose bit mask has one of the bits, each a place in the list it stands for."""
        return self.alias(common=F(field).bitand(_mask(bits))).filter(~Q(common=0))

    def in_subsectors(self, bits, across=False):
        """Rows in one of the subsectors, or `across` all of them."""
        found = self.alias(common=F("subsectors").bitand(_mask(bits)))
        return found.filter(~Q(common=0) | Q(subsectors=0) if across else ~Q(common=0))

    def mentioning(self, search, query=None):
        """Rows that mention what `search` wants, or the part of it that `query` names."""
        wanted = query or search.wanted
        found = self.with_words(wanted) if wanted else self
        if search.unwanted:
            # To look into each row for what is not there would take seconds.
            unwanted = SearchEntry.objects.with_words(search.unwanted)
            found = found.exclude(pk__in=unwanted.values("pk"))
        for place in search.unwanted_places:
            found = found.exclude(region__in=_regions_of(place))
        for place in search.places:
            found = found.filter(region__in=_regions_of(place))
        return found

    def living_roles_by_region(self):
        """Return (region, role) for each role that counts for the score of its region.

        One of its rows in a lead subsector, or across all, is in date; all rows count where the
        region names no lead.
        """
        leads = _lead_masks()
        rows = self.filter(is_living()).order_by().values_list("region", "role")
        rows = rows.annotate(bits=BitOr("subsectors"), across=BoolOr(Q(subsectors=0)))
        return [
            (region, ROLES[role])
            for region, role, bits, across in rows
            if across or region not in leads or bits & leads[region]
        ]

    def coverage(self):
        """Count roles x subsectors in one statement, however many rows there are."""
        counted = self.order_by().values_list("role", "subsectors")
        counted = counted.annotate(total=Count("pk"), living=Count("pk", filter=is_living()))
        sql, params = counted.query.sql_with_params()
        with connection.cursor() as cursor:
            cursor.execute(COVERAGE.format(counted=sql), params)
            return Coverage((ROLES[role], *cell) for role, *cell in cursor.fetchall())

    def with_grade(self):
        """Annotate `grade`: 0 to 12, how far to trust the row and how much it tells."""
        return self.annotate(grade=trust_now() + F("completeness"))

    def best_first(self):
        """Order by grade; rows of one grade take turns, in another order every day."""
        return self.with_grade().order_by(F("grade").desc(), TurnOfTheDay("stakeholder_id"))

    def ranked(self, search):
        """The best `MOST_RANKED` of the rows that `search` finds among these, best first.

        Rows whose name says it come before rows that mention it elsewhere; among equals, the
        name that is most like the words, then the weight of the words, then the grade.
        """
        if not search.worded:
            return self.mentioning(search).best_first()
        tiers = [
            self.mentioning(search, query).best_first().values("pk")[:MOST_RANKED]
            for query in search.tiers
        ]
        candidates = tiers[0].union(*tiers[1:], all=True)[:MOST_RANKED]
        score = (
            SearchRank(F("words"), ReadyQuery(search.worded))
            + 2 * TrigramSimilarity(PlainText("stakeholder__name"), search.plain)
            + Cast(F("grade"), models.FloatField()) / 20
        )
        is_named = When(words=ReadyQuery(search.named), then=Value(1.0))
        score += Case(is_named, default=Value(0.0), output_field=models.FloatField())
        entries = SearchEntry.objects.filter(pk__in=candidates).with_grade()
        return entries.annotate(score=score).order_by("-score", TurnOfTheDay("stakeholder_id"))


def _lead_masks():
    """Return {region: bit mask of its lead subsectors}."""
    subsectors = Subsector.objects.order_by("pk").values_list("pk", flat=True)
    places = {pk: place for place, pk in enumerate(subsectors)}
    masks = {}
    leads = RegionSubsector.objects.filter(is_lead=True).order_by()
    for region, subsector in leads.values_list("region", "subsector"):
        masks[region] = masks.get(region, 0) | 1 << places[subsector]
    return masks


def _mask(bits):
    return sum(1 << bit for bit in set(bits))


def _regions_of(place):
    keys = {"region": [], "province": []}
    for option in place.options:
        keys[option.kind].append(option.pk)
    fitting = Q(pk__in=keys["region"]) | Q(province__in=keys["province"])
    return Region.objects.filter(fitting).values("pk")


class TurnOfTheDay(Func):
    """A number that is evenly spread and the same all day, and another tomorrow."""

    function = "hashint8"
    template = "%(function)s(%(expressions)s # %(day)s)"
    output_field = models.IntegerField()

    def as_sql(self, compiler, connection, **context):
        return super().as_sql(compiler, connection, day=timezone.localdate().toordinal(), **context)


class SearchEntry(models.Model):
    """What finds, counts and orders one published listing; bit masks instead of links.

    Bit n of `subsectors`, `offers` and `needs` stands for the nth row of the list by id.
    """

    stakeholder = models.OneToOneField(
        Stakeholder,
        models.DO_NOTHING,
        primary_key=True,
        db_constraint=False,
        related_name="search_entry",
    )
    region = models.ForeignKey(
        Region, models.DO_NOTHING, db_constraint=False, related_name="search_entries"
    )
    organization_type = models.ForeignKey(
        OrganizationType,
        models.DO_NOTHING,
        db_constraint=False,
        db_index=False,
        related_name="+",
    )
    verified_at = models.DateTimeField(null=True)
    stale_at = models.DateTimeField(null=True)
    subsectors = models.BigIntegerField()
    offers = models.BigIntegerField()
    needs = models.BigIntegerField()
    role = models.SmallIntegerField()
    completeness = models.SmallIntegerField()
    words = SearchVectorField()

    objects = SearchEntryQuerySet.as_manager()

    class Meta:
        # Nothing waits for a vacuum: a pending list makes the next searches slow.
        indexes = [GinIndex(Dear("words"), name="search_entry_words", fastupdate=False)]

    def __str__(self):
        return str(self.stakeholder_id)


class SearchWord(models.Model):
    """A word that listings use, folded: what is known, and what a misspelt one may have meant."""

    word = models.CharField(max_length=40, primary_key=True)
    lexeme = models.CharField(max_length=40, db_index=True)

    class Meta:
        indexes = [
            GinIndex(fields=["word"], opclasses=["gin_trgm_ops"], name="search_word_trigrams")
        ]

    def __str__(self):
        return self.word
