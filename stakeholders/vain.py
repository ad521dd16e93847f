"""What of a search that found nothing may be counted: nothing that could be about a person."""

from urllib.parse import urlencode

from django.db.models import BooleanField, Case, Value, When
from django.db.models.functions import Length

from regions.facets import SortFilter, TextFilter
from stakeholders.models import SearchWord, VainSearch

LONGEST = 400  # characters; nobody asks for more by hand


def count_vain_search(request, filterset):
    """Count what somebody asked for, but not each letter on the way there."""
    if request.method != "GET" or "X-Half-Typed" in request.headers:
        return
    words, other_words = _words(filterset)
    facets = _facets(filterset)
    if (words or other_words or facets) and max(len(words), len(facets)) <= LONGEST:
        region, province = _place(filterset)
        VainSearch.objects.note(
            words=words,
            other_words=other_words,
            facets=facets,
            region=region,
            province=province,
        )


def _words(filterset):
    """Return the known words in the order of the alphabet, and how many others there are.

    What a word was read as is no word that anybody asked for.
    """
    search = filterset.search
    kept, lexemes, others = set(), set(), len(search.understood.left_out)
    for term, spelled in zip(search.terms, search.spelled, strict=True):
        if spelled.is_known:
            lexemes.update(spelled.lexemes)
        elif term.roles or term.subsectors or term.types:
            kept.add(term.text.casefold())  # letter by letter a word of our lists
        else:
            others += 1
    return " ".join(sorted(kept | _known(lexemes, search.text))), others


def _known(lexemes, text):
    """Return a word of published listings for each lexeme: the one typed, or the shortest."""
    if not lexemes:
        return set()
    is_typed = Case(
        When(word__in=text.casefold().split(), then=Value(True)),
        default=Value(False),
        output_field=BooleanField(),
    )
    words = SearchWord.objects.filter(lexeme__in=lexemes)
    nearest = words.order_by("lexeme", is_typed.desc(), Length("word"), "word")
    return set(nearest.distinct("lexeme").values_list("word", flat=True))


def _facets(filterset):
    """Return all that was chosen, always in the same order; the text is told by its words."""
    return urlencode(
        sorted(
            (name, value)
            for name, value in filterset.state
            if not isinstance(filterset.filters[name], SortFilter | TextFilter)
        )
    )


def _place(filterset):
    """Return the keys of the region and the province that were asked for, where it is one."""
    places = _places(filterset)
    regions = {region for region, _province in places}
    provinces = {province for _region, province in places}
    return (
        regions.pop() if len(regions) == 1 else None,
        provinces.pop() if len(provinces) == 1 else None,
    )


def _places(filterset):
    """Return pairs of (region or None, province), as keys."""
    chosen, lists = filterset.chosen, filterset.lists
    provinces = {item.value: item.pk for item in lists.of("province")}
    if asked := chosen.get("wilayah"):
        items = (item for item in lists.of("region") if item.value in asked)
        return [(item.pk, provinces.get(item.parent)) for item in items]
    if places := filterset.search.places:
        return [
            (None if option.is_province else option.pk, option.province)
            for option in places[0].options
        ]
    if place := filterset.place:
        return [(place.pk, place.province_id)]
    return [(None, provinces[code]) for code in chosen.get("provinsi", []) if code in provinces]
