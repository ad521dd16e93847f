"""What an invited person sees. The link only shows a page; a button there acts."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from accounts.actions import accept, sign_in
from accounts.invitation_forms import NewAccountForm
from accounts.limits import is_refused
from accounts.models import Invitation
from regions.requests import read_or_post


@read_or_post
@never_cache
@sensitive_post_parameters("sandi")
def invitation(request, token):
    invitation = Invitation.in_token(token)
    if invitation is None or not invitation.is_valid:
        return _ended(request, invitation)
    if invitation.account is None:
        return _make_account(request, invitation)
    if request.user != invitation.account:
        return render(request, "account/invitation_sign_in.html", {"invitation": invitation})
    if request.method != "POST":
        return render(request, "account/invitation_accept.html", {"invitation": invitation})
    assignment = accept(invitation=invitation, user=request.user)
    return _welcome(request, assignment) if assignment else redirect(invitation)


def _make_account(request, invitation):
    """Whoever is signed in with another account goes on with the new one."""
    form = NewAccountForm(request.POST or None, invitation=invitation)
    status = 429 if is_refused(request, form, "invitation") else 200
    if not form.is_valid():
        context = {"form": form, "invitation": invitation}
        return render(request, "account/invitation_account.html", context, status=status)
    user = form.save()
    if user is None:
        return redirect(invitation)
    response = sign_in(request, user)
    _say(request, user.officer_assignments.get())
    return response


def _welcome(request, assignment):
    _say(request, assignment)
    return redirect("workspace:overview" if request.user.is_officer else "account_home")


def _say(request, assignment):
    if assignment.is_active:
        words = _("Welcome! You look after %(scope)s now.")
    else:
        words = _("Welcome! You look after %(scope)s from %(day)s.")
    day = date_format(assignment.starts_on, "j F Y")
    messages.success(request, words % {"scope": assignment.scope, "day": day})


def _ended(request, invitation):
    """Say what became of it and what to do; a link that is not ours tells nothing."""
    return render(request, "account/invitation_ended.html", {"invitation": invitation}, status=410)
