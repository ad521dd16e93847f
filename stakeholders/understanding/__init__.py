import re
from typing import NamedTuple

TERM = re.compile(r'(?P<minus>-?)(?:"(?P<phrase>[^"]+)"|(?P<word>[^\s"]+))')
FILLERS = {
    "di",
    "ke",
    "dari",
    "dan",
    "atau",
    "yang",
    "untuk",
    "dengan",
    "pada",
    "serta",
    "the",
    "in",
    "and",
    "or",
    "of",
    "for",
    "at",
    "near",
}


class Term(NamedTuple):
    text: str
    is_phrase: bool = False
    is_excluded: bool = False
    roles: tuple = ()
    subsectors: tuple = ()
    types: tuple = ()
    is_meant: bool = False


class Understanding(NamedTuple):
    terms: list
    places: list
    left_out: list = []


class Lexicon:
    @classmethod
    def load(cls):
        return cls()


def understand(text, lexicon):
    terms = [
        Term(m["phrase"] or m["word"], bool(m["phrase"]), bool(m["minus"]))
        for m in TERM.finditer(text.replace("\x00", " "))
    ]
    terms = [t for t in terms if any(map(str.isalnum, t.text))]
    return Understanding(
        ([t for t in terms if not (t.text.lower() in FILLERS and not t.is_phrase)] or terms)[:8], []
    )
