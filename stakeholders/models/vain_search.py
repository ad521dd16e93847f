"""What people looked for and did not find, without anything about them."""

import logging
from datetime import timedelta

from django.db import DatabaseError, connection, models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from regions.models import Province, Region

KEPT_DAYS = 400
MOST_A_DAY = 10_000  # different searches: whoever invents them by machine fills no table

LONGEST = 400  # characters of words or filters; nobody asks for more by hand

# One statement: old days go, and the search of today counts once more. A lexeme becomes a word of
# published listings: the one typed, or the shortest.
COUNT = """
WITH gone AS (DELETE FROM stakeholders_vainsearch WHERE day < %(oldest)s), said AS (
    SELECT DISTINCT ON (lexeme) word FROM stakeholders_searchword WHERE lexeme = ANY(%(lexemes)s)
    ORDER BY lexeme, word <> ALL(%(typed)s::text[]), length(word), word
), kept AS (
    SELECT coalesce(string_agg(word, ' ' ORDER BY word), '') AS words
    FROM (SELECT word FROM said UNION SELECT unnest(%(words)s::text[])) known
)
INSERT INTO stakeholders_vainsearch AS vain
    (day, words, other_words, facets, region_id, province_id, searches)
SELECT %(day)s, words, %(other_words)s, %(facets)s, %(region)s, %(province)s, 1
FROM kept
WHERE length(words) <= %(longest)s AND (words <> '' OR %(other_words)s > 0 OR %(facets)s <> '')
    AND NOT EXISTS (
        SELECT FROM stakeholders_vainsearch WHERE day = %(day)s OFFSET %(most)s)
ON CONFLICT (day, words, other_words, facets, region_id, province_id)
    DO UPDATE SET searches = vain.searches + 1
"""

logger = logging.getLogger(__name__)


class VainSearchQuerySet(models.QuerySet):
    def note(self, **values):
        """Count a search that found nothing; the page that says so stands whatever happens.

        Takes `words` of our own lists, `lexemes` of listings and the words as `typed`, how many
        `other_words` there were, `facets`, and the keys of a `region` and a `province` or None.
        """
        today = timezone.localdate()
        oldest = today - timedelta(days=KEPT_DAYS)
        values |= {"day": today, "oldest": oldest, "most": MOST_A_DAY, "longest": LONGEST}
        try:
            with connection.cursor() as cursor:
                cursor.execute(COUNT, values)
        except DatabaseError as error:
            logger.warning("A search in vain was not counted: %s", type(error).__name__)


class VainSearch(models.Model):
    """One search that found nothing, and how often it was tried on a day.

    `words` are those of our own lists and of published listings alone, in the order of the
    alphabet; of any others only the number is kept.
    """

    day = models.DateField(_("day"))
    words = models.CharField(_("words"), max_length=400, blank=True)
    other_words = models.PositiveSmallIntegerField(
        _("other words"), help_text=_("Nobody uses these, so they are not kept.")
    )
    facets = models.CharField(_("filters"), max_length=400, blank=True)
    region = models.ForeignKey(
        Region, models.CASCADE, null=True, related_name="+", verbose_name=_("region")
    )
    province = models.ForeignKey(
        Province, models.CASCADE, null=True, related_name="+", verbose_name=_("province")
    )
    searches = models.PositiveIntegerField(_("searches"))

    objects = VainSearchQuerySet.as_manager()

    class Meta:
        verbose_name = _("search in vain")
        verbose_name_plural = _("searches in vain")
        ordering = ["-day", "-searches", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["day", "words", "other_words", "facets", "region", "province"],
                nulls_distinct=False,
                name="vain_search_once_a_day",
            )
        ]

    def __str__(self):
        return self.words or self.facets
