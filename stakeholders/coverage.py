"""Which Hexahelix roles a set of listings covers, subsector by subsector."""

from typing import NamedTuple

from django.contrib.humanize.templatetags.humanize import intcomma
from django.utils.translation import gettext

from stakeholders.roles import Role

ALL = 0  # stands for a subsector where a role is counted over all of them; ids start at 1


class Cell(NamedTuple):
    """Published listings of one role, and how many of them are living (not out of date)."""

    total: int = 0
    living: int = 0

    @property
    def state(self):
        if not self.total:
            return "empty"
        if not self.living:
            return "stale"
        return "thin" if self.living == 1 else "full"

    @property
    def number(self):
        return intcomma(self.total) if self.total > 999 else str(self.total)

    @property
    def words(self):
        """What the drawing of the cell says, for those who do not see it."""
        match self.state:
            case "empty":
                return gettext("none yet")
            case "stale":
                return gettext("%(number)s, all out of date") % {"number": self.number}
            case "thin":
                return gettext("%(number)s, only one not out of date") % {"number": self.number}
        return self.number


class Coverage:
    """Six roles x subsectors.

    A listing in two subsectors counts in both, but once in its role. One without any
    subsector, such as a regional government, works across all of them: it is counted
    under `None`, and makes its role living in every subsector.
    """

    def __init__(self, rows):
        """Take (role, subsector id, `None` or `ALL`, total, living) rows."""
        self._cells = {(role, subsector): Cell(*counts) for role, subsector, *counts in rows}

    def cell(self, role, subsector):
        """The cell of a role and a subsector id, or `None` for across subsectors."""
        return self._cells.get((role, subsector), Cell())

    def total_in(self, subsector):
        return self.across_roles(subsector).total

    def strongest(self, subsectors, most=3):
        """The subsectors with most listings, for a region that names no lead."""
        found = [subsector for subsector in subsectors if self.total_in(subsector)]
        return sorted(found, key=self.total_in, reverse=True)[:most]

    @property
    def roles(self):
        """Return {role: cell over all subsectors} with all six, in their order."""
        return {role.value: self.cell(role.value, ALL) for role in Role}

    @property
    def total(self):
        return sum(cell.total for cell in self.roles.values())

    def living_roles(self, leads=()):
        """Return the roles with a living listing in one of the lead subsectors.

        Where no lead is named every listing counts. The length is the score, 0 to 6.
        """
        wanted = [*(lead.pk for lead in leads), None] if leads else [ALL]
        return [role for role in Role if any(self.cell(role, each).living for each in wanted)]

    def across_roles(self, subsector):
        """All listings of a subsector in one cell; each has one role, so none counts twice."""
        cells = [cell for _role, cell in self.row(subsector)]
        return Cell(sum(cell.total for cell in cells), sum(cell.living for cell in cells))

    def row(self, subsector):
        """The six cells of a subsector (or of `None`), in the order of the roles."""
        key = subsector.pk if subsector else None
        return [(role, self.cell(role, key)) for role in Role]
