"""Who looks after my regions, and who comes after me."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import F, Q
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.access import officers_only
from accounts.actions import send_again, withdraw
from accounts.invitation_forms import HandOverForm, InvitationForm
from accounts.models import Invitation, OfficerAssignment
from regions.requests import read_or_post
from workspace.forms import OneRegionForm

ON_A_PAGE = 50


@require_safe
@officers_only
def people(request):
    """Officers and deputies of the scope, whose term is not over, and open invitations."""
    today = timezone.localdate()
    chosen = OneRegionForm(request.GET, user=request.user)
    current = Q(ends_on=None) | Q(ends_on__gte=today)
    assignments = OfficerAssignment.objects.in_scope_of(request.user).filter(current)
    invitations = Invitation.objects.open().manageable_by(request.user)
    endable = assignments.endable_by(request.user).values("pk")
    listed = (
        assignments.filter(chosen.looked_after, user__is_active=True)
        .for_list()
        .order_by(F("province__code").asc(nulls_last=True), "region__code", "starts_on", "pk")
    )
    context = {
        "chosen": chosen,
        "page": Paginator(listed, ON_A_PAGE).get_page(request.GET.get("halaman")),
        "endable": set(endable.values_list("pk", flat=True)),
        "own": request.user.officer_assignments.active().for_list(),
        "invitations": invitations.filter(chosen.looked_after).for_list(),
        "today": today,
    }
    return render(request, "workspace/people.html", context)


@read_or_post
@officers_only
def invite(request):
    form = InvitationForm(request.POST or None, user=request.user)
    if form.is_valid():
        return _sent(request, form.save())
    return render(request, "workspace/invite.html", {"form": form})


@read_or_post
@officers_only
def hand_over(request, pk):
    """For one's own assignment: invite a successor and set the own last day in one step."""
    own = request.user.officer_assignments.active().for_list()
    assignment = get_object_or_404(own, pk=pk)
    form = HandOverForm(request.POST or None, user=request.user, assignment=assignment)
    if form.is_valid():
        return _sent(request, form.save())
    return render(request, "workspace/hand_over.html", {"form": form, "assignment": assignment})


def _sent(request, invitation):
    words = _("The invitation to %(name)s is on its way. The link works for 14 days.")
    messages.success(request, words % {"name": invitation.name})
    return redirect("workspace:people")


@require_POST
@officers_only
def invitation_send_again(request, pk):
    if send_again(invitation=_invitation(request, pk), user=request.user):
        messages.success(request, _("The invitation is on its way once more."))
    else:
        messages.error(request, _("Not now: at least ten minutes apart, and five mails at most."))
    return redirect("workspace:people")


@require_POST
@officers_only
def invitation_withdraw(request, pk):
    if withdraw(invitation=_invitation(request, pk), user=request.user):
        messages.success(request, _("Withdrawn: the link does not work any more."))
    else:
        messages.error(request, _("It was accepted or withdrawn before."))
    return redirect("workspace:people")


def _invitation(request, pk):
    return get_object_or_404(Invitation.objects.manageable_by(request.user), pk=pk)


@read_or_post
@officers_only
def assignment_end(request, pk):
    """End the term of a deputy at once, after a page that says what that means."""
    visible = OfficerAssignment.objects.in_scope_of(request.user).for_list()
    assignment = get_object_or_404(visible, pk=pk)
    if not visible.endable_by(request.user).filter(pk=pk).exists():
        raise PermissionDenied
    if request.method == "POST":
        assignment.end_now()
        messages.success(request, _("Ended. What was in work stays with the region."))
        return redirect("workspace:people")
    return render(request, "workspace/assignment_end.html", {"assignment": assignment})
