"""The words of what people type, before anything is read into them."""

import re
import unicodedata
from functools import cache
from pathlib import Path
from typing import NamedTuple

COMMON = Path(__file__).parent.parent / "data/common_words.txt"

MOST_TERMS = 8  # each costs time in the database
# Said between the words that matter, or around them: "cari studio yang ada di solo".
FILLERS = {
    "di", "ke", "dari", "dan", "atau", "yang", "yg", "untuk", "utk", "buat", "dengan", "dgn",
    "pada", "serta", "dalam", "para", "se", "sekitar", "dekat", "terdekat", "sini",
    "cari", "mencari", "carikan", "cariin", "tolong", "mau", "ingin", "butuh", "perlu", "daftar",
    "ada", "adakah", "apa", "mana", "dimana", "siapa", "jasa", "saja", "aja", "saya", "kami",
    "mitra", "partner", "pelaku", "kreatif", "ekraf", "creative",
    "the", "an", "in", "and", "or", "of", "for", "at", "near", "from", "to", "with", "by",
    "on", "is", "are", "me", "find", "looking", "search", "list",
}  # fmt: skip
# In this order: typographic quotes that phones put in, the dash they make of a minus.
SIGNS = str.maketrans("“”„«»–−\x00", '"""""-- ')
# A word ends at a comma or slash too; "se-jatim" and "kab.malang" are two words.
WORD = r"(?:se|di|ke)-(?=\w)|(?:kab|kodya|prov)\.(?=\w)|[^\s\",;/()\[\]{}|]+"
TERM = re.compile(rf'(?P<minus>-?)(?:"(?P<phrase>[^"]+)"|(?P<word>{WORD}))', re.IGNORECASE)


class Word(NamedTuple):
    """A word, or several in quotes, and where it stands in the text."""

    text: str
    start: int
    end: int
    is_phrase: bool
    is_excluded: bool
    is_joined: bool  # nothing but space parts it from the word before

    @property
    def is_plain(self):
        """Neither quotes nor a minus say how to take it."""
        return not (self.is_phrase or self.is_excluded)

    @property
    def is_filler(self):
        return self.is_plain and self.text.lower().strip("-.:!?") in FILLERS


def split(text):
    """Split what people type; signs without a letter or digit say nothing."""
    text = text.translate(SIGNS)
    words, end = [], 0
    for match in TERM.finditer(text):
        minus, phrase, word = match.groups()
        if any(map(str.isalnum, phrase or word)):
            start, stop = match.span()
            is_joined = not text[end:start].strip()
            words.append(Word(phrase or word, start, stop, bool(phrase), bool(minus), is_joined))
            end = stop
    return words


def fold(text):
    """Letters and digits only, small and without accents: "Bau-Bau" and "bau bau" are one."""
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKD", text.casefold())))


def modern(key):
    """In the spelling of 1972, which old names do not follow: "Gadjah" is "gajah"."""
    return key.replace("oe", "u").replace("dj", "j").replace("tj", "c")


def is_common(key):
    """Whether it is an everyday word of either language, and so no other one misspelt."""
    return f"\n{key}\n" in _common_words()


@cache
def _common_words():
    """All in one text, which is searched in some microseconds: a set takes twelve times as much."""
    return "\n" + COMMON.read_text(encoding="utf-8")
