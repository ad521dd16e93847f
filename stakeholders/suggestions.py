"""What a search field offers while somebody types: places, words of the lists, listings."""

import re
import unicodedata
from typing import NamedTuple
from urllib.parse import urlencode

from django.contrib.humanize.templatetags.humanize import intcomma
from django.core.cache import caches
from django.db import connection
from django.db.models import CharField, F, IntegerField, Max, TextField, Value, Window
from django.db.models.functions import Cast, Concat
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from regions.functions import ArrayText
from regions.models import Province, Region, Subsector
from stakeholders.filters import StakeholderFilter
from stakeholders.lists import Lists
from stakeholders.models import OrganizationType
from stakeholders.roles import Role
from stakeholders.search import SEARCH_CONFIG
from stakeholders.understanding import FILLERS, MOST_TERMS, Lexicon, fold, understand, without

KEPT = 60  # seconds
SHORTEST = 2  # letters: one says too little
MOST = 8  # suggestions
MOST_PLACES, MOST_LISTINGS = 3, 4
MOST_OF_LISTS = 2
PLACES = {"wilayah": "region", "provinsi": "province"}
NO_WORDS = {"di", "dan", "in", "and"}  # in the names of lists

# Listings with all words in their names or other names, the last one perhaps unfinished. The index
# knows stems: "bersam" begins "bersama", whose stem is "sama". The planner cannot know how many
# rows there are, so it always takes the index; the first 100 rows are enough to choose from.
LISTINGS = """
SELECT listing.name, listing.slug, listing.role, region.name, is_so_called
FROM (
    SELECT stakeholder_id FROM stakeholders_searchentry
    WHERE dear(words) @@ (SELECT string_agg(wanted, ' & ')::tsquery FROM (
        SELECT quote_literal('n/' || lexeme)
        FROM unnest(tsvector_to_array(to_tsvector(%(config)s, %(whole)s))) AS lexeme
        UNION ALL
        SELECT '(' || concat_ws(' | ', quote_literal('n/' || %(last)s) || ':*', (
            SELECT string_agg(quote_literal('n/' || lexeme), ' | ') FROM (
                SELECT DISTINCT lexeme FROM stakeholders_searchword
                WHERE word ~>=~ %(last)s AND word ~<~ (%(last)s || chr(1114111))
                    AND NOT starts_with(lexeme, %(last)s)
                LIMIT 50) AS stem)) || ')'
        WHERE length(%(last)s) >= %(shortest)s) AS part (wanted))
    LIMIT 100) AS candidate
JOIN stakeholders_stakeholder listing ON listing.id = stakeholder_id
JOIN regions_region region ON region.id = listing.region_id,
    regexp_replace(plain_text(listing.name), '[^[:alnum:]]+', ' ', 'g') AS plain,
    regexp_replace(plain_text(array_text(listing.aliases)), '[^[:alnum:]]+', ' ', 'g') AS others,
    LATERAL (SELECT starts_with(plain, %(typed)s)
        OR strpos(' ' || others, ' ' || %(typed)s) > 0) AS begun (is_so_called)
WHERE strpos(' ' || plain || ' ' || others, ' ' || %(last)s) > 0
ORDER BY NOT is_so_called, length(listing.name), listing.name, listing.id
LIMIT %(most)s
"""


class Known(NamedTuple):
    """An option of a facet, and all words by which people call it."""

    facet: str
    value: str
    label: str
    words: tuple[str, ...]
    firsts: frozenset[str]  # words with which its names begin
    weight: int


class Suggestion(NamedTuple):
    icon: str
    name: str
    note: str
    url: str
    value: str = ""  # of a facet's option, or what the field shall say


def suggest(text, query):
    """Return at most `MOST` suggestions for a text; `query` is what else was asked for."""
    words = _words(text)[-MOST_TERMS:]
    if not words or len("".join(words)) < SHORTEST:
        return []
    narrowing = _narrowings(text, words, query)
    found = _listings(words, min(MOST_LISTINGS, MOST - len(narrowing)))
    called = [listing for listing, is_so_called in found if is_so_called and len(words) > 1]
    return called + narrowing + [listing for listing, _called in found if listing not in called]


