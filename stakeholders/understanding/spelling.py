"""Words that somebody may have meant who typed another one."""

from rapidfuzz import process
from rapidfuzz.distance import OSA

SHORTEST, MIDDLE, LONGEST = 5, 8, 40  # letters: one slip is forgiven, over eight a word two


def alike(key, words, lexicon):
    """Return the names of places of so many words that are nearest, if they are near enough."""
    if not SHORTEST <= len(key) <= LONGEST or not key.isalpha():
        return []
    names = [name for first in set(key[:2]) for name in lexicon.spellings.get((first, words), [])]
    return nearest(key, names, 1 if len(key) <= MIDDLE * words else 2)


def nearest(key, words, slips):
    """Return the words with the fewest slips, in order, if those are few enough.

    A slip is a letter too many, too few, another one, or two that changed places. The first
    letter is the same, or the first two changed places.
    """
    near = process.extract(key, words, scorer=OSA.distance, score_cutoff=slips, limit=None)
    near = [(word, distance) for word, distance, _place in near if _begin_alike(key, word)]
    fewest = min((distance for _word, distance in near), default=0)
    return sorted({word for word, distance in near if distance == fewest})


def _begin_alike(key, word):
    return key[0] == word[0] or key[:2] == word[1::-1]
