"""What came of an import, as tables to download."""

from django.utils.translation import gettext as _

from stakeholders.models import Stakeholder
from transfers.models import Outcome
from transfers.resources import ListingResource

AT_A_TIME = 1000  # rows
LEFT = [Outcome.REFUSED, Outcome.CHOOSE]


def report_rows(an_import):
    named = an_import.rows.exclude(listing=None).values("listing")
    mine = Stakeholder.objects.in_care_of(an_import.user).filter(pk__in=named)
    seen = {*mine.values_list("pk", flat=True)}
    header = [_("Row"), _("Outcome"), _("Name"), _("What changes"), _("Reason")]
    rows = (
        [
            row.number,
            row.get_outcome_display(),
            an_import.cells_of(row).get("name", ""),
            _changes(row) if is_told(row, seen) else "",
            reason_of(an_import, row),
        ]
        for row in an_import.rows.iterator(chunk_size=AT_A_TIME)
    )
    return header, rows


def is_told(row, seen):
    """What a listing said before is told only to whoever still looks after it."""
    return row.outcome in {Outcome.CREATE, Outcome.CHOOSE} or row.listing in seen


def refused_rows(an_import):
    """The same columns as in the file, and the reason after them."""
    left = an_import.rows.filter(outcome__in=LEFT)
    rows = ([*row.cells, reason_of(an_import, row)] for row in left.iterator(chunk_size=AT_A_TIME))
    return [*an_import.headers, _("Reason")], rows


def reason_of(an_import, row):
    """As “row 12, column Peran: …”, which finds the cell."""
    if row.outcome == Outcome.CHOOSE:
        return _("Row %(number)d: may be a partner that is there already.") % {"number": row.number}
    return " ".join(_with_place(an_import, row, *problem) for problem in row.problems)


def _with_place(an_import, row, key, reason):
    words = {"number": row.number, "column": an_import.place_of(key), "reason": reason}
    if words["column"]:
        return _("Row %(number)d, column %(column)s: %(reason)s") % words
    return _("Row %(number)d: %(reason)s") % words


def _changes(row):
    columns = ListingResource.columns()
    parts = (
        f"{columns[key].column_name}: {old} → {new}"
        if old
        else f"{columns[key].column_name}: {new}"
        for key, (old, new) in row.changes.items()
    )
    return "; ".join(parts)
