"""The regions in somebody's care: what waits where, and which of them nobody looks after."""

from collections import Counter

from django import forms
from django.core.paginator import Paginator
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from regions.facets import Ignored, OneOfField, TextField
from stakeholders.models.completeness import Completeness
from workspace.attention import (
    RegionState,
    count_matters,
    gaps_of_each,
    waiting,
    without_officer,
)
from workspace.workbench import published_in

PER_PAGE = 20
ORDERS = {
    "mendesak": (_("Most urgent"), lambda state: -state.pressing),
    "nama": (_("Name"), lambda state: ()),
    "provinsi": (_("Province"), lambda state: state.region.province.short_name),
    "kedaluwarsa": (_("Most out of date"), lambda state: -state.counts["stale"]),
    "tanpa-konfirmasi": (_("Most never confirmed"), lambda state: -state.counts["unverified"]),
    "usulan": (_("Most proposals"), lambda state: -state.counts["proposal"]),
    "mitra": (_("Most partners"), lambda state: -state.published),
    "petugas": (_("Without officer first"), lambda state: state.has_officer),
}


class RegionTableForm(forms.Form):
    q = TextField(label=_("Region or province"), required=False)
    petugas = OneOfField(
        label=_("Officer"), required=False, choices=[("", _("Any")), ("tidak", _("Nobody"))]
    )
    urut = OneOfField(
        label=_("Order"),
        required=False,
        choices=[(name, label) for name, (label, _key) in ORDERS.items()],
    )


class Overview:
    """What `/kelola/` shows to whoever looks after several regions."""

    def __init__(self, user, data):
        self.user, self.data = user, data
        self.form = RegionTableForm(data)
        self.form.is_valid()
        self.asked = self.form.cleaned_data

    @cached_property
    def states(self):
        """All regions in care, by name."""
        regions = self.user.editable_regions()
        rows = regions.select_related("province").only(
            "name", "slug", "short_name", "province__short_name"
        )
        counts, alone = count_matters(regions, self.user), without_officer(regions)
        return [RegionState(each, counts[each.pk], each.pk not in alone) for each in rows]

    @property
    def totals(self):
        counts = sum((state.counts for state in self.states), Counter())
        return waiting(counts)

    @property
    def without_officer(self):
        return sum(not state.has_officer for state in self.states)

    @cached_property
    def found(self):
        words = self.asked["q"].casefold().split()
        is_alone = self.asked["petugas"] == "tidak"
        states = [
            state
            for state in self.states
            if not (is_alone and state.has_officer) and self._is_called(state.region, words)
        ]
        _label, key = ORDERS[self.order]
        return sorted(states, key=key)

    @property
    def order(self):
        return self.asked["urut"] or next(iter(ORDERS))

    @cached_property
    def page(self):
        """One page of them, with what only a page of regions can be asked for."""
        page = Paginator(self.found, PER_PAGE).get_page(self.data.get("halaman"))
        regions = [state.region.pk for state in page]
        gaps = gaps_of_each(regions)
        completeness = Completeness.of_each_region(published_in(regions))
        for state in page:
            state.gaps = gaps[state.region.pk]
            state.completeness = completeness.get(state.region.pk, Completeness())
        return page

    @property
    def ignored(self):
        fields = self.form.fields.values()
        return [Ignored(field.label, value) for field in fields for value in field.ignored]

    @staticmethod
    def _is_called(region, words):
        name = f"{region.name} {region.province.short_name}".casefold()
        return all(word in name for word in words)
