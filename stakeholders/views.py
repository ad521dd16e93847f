from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from regions.models import Recognition, Subsector
from stakeholders.filters import StakeholderFilter
from stakeholders.models import Offering, Stakeholder
from stakeholders.network import Network
from stakeholders.vain import count_vain_search


@require_safe
def home(request):
    needs = Offering.objects.open().filter(direction=Offering.Direction.NEED)
    network = Network()
    return render(
        request,
        "stakeholders/home.html",
        {
            "network": network,
            "coverage": network.coverage,
            "subsectors": Subsector.objects.all(),
            "recognitions": Recognition.objects.newest_unesco(),
            "kata_kreatif_count": Recognition.objects.filter(scheme="kata-kreatif").count(),
            "needs": needs.for_cards().newest_of_each(4),
        },
    )


@require_safe
def stakeholder_list(request):
    filterset = StakeholderFilter(request.GET)
    context = {"filterset": filterset}
    if not filterset.total:
        context["rescue"] = filterset.rescue
        count_vain_search(request, filterset)
    return render(request, "stakeholders/stakeholder_list.html", context)


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
