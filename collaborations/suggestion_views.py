"""The forms with which visitors propose a partner that is missing, or a correction."""

from datetime import timedelta

from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_safe

from accounts.limits import is_refused
from collaborations.correction_forms import CorrectionForm
from collaborations.forms import SuggestionForm
from collaborations.models import Suggestion
from regions.requests import read_or_post
from stakeholders.models import Stakeholder


@read_or_post
@sensitive_post_parameters("proposer_email")
def suggest(request):
    form = SuggestionForm(request.POST or None, search=request.GET)
    status = 429 if is_refused(request, form, "suggestion") else 200
    if form.is_settled:
        return redirect(form.save() or "collaborations:suggested")
    return render(request, "collaborations/suggestion_form.html", {"form": form}, status=status)


@read_or_post
@sensitive_post_parameters("proposer_email")
def suggest_correction(request, slug):
    published = Stakeholder.objects.published().select_related("region")
    listing = get_object_or_404(published.prefetch_related("subsectors"), slug=slug)
    form = CorrectionForm(request.POST or None, listing=listing)
    status = 429 if is_refused(request, form, "correction") else 200
    if form.is_valid():
        return redirect(form.save() or "collaborations:suggested")
    context = {"form": form, "listing": listing}
    return render(request, "collaborations/correction_form.html", context, status=status)


@require_safe
def suggested(request):
    return render(request, "collaborations/suggestion_sent.html")


@require_safe
@never_cache
def suggestion_status(request, token):
    """How far it is, for whoever proposed it: no account, and no address is shown."""
    suggestion = Suggestion.in_link(token)
    if suggestion is None:
        return render(request, "collaborations/suggestion_gone.html", status=404)
    wait = Suggestion.objects.usual_wait() if suggestion.is_new else None
    context = {
        "suggestion": suggestion,
        "usual_since": wait and timezone.now() - max(wait, timedelta(hours=1)),
        "listing": suggestion.about or suggestion.stakeholder,
    }
    return render(request, "collaborations/suggestion_status.html", context)
