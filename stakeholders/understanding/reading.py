"""From words to what is meant by them: places, and terms with or without a meaning."""

from typing import NamedTuple

from stakeholders.understanding.lexicon import PROVINCE, Meaning, in_order
from stakeholders.understanding.spelling import alike
from stakeholders.understanding.words import MOST_TERMS, fold, split

MOST_READ = 64  # words; more than fit into the search field
LONGEST_NAME = 6  # words
# What stands before the name of a place, and the level it names, if it does.
KINDS = {
    **dict.fromkeys(["kota", "kotamadya", "kodya"], "kota"),
    **dict.fromkeys(["kabupaten", "kab"], "kabupaten"),
    **dict.fromkeys(["provinsi", "propinsi", "prov"], PROVINCE),
    **dict.fromkeys(["wilayah", "daerah", "kawasan", "area"], ""),
}
# … and after it: "malang kota", "bogor kab", "solo raya".
KINDS_AFTER = {
    "kota": "kota",
    "city": "kota",
    "kab": "kabupaten",
    "kabupaten": "kabupaten",
    "regency": "kabupaten",
    "province": PROVINCE,
    "raya": "",
}
# Whoever governs tells the level too, but is looked for as well.
GOVERNS = {
    "pemkot": "kota",
    "walikota": "kota",
    "pemkab": "kabupaten",
    "bupati": "kabupaten",
    "pemprov": PROVINCE,
    "gubernur": PROVINCE,
}
BEFORE_PLACES = {"di", "ke", "dari", "se", "sekitar", "dekat", "in", "at", "near", "from"}


class Term(NamedTuple):
    """A word, or a phrase, that a listing must (or with a minus must not) mention or mean."""

    text: str
    is_phrase: bool
    is_excluded: bool
    roles: tuple = ()
    subsectors: tuple = ()
    types: tuple = ()
    is_meant: bool = False
    spans: tuple = ()  # where it stands in the text

    @property
    def has_meaning(self):
        return bool(self.roles or self.subsectors or self.types)


class Place(NamedTuple):
    """Words that name one place, or several that fit equally."""

    text: str
    spelled: str
    options: tuple
    is_misspelt: bool
    spans: tuple

    def __or__(self, other):
        """Two places that no listing can be in at once: whoever is in one of them."""
        spelled = dict.fromkeys([*self.spelled.split(", "), other.spelled])
        return Place(
            f"{self.text} {other.text}",
            ", ".join(spelled),
            in_order(self.options + other.options),
            self.is_misspelt or other.is_misspelt,
            self.spans + other.spans,
        )

    def has_room_for(self, option):
        return any(option.is_within(own) or own.is_within(option) for own in self.options)

    def fits(self, other):
        return self.options != other.options and any(map(self.has_room_for, other.options))


class Understanding(NamedTuple):
    terms: list
    places: list
    left_out: list  # words past the limit, as they were typed

    @classmethod
    def of(cls, terms, places):
        return cls(terms[:MOST_TERMS], places, [term.text for term in terms[MOST_TERMS:]])


class Part(NamedTuple):
    """Neighbouring words, from `start` up to `end`, that are read together."""

    start: int
    end: int
    spelled: str = ""
    options: tuple = ()
    is_misspelt: bool = False
    is_sure: bool = True

    def narrowed(self, level):
        """Only what is of the level, where something is."""
        kept = tuple(option for option in self.options if option.level == level)
        return self._replace(options=kept or self.options)


def understand(text, lexicon):
    """Return the `Understanding` of what somebody typed; no text is too odd for it."""
    words = split(text)
    reader = Reader(words[:MOST_READ], lexicon)
    parts = reader.parts()
    if not all(part.options for part in parts):
        parts = [again for part in parts for again in reader.surely(part)]
    places = _weighed([reader.place(part) for part in parts if part.options])
    terms = [reader.term(part) for part in parts if not part.options]
    rest = words[MOST_READ:]
    terms += [_plain(word) for word in rest if not word.is_filler]
    if not terms and not places:
        terms = [_plain(word) for word in words]
    return Understanding.of(terms, places)


def _plain(word):
    return Term(word.text, word.is_phrase, word.is_excluded, spans=((word.start, word.end),))


def _weighed(places):
    """Places that exclude each other become one; those that fit narrow each other."""
    kept = []
    for place in places:
        rival = next((i for i, other in enumerate(kept) if not place.fits(other)), None)
        if rival is None:
            kept.append(place)
        else:
            kept[rival] |= place
    return [_narrowed(place, kept) for place in kept]


def _narrowed(place, places):
    others = [other for other in places if other is not place]
    options = [o for o in place.options if all(other.has_room_for(o) for other in others)]
    return place._replace(options=tuple(options) or place.options)


