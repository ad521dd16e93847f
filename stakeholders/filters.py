from django.db.models import CharField, F, IntegerField, Value
from django.db.models.functions import Cast, Coalesce
from django.utils.translation import gettext_lazy as _

from regions.facets import Facet, FacetFilterSet, Ignored, SortFilter, TextFilter
from regions.models import Province, Region, Subsector
from stakeholders.models import (
    ACROSS,
    Freshness,
    OfferingCategory,
    OrganizationType,
    Stakeholder,
    freshness_now,
)
from stakeholders.roles import Role
from stakeholders.search import left_out


class StakeholderFilter(FacetFilterSet):
    """The partner search: what the page, its counts and its chips all read."""

    q = TextFilter(label=_("Search"), method="filter_q")
    peran = Facet(label=_("Role"), field_name="role", choices=Role.choices, counted_by="role")
    subsektor = Facet(
        label=_("Subsector"),
        method="filter_subsector",
        counted_by=lambda: Coalesce("subsectors__slug", Value(ACROSS)),
        first=6,
    )
    provinsi = Facet(
        label=_("Province"),
        field_name="region__province__code",
        counted_by="region__province__code",
        first=5,
        most_first=True,
    )
    wilayah = Facet(
        label=_("Kabupaten or kota"),
        field_name="region__slug",
        counted_by="region__slug",
        first=5,
        most_first=True,
    )
    jenis = Facet(
        label=_("Organisation type"),
        field_name="organization_type__slug",
        counted_by="organization_type__slug",
        first=5,
        most_first=True,
    )
    kesegaran = Facet(
        label=_("Confirmation"),
        method="filter_freshness",
        choices=Freshness.choices,
        counted_by=freshness_now,
    )
    menawarkan = Facet(
        label=_("Offers"),
        method="filter_offers",
        counted_by="offerings__category__slug",
        among={"offerings__direction": "offer"},
        first=4,
        most_first=True,
    )
    membutuhkan = Facet(
        label=_("Needs"),
        method="filter_needs",
        counted_by="offerings__category__slug",
        among={"offerings__direction": "need"},
        first=4,
        most_first=True,
    )
    urut = SortFilter(
        label=_("Order"),
        choices=[
            ("relevansi", _("Best match")),
            ("terbaru", _("Newest confirmation")),
            ("nama", _("Name")),
        ],
    )

    class Meta:
        model = Stakeholder
        fields = []

    def choices(self):
        """Read the words of all lists in one query; they are some hundreds."""
        name = Subsector.name_column()
        offerings = words("kategori", OfferingCategory, name)
        rows = offerings.union(
            words("subsektor", Subsector, name),
            words("jenis", OrganizationType, name),
            words("provinsi", Province, "short_name", value="code", position=Value(0)),
            words("wilayah", Region, "name", position=Value(0)),
            all=True,
        )
        choices = {}
        for facet, _place, label, value in rows.order_by("facet", "place", "label"):
            choices.setdefault(facet, []).append((value, label))
        choices.setdefault("subsektor", []).append((ACROSS, _("Across all subsectors")))
        categories = choices.pop("kategori", [])
        return choices | {"menawarkan": categories, "membutuhkan": categories}

    @property
    def ignored(self):
        words = [term.text for term in left_out(self.chosen.get("q", ""))]
        return super().ignored + [Ignored(self.filters["q"].label, word) for word in words]

    def filter_q(self, queryset, name, text):
        return queryset.search(text)

    def filter_subsector(self, queryset, name, slugs):
        return queryset.in_subsectors(slugs)

    def filter_freshness(self, queryset, name, values):
        return queryset.with_freshness_in(values)

    def filter_offers(self, queryset, name, slugs):
        return queryset.with_offering("offer", slugs)

    def filter_needs(self, queryset, name, slugs):
        return queryset.with_offering("need", slugs)

    def ordered(self, queryset):
        cards = queryset.for_cards()
        match self.order:
            case "terbaru":
                return cards.order_by(F("verified_at").desc(nulls_last=True), "name", "pk")
            case "nama":
                return cards.order_by("name", "pk")
        return cards.by_relevance(self.chosen.get("q", ""))


def words(facet, model, label, value="slug", position="position"):
    """Return a query of (facet, position, label, value) for the rows of a list."""
    rows = model.objects.order_by().annotate(
        facet=Value(facet, CharField()),
        place=Cast(position, IntegerField()),
        label=F(label),
        value=F(value),
    )
    return rows.values_list("facet", "place", "label", "value")