def _narrowings(text, words, query):
    """Narrow the search to what the last words begin, and to what is read into them."""
    all_known = _all_known()
    known, count = _known_by(words, all_known)
    rests = dict.fromkeys(known, _without_last(text, count))
    for each, rest in _read_into(text, all_known):
        rests.setdefault(each, rest)
    places = [each for each in rests if each.facet in PLACES][:MOST_PLACES]
    others = [each for each in rests if each.facet not in PLACES][:MOST_OF_LISTS]
    return [_narrowing(each, rests[each], query) for each in places + others]


def _read_into(text, all_known):
    """Yield (`Known`, what else was typed) for all that the last words mean, or hide in a slip."""
    lexicon, known = Lexicon.load(), {(each.facet, each.value): each for each in all_known}
    read = understand(text, lexicon)
    for part in [*read.places, *read.terms]:
        if part.spans[-1][1] == len(text.rstrip()):
            meant = _options(part) if part in read.places else _meant(part, lexicon)
            yield from ((known[key], without(text, part)) for key in meant if key in known)


def _options(place):
    return [pair for option in place.options for pair in option.parameters.items()]


def _meant(term, lexicon):
    """Return (facet, value) of what a term means, whole or begun."""
    if term.is_phrase or term.is_excluded:
        return []
    meaning = term if term.has_meaning else lexicon.begun_meaning(fold(term.text))
    lists = Lists.load()
    found = {
        "subsektor": [lists.item("subsector", pk) for pk in meaning.subsectors],
        "jenis": [lists.item("type", pk) for pk in meaning.types],
    }
    pairs = [(facet, item.value) for facet, items in found.items() for item in items if item]
    return [*(("peran", role) for role in meaning.roles), *pairs]


def suggest_options(facet, text, query):
    """Return at most `MOST` options of a facet that are not chosen yet, with their counts."""
    words, filterset = _words(text), StakeholderFilter(query)
    if not words or facet not in filterset.facets:
        return []
    names = {each.value: each.words for each in _all_known() if each.facet == facet}
    fitting = [
        option
        for option in filterset.options(facet)
        if not option.is_chosen and _fit(words, names.get(option.value) or _words(option.label))
    ]
    return [
        Suggestion("", o.label, intcomma(o.count), _address(query, {facet: o.value}), o.value)
        for o in fitting[:MOST]
    ]


def suggest_places(text):
    """Return at most `MOST` regions for a field that names one, the large ones first."""
    words = _words(text)
    if len("".join(words)) < SHORTEST:
        return []
    found = [
        (not each.words[0].startswith(words[0]), -each.weight, each.label, each.value)
        for each in _all_known()
        if each.facet == "wilayah" and _fit(words, each.words)
    ]
    return [
        Suggestion("", name, "", reverse("regions:region", args=[slug]), name)
        for *_order, name, slug in sorted(found)[:MOST]
    ]


def _words(text):
    """The words of a text without case and accents, as the database folds them."""
    parts = unicodedata.normalize("NFKD", text.lower())
    return re.findall(r"[^\W_]+", "".join(c for c in parts if not unicodedata.combining(c)))


def _fit(typed, words):
    return all(any(word.startswith(each) for word in words) for each in typed)


def _known_by(words, all_known):
    """Return (the `Known` that most of the last words name, how many words those are).

    Whole words come before beginnings, first words before others, large places before small ones.
    """
    if len(words[-1]) < SHORTEST:
        return [], 0
    counted = [(_count(words, each.words), each) for each in all_known]
    most = max(count for count, _each in counted)
    typed, found = words[-most:], []
    for each in [each for count, each in counted if count == most > 0]:
        is_whole = set(typed) <= set(each.words)
        is_first = is_whole or any(word.startswith(typed[0]) for word in each.firsts)
        if is_first or len(typed[-1]) > SHORTEST:
            found.append((not is_whole, not is_first, -each.weight, each))
    return [each for *_order, each in sorted(found)], most


