"""What of a search that found nothing may be counted: nothing that could be about a person."""

from urllib.parse import urlencode

from regions.facets import SortFilter, TextFilter
from stakeholders.models import VainSearch
from stakeholders.models.vain_search import LONGEST


def count_vain_search(request, filterset):
    """Count what somebody asked for, but not each letter on the way there."""
    is_typing = request.method != "GET" or "X-Half-Typed" in request.headers
    facets = _facets(filterset)
    if is_typing or len(facets) > LONGEST:
        return
    region, province = _place(filterset)
    VainSearch.objects.note(
        facets=facets, region=region, province=province, **_words(filterset.search)
    )


def _words(search):
    """Tell which words are known, and how many others there are.

    What a word was read as is no word that anybody asked for.
    """
    words, lexemes, others = set(), set(), len(search.understood.left_out)
    for term, spelled in zip(search.terms, search.spelled, strict=True):
        if spelled.is_known:
            lexemes.update(spelled.lexemes)
        elif term.has_meaning:
            words.add(term.text.casefold())  # letter by letter a word of our lists
        else:
            others += 1
    typed = search.text.casefold().split()
    return {"words": [*words], "lexemes": [*lexemes], "typed": typed, "other_words": others}


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
