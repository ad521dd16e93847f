"""The dry run: what would come of each row. Saving asks the same again, and does it."""

from typing import NamedTuple

from django.utils.translation import gettext as _

from regions.models import LATITUDES, LONGITUDES
from stakeholders.models import Stakeholder
from stakeholders.understanding import fold
from transfers.existing import Existing
from transfers.files.tables import clean
from transfers.models import Decision, Outcome
from transfers.reading import EXAMPLE, Reader
from transfers.resources import REQUIRED, for_file, unguarded

AT_A_TIME = 500  # rows


class Verdict(NamedTuple):
    """What would come of one row."""

    row: object
    outcome: str
    values: dict = {}
    listing: object = None  # the Stakeholder that exists
    candidates: list = []
    changes: dict = {}
    problems: list = []

    def note(self):
        """Write it into the row, as it is shown and kept."""
        self.row.outcome = self.outcome
        self.row.listing = self.listing and self.listing.pk
        self.row.candidates = self.candidates or self.row.candidates  # one may decide again
        self.row.changes = self.changes
        self.row.problems = [list(problem) for problem in self.problems]
        return self.row

    def is_as_shown(self):
        """Whether it is still what the row says: nobody changed the listing since."""
        shown = (self.row.outcome, self.row.listing, self.row.changes)
        return shown == (self.outcome, self.listing and self.listing.pk, self.changes)


