from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from collaborations.filters import PracticeFilter
from collaborations.models import GoodPractice

REGIONS_NAMED = 6  # that could try a practice next


@require_safe
def practice_list(request):
    filterset = PracticeFilter(request.GET, GoodPractice.objects.published())
    return render(request, "collaborations/practice_list.html", {"filterset": filterset})


@require_safe
def practice_detail(request, slug):
    visible = GoodPractice.objects.visible_to(request.user)
    practice = get_object_or_404(visible.for_page(), slug=slug)
    return render(
        request,
        "collaborations/practice_detail.html",
        {"practice": practice, "regions": practice.regions_to_try()[:REGIONS_NAMED]},
    )
