"""How text finds listings (docs/adr/0014-search-table.md).

`understanding` reads what was typed; here it becomes one `tsquery` over the search table.
"""

import re
from functools import cached_property, partial, reduce
from operator import or_
from typing import NamedTuple

from django.db import connection

from stakeholders.lists import Lists
from stakeholders.understanding import (
    Lexicon,
    Meaning,
    Place,
    Understanding,
    fold,
    in_order,
    modern,
    nearest,
    understand,
)

# Indonesian stemming with accents folded; made by migration 0002 of regions.
SEARCH_CONFIG = "indonesian_unaccent"
SHORTEST_TYPO = 4  # letters: shorter words are too alike to forgive a typo
SHORTEST_BEGINNING = 3  # letters of the name of a subsector, a type or a role
LONGER = 8  # letters, from which two typos are forgiven

# For each term: its lexemes, its phrase, whether anybody uses it or a relative, whether anybody has
# a word that begins with it, and one that is no name of a place, and if nobody has any, the words
# that it may have meant.
SPELLING = """
SELECT lexemes, phraseto_tsquery(%(config)s, term)::text, folded, is_known, is_begun,
    is_begun AND EXISTS (
        SELECT FROM stakeholders_searchword
        WHERE word ~>=~ folded AND word ~<~ (folded || chr(1114111)) AND word <> ALL(%(places)s)
    ), CASE
    WHEN is_known OR is_begun OR NOT may_be_typo THEN '{}'
    ELSE ARRAY(
        SELECT ARRAY[word, lexeme] FROM stakeholders_searchword WHERE word %% folded
        ORDER BY similarity(word, folded) DESC, word LIMIT 20)
    END
FROM unnest(%(terms)s::text[], %(may_be_typo)s::boolean[]) WITH ORDINALITY
        AS asked (term, may_be_typo, place),
    plain_text(term) AS folded,
    tsvector_to_array(to_tsvector(%(config)s, term)) AS lexemes,
    LATERAL (SELECT NOT EXISTS (
        SELECT FROM unnest(lexemes) AS own
        WHERE NOT EXISTS (SELECT FROM stakeholders_searchword known WHERE known.lexeme = own)
    )) AS used (is_known),
    LATERAL (SELECT EXISTS (
        SELECT FROM stakeholders_searchword
        WHERE word ~>=~ folded AND word ~<~ (folded || chr(1114111))
    )) AS begun (is_begun)
ORDER BY place
"""


NOTHING = Understanding(terms=[], places=[], left_out=[])


class Spelled(NamedTuple):
    """A term as PostgreSQL knows it."""

    lexemes: list[str]
    phrase: str
    folded: str
    is_known: bool
    corrections: dict[str, str | None]  # word: its lexeme, if listings use it
    meaning: Meaning = Meaning()  # of the corrections
    options: tuple = ()  # places whose names begin with it