class Checker:
    def __init__(self, an_import, regions, *, progress=lambda rows: None):
        self.an_import, self.progress = an_import, progress
        self.reader = Reader(regions)
        self.columns = self.reader.columns

    def verdicts(self, rows, *, lock=False):
        """Yield lists of verdicts, some rows at a time; with a lock nobody changes them since."""
        readings = list(self._readings(rows))
        ids = {reading.values.get("id") for _row, reading in readings} - {None}
        self.existing = Existing(self.reader.scope, ids)
        self.existing.load({reading.values.get("region") for _row, reading in readings} - {None})
        self.taken = {}  # by which row of the file
        for start in range(0, len(readings), AT_A_TIME):
            some = readings[start : start + AT_A_TIME]
            yield list(self._judged(some, lock=lock))
            self.progress(len(some))

    def _readings(self, rows):
        for count, row in enumerate(rows, start=1):
            yield row, self.reader.read(self.an_import.cells_of(row))
            if count % AT_A_TIME == 0:
                self.progress(AT_A_TIME)

    def _judged(self, readings, *, lock):
        meant = [(row, reading, self._meant(row, reading)) for row, reading in readings]
        keys = {pk for *_others, (outcome, pk, _more) in meant if outcome == Outcome.UPDATE}
        listings = self._listings(keys, lock=lock)
        for row, reading, (outcome, target, more) in meant:
            if outcome == Outcome.UPDATE:
                yield self._updated(row, reading.values, listings.get(target))
            elif outcome == Outcome.CREATE:
                yield self._created(row, reading.values)
            elif outcome == Outcome.CHOOSE:
                new = self._created(row, reading.values)
                yield Verdict(row, outcome, candidates=more, changes=new.changes)
            else:
                yield Verdict(row, outcome, problems=more)

    def _listings(self, keys, *, lock):
        rows = Stakeholder.objects.filter(pk__in=keys, region__in=self.reader.scope)
        if lock:
            list(rows.order_by("pk").select_for_update().values_list("pk"))
        return for_file(rows).in_bulk()

    def _meant(self, row, reading):
        """Return (outcome, key of the listing that is meant, candidates or problems)."""
        values, problems = reading
        if row.decision == Decision.SKIP or self._is_example(row):
            return Outcome.SKIPPED, None, []
        problems = problems or self._missing(values)
        if problems:
            return Outcome.REFUSED, None, problems
        outcome, target, candidates = self._matched(row, values)
        if outcome == Outcome.CHOOSE:
            return outcome, None, candidates
        if outcome == Outcome.REFUSED:
            return outcome, None, candidates
        what = target or (values["region"], fold(values["name"]))
        if (other := self.taken.setdefault(what, row.number)) != row.number:
            problem = _("The same partner as in row %(number)d.") % {"number": other}
            return Outcome.REFUSED, None, [("name", problem)]
        return outcome, target, candidates

    def _is_example(self, row):
        return self.an_import.cells_of(row).get("id", "").casefold() == EXAMPLE

    def _missing(self, values):
        """Without an ID, name and region say which partner is meant."""
        needed = [] if "id" in values else ["name", "region"]
        return [(key, _("This cannot be empty.")) for key in needed if not values.get(key)]

    def _matched(self, row, values):
        if "id" in values:
            if values["id"] in self.existing.ids:
                return Outcome.UPDATE, values["id"], []
            problem = _("None of the partners that you look after has this ID.")
            return Outcome.REFUSED, None, [("id", problem)]
        region, name = values["region"], values["name"]
        same = self.existing.named(region, name)
        candidates = same or self.existing.likely(region, name, values.get("website"))
        if len(same) == 1:
            return Outcome.UPDATE, same[0], []
        if row.decision == Decision.SAME and row.chosen in candidates:
            return Outcome.UPDATE, row.chosen, []
        if candidates and row.decision != Decision.NEW:
            return Outcome.CHOOSE, None, candidates
        return self._fit_to_create(values)

    def _fit_to_create(self, values):
        values.setdefault("organization_type", values.pop("guessed_type", None))
        lacking = [key for key in REQUIRED if not values.get(key)]
        if not lacking and (problem := place_problem(values)):
            return Outcome.REFUSED, None, [problem]
        if not lacking:
            return Outcome.CREATE, None, []
        reason = _("A new partner needs this.")
        return Outcome.REFUSED, None, [(key, reason) for key in lacking]

    def _created(self, row, values):
        values = {key: values[key] for key in self.columns if key in values}
        changes = {key: ["", self._words(key, value)] for key, value in values.items()}
        changes = {key: words for key, words in changes.items() if words[1]}
        return Verdict(row, Outcome.CREATE, values, changes=changes)

    def _updated(self, row, values, listing):
        if listing is None:
            return Verdict(row, Outcome.REFUSED, problems=[("id", _("This partner is gone."))])
        values = self._with_type(values, listing)
        if problem := self._misfit(values, listing):
            return Verdict(row, Outcome.REFUSED, problems=[problem])
        old = {key: value_of(listing, key) for key in values if key != "id"}
        told = self._told(row)
        new = {
            key: values[key]
            for key in old
            if not _alike(values[key], old[key])
            # What we told ourselves, though we would not take it anew, is no change either.
            if told.get(key) != clean(self._words(key, old[key]))
        }
        changes = {key: [self._words(key, old[key]), self._words(key, new[key])] for key in new}
        outcome = Outcome.UPDATE if new else Outcome.SAME
        return Verdict(row, outcome, new, listing, changes=changes)

    def _with_type(self, values, listing):
        values = dict(values)
        guessed = values.pop("guessed_type", None)
        if values.get("role", listing.role) != listing.role and "organization_type" not in values:
            values["organization_type"] = guessed
        return values

    def _misfit(self, values, listing):
        if "name" in values and not values["name"]:
            return "name", _("This cannot be empty.")
        key = values.get("organization_type", listing.organization_type_id)
        item = self.reader.lists.item("type", key)
        if item is None or item.parent != values.get("role", listing.role):
            return "organization_type", _("This organisation type belongs to another role.")
        return place_problem(values, listing)

    def _told(self, row):
        cells = self.an_import.cells_of(row)
        return {key: unguarded(text) for key, text in cells.items()}

    def _words(self, key, value):
        return str(self.columns[key].widget.render(value))


def value_of(listing, key):
    attribute = {
        "organization_type": "organization_type_id",
        "region": "region_id",
        "subsectors": "subsector_ids",
    }
    return getattr(listing, attribute.get(key, key))


def place_problem(values, listing=None):
    """Both coordinates or neither, after all that the row says."""
    place = [values.get(key, getattr(listing, key, None)) for key in ("latitude", "longitude")]
    if place == [None, None]:
        return None
    limits = zip(place, (LATITUDES, LONGITUDES), strict=True)
    if None not in place and all(low <= degrees <= high for degrees, (low, high) in limits):
        return None
    return "latitude", _("Give both coordinates, inside Indonesia, or neither.")


def _alike(one, other):
    """Spaces do not matter, nor in what kind of sequence several come."""
    if isinstance(one, list | tuple):
        return list(one) == list(other)
    if isinstance(one, str):
        return one.split() == other.split()
    return one == other
