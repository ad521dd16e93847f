"""All names of places and all words that mean something, in memory."""

import csv
from collections import defaultdict
from functools import cache as once
from functools import reduce
from operator import or_
from typing import NamedTuple
from uuid import uuid4

from django.contrib.postgres.expressions import ArraySubquery
from django.core.cache import caches
from django.db.models import OuterRef

from regions.reference_data import DATA
from stakeholders.lists import Lists
from stakeholders.models.search_term import SearchTerm
from stakeholders.roles import Role
from stakeholders.understanding.spelling import SHORTEST
from stakeholders.understanding.words import fold, is_common

AREAS = DATA / "areas.csv"
KEPT = 60  # seconds until a process reads anew what staff changed
PROVINCE = "provinsi"
SHORTEST_ALIAS = 7  # letters of which one may be wrong
LEVELS = ["kota", "kabupaten", PROVINCE]  # the order in which they are offered
# "sumba" is all of Sumba Barat, Sumba Tengah …
DIRECTIONS = {"barat", "timur", "utara", "selatan", "tengah", "tenggara", "daya", "hulu", "hilir"}
_kept = {}  # a cache would pickle it for every visitor; its key in the cache says how old it is


class PlaceOption(NamedTuple):
    level: str  # one of LEVELS
    pk: int
    slug: str
    code: str
    label: str
    province: int

    @property
    def is_province(self):
        return self.level == PROVINCE

    @property
    def kind(self):
        return "province" if self.is_province else "region"

    @property
    def parameters(self):
        """What chooses it in the address of the partner search."""
        return {"provinsi": self.code} if self.is_province else {"wilayah": self.slug}

    def is_within(self, other):
        return self == other or (other.is_province and self.province == other.pk)


class PlaceName(NamedTuple):
    spelled: str
    options: tuple
    is_area: bool = False  # no name of a region or province


class Meaning(NamedTuple):
    """What a word stands for: whoever has one of these need not mention it."""

    roles: tuple = ()
    subsectors: tuple = ()
    types: tuple = ()
    is_meant: bool = False
    is_name: bool = False  # of a role, subsector or type: not only a hint at one

    def __or__(self, other):
        united = (tuple(dict.fromkeys(a + b)) for a, b in zip(self[:3], other[:3], strict=True))
        return Meaning(*united, *(a or b for a, b in zip(self[3:], other[3:], strict=True)))


class Lexicon(NamedTuple):
    """Names and words by their folded form, see `fold`."""

    places: dict  # of PlaceName
    meanings: dict  # of Meaning
    ordinary: frozenset  # no places by themselves, though places may be called so
    spellings: dict  # (first letter, number of words) → names that a typo may hide
    words: dict  # first letter → words with a meaning that a typo may hide

    def __repr__(self):
        return f"<Lexicon: {len(self.places)} names, {len(self.meanings)} words>"

    @classmethod
    def load(cls):
        """Return the words as they were at most a minute ago."""
        key = caches["process"].get("lexicon")
        if key is None:
            key = uuid4().hex
            caches["process"].set("lexicon", key, KEPT)
        lexicon = _kept.get(key)
        if lexicon is None:
            lexicon = cls.read()
            _kept.clear()
            _kept[key] = lexicon
        return lexicon

    @classmethod
    def read(cls):
        """Read what staff keep in one query, and names from the lists in memory."""
        terms, lists = _terms(), Lists.load()
        ordinary = frozenset(fold(words) for words, *_meaning, is_ordinary in terms if is_ordinary)
        names, meanings = _names_of_places(lists), _meanings(terms, lists)
        places = _places(names, _areas())
        spellings = _spellings(names, places, ordinary)
        return cls(places, meanings, ordinary, spellings, _words(meanings))

    def begun_places(self, key):
        """Return {folded name: `PlaceName`} of all that begin so; of areas if there is no other."""
        begun = {name: place for name, place in self.places.items() if name.startswith(key)}
        return {name: place for name, place in begun.items() if not place.is_area} or begun

    def is_right(self, key):
        """Whether it is a word that we know, though perhaps no listing has it."""
        lists = (self.ordinary, self.meanings, self.places)
        return any(key in words for words in lists) or is_common(key)

    def words_like(self, key):
        """Return the words among which are those that a misspelt one may have meant.

        Of four letters is only one of them: two such words are too often alike.
        """
        words = [word for first in set(key[:2]) for word in self.words.get(first, [])]
        return words if len(key) >= SHORTEST else [word for word in words if len(word) >= SHORTEST]

    def begun_meaning(self, key):
        """Return the union of all that the words mean that begin so: somebody is still typing.

        The names of roles, subsectors and types alone, if there are any: else all words.
        """
        begun = [each for word, each in self.meanings.items() if word.startswith(key)]
        names = [each for each in begun if each.is_name]
        return reduce(or_, names or (begun if len(key) >= SHORTEST else []), Meaning())


