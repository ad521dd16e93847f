"""What the search read into the words, as chips and notices that let people take it back."""

from typing import NamedTuple

from django.http import QueryDict
from django.utils.translation import gettext as _

from regions.facets import Chip
from stakeholders.roles import Role
from stakeholders.understanding import choose, literally, without

MOST_NAMED = 4  # places in one line
MOST_CHOICES = 8


class Choice(NamedTuple):
    label: str
    url: str


class Reading(NamedTuple):
    """Something that the visitor may have meant otherwise."""

    message: str
    choices: list


class Readings:
    def __init__(self, search, lists, data):
        """Take a `Search`, the `Lists` and the parameters of the address."""
        self.search, self.lists, self.data = search, lists, data

    @property
    def chips(self):
        """One for each word, phrase and place that was understood."""
        understood = self.search.understood
        return [
            *(Chip(_("Word"), self._label(term), self._without(term)) for term in understood.terms),
            *(
                Chip(_("Place"), _options(place), self._without(place))
                for place in understood.places
            ),
        ]

    @property
    def notices(self):
        return [
            *(self._of_place(place) for place in self.search.places if _is_doubtful(place)),
            *map(self._of_place, self.search.begun),
            *(self._of_typo(term, words) for term, words in self.search.corrections),
        ]

    def _label(self, term):
        text = f"“{term.text}”" if term.is_phrase else term.text
        if term.is_excluded:
            return _("without %(words)s") % {"words": text}
        meanings = self._meanings(term)
        if not meanings:
            return text
        return _("%(word)s, also %(meanings)s") % {"word": text, "meanings": ", ".join(meanings)}

    def _meanings(self, term):
        items = [
            *(self.lists.item("subsector", pk) for pk in term.subsectors),
            *(self.lists.item("type", pk) for pk in term.types),
        ]
        names = [str(Role(role).label) for role in term.roles]
        names += [item.label for item in items if item]
        return [name for name in dict.fromkeys(names) if name.lower() != term.text.lower()]

    def _of_place(self, place):
        if place.is_misspelt:
            message = _("“%(words)s” was read as %(place)s.")
        else:
            message = _("“%(words)s” fits several places; all of them are searched.")
        choices = [self._only(place, option) for option in place.options]
        return Reading(
            message % {"words": place.text, "place": _options(place)},
            [*(choices if 1 < len(choices) <= MOST_CHOICES else []), self._as_written(place)],
        )

    def _of_typo(self, term, words):
        message = _("Nobody uses the word “%(word)s”; searched for %(words)s.")
        words = ", ".join(f"“{word}”" for word in words)
        return Reading(message % {"word": term.text, "words": words}, [self._as_written(term)])

    def _only(self, place, option):
        parameters, text = choose(self.search.text, place, option)
        return Choice(_("Only %(place)s") % {"place": option.label}, self._url(text, parameters))

    def _as_written(self, part):
        label = _("Search for “%(words)s” as written") % {"words": part.text}
        return Choice(label, self._url(literally(self.search.text, part)))

    def _without(self, part):
        return self._url(without(self.search.text, part))

    def _url(self, text, parameters=None):
        query = QueryDict(mutable=True)
        query.update({"q": text} if text else {})
        for name, values in self.data.lists():
            if name not in ("q", "halaman"):
                query.setlist(name, values)
        for name, value in (parameters or {}).items():
            query.appendlist(name, value)
        return "?" + query.urlencode()


def _options(place):
    if len(place.options) > MOST_NAMED:
        names = {"place": place.spelled, "count": len(place.options)}
        return _("%(place)s (%(count)s places)") % names
    return _(" or ").join(option.label for option in place.options)


def _is_doubtful(place):
    return place.is_misspelt or len(place.options) > 1
