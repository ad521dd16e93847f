from django.db.models import CharField, Func
from django.utils.translation import gettext_lazy as _

from collaborations.models import CostBand, GoodPractice, Pillar
from collaborations.models.practice import involved_roles
from regions.facets import Facet, FacetFilterSet, SortFilter, TextFilter
from stakeholders.lists import Lists
from stakeholders.roles import Role


def each_involved_role():
    return Func(involved_roles(), function="unnest", output_field=CharField())


class PracticeFilter(FacetFilterSet):
    q = TextFilter(label=_("Search"), method="filter_q")
    peran = Facet(
        label=_("Roles involved"),
        method="filter_role",
        choices=Role.choices,
        counted_by=each_involved_role,
    )
    subsektor = Facet(
        label=_("Subsector"), method="filter_subsector", counted_by="subsectors__slug", first=6
    )
    pilar = Facet(
        label=_("Pillar"), field_name="pillar", choices=Pillar.choices, counted_by="pillar"
    )
    provinsi = Facet(
        label=_("Province"),
        field_name="region__province__code",
        counted_by="region__province__code",
        first=5,
        most_first=True,
    )
    biaya = Facet(
        label=_("Cost"), field_name="cost_band", choices=CostBand.choices, counted_by="cost_band"
    )
    urut = SortFilter(
        label=_("Order"), choices=[("terbaru", _("Newest")), ("adopsi", _("Most adopted"))]
    )

    class Meta:
        model = GoodPractice
        fields = []

    def choices(self):
        lists = Lists.load()
        return {
            "subsektor": lists.choices("subsector"),
            "provinsi": lists.choices("province"),
        }

    def filter_q(self, queryset, name, text):
        return queryset.search(text)

    def filter_role(self, queryset, name, roles):
        return queryset.involving(roles)

    def filter_subsector(self, queryset, name, slugs):
        return queryset.in_subsectors(slugs)

    def ordered(self, queryset):
        cards = queryset.for_cards().title_first(self.chosen.get("q", ""))
        most = ["-adoption_count"] if self.order == "adopsi" else ["-in_title"]
        return cards.order_by(*most, "-published_at", "-pk")
