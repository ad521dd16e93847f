from typing import NamedTuple

from django.utils.translation import gettext as _

from regions.models import Subsector
from stakeholders.models import Offering, Stakeholder


class MissingReferenceError(Exception):
    pass


class ReferenceRows(dict):
    """Rows of a model by slug or code; a missing one is told by its name."""

    def __init__(self, queryset, key):
        super().__init__((getattr(row, key), row) for row in queryset)
        self.label = queryset.model._meta.verbose_name

    def __missing__(self, key):
        place = {"label": self.label, "key": key}
        raise MissingReferenceError(_("There is no %(label)s “%(key)s”.") % place)


class Entry(NamedTuple):
    """A listing that is not stored yet, with all that hangs on it."""

    listing: Stakeholder
    subsectors: list[Subsector]
    offerings: list[Offering] = []
    logo: bytes = b""
