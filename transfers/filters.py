"""Which listings leave in a file: the parameters are those of the list in the workspace."""

import django_filters
from django.utils.translation import gettext_lazy as _

from regions.models import Province, Subsector
from stakeholders.models import Freshness, Stakeholder
from stakeholders.roles import Role


class ExportFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(label=_("Name"), method="filter_q")
    wilayah = django_filters.ModelMultipleChoiceFilter(
        label=_("Kabupaten or kota"),
        field_name="region",
        to_field_name="slug",
        queryset=lambda request: request.user.editable_regions(),
    )
    provinsi = django_filters.ModelMultipleChoiceFilter(
        label=_("Province"),
        field_name="region__province",
        to_field_name="code",
        queryset=Province.objects.all(),
    )
    peran = django_filters.MultipleChoiceFilter(
        label=_("Role"), field_name="role", choices=Role.choices
    )
    subsektor = django_filters.ModelMultipleChoiceFilter(
        label=_("Subsector"),
        to_field_name="slug",
        queryset=Subsector.objects.all(),
        method="filter_subsectors",
    )
    status = django_filters.MultipleChoiceFilter(
        label=_("Status"), choices=Stakeholder.Status.choices
    )
    kesegaran = django_filters.MultipleChoiceFilter(
        label=_("Confirmation"), choices=Freshness.choices, method="filter_freshness"
    )

    class Meta:
        model = Stakeholder
        fields = []

    @property
    def qs(self):
        """What was not understood narrows to nothing: rather no file than one with too much."""
        return super().qs if self.is_valid() else Stakeholder.objects.none()

    def filter_q(self, listings, name, value):
        return listings.filter(name__icontains=value)

    def filter_subsectors(self, listings, name, subsectors):
        slugs = [subsector.slug for subsector in subsectors]
        return listings.in_subsectors(slugs) if slugs else listings

    def filter_freshness(self, listings, name, values):
        return listings.with_freshness_in(values) if values else listings


def export_filter(request):
    mine = Stakeholder.objects.in_care_of(request.user)
    return ExportFilter(request.GET, queryset=mine, request=request)
