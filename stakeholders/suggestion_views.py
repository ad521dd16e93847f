from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from regions.facets import TextField
from stakeholders.suggestions import suggest, suggest_options


@cache_control(public=True, max_age=60)
@require_safe
def suggestions(request):
    """A list box for `q`, or for `cari` among the options of `faset`."""
    query = request.GET
    if facet := query.get("faset"):
        found = suggest_options(facet, _text(query.get("cari")), query)
    else:
        found = suggest(_text(query.get("q")), query)
    return render(request, "stakeholders/_suggestions.html", {"suggestions": found})


def _text(value):
    return TextField().clean(value)
