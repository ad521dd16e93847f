"""Who looks after single listings: their own pages, and what officers decide about them."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.access import officers_only, workers_only
from collaborations.claim_forms import StewardForm
from collaborations.models import StewardInvitation
from collaborations.steward_actions import (
    agree_to_claim,
    decline_claim,
    resend_invitation,
    withdraw_invitation,
)
from regions.requests import read_or_post
from stakeholders.models import Stewardship
from workspace.finding import listing_in_care
from workspace.forms import OneRegionForm

ON_A_PAGE = 30
MOST_WAITING = 50  # of each list; the oldest first


@require_safe
@workers_only
def steward_home(request):
    """The listings that this user is a steward of."""
    own = request.user.stewardships.active().for_home(request.user)
    return render(request, "workspace/steward_home.html", {"stewardships": own})


@require_safe
@officers_only
def stewards(request):
    """Claims by age, open invitations, and who looks after which listing of the scope."""
    chosen = OneRegionForm(request.GET, user=request.user)
    invitations = StewardInvitation.objects.in_care_of(request.user).for_lists()
    invitations = chosen.narrow(invitations)
    active = chosen.narrow(Stewardship.objects.active().in_care_of(request.user).for_lists())
    context = {
        "chosen": chosen,
        "claims": invitations.waiting()[:MOST_WAITING],
        "invitations": invitations.open()[:MOST_WAITING],
        "page": Paginator(active, ON_A_PAGE).get_page(request.GET.get("halaman")),
    }
    return render(request, "workspace/stewards.html", context)


@read_or_post
@officers_only
def listing_stewards(request, pk):
    """The stewards of one listing, and a form to invite another one."""
    listing = listing_in_care(request, pk)
    form = StewardForm(request.POST or None, stakeholder=listing)
    if form.is_valid():
        if form.save(request.user):
            messages.success(request, _("The invitation is on its way."))
        else:
            messages.error(request, _("This address has had five invitations: that is enough."))
        return redirect("workspace:listing_stewards", pk)
    invitations = listing.steward_invitations.for_lists()
    context = {
        "listing": listing,
        "form": form,
        "stewardships": listing.stewardships.active().for_lists(),
        "claims": invitations.waiting(),
        "invitations": invitations.open(),
    }
    return render(request, "workspace/listing_stewards.html", context)


@read_or_post
@officers_only
def claim(request, pk):
    """One claim: an officer who knows the organisation agrees or declines."""
    waiting = StewardInvitation.objects.waiting().in_care_of(request.user)
    claim = get_object_or_404(waiting.for_lists(), pk=pk)
    if request.method == "POST" and "setuju" in request.POST:
        agree_to_claim(claim=claim, user=request.user)
        messages.success(request, _("Agreed. The invitation is on its way."))
    elif request.method == "POST":
        decline_claim(claim=claim)
        messages.success(request, _("Declined. We tell them by mail."))
    else:
        return render(request, "workspace/claim.html", {"claim": claim})
    return redirect("workspace:stewards")


@require_POST
@officers_only
def invitation_resend(request, pk):
    invitation = _invitation(request, pk)
    if resend_invitation(invitation=invitation, user=request.user):
        messages.success(request, _("A new link is on its way; the former one has ended."))
    else:
        messages.error(request, _("This address has had five invitations: that is enough."))
    return redirect("workspace:listing_stewards", invitation.stakeholder_id)


@require_POST
@officers_only
def invitation_withdraw(request, pk):
    invitation = _invitation(request, pk)
    withdraw_invitation(invitation=invitation)
    messages.success(request, _("The invitation is withdrawn: its link works no more."))
    return redirect("workspace:listing_stewards", invitation.stakeholder_id)


def _invitation(request, pk):
    return get_object_or_404(StewardInvitation.objects.in_care_of(request.user), pk=pk)


@require_POST
@officers_only
def stewardship_end(request, pk):
    """An officer ends the stewardship of somebody else."""
    active = Stewardship.objects.active().in_care_of(request.user).select_related("user")
    stewardship = get_object_or_404(active, pk=pk)
    stewardship.end()
    messages.success(
        request,
        _("%(name)s does not look after it any more.") % {"name": stewardship.user},
    )
    return redirect("workspace:listing_stewards", stewardship.stakeholder_id)


@read_or_post
@workers_only
def resign(request, pk):
    """A steward gives a listing back to the region's officer."""
    own = request.user.stewardships.active().select_related("stakeholder")
    stewardship = get_object_or_404(own, pk=pk)
    if request.method != "POST":
        return render(request, "workspace/resign.html", {"stewardship": stewardship})
    stewardship.end()
    name = {"name": stewardship.stakeholder}
    messages.success(request, _("You do not look after “%(name)s” any more. Thank you!") % name)
    still_works_here = request.user.is_officer or request.user.stewardships.active().exists()
    return redirect("workspace:overview" if still_works_here else "stakeholders:home")