class Reader:
    def __init__(self, words, lexicon):
        self.words, self.lexicon = words, lexicon
        self.keys = [fold(word.text) for word in words]
        self.ends = self._ends()  # of the plain words in a row that each begins

    def _ends(self):
        ends = list(range(1, len(self.words) + 1))
        for at in range(len(self.words) - 2, -1, -1):
            pair = self.words[at : at + 2]
            if pair[1].is_joined and all(word.is_plain for word in pair):
                ends[at] = ends[at + 1]
        return ends

    def parts(self):
        """Read from left to right, always as many words together as make sense."""
        parts, at = [], 0
        while at < len(self.words):
            part = self._part(at)
            if part.end > at + 1 or not self.words[at].is_filler:
                parts.append(part)
            at = part.end
        return parts

    def surely(self, part):
        """Where other words stand beside it, "batu" is a stone rather than Kota Batu."""
        if part.is_sure:
            return [part]
        parts, at = [], part.start
        while at < part.end:
            parts.append(Part(at, min(self._end_of_meaning(at), part.end)))
            at = parts[-1].end
        return parts

    def _part(self, at):
        if not self.words[at].is_plain:
            return Part(at, at + 1)
        meant = Part(at, self._end_of_meaning(at))
        place = None if self.words[at].is_filler else self._place(at)
        return place if place and place.end >= meant.end else meant

    def _end_of_meaning(self, at):
        meanings = self.lexicon.meanings
        return next((end for end, key in self._windows(at) if key in meanings), at + 1)

    def _windows(self, at, most=LONGEST_NAME):
        """The words in a row that begin here, as (end, their folded form), the most first."""
        for end in range(min(self.ends[at], at + most), at, -1):
            yield end, "".join(self.keys[at:end])

    def _place(self, at):
        readings = filter(None, [self._after_kind(at), self._spelled(at)])
        found = max(readings, key=lambda part: part.end, default=None)
        if not found:
            return None
        before = self.keys[at - 1] if at and self.ends[at - 1] == self.ends[at] else ""
        found = found.narrowed(GOVERNS.get(before))
        if before in BEFORE_PLACES:
            found = found._replace(is_sure=True)
        return self._with_kind_after(found)

    def _after_kind(self, at):
        level = KINDS.get(self.keys[at])
        inner = at + 1
        if inner < self.ends[at] and self.keys[inner] == "administrasi":
            inner += 1
        if level is None or inner >= self.ends[at]:
            return None
        found = self._spelled(inner)
        return found and found.narrowed(level)._replace(start=at, is_sure=True)

    def _with_kind_after(self, found):
        end = found.end
        if end >= self.ends[found.start] or self.keys[end] not in KINDS_AFTER:
            return found
        if end + 1 < self.ends[found.start] and self._named(end + 1):  # "solo kota malang"
            return found
        return found.narrowed(KINDS_AFTER[self.keys[end]])._replace(end=end + 1)

    def _spelled(self, at):
        """Rightly, or with a slip; "jawa tngah" is rather that than Jawa and a word."""
        named = self._named(at)
        return self._misspelt(at, named.end if named else at) or named

    def _named(self, at):
        places, ordinary = self.lexicon.places, self.lexicon.ordinary
        for end, key in self._windows(at):
            if key in places:
                return Part(at, end, *places[key][:2], is_sure=key not in ordinary)
        return self._glued(at)

    def _glued(self, at):
        """The place in "dijogja" or "sejabar"."""
        key = self.keys[at]
        name = key[2:] if key.startswith(("di", "se")) and len(key) > 6 else ""
        if name in self.lexicon.places and not {name, key} & self.lexicon.ordinary:
            return Part(at, at + 1, *self.lexicon.places[name][:2])
        return None

    def _misspelt(self, at, beyond):
        """The place in the words from `at` to past `beyond`, where the known words begin."""
        known = next((i for i in range(beyond, self.ends[at]) if self._is_known(i)), self.ends[at])
        for end, key in self._windows(at, min(known - at, 3)):
            names = alike(key, end - at, self.lexicon) if end > beyond else []
            if names:
                return self._slip(at, end, [self.lexicon.places[name] for name in names])
        return None

    def _slip(self, at, end, names):
        options = in_order(option for name in names for option in name.options)
        spelled = ", ".join(dict.fromkeys(name.spelled for name in names))
        return Part(at, end, spelled, options, is_misspelt=True)

    def _is_known(self, at):
        """Ordinary words hide no place: "pasar" is not Paser."""
        key = self.keys[at]
        lists = (self.lexicon.ordinary, self.lexicon.meanings, self.lexicon.places, KINDS)
        return self.words[at].is_filler or any(key in words for words in lists)

    def place(self, part):
        text, span = self._text(part)
        return Place(text, part.spelled, part.options, part.is_misspelt, (span,))

    def term(self, part):
        word = self.words[part.start]
        text, span = self._text(part)
        meaning = Meaning()
        if not word.is_phrase:
            meaning = self.lexicon.meanings.get("".join(self.keys[part.start : part.end]), meaning)
        if word.is_excluded and not (meaning.is_name or meaning.is_meant):
            meaning = Meaning()  # "-batik" leaves out batik, not all crafts
        *lists, is_meant, _is_name = meaning
        return Term(text, word.is_phrase, word.is_excluded, *lists, is_meant, (span,))

    def _text(self, part):
        words = self.words[part.start : part.end]
        return " ".join(word.text for word in words), (words[0].start, words[-1].end)
