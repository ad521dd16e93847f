"""The narrow table that the partner search reads (docs/adr/0014-search-table.md).

PostgreSQL keeps it: triggers of migrations 0008 and 0012 write a row for each published listing
in the statement that changes the listing, its subsectors or its offerings. Nothing here is ever
saved.
"""

from django.contrib.postgres.aggregates import BitOr, BoolOr
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import (
    SearchQuery,
    SearchVectorField,
)
from django.db import connection, models
from django.db.models import Count, F, Func, Q
from django.utils import timezone

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


# The tiers of a `Search`, one after the other: PostgreSQL reads none that the page does not need,
# and in the last, where nobody mentions a word, only the grade counts.
RANKED = """
WITH entry AS NOT MATERIALIZED ({rows})
SELECT pk FROM unnest(%s::text[]) WITH ORDINALITY AS tier (query, place) CROSS JOIN LATERAL (
    SELECT pk FROM (
        SELECT * FROM entry WHERE dear(words) @@ query::tsquery ORDER BY grade DESC, turn LIMIT %s
    ) best
    ORDER BY grade / 20.0 + CASE WHEN place < 3 THEN ts_rank(words, %s::tsquery) + 2 * similarity(
        (SELECT plain_text(name) FROM stakeholders_stakeholder WHERE id = pk), plain_text(%s))
    ELSE 0 END DESC, turn
) found LIMIT %s OFFSET %s
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

    def with_any(self, mark, keys):
        """Rows that have one of the marked lexemes (see migration 0012)."""
        return self.with_words(" | ".join(f"'{mark}/{key}'" for key in keys))

    def with_freshness_in(self, values):
        """Rows in one of the `Freshness` states now."""
        return self.alias(freshness_now=freshness_now()).filter(freshness_now__in=values)

    def mentioning(self, search):
        """Rows that mention what `search` wants, and nothing that it does not want."""
        if search.wanted or not search.unwanted:
            return self.with_words(search.wanted) if search.wanted else self
        # To look into each row for what is not there would take seconds.
        return self.exclude(pk__in=SearchEntry.objects.with_words(search.unwanted).values("pk"))

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

    def played_by_region(self):
        """Return {(region, role): bit mask of the subsectors in which anybody plays it}.

        All bits are set where a row works across all subsectors.
        """
        rows = self.order_by().values_list("region", "role")
        rows = rows.annotate(bits=BitOr("subsectors"), across=BoolOr(Q(subsectors=0)))
        return {
            (region, ROLES[role]): -1 if across else bits for region, role, bits, across in rows
        }

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
        graded = self.with_grade().annotate(turn=TurnOfTheDay("stakeholder_id"))
        return graded.order_by("-grade", "turn")

    def ranked(self, search, start, stop):
        """Return the keys of a page of what `search` finds among these, best first.

        Rows whose name says it come before rows that mention it elsewhere, and these before rows
        that only mean it; among equals, the name that is most like the words, then the weight of
        the words, then the grade. Of each kind, the best `MOST_RANKED` by grade are ranked.
        """
        if not search.worded:
            found = self.mentioning(search).best_first()
            return list(found.values_list("pk", flat=True)[start:stop])
        rows = self.best_first().order_by()
        sql, params = rows.values("pk", "words", "grade", "turn").query.sql_with_params()
        ranking = [search.tiers, MOST_RANKED, search.worded, search.plain]
        with connection.cursor() as cursor:
            cursor.execute(RANKED.format(rows=sql), [*params, *ranking, stop - start, start])
            return [pk for [pk] in cursor.fetchall()]


def _lead_masks():
    """Return {region: bit mask of its lead subsectors}."""
    subsectors = Subsector.objects.order_by("pk").values_list("pk", flat=True)
    places = {pk: place for place, pk in enumerate(subsectors)}
    masks = {}
    leads = RegionSubsector.objects.filter(is_lead=True).order_by()
    for region, subsector in leads.values_list("region", "subsector"):
        masks[region] = masks.get(region, 0) | 1 << places[subsector]
    return masks


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
