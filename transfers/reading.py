"""From the cells of a row to the values of a listing, and what stands against them."""

from functools import cached_property
from typing import NamedTuple

from django.utils.translation import gettext as _

from stakeholders.lists import Lists
from stakeholders.roles import Role
from stakeholders.understanding import Lexicon, fold, understand
from stakeholders.understanding.lexicon import Meaning
from transfers.files import FORMULA
from transfers.resources import ListingResource, unguarded
from transfers.widgets import shown

CLEARED = {"-", "–", "—"}  # a dash alone empties a cell that may be empty
EXAMPLE = "contoh"  # in the place of an ID: the row that the template shows
LONGEST_CELL = 20_000
LISTED = {"role", "region", "organization_type", "subsectors"}  # few words, in many rows


class Reading(NamedTuple):
    values: dict  # by key of the column
    problems: list  # of (key, reason)


class Reader:
    """Reads row after row for somebody who looks after certain regions."""

    def __init__(self, regions):
        self.lists = Lists.load()
        self.lexicon = Lexicon.load()
        self.columns = ListingResource.columns()
        self._regions, self._read = regions, {}

    @cached_property
    def scope(self):
        """The keys of the regions in whose listings somebody may write."""
        return {*self._regions.values_list("pk", flat=True)}

    def read(self, cells):
        """Return the `Reading` of {key: text}; empty cells say nothing."""
        plain = {key: unguarded(text) for key, text in cells.items()}
        values, problems = {}, []
        for key, text in cells.items():
            try:
                if text and key != "province":
                    values[key] = self._value(key, text, plain)
            except ValueError as problem:
                problems.append((key, str(problem)))
        self._complete(values, cells, problems)
        return Reading(values, problems)

    def _value(self, key, text, plain):
        widget = self.columns[key].widget
        if text.startswith(FORMULA):
            raise ValueError(_("Holds a formula or an error. Copy it and paste only the value."))
        if len(text) > LONGEST_CELL:
            raise ValueError(_("Longer than %(most)d characters.") % {"most": LONGEST_CELL})
        if text in CLEARED:
            if not hasattr(widget, "empty") or key == "name":
                raise ValueError(_("This cannot be empty."))
            return widget.empty
        if key in LISTED:
            return self._remembered(key, plain)
        return widget.clean(plain[key], plain, reader=self)

    def _remembered(self, key, cells):
        """The same few words stand in most rows."""
        asked = (key, cells[key], cells.get("role"), cells.get("province"))
        if asked not in self._read:
            widget = self.columns[key].widget
            try:
                self._read[asked] = widget.clean(cells[key], cells, reader=self), None
            except ValueError as problem:
                self._read[asked] = None, str(problem)
        value, problem = self._read[asked]
        if problem:
            raise ValueError(problem)
        return value

    def _complete(self, values, cells, problems):
        """Add what goes without saying: the role of a type, the only region of an officer."""
        wrong = {key for key, _reason in problems}
        if not cells.get("region") and not values.get("id") and len(self.scope) == 1:
            values["region"] = min(self.scope)
        if "organization_type" in values and not cells.get("role"):
            values["role"] = self.lists.item("type", values["organization_type"]).parent
        both = {"role", "organization_type"}
        if "role" in values and not cells.get("organization_type") and not wrong & both:
            guess = self._type_in_name(values.get("name", ""), values["role"])
            values |= {"guessed_type": guess} if guess else {}

    def _type_in_name(self, name, role):
        """A Sanggar Melati is a sanggar; the first word that says a type decides."""
        for word in name.split():
            found = [item for item in self.types(word) if item.parent == role]
            if len(found) == 1:
                return found[0].pk
        return None

    def meaning(self, text):
        return self.lexicon.meanings.get(fold(text), Meaning())

    def roles(self, text):
        codes = {role for role in Role if fold(role) == fold(text)}
        return codes or {*self.meaning(text).roles}

    def role_in(self, cells):
        """The role that the row names, or none."""
        roles = self.roles((cells or {}).get("role", ""))
        return str(min(roles)) if len(roles) == 1 else ""

    def types(self, text):
        meaning = self.meaning(text)
        named = [item for item in self.lists.of("type") if fold(text) in map(fold, item.names)]
        return named or [item for item in self.lists.of("type") if item.pk in meaning.types]

    def subsectors(self, text):
        named = [i.pk for i in self.lists.of("subsector") if fold(text) in map(fold, i.names)]
        return named or list(self.meaning(text).subsectors)

    def region(self, text, province):
        """Return the key of the one region that is meant and in scope."""
        options = self._named(text) or self._meant(f"{text} {province}") or self._meant(text)
        if not options:
            raise ValueError(_("No kabupaten or kota is called “%(text)s”.") % shown(text))
        own = {pk: label for pk, label in options.items() if pk in self.scope}
        if len(own) == 1:
            return next(iter(own))
        if own:
            words = {**shown(text), "names": ", ".join(own.values())}
            raise ValueError(_("“%(text)s” fits several: %(names)s. Write one of them.") % words)
        raise ValueError(
            _("%(region)s is outside the regions that you look after.")
            % {"region": next(iter(options.values()))}
        )

    def _named(self, text):
        """By its code or its whole name."""
        items = self.lists.of("region")
        found = [item for item in items if text in {item.code, item.value}]
        found = found or [item for item in items if fold(item.label) == fold(text)]
        return {item.pk: item.label for item in found}

    def _meant(self, text):
        """As people write it; the places of one text narrow each other: "malang, jawa timur"."""
        places = understand(text, self.lexicon).places
        options = [option for place in places for option in place.options]
        return {option.pk: option.label for option in options if not option.is_province}
