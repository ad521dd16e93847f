"""The same query without a part, or with a part taken as plain words."""

import re

from stakeholders.understanding.reading import BEFORE_PLACES, Place
from stakeholders.understanding.words import SIGNS, TERM

LED_IN = re.compile(rf"(?:(?<!\S)(?:{'|'.join(sorted(BEFORE_PLACES))})[\s-]+)+$", re.IGNORECASE)


def without(text, part):
    """Return the text with the part's words removed, and the "di" before a place."""
    text = _tidy(text)
    for start, end in reversed(part.spans):
        before = LED_IN.sub("", text[:start]) if isinstance(part, Place) else text[:start]
        text = f"{before} {text[end:]}"
    return _one_line(text)


def literally(text, part):
    """Return the text with the part in quotes: to be mentioned so, and understood as nothing."""
    text = _tidy(text)
    for start, end in reversed(part.spans):
        minus, words = re.fullmatch(r'(-?)"?(.*?)"?', text[start:end], re.DOTALL).groups()
        text = f'{text[:start]} {minus}"{words}" {text[end:]}'
    return _one_line(text)


def choose(text, place, option):
    """Return what the address needs to choose one of the options, and the text that remains."""
    return option.parameters, without(text, place)


def _tidy(text):
    """Drop quotes that have no other half: with a new pair beside them they would find one."""
    text = text.translate(SIGNS)
    kept, end = [], 0
    for match in TERM.finditer(text):
        kept += [text[end : match.start()].replace('"', " "), match.group()]
        end = match.end()
    return "".join(kept) + text[end:].replace('"', " ")


def _one_line(text):
    return " ".join(text.split()).strip(" ,;/")
