from django.db.models import Case, CharField, Value, When
from django.utils.functional import cached_property
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from regions.facets import (
    ConditionFacet,
    Facet,
    FacetFilterSet,
    PlaceFilter,
    SortFilter,
    TextFilter,
)
from regions.models import Province, Recognition, Region, Subsector

SCORES = range(6, -1, -1)
SHORTEST_TYPO = 4  # letters: shorter words are too alike to forgive a typo


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
    pengakuan = ConditionFacet(
        label=_("Recognition"),
        method="filter_recognition",
        choices=Recognition.Scheme.choices,
    )
    cakupan = Facet(
        label=_("Roles alive"),
        field_name="living_roles",
        choices=[(str(roles), format_lazy(_("{roles} of 6"), roles=roles)) for roles in SCORES],
        counted_by="living_roles",
    )
    dekat = PlaceFilter(label=_("Near"))
    urut = SortFilter(
        label=_("Order"),
        choices=[
            ("nama", _("Name")),
            ("mitra", _("Most partners")),
            ("cakupan", _("Most roles alive")),
            ("terdekat", _("Nearest")),
        ],
    )

    class Meta:
        model = Region
        fields = []

    def __init__(self, data, queryset):
        super().__init__(data, queryset.with_living_roles())

    def choices(self):
        name = Subsector.name_column()
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
        return queryset.filter(pk__in=self.guesses) if self.guesses else queryset.named(text)

    @cached_property
    def guesses(self):
        """The keys of the regions spelled most like the text, where none is called that."""
        text = self.chosen.get("q", "")
        if sum(map(str.isalnum, text)) < SHORTEST_TYPO or Region.objects.named(text).exists():
            return []
        return list(Region.objects.spelled_like(text).values_list("pk", flat=True))

    def filter_subsector(self, queryset, name, slugs):
        return queryset.leading_in(slugs)

    def filter_recognition(self, queryset, name, schemes):
        return queryset.recognised_by(schemes)

    def ordered(self, queryset):
        cards = queryset.for_cards()
        if self.place:
            cards = cards.with_distance_to(self.place)
        match self.order:
            case "mitra":
                first = ["-stakeholder_count"]
            case "cakupan":
                first = ["-living_roles"]
            case "terdekat":
                first = ["distance_km"]
            case _:
                cards, first = self._best_named(cards)
        return cards.order_by(*first, "short_name", "kind", "pk")

    def _best_named(self, cards):
        """Return the cards and what puts those first that are called what the text says."""
        if self.guesses:
            places = [When(pk=pk, then=place) for place, pk in enumerate(self.guesses)]
            return cards, [Case(*places)]
        if text := self.chosen.get("q"):
            return cards.with_exactness(text), ["-is_exact"]
        return cards, []