def _places(names, areas):
    options, spelled = defaultdict(list), {}
    for name, option in [*names, *_sharing(names, areas)]:
        options[fold(name)].append(option)
        spelled.setdefault(fold(name), name)
    places = {key: PlaceName(spelled[key], in_order(options[key])) for key in spelled if key}
    return dict(_of_areas(areas, places, names)) | places


@once
def _areas():
    """Return {what people call it: names of places}: not other names of one region."""
    with AREAS.open(encoding="utf-8", newline="") as file:
        return {row["name"]: row["places"].split(";") for row in csv.DictReader(file)}


def _of_areas(areas, places, names):
    labelled = {fold(option.label): PlaceName(name, (option,)) for name, option in names}
    for area, within in areas.items():
        found = [places.get(fold(name)) or labelled.get(fold(name)) for name in within]
        options = in_order(option for name in filter(None, found) for option in name.options)
        if options:
            yield fold(area), PlaceName(area if len(found) > 1 else found[0].spelled, options, True)


def _sharing(names, areas):
    """Return (name, option) for what names have in common but for a direction."""
    taken, found = {fold(name) for name in [*(name for name, _option in names), *areas]}, []
    for name, option in names:
        words = name.split()
        while words[-1].lower() in DIRECTIONS and len(words) > 1:
            words.pop()
            if fold("".join(words)) not in taken:
                found.append((" ".join(words), option))
    return found


def in_order(options):
    """Each once, as they are offered: kota, kabupaten, province."""
    return tuple(sorted(set(options), key=lambda option: (LEVELS.index(option.level), option.code)))


def _spellings(names, places, ordinary):
    """A short other name is often an abbreviation, and those are like too many words."""
    spellings = defaultdict(set)
    shortest = [
        (name, SHORTEST if name in option.label else SHORTEST_ALIAS) for name, option in names
    ]
    shortest += [(area, SHORTEST_ALIAS) for area in _areas() if fold(area) in places]
    for name, letters in shortest:
        key = fold(name)
        if len(key) >= letters and key not in ordinary:
            spellings[key[0], len(name.split())].add(key)
    return {where: sorted(keys) for where, keys in spellings.items()}


def _words(meanings):
    words = defaultdict(list)
    for key in sorted(meanings):
        if len(key) >= SHORTEST - 1 and key.isalpha():
            words[key[0]].append(key)
    return dict(words)


def _names_of_places(lists):
    """Return all (name, option); a region is not called what its province is called.

    An island is the name of all its provinces: "papua" is seldom only the one that kept the name.
    """
    names, provinces = [], {item.value: item for item in lists.of("province")}
    for item in lists.of("province"):
        option = PlaceOption(PROVINCE, item.pk, item.slug, item.code, item.label, item.pk)
        names += [(name, option) for name in (item.label, *item.names, item.level.title())]
    for item in lists.of("region"):
        province = provinces[item.parent]
        option = PlaceOption(item.level, item.pk, item.slug, item.code, item.label, province.pk)
        _official, short, *aliases = item.names
        own = [name for name in aliases if name not in province.names[:2]]
        names += [(name, option) for name in (short, *own)]
    return names


def _terms():
    """Rows of (words, role, subsectors, types, is meant, is ordinary)."""

    def linked(through, column):
        return ArraySubquery(through.objects.filter(searchterm=OuterRef("pk")).values(column))

    return list(
        SearchTerm.objects.order_by("pk").values_list(
            "words",
            "role",
            linked(SearchTerm.subsectors.through, "subsector"),
            linked(SearchTerm.organization_types.through, "organizationtype"),
            "is_meant",
            "is_ordinary",
        )
    )


def _meanings(terms, lists):
    found = defaultdict(Meaning)
    for role in Role:
        for word in role.words():
            found[fold(word)] |= Meaning(roles=(role.value,), is_name=True)
    for item in lists.of("subsector"):
        for name in item.names:
            found[fold(name)] |= Meaning(subsectors=(item.pk,), is_name=True)
    for item in lists.of("type"):
        for name in item.names:
            found[fold(name)] |= Meaning(types=(item.pk,), is_name=True)
    for words, role, subsectors, types, is_meant, _ordinary in terms:
        roles = (role,) if role else ()
        if roles or subsectors or types:
            found[fold(words)] |= Meaning(roles, tuple(subsectors), tuple(types), is_meant)
    found.pop("", None)
    return dict(found)
