"""What visitors propose for the regions of an officer: the oldest first, decided one by one."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.access import officers_only
from collaborations.actions import (
    accept_with_listing,
    decline_suggestion,
    take_over_correction,
)
from collaborations.models import Suggestion
from regions.requests import read_or_post
from stakeholders.forms import ListingForm
from stakeholders.merge_admin import address_of_merge
from stakeholders.models import Stakeholder
from workspace.proposal_forms import (
    AnswerForm,
    CorrectionForm,
    ProposalFilter,
    content_of_suggestion,
)

ON_A_PAGE = 30


@require_safe
@officers_only
def proposals(request):
    filterset = ProposalFilter(request.GET, user=request.user)
    page = Paginator(filterset.qs, ON_A_PAGE).get_page(request.GET.get("halaman"))
    context = {"filterset": filterset, "page": page}
    return render(request, "workspace/proposals.html", context)


@require_safe
@officers_only
def proposal(request, pk):
    suggestion = _find(request, pk)
    return _show(request, suggestion, AnswerForm())


@require_POST
@officers_only
def proposal_decline(request, pk):
    suggestion = _find(request, pk)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return _show(request, suggestion, form)
    if decline_suggestion(
        suggestion=suggestion, user=request.user, answer=form.cleaned_data["jawaban"]
    ):
        messages.success(request, _("Declined, with your reason."))
    return redirect("workspace:proposals")


@read_or_post
@officers_only
def proposal_accept(request, pk):
    """The form of a new listing, filled in with what the visitor wrote."""
    missing = Suggestion.objects.filter(kind=Suggestion.Kind.LISTING)
    suggestion = _find(request, pk, missing)
    form = ListingForm(
        request.POST or None,
        request.FILES or None,
        user=request.user,
        content=content_of_suggestion(suggestion),
    )
    if not (form.is_bound and form.is_settled):
        context = {"suggestion": suggestion, "form": form}
        return render(request, "workspace/proposal_accept.html", context)
    try:
        return _accepted(request, suggestion, form)
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
        return redirect("workspace:proposal_accept", pk)


def _accepted(request, suggestion, form):
    publish = "terbitkan" in request.POST
    listing = accept_with_listing(
        suggestion=suggestion, form=form, user=request.user, publish=publish
    )
    if listing is None:
        messages.warning(request, _("Somebody else has decided on this already."))
        return redirect("workspace:proposals")
    messages.success(request, _said(Stakeholder.objects.get(pk=listing.pk)))
    return redirect("workspace:listing", listing.pk)


def _said(listing):
    if listing.is_published:
        return _("“%(name)s” is in the directory now.") % {"name": listing}
    if listing.status == listing.Status.PENDING:
        return _("It is public as soon as somebody else has looked at it.")
    return _("Saved. It is not public yet.")


@require_POST
@officers_only
def correction_take(request, pk):
    """Write the ticked fields into the listing, unless somebody changed them meanwhile."""
    corrections = Suggestion.objects.filter(kind=Suggestion.Kind.CORRECTION)
    suggestion = _find(request, pk, corrections)
    form = CorrectionForm(request.POST, suggestion=suggestion)
    if not form.is_valid():
        return _show(request, suggestion, AnswerForm(), form)
    try:
        outcome = take_over_correction(
            suggestion=suggestion,
            user=request.user,
            fields=form.cleaned_data["ambil"],
            seen=form.cleaned_data["dasar"],
        )
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
        return redirect("workspace:proposal", pk)
    return _tell(request, suggestion, outcome, form.cleaned_data["ambil"])


def _tell(request, suggestion, outcome, taken):
    if outcome.conflicts:
        messages.warning(
            request,
            _("Somebody changed this in the meantime: please look at it once more."),
        )
        return redirect("workspace:proposal", suggestion.pk)
    waits = _("Taken over; the change waits for review.")
    messages.success(request, waits if outcome.change else _("Taken over. Thank you!"))
    if "report" in taken and suggestion.to_be_merged:
        return _lead_to_merge(request, suggestion)
    return redirect("workspace:proposals")


def _lead_to_merge(request, suggestion):
    """Making one of two is for staff: they go on, others are told who does."""
    if request.user.is_staff and request.user.has_perm("stakeholders.add_merge"):
        return redirect(address_of_merge(suggestion.duplicate_of_id, suggestion.about_id))
    messages.info(
        request,
        _("The network staff are asked to make one of both; then the old address leads on."),
    )
    return redirect("workspace:proposals")


def _find(request, pk, suggestions=None):
    """Undecided and in the scope; what was decided in the meantime is gone, too."""
    found = (suggestions or Suggestion.objects).undecided().in_care_of(request.user)
    found = found.for_list().select_related("duplicate_of", "about__region")
    return get_object_or_404(found, pk=pk)


def _show(request, suggestion, answer_form, correction_form=None):
    context = {"suggestion": suggestion, "form": answer_form}
    if suggestion.is_correction:
        context["correction"] = correction_form or CorrectionForm(suggestion=suggestion)
    else:
        published = Stakeholder.objects.published().filter(region=suggestion.region)
        context["alike"] = published.named_like(suggestion.name).only("name", "slug")[:5]
    return render(request, "workspace/proposal.html", context)
