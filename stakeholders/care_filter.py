"""The list of listings in somebody's care."""

import django_filters
from django.db.models import Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from regions.facets import FacetFilterSet, OneOfField, SortFilter, TextFilter
from regions.models import Province, Subsector
from stakeholders.models import ACROSS, MOST_DOUBTFUL_FIRST, Freshness, Stakeholder
from stakeholders.models.completeness import PARTS, is_lacking
from stakeholders.roles import Role

DOUBTFUL = "perlu"  # stands for all that are not freshly confirmed
ORDERS = {
    "terlama": (_("Longest unconfirmed first"), MOST_DOUBTFUL_FIRST),
    "nama": (_("Name"), ["name", "pk"]),
    "terbaru": (_("Last added first"), ["-created_at", "-pk"]),
}


class OneFilter(django_filters.Filter):
    """One of several choices, or any."""

    field_class = OneOfField


class ListingFilter(FacetFilterSet):
    """Narrows the listings that a user may change; archived ones are shown when asked for."""

    q = TextFilter(label=_("Search"), method="filter_q")
    wilayah = OneFilter(label=_("Kabupaten or kota"), field_name="region__slug")
    provinsi = OneFilter(label=_("Province"), field_name="region__province__code")
    peran = OneFilter(label=_("Role"), field_name="role", choices=Role.choices)
    subsektor = OneFilter(label=_("Subsector"), method="filter_subsector")
    status = OneFilter(
        label=pgettext_lazy("of a listing", "Status"), choices=Stakeholder.Status.choices
    )
    kesegaran = OneFilter(
        label=_("Confirmation"),
        method="filter_freshness",
        choices=[(DOUBTFUL, _("Needs confirmation")), *Freshness.choices],
    )
    kurang = OneFilter(
        label=_("What is missing"), method="filter_lacking", choices=list(PARTS.items())
    )
    urut = SortFilter(
        label=_("Order"), choices=[(name, label) for name, (label, _by) in ORDERS.items()]
    )

    class Meta:
        model = Stakeholder
        fields = []

    def __init__(self, data, *, user):
        self.user = user
        super().__init__(data, Stakeholder.objects.editable_by(user))

    @cached_property
    def regions(self):
        """The regions to choose from: those in care."""
        return list(self.user.editable_regions().values_list("slug", "name", "province__code"))

    def choices(self):
        name = Subsector.name_column()
        subsectors = [
            *Subsector.objects.values_list("slug", name),
            (ACROSS, _("Across all subsectors")),
        ]
        codes = {code for _slug, _name, code in self.regions}
        provinces = Province.objects.filter(code__in=codes).values_list("code", "short_name")
        return {
            "wilayah": [(slug, name) for slug, name, _code in self.regions],
            "provinsi": list(provinces) if len(codes) > 1 else [],
            "subsektor": subsectors,
        }

    @property
    def selects(self):
        """The fields to choose from; where there is one region, there is no choice."""
        names = ["wilayah", "provinsi", "kesegaran", "status", "peran", "subsektor", "kurang"]
        fields = [self.form[name] for name in names]
        return [field for field in fields if len(list(field.field.choices)) > 1]

    @property
    def is_of_many_regions(self):
        return len(self.regions) != 1

    def filter_q(self, queryset, name, text):
        """Every word in the name, in another name or in an address of the listing."""
        for word in text.split():
            fields = ["name", "aliases", "website", "public_email"]
            queryset = queryset.filter(_any_of(fields, word))
        return queryset

    def filter_subsector(self, queryset, name, slug):
        return queryset.across_subsectors() if slug == ACROSS else queryset.in_subsectors([slug])

    def filter_freshness(self, queryset, name, value):
        """Only of what is public: a draft goes stale for nobody."""
        every = [Freshness.STALE, Freshness.DUE, Freshness.UNVERIFIED]
        states = every if value == DOUBTFUL else [value]
        return queryset.published().with_freshness_in(states)

    def filter_lacking(self, queryset, name, part):
        return queryset.filter(is_lacking(part))

    def narrowed(self, *but):
        found = super().narrowed(*but)
        if "status" in self.chosen and "status" not in but:
            return found
        return found.exclude(status=Stakeholder.Status.ARCHIVED)

    def ordered(self, queryset):
        _label, order = ORDERS[self.order]
        return queryset.for_workspace().order_by(*order)

    @cached_property
    def counts(self):
        """No options are counted: here people look for rows, not for numbers."""
        return {"": {"": self.narrowed().count()}}


def _any_of(fields, word):
    found = Q()
    for field in fields:
        found |= Q(**{f"{field}__icontains": word})
    return found
