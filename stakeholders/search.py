"""How text finds listings; PostgreSQL does the work (docs/adr/0006-search.md)."""

import re
from typing import NamedTuple

from django.contrib.postgres.search import SearchQuery, SearchRank, TrigramWordSimilarity
from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.utils import timezone

from regions.functions import PlainText
from regions.models import Province, Region, Subsector
from stakeholders.models.freshness import DUE_WINDOW
from stakeholders.roles import Role

# Indonesian stemming with accents folded; made, like the two functions, by migration 0001.
SEARCH_CONFIG = "indonesian_unaccent"
MOST_TERMS = 8
SHORTEST_TYPO = 4  # letters: shorter words are too alike to forgive a typo
# Said between the words that matter; PostgreSQL's Indonesian leaves none of them out.
FILLERS = {
    "di", "ke", "dari", "dan", "atau", "yang", "untuk", "dengan", "pada", "serta",
    "the", "in", "and", "or", "of", "for", "at", "near",
}  # fmt: skip
TERM = re.compile(r'(?P<minus>-?)(?:"(?P<phrase>[^"]+)"|(?P<word>[^\s"]+))')


class Term(NamedTuple):
    """A word, or several in quotes, that a listing must (or with a minus must not) mention."""

    text: str
    is_phrase: bool
    is_excluded: bool

    @property
    def is_filler(self):
        return self.text.lower() in FILLERS and not (self.is_phrase or self.is_excluded)

    @property
    def query(self):
        if self.is_phrase:
            return SearchQuery(self.text, config=SEARCH_CONFIG, search_type="phrase")
        words = " & ".join(f"{word}:*" for word in re.findall(r"\w+", self.text))
        return SearchQuery(words, config=SEARCH_CONFIG, search_type="raw")


def split(text):
    """Split what people type into terms; signs without a letter or digit say nothing."""
    found = TERM.finditer(text.replace("\x00", " "))
    terms = [
        Term(match["phrase"] or match["word"], bool(match["phrase"]), bool(match["minus"]))
        for match in found
    ]
    terms = [term for term in terms if any(map(str.isalnum, term.text))]
    return [term for term in terms if not term.is_filler] or terms


def parse(text):
    """Return the terms that count; each costs time, so there is a limit."""
    return split(text)[:MOST_TERMS]


def left_out(text):
    return split(text)[MOST_TERMS:]


class SearchQuerySet(models.QuerySet):
    def search(self, text):
        """Rows that mention every term: in their own words, their place, subsector or role."""
        found = self.alias(plain_name=PlainText("name"))
        for term in parse(text):
            mentioned = self._mentions(term)
            found = found.exclude(mentioned) if term.is_excluded else found.filter(mentioned)
        return found

    def _mentions(self, term):
        subsectors = Subsector.objects.filter(
            Q(name_id__icontains=term.text) | Q(name_en__icontains=term.text)
        )
        with_subsector = self.model.subsectors.through.objects.filter(subsector__in=subsectors)
        mentioned = (
            Q(search_vector=term.query)
            | Q(region__in=Region.objects.named(term.text))
            | Q(region__province__in=Province.objects.named(term.text))
            | Q(pk__in=with_subsector.values("stakeholder"))
            | Q(organization_type__name_id__istartswith=term.text)
            | Q(organization_type__name_en__istartswith=term.text)
            | Q(role__in=Role.named(term.text))
        )
        if len(term.text) >= SHORTEST_TYPO and not term.is_phrase:
            mentioned |= Q(plain_name__trigram_word_similar=PlainText(Value(term.text)))
        return mentioned

    def by_relevance(self, text=""):
        """Best first: what the name and text say, then trust and how much is known."""
        score = self._trust() + self._completeness()
        terms = [term for term in parse(text) if not term.is_excluded]
        if terms:
            words = " ".join(term.text for term in terms)
            query = terms[0].query
            for term in terms[1:]:
                query |= term.query
            score += SearchRank(F("search_vector"), query)
            score += 2 * TrigramWordSimilarity(PlainText(Value(words)), PlainText("name"))
        return self.annotate(score=score).order_by(
            "-score", F("verified_at").desc(nulls_last=True), "name", "pk"
        )

    def _trust(self):
        """Confirmed stands above due, that above what nobody vouches for, stale below all."""
        now = timezone.now()
        return Case(
            When(stale_at__gt=now + DUE_WINDOW, then=Value(0.4)),
            When(stale_at__gt=now, then=Value(0.3)),
            When(stale_at__isnull=True, then=Value(0.1)),
            default=Value(0.0),
            output_field=models.FloatField(),
        )

    def _completeness(self):
        filled = [
            Case(When(Q(**{field: ""}), then=Value(0.0)), default=Value(0.05))
            for field in ("summary", "description", "logo", "website")
        ]
        return sum(filled[1:], start=filled[0])
