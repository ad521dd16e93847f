"""The form with which visitors propose a partner that is missing."""

from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_safe

from accounts.limits import is_refused
from collaborations.forms import SuggestionForm
from collaborations.saved_search_views import read_or_post


@read_or_post
@sensitive_post_parameters("proposer_email")
def suggest(request):
    form = SuggestionForm(request.POST or None, search=request.GET)
    status = 429 if is_refused(request, form, "suggestion") else 200
    if form.is_settled:
        form.save()
        return redirect("collaborations:suggested")
    return render(request, "collaborations/suggestion_form.html", {"form": form}, status=status)


@require_safe
def suggested(request):
    return render(request, "collaborations/suggestion_sent.html")