class Search:
    """A text, and what it asks of the listings."""

    def __init__(self, text):
        self.text = text

    @cached_property
    def lexicon(self):
        return Lexicon.load()

    @cached_property
    def understood(self):
        return understand(self.text, self.lexicon) if self.text else NOTHING

    @property
    def places(self):
        return self.understood.places

    @property
    def terms(self):
        return self.understood.terms

    @cached_property
    def spelled(self):
        """Return a `Spelled` for each term, in one statement."""
        if not self.terms:
            return []
        params = {
            "config": SEARCH_CONFIG,
            "terms": [term.text for term in self.terms],
            "may_be_typo": [_may_be_typo(term) for term in self.terms],
            "places": list(self._begun_places),
        }
        with connection.cursor() as cursor:
            cursor.execute(SPELLING, params)
            rows = zip(self.terms, cursor.fetchall(), strict=True)
            return [self._spelled(term, *row) for term, row in rows]

    def _spelled(self, term, lexemes, phrase, folded, is_known, is_begun, is_word, words):
        lexemes_of = dict(words)
        likely = self._likely(folded, lexemes_of) if _may_be_typo(term) and not is_begun else []
        meanings = (self.lexicon.meanings.get(word, Meaning()) for word in likely)
        found = Spelled(lexemes, phrase, folded, is_known, {}, reduce(or_, meanings, Meaning()))
        if term is self.terms[-1] and self._begun_places and not (is_word or any(found.meaning)):
            places = self._begun_places.values()
            return found._replace(options=in_order(o for place in places for o in place.options))
        return found._replace(corrections={word: lexemes_of.get(word) for word in likely})

    @cached_property
    def _begun_places(self):
        """Return {name: place} of all that the last word begins, while somebody is typing it."""
        term, beginning = self.terms[-1], fold(self.terms[-1].text)
        is_last = term.spans[-1][1] == len(self.text.rstrip())
        is_plain = not (term.is_phrase or term.is_excluded or term.has_meaning)
        if not (
            is_last and is_plain and beginning.isalpha() and len(beginning) >= SHORTEST_BEGINNING
        ):
            return {}
        if self.lexicon.is_right(beginning) or any(self.lexicon.begun_meaning(beginning)):
            return {}
        return self.lexicon.begun_places(beginning)

    def _likely(self, typed, words):
        """What nobody writes so was rather a word with a meaning than another of the listings.

        A right word is at most spelled as in old names: "nikah" is not Nipah.
        """
        if self.lexicon.is_right(typed):
            return [word for word in words if modern(word) == modern(typed)]
        if any(self.lexicon.begun_meaning(typed)):
            return []
        known = self.lexicon.words_like(typed)
        likely = nearest(typed, [*words, *known], 2 if len(typed) >= LONGER else 1)
        return [word for word in likely if word in self.lexicon.meanings] or likely

    @property
    def corrections(self):
        """Return [(term, the words it was read as)] for each term that nobody uses."""
        pairs = zip(self.terms, self.spelled, strict=True)
        return [(term, spelled.corrections) for term, spelled in pairs if spelled.corrections]

    @property
    def begun(self):
        """Return the last word as the places that it begins, if it does, in a list."""
        pairs = zip(self.terms, self.spelled, strict=True)
        return [
            Place(term.text, f"{term.text}…", spelled.options, True, term.spans)
            for term, spelled in pairs
            if spelled.options
        ]

    @cached_property
    def wanted(self):
        """The `tsquery` of all that must be mentioned and must not, or an empty text.

        Where nothing must be mentioned it cannot be told by an index: see `unwanted`.
        """
        parts = [self._all(self._mentioned), *map(_there, self.places)]
        wanted = _any([" & ".join(f"({part})" for part in parts if part), self._whole_name])
        return f"({wanted}) & !({self.unwanted})" if wanted and self.unwanted else wanted

    @property
    def _whole_name(self):
        """All that was typed as words of a name, where it was not read as words alone.

        "Politeknik Negeri Bandung" is not in Bandung.
        """
        is_read = bool(self.places) or any(term.is_meant for term in self.terms)
        if not (is_read and self.worded):
            return ""
        called = [f"({_so_called(place)})" for place in self.places]
        return " & ".join([*self._each(partial(_words, mark="n/")), *called])

    @cached_property
    def worded(self):
        """The `tsquery` of the words themselves, by which rows are ranked, or an empty text."""
        return self._all(self._in_words)

    @property
    def tiers(self):
        """The `tsquery` in parts: the name says all of it, or it is said at all, or only meant.

        Who says but one of the words says so in the name.
        """
        wanted, named = self.wanted, self._all(self._in_name)
        said = " | ".join([f"({self.worded})", *self._each(self._partly_in_name)])
        return [
            f"({wanted}) & ({named})",
            f"({wanted}) & ({said}) & !({named})",
            f"({wanted}) & !({said})",
        ]

    @property
    def plain(self):
        """The words that a name may be like."""
        words = [t.text for t in self.terms if not (t.is_excluded or t.is_meant)]
        return " ".join([*words, *(place.text for place in self.places)])

    @cached_property
    def unwanted(self):
        """The `tsquery` of what must not be mentioned, or an empty text."""
        pairs = zip(self.terms, self.spelled, strict=True)
        excluded = [(term, found) for term, found in pairs if term.is_excluded]
        places = (self.lexicon.places.get(fold(term.text)) for term, _found in excluded)
        return _any([*(_words(*pair) for pair in excluded), *map(_there, filter(None, places))])

    def _all(self, part):
        return " & ".join(self._each(part))

    def _each(self, part):
        pairs = zip(self.terms, self.spelled, strict=True)
        parts = [part(term, found) for term, found in pairs if not term.is_excluded]
        return [f"({each})" for each in parts if each]

    def _mentioned(self, term, found):
        """The words of a term, or one of its meanings."""
        meaning = term if term.has_meaning else self._guessed(term, found)
        meanings = [
            *(_quoted(f"r/{role}") for role in meaning.roles),
            *(_quoted(f"s/{subsector}") for subsector in meaning.subsectors),
            *(_quoted(f"t/{kind}") for kind in meaning.types),
        ]
        return _any([self._in_words(term, found), *meanings, _there(found)])

    def _guessed(self, term, found):
        """What a term means that was misspelt, or that somebody is still typing."""
        beginning = fold(term.text)
        is_whole = term.is_phrase or found.is_known or len(beginning) < SHORTEST_BEGINNING
        if found.corrections or is_whole:
            return found.meaning
        return self.lexicon.begun_meaning(beginning)

    @staticmethod
    def _in_words(term, found):
        """The words alone; one that stands for its meaning need not be mentioned at all."""
        return "" if term.is_meant else _words(term, found)

    @staticmethod
    def _in_name(term, found):
        return "" if term.is_meant else _words(term, found, mark="n/")

    @staticmethod
    def _partly_in_name(term, found):
        return "" if term.is_meant else _any(_quoted(f"n/{each}") for each in found.lexemes)


