"""How an organisation comes to look after its listing. A link only shows a page; a button acts."""

from django.conf import settings
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render, resolve_url
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_safe

from accounts.actions import sign_in
from accounts.limits import is_refused
from accounts.models import User
from collaborations.claim_forms import AccountForm, ClaimForm
from collaborations.models import StewardInvitation
from collaborations.steward_actions import (
    accept_invitation,
    agree_to_claim,
    decline_claim,
)
from regions.requests import read_or_post
from stakeholders.models import Stakeholder


def _published(slug):
    listings = Stakeholder.objects.published().select_related("region")
    return get_object_or_404(listings, slug=slug)


@never_cache
@read_or_post
@sensitive_post_parameters("surel", "nama", "catatan")
def claim(request, slug):
    listing = _published(slug)
    form = ClaimForm(request.POST or None, user=request.user, stakeholder=listing)
    status = 429 if is_refused(request, form, "claim") else 200
    if form.is_valid():
        form.save()
        return redirect("collaborations:claimed", slug)
    context = {"form": form, "listing": listing}
    return render(request, "collaborations/claim_form.html", context, status=status)


@require_safe
def claimed(request, slug):
    """The same for every address, so that nobody learns which ones are known."""
    return render(request, "collaborations/claim_sent.html", {"listing": _published(slug)})


@never_cache
@read_or_post
def claim_consent(request, token):
    """For whoever reads the published address: may this person look after our listing?"""
    claim = StewardInvitation.in_consent(token)
    if claim is None:
        return _gone(request)
    if request.method == "POST" and "setuju" in request.POST:
        agree_to_claim(claim=claim)
        return redirect("collaborations:claim_agreed")
    if request.method == "POST":
        decline_claim(claim=claim)
        return redirect("collaborations:claim_declined")
    return render(request, "collaborations/claim_consent.html", {"claim": claim})


@require_safe
def claim_answered(request, is_agreed):
    return render(request, "collaborations/claim_answered.html", {"is_agreed": is_agreed})


@never_cache
@read_or_post
@sensitive_post_parameters("sandi")
def steward_accept(request, token):
    """For the person themselves: with the account they have, or a new one."""
    invitation = StewardInvitation.in_link(token)
    if invitation is None:
        return _gone(request)
    form = None
    if request.user.is_authenticated:
        if request.method == "POST" and accept_invitation(invitation=invitation, user=request.user):
            return _welcome(request, invitation)
    elif not User.objects.filter(email__iexact=invitation.email).exists():
        form = AccountForm(request.POST or None, invitation=invitation)
        if form.is_valid() and (user := form.save()):
            sign_in(request, user)
            return _welcome(request, invitation)
    context = {
        "invitation": invitation,
        "listing": invitation.stakeholder,
        "form": form,
        "login_url": resolve_url(settings.LOGIN_URL),
    }
    return render(request, "collaborations/steward_accept.html", context)


def _welcome(request, invitation):
    listing = {"name": invitation.stakeholder}
    messages.success(request, _("You look after “%(name)s” now.") % listing)
    return redirect("workspace:overview")


def _gone(request):
    return render(request, "collaborations/steward_gone.html", status=404)
