"""Which parts of a listing are there that visitors need before they get in touch."""

from django.contrib.postgres.fields import ArrayField
from django.db.models import (
    Case,
    Count,
    Exists,
    Func,
    OuterRef,
    Q,
    Subquery,
    TextField,
    Value,
    When,
)
from django.db.models.lookups import IsNull
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from regions.models import Subsector

LACKING = {
    "logo": Q(logo=""),
    "summary": Q(summary=""),
    "description": Q(description=""),
    "website": Q(website=""),
    "contact": Q(public_email="", public_phone="", contact_email=""),
}
PARTS = {
    "logo": _("logo"),
    "summary": pgettext_lazy("part of a listing", "summary"),
    "description": _("description"),
    "website": _("website"),
    "contact": _("contact"),
    "subsector": _("subsector"),
}


def is_lacking(part):
    """Return the condition that a listing does without one of the `PARTS`.

    Without a subsector it works across all of them, which may be right: that is no gap in
    `Completeness`, but a thing to look at.
    """
    if part != "subsector":
        return LACKING[part]
    return Q(~Exists(Subsector.objects.filter(stakeholders=OuterRef("pk"))))


def lacking():
    """Return the expression for the array of all `PARTS` that a listing does without."""
    conditions = {**LACKING, "subsector": IsNull(_first_subsector(), True)}
    parts = [Case(When(lacks, then=Value(part))) for part, lacks in conditions.items()]
    template = "array_remove(ARRAY[%(expressions)s]::text[], NULL)"
    return Func(*parts, template=template, output_field=ArrayField(TextField()))


def _first_subsector():
    """Looked up for each row that is shown; an EXISTS would be read for all rows there are."""
    return Subquery(Subsector.objects.filter(stakeholders=OuterRef("pk")).values("pk")[:1])


class Completeness:
    """How many of so many listings lack each part."""

    def __init__(self, total=0, lacking=()):
        self.total, self.lacking = total, dict(zip(LACKING, lacking, strict=False))

    @classmethod
    def of_each_region(cls, listings):
        """Return {region: its `Completeness`} in one statement."""
        counts = [Count("pk", filter=lacks) for lacks in LACKING.values()]
        named = {f"without_{part}": count for part, count in zip(LACKING, counts, strict=True)}
        rows = listings.order_by().values_list("region").annotate(total=Count("pk"), **named)
        return {region: cls(total, lacking) for region, total, *lacking in rows}

    @property
    def percent(self):
        if not self.total:
            return 0
        return round(100 * (1 - sum(self.lacking.values()) / (self.total * len(LACKING))))

    @property
    def gaps(self):
        """What is missing, most often missed first: (part, its name, number of listings)."""
        gaps = [(part, PARTS[part], number) for part, number in self.lacking.items() if number]
        return sorted(gaps, key=lambda gap: -gap[2])
