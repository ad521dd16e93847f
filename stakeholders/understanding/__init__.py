"""What people mean by the words they type (docs/adr/0015-understanding.md)."""

from stakeholders.understanding.lexicon import Lexicon, Meaning, PlaceOption, in_order
from stakeholders.understanding.reading import Place, Term, Understanding, understand
from stakeholders.understanding.rewriting import choose, literally, without
from stakeholders.understanding.spelling import nearest
from stakeholders.understanding.words import FILLERS, MOST_TERMS, fold, modern

__all__ = [
    "FILLERS",
    "MOST_TERMS",
    "Lexicon",
    "Meaning",
    "Place",
    "PlaceOption",
    "Term",
    "Understanding",
    "choose",
    "fold",
    "in_order",
    "literally",
    "modern",
    "nearest",
    "understand",
    "without",
]
