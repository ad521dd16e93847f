from django.db.models import CharField, Value
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from regions.facets import Facet, FacetFilterSet, SortFilter, TextFilter
from regions.models import Province, Recognition, Region, Subsector


class RegionFilter(FacetFilterSet):
    q = TextFilter(label=_("Search"), method="filter_q")
    pulau = Facet(
        label=_("Island group"),
        field_name="province__island",
        choices=Province.Island.choices,
        counted_by="province__island",
    )
    provinsi = Facet(
        label=_("Province"),
        field_name="province__code",
        counted_by="province__code",
        first=5,
        most_first=True,
    )
    jenis = Facet(
        label=_("Kind"), field_name="kind", choices=Region.Kind.choices, counted_by="kind"
    )
    subsektor = Facet(
        label=_("Lead subsector"),
        method="filter_subsector",
        counted_by="region_subsectors__subsector__slug",
        among={"region_subsectors__is_lead": True},
        first=6,
        most_first=True,
    )
    pengakuan = Facet(
        label=_("Recognition"),
        method="filter_recognition",
        choices=Recognition.Scheme.choices,
        counted_by="recognitions__scheme",
    )
    urut = SortFilter(
        label=_("Order"), choices=[("nama", _("Name")), ("mitra", _("Most partners"))]
    )

    class Meta:
        model = Region
        fields = []

    def choices(self):
        name = "name_en" if get_language() == "en" else "name_id"
        provinces = Province.objects.order_by().values_list(
            Value("provinsi", CharField()), "code", "short_name"
        )
        subsectors = Subsector.objects.order_by().values_list(
            Value("subsektor", CharField()), "slug", name
        )
        choices = {}
        for facet, value, label in provinces.union(subsectors, all=True).order_by("short_name"):
            choices.setdefault(facet, []).append((value, label))
        return choices

    def filter_q(self, queryset, name, text):
        return queryset.named(text)

    def filter_subsector(self, queryset, name, slugs):
        return queryset.leading_in(slugs)

    def filter_recognition(self, queryset, name, schemes):
        return queryset.recognised_by(schemes)

    def ordered(self, queryset):
        cards = queryset.for_cards()
        if self.order == "mitra":
            return cards.order_by("-stakeholder_count", "short_name", "pk")
        return cards.order_by("short_name", "kind", "pk")
