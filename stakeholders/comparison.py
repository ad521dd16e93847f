"""Regions side by side, and in words what one has that another lacks."""

from typing import NamedTuple

from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from stakeholders.coverage import ALL
from stakeholders.roles import Role


class Difference(NamedTuple):
    """Some regions have a living listing of a role, in some subsectors, that others lack."""

    having: tuple
    lacking: tuple
    role: Role
    subsectors: list  # empty: in any subsector

    @property
    def having_words(self):
        return in_words(self.having)

    @property
    def lacking_words(self):
        return in_words(self.lacking)

    @property
    def subsectors_words(self):
        return in_words(self.subsectors)


def in_words(things):
    return get_text_list([str(each) for each in things], _("and"))


class Comparison:
    def __init__(self, coverages, subsectors):
        """Take {region: its `Coverage`} and all subsectors."""
        self.coverages, self.subsectors = coverages, list(subsectors)

    @property
    def columns(self):
        """Return [(region, coverage, number of living roles)]."""
        return [
            (region, coverage, len(coverage.living_roles(region.lead_subsectors)))
            for region, coverage in self.coverages.items()
        ]

    @property
    def role_rows(self):
        """Return [(role, a cell for each region)]."""
        return [
            (role, [coverage.roles[role.value] for coverage in self.coverages.values()])
            for role in Role
        ]

    @property
    def subsector_rows(self):
        """Return [(subsector, (cell, is a lead there) for each region)] where anybody is."""
        rows = [
            (
                subsector,
                [
                    (coverage.across_roles(subsector), subsector in region.lead_subsectors)
                    for region, coverage in self.coverages.items()
                ],
            )
            for subsector in self.subsectors
        ]
        return [row for row in rows if any(cell.total or is_lead for cell, is_lead in row[1])]

    @property
    def shared_leads(self):
        leads = [region.lead_subsectors for region in self.coverages]
        return [each for each in self.subsectors if all(each in own for own in leads)]

    @property
    def differences(self):
        """First whole roles, then roles in the lead subsectors of any of the regions."""
        return [*self._whole_roles(), *self._roles_in_leads()]

    def _whole_roles(self):
        for role in Role:
            having = self._having(role, [ALL])
            lacking = self._lacking(role, [ALL])
            if having and lacking:
                yield Difference(having, lacking, role, [])

    def _roles_in_leads(self):
        """Who lacks a whole role is not named again; equal sentences become one."""
        found = {}
        for role in Role:
            without = self._lacking(role, [ALL])
            for subsector in self._leads_of_any():
                keys = [subsector.pk, None]  # a listing across all subsectors counts in each
                having = self._having(role, keys)
                lacking = [each for each in self._lacking(role, keys) if each not in without]
                if having and lacking:
                    sentence = (tuple(having), tuple(lacking), role)
                    found.setdefault(sentence, []).append(subsector)
        return [Difference(*sentence, subsectors) for sentence, subsectors in found.items()]

    def _leads_of_any(self):
        leads = {subsector for region in self.coverages for subsector in region.lead_subsectors}
        return [each for each in self.subsectors if each in leads]

    def _having(self, role, keys):
        """Regions with a living listing; one whose listings are all out of date is in neither."""
        return [
            region
            for region, coverage in self.coverages.items()
            if any(coverage.cell(role, key).living for key in keys)
        ]

    def _lacking(self, role, keys):
        return [
            region
            for region, coverage in self.coverages.items()
            if not any(coverage.cell(role, key).total for key in keys)
        ]
