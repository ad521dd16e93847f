"""Names that somebody may have meant who typed another word."""

from rapidfuzz import process
from rapidfuzz.distance import OSA

SHORTEST, MIDDLE, LONGEST = 5, 8, 40  # letters: one slip is forgiven, from eight a word on two


def alike(key, words, lexicon):
    """Return the names of so many words that are nearest, if they are near enough.

    A slip is a letter too many, too few, another one, or two that changed places. The first
    letter is the same, or the first two changed places.
    """
    if not SHORTEST <= len(key) <= LONGEST or not key.isalpha():
        return []
    names = lexicon.spellings.get((key[0], words), [])
    swapped = key[1] + key[0]
    names = names + [
        name for name in lexicon.spellings.get((key[1], words), []) if name.startswith(swapped)
    ]
    slips = 1 if len(key) < MIDDLE * words else 2
    near = process.extract(key, names, scorer=OSA.distance, score_cutoff=slips, limit=None)
    fewest = min((distance for _name, distance, _place in near), default=0)
    return sorted({name for name, distance, _place in near if distance == fewest})
