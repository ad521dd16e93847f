from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from regions.models import Recognition, Region, Subsector
from stakeholders.filters import StakeholderFilter
from stakeholders.models import Freshness, Offering, Stakeholder


@require_safe
def home(request):
    published = Stakeholder.objects.published()
    needs = Offering.objects.open().filter(direction=Offering.Direction.NEED)
    coverage = published.coverage()
    confirmed = published.with_freshness_in([Freshness.FRESH, Freshness.DUE]).count()
    return render(
        request,
        "stakeholders/home.html",
        {
            "coverage": coverage,
            "confirmed_percent": round(100 * confirmed / coverage.total) if confirmed else 0,
            "region_count": Region.objects.count(),
            "subsectors": Subsector.objects.all(),
            "recognitions": Recognition.objects.newest_unesco(),
            "kata_kreatif_count": Recognition.objects.filter(scheme="kata-kreatif").count(),
            "needs": needs.newest_of_each().for_cards()[:4],
        },
    )


@require_safe
def stakeholder_list(request):
    filterset = StakeholderFilter(request.GET, Stakeholder.objects.published())
    return render(request, "stakeholders/stakeholder_list.html", {"filterset": filterset})


@require_safe
def stakeholder_detail(request, slug):
    merged = Stakeholder.objects.filter(slug=slug, merged_into__isnull=False).first()
    if merged and merged.successor().is_published:
        return redirect(merged.successor(), permanent=True)
    visible = Stakeholder.objects.visible_to(request.user)
    stakeholder = get_object_or_404(visible.for_page(), slug=slug)
    return render(
        request,
        "stakeholders/stakeholder_detail.html",
        {"stakeholder": stakeholder, "complements": stakeholder.complements().for_cards()[:3]},
    )
