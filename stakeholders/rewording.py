"""The same search in other words: fewer of them, or spelled as listings spell them."""

from functools import cached_property
from typing import NamedTuple

from django.contrib.postgres.search import TrigramSimilarity
from django.db.models import CharField, Value

from regions.functions import PlainText
from stakeholders.models import SearchWord
from stakeholders.search import SHORTEST_TYPO, Search, Spelled
from stakeholders.understanding import fold, without

MOST_GUESSES = 3
MOST_PLACES = 8  # in a text


class RewordedSearch(Search):
    """A search whose terms are known from another one: nobody asks the database again."""

    def __init__(self, text, spelled_of):
        super().__init__(text)
        self.spelled = [spelled_of.get(_key(term)) for term in self.terms]

    @property
    def is_known(self):
        """Whether no words came together to a term that the other search did not have."""
        return None not in self.spelled


class Rewording(NamedTuple):
    words: str  # what is left out, or what is looked for instead
    search: RewordedSearch


class Rewordings:
    """What else to look for than the text of `search`; one query."""

    def __init__(self, search):
        self.search = search

    @cached_property
    def _spelled_of(self):
        pairs = zip(self.search.terms, self.search.spelled, strict=True)
        return {_key(term): spelled for term, spelled in pairs}

    @cached_property
    def shorter(self):
        """Without each part in turn, without what nobody uses, with what was understood alone."""
        parts = [*self.search.terms, *self.search.places]
        if len(parts) == 1:
            return []
        left_out = [[part] for part in parts]
        for some in (self._unknown, self._not_understood):
            if 1 < len(some) < len(parts) and some not in left_out:
                left_out.append(some)
        found = [
            Rewording(", ".join(part.text for part in some), self._without(some))
            for some in left_out
        ]
        return [each for each in found if each.search.is_known]

    def _without(self, parts):
        reworded = RewordedSearch(self.search.text, self._spelled_of)
        for part in parts:
            read = [*reworded.terms, *reworded.places]
            same = next((each for each in read if each.text == part.text), None)
            text = without(reworded.text, same) if same else reworded.text
            reworded = RewordedSearch(text, self._spelled_of)
        return reworded

    @property
    def _unknown(self):
        pairs = zip(self.search.terms, self.search.spelled, strict=True)
        return [term for term, spelled in pairs if not (spelled.is_known or term.is_excluded)]

    @property
    def _not_understood(self):
        """The words that stand for themselves alone; no place is among them."""
        return [term for term in self.search.terms if not (term.has_meaning or term.is_excluded)]

    @cached_property
    def without_places(self):
        """Without all of its places, which may leave nothing of it."""
        text = self.search.text
        for _place in range(MOST_PLACES):
            reworded = RewordedSearch(text, self._spelled_of)
            if not reworded.places:
                break
            text = without(text, reworded.places[0])
        return reworded

    @cached_property
    def respelled(self):
        """With the words that nobody uses replaced by those that look most like them."""
        guesses = self._guesses()
        found = [
            self._replaced({word: near[min(nth, len(near) - 1)] for word, near in guesses.items()})
            for nth in range(max(map(len, guesses.values()), default=0))
        ]
        return [each for each in found if each.search.is_known]

    def _replaced(self, chosen):
        text = self.search.text
        terms = [term for term in self.search.terms if term.text in chosen]
        for term in sorted(terms, key=lambda term: term.spans, reverse=True):
            [(start, end)] = term.spans
            text = text[:start] + chosen[term.text][0] + text[end:]
        better = {
            (word, False): Spelled([lexeme], "", word, True, {}) for word, lexeme in chosen.values()
        }
        return Rewording(text, RewordedSearch(text, self._spelled_of | better))

    def _guesses(self):
        """Return {word: [(another word, its lexeme), the likest first]} for unknown words."""
        unknown = {term.text for term in self._unknown if self._may_be_respelled(term)}
        if not unknown:
            return {}
        first, *others = map(_words_like, sorted(unknown))
        rows = sorted(first.union(*others, all=True), key=lambda row: (-row[-1], row))
        guesses = {word: [] for word, *_rest in rows}
        for word, other, lexeme, _likeness in rows:
            guesses[word].append((other, lexeme))
        return guesses

    def _may_be_respelled(self, term):
        is_word = term.text.isalpha() and not (term.is_phrase or term.has_meaning)
        is_long = len(term.text) >= SHORTEST_TYPO and len(term.spans) == 1
        return is_word and is_long and not self.search.lexicon.is_right(fold(term.text))


def _key(term):
    return term.text, term.is_phrase


def _words_like(word):
    typed = PlainText(Value(word))
    words = SearchWord.objects.filter(word__trigram_similar=typed).annotate(
        typed=Value(word, CharField()), likeness=TrigramSimilarity("word", typed)
    )
    nearest = words.order_by("-likeness", "word")[:MOST_GUESSES]
    return nearest.values_list("typed", "word", "lexeme", "likeness")
