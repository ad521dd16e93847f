from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from regions.filters import RegionFilter
from regions.models import ProfileDraft, Province, Region, Subsector
from regions.tiles.shading import ShadingChoice, TileMap

SAVED_DRAFT = _("A preview of the draft. The public still sees the published version.")


@require_safe
def region_list(request):
    filterset = RegionFilter(request.GET, Region.objects.all())
    return render(request, "regions/region_list.html", {"filterset": filterset})


@require_safe
def region_map(request):
    choice = ShadingChoice(request.GET)
    # The filters of the list hold for the map too; without one they cost nothing.
    is_filtered = not RegionFilter.base_filters.keys().isdisjoint(request.GET)
    filterset = RegionFilter(request.GET, Region.objects.all()) if is_filtered else None
    tiles = TileMap(choice.shading, only=filterset and filterset.narrowed())
    return render(
        request,
        "regions/region_map.html",
        {"choice": choice, "filterset": filterset, "map": tiles},
    )


@require_safe
def region_detail(request, slug):
    region = get_object_or_404(Region.objects.for_profile(), slug=slug)
    return _profile(request, region)


@never_cache
@require_safe
def region_preview(request, slug):
    """The page as it would be with the waiting draft, for who may see drafts."""
    drafts = ProfileDraft.objects.visible_to(request.user)
    draft = get_object_or_404(drafts, region__slug=slug)
    return preview_page(request, draft, SAVED_DRAFT)


def preview_page(request, draft, words):
    """Render the page as it would be with a draft, saved or not; `words` says which."""
    draft.region = Region.objects.for_profile().get(pk=draft.region_id)
    return _profile(request, draft.previewed(), preview=words)


def _profile(request, region, preview=""):
    stakeholders = region.stakeholders.published()
    coverage = region.search_entries.coverage()
    subsectors = list(Subsector.objects.all())
    strengths = region.lead_subsectors or coverage.strongest(subsectors)
    neighbours, similar = region.nearest_and_similar(strengths)
    return render(
        request,
        "regions/region_detail.html",
        {
            "region": region,
            "preview": preview,
            "subsectors": subsectors,
            "strengths": [subsector.name for subsector in strengths],
            "coverage": coverage,
            "living_roles": coverage.living_roles(region.lead_subsectors),
            "stakeholders": stakeholders.freshest_of_each_role(),
            "neighbours": neighbours,
            "similar": similar,
        },
    )


@require_safe
def province_detail(request, slug):
    province = get_object_or_404(
        Province.objects.prefetch_related("recognitions__subsectors"), slug=slug
    )
    regions = province.regions.all()
    return render(
        request,
        "regions/province_detail.html",
        {
            "province": province,
            "regions": regions.for_cards(),
            "subsectors": Subsector.objects.all(),
            "coverage": regions.stakeholders().coverage(),
        },
    )


@require_safe
def subsector_list(request):
    return render(
        request,
        "regions/subsector_list.html",
        {
            "subsectors": Subsector.objects.with_lead_count(),
            "coverage": Region.objects.stakeholders().coverage(),
        },
    )


@require_safe
def subsector_detail(request, slug):
    subsector = get_object_or_404(Subsector, slug=slug)
    stakeholders = subsector.stakeholders.published()
    leading = Region.objects.leading_in([slug]).for_cards()
    return render(
        request,
        "regions/subsector_detail.html",
        {
            "subsector": subsector,
            "coverage": stakeholders.role_coverage(),
            "stakeholders": stakeholders.for_cards().by_relevance()[:12],
            "across_count": Region.objects.stakeholders().across_subsectors().count(),
            "regions": leading,
        },
    )