def _may_be_typo(term):
    is_plain = not (term.is_phrase or term.is_excluded or term.has_meaning)
    return is_plain and term.text.isalpha() and len(term.text) >= SHORTEST_TYPO


def _words(term, found, mark=""):
    """The `tsquery` of a term's own words; their beginnings are enough while somebody types.

    A whole word, and one in quotes, stands for itself: that is more exact and costs far less.
    """
    if term.is_phrase and not mark:
        return found.phrase
    is_whole = term.is_phrase or found.is_known or term.has_meaning
    ending = "" if is_whole else ":*"
    own = " & ".join(_quoted(mark + lexeme) + ending for lexeme in found.lexemes)
    begun = "" if is_whole else _quoted("n/" + found.folded) + ":*"
    others = [_quoted(mark + lexeme) for lexeme in filter(None, found.corrections.values())]
    return _any([own, begun, *others])


def _there(place):
    """The `tsquery` of being in one of the places of that name."""
    marks = {"region": "g/", "province": "p/"}
    return _any(_quoted(f"{marks[option.kind]}{option.pk}") for option in place.options)


def _so_called(place):
    """The `tsquery` of having a name of one of the places in one's own.

    Who is called Batu is not called Malang Raya.
    """
    lists, called = Lists.load(), {fold(name) for name in place.spelled.split(", ")}
    items = filter(None, (lists.item(option.kind, option.pk) for option in place.options))
    items = [item for item in items if called & set(map(fold, item.names))]
    names = dict.fromkeys([place.text, *(name for item in items for name in item.names)])
    words = ([fold(word) for word in re.findall(r"\w+", name)] for name in names)
    return _any(" & ".join(_quoted(f"n/{word}") for word in each) for each in words)


def _any(queries):
    return " | ".join(filter(None, queries))


def _quoted(lexeme):
    return "'" + re.sub(r"(['\\])", r"\1\1", lexeme) + "'"