def _count(typed, words):
    """How many of the last typed words begin one of `words`."""
    count = 0
    while count < len(typed) and _fit(typed[-count - 1 :], words):
        count += 1
    return count


def _all_known():
    return caches["process"].get_or_set(f"suggestions-{get_language()}", _read, KEPT)


def _read():
    name = Subsector.name_column()
    names = _joined(name, "name_id", "name_en")
    in_order = {"label": name, "names": names, "weight": -F("position")}
    rows = _rows("subsektor", Subsector, **in_order).union(
        _rows("jenis", OrganizationType, **in_order),
        _rows(
            "wilayah",
            Region,
            label="name",
            names=_joined("short_name", ArrayText("aliases"), "name"),
            # Kota and Kabupaten Malang stand together.
            weight=Window(Max("population"), partition_by="short_name"),
        ),
        _rows(
            "provinsi",
            Province,
            value="code",
            label="short_name",
            names=_joined("short_name", ArrayText("aliases")),
            weight=F("population"),
        ),
        all=True,
    )
    roles = [("peran", role.value, str(role.label), " ".join(role.words()), 0) for role in Role]
    return [Known(*row) for row in _with_words([*rows, *roles])]


def _with_words(rows):
    """Split the names, of which also the other ones of a place begin with a first word."""
    lists, others = Lists.load(), {}
    for facet, kind in PLACES.items():
        for item in lists.of(kind):
            others[facet, item.value] = {
                word for name in item.names[1:] for word in _words(name)[:1]
            }
    for facet, value, label, names, weight in rows:
        words = tuple(word for word in _words(names) if word not in NO_WORDS)
        yield facet, value, label, words, frozenset(others.get((facet, value)) or words[:1]), weight


def _joined(*texts):
    spaced = [part for text in texts for part in (text, Value(" "))]
    return Concat(*spaced, output_field=TextField())


def _rows(facet, model, *, label, names, weight, value="slug"):
    rows = model.objects.order_by().annotate(
        facet=Value(facet, CharField()),
        label=F(label),
        names=names,
        weight=Cast(weight, IntegerField()),
    )
    return rows.values_list("facet", value, "label", "names", "weight")


def _without_last(text, count):
    """What was typed before so many words, without the "di" that leads to them."""
    others = text.split()[:-count] if count else []
    while others and others[-1].lower() in FILLERS:
        others.pop()
    return " ".join(others)


def _narrowing(known, rest, query):
    """Narrow the search to a place or a word; what else was typed stays."""
    note = _notes()[known.facet]
    return Suggestion(
        known.value if known.facet == "peran" else "place" if known.facet in PLACES else "filter",
        known.label,
        f"{note}: “{rest}”" if rest else note,
        _address(query, {"q": rest, known.facet: known.value}),
    )


def _notes():
    return {
        "wilayah": _("partners here"),
        "provinsi": _("partners in this province"),
        "subsektor": _("partners in this subsector"),
        "peran": _("partners in this role"),
        "jenis": _("partners of this type"),
    }


def _address(query, changes):
    """The search with all that was asked for and one thing more."""
    asked = [
        (name, value)
        for name in StakeholderFilter.base_filters
        if name != "q" or "q" not in changes
        for value in query.getlist(name)
    ]
    pairs = dict.fromkeys(pair for pair in [*asked, *changes.items()] if pair[1])
    return reverse("stakeholders:stakeholders") + "?" + urlencode(list(pairs))


def _listings(words, most):
    """Return [(suggestion, whether a name of it begins with all words)]."""
    *whole, last = words
    with connection.cursor() as cursor:
        cursor.execute(
            LISTINGS,
            {
                "config": SEARCH_CONFIG,
                "whole": " ".join(whole),
                "last": last,
                "typed": " ".join(words),
                "shortest": SHORTEST,
                "most": most,
            },
        )
        return [
            (Suggestion(role, name, place, _page(slug)), is_so_called)
            for name, slug, role, place, is_so_called in cursor.fetchall()
        ]


def _page(slug):
    return reverse("stakeholders:stakeholder", args=[slug])
