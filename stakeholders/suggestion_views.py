from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from regions.facets import TextField
from stakeholders.suggestions import suggest, suggest_options, suggest_places


@cache_control(public=True, max_age=60)
@require_safe
def suggestions(request):
    """A list box for `q`, for the place in `dekat`, or for `cari` among the options of `faset`."""
    query = request.GET
    facet = query.get("faset")
    if facet == "dekat":
        found = suggest_places(_text(query.get("dekat")))
    elif facet:
        found = suggest_options(facet, _text(query.get("cari")), query)
    else:
        found = suggest(_text(query.get("q")), query)
    return render(request, "stakeholders/_suggestions.html", {"suggestions": found})


def _text(value):
    return TextField().clean(value)
