"""Changes that wait for somebody else's eyes."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db.models import Q
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.access import officers_only, workers_only
from stakeholders import actions
from stakeholders.content import BLANK, content_of, merge
from stakeholders.models import ListingChange, Stakeholder
from stakeholders.wording import differences, label_of, say
from upkeep.actions import send_back
from workspace.forms import OneRegionForm
from workspace.listing_forms import SendBackForm
from workspace.undo_messages import say_with_undo

ON_A_PAGE = 25


@require_safe
@officers_only
def reviews(request):
    """What waits in the regions of one's care, the oldest first; and one's own that waits."""
    chosen = OneRegionForm(request.GET, user=request.user)
    waiting = chosen.narrow(ListingChange.objects.decidable_by(request.user)).for_queue()
    own = ListingChange.objects.filter(author=request.user).for_queue()
    page = Paginator(waiting, ON_A_PAGE).get_page(request.GET.get("halaman"))
    context = {"chosen": chosen, "page": page, "own": own[:ON_A_PAGE]}
    return render(request, "workspace/reviews.html", context)


@require_safe
@workers_only
def review(request, pk):
    change = visible_change(request, pk)
    return show(request, change, SendBackForm())


def visible_change(request, pk):
    mine = Q(author=request.user, stakeholder__in=editable_pks(request.user))
    in_care = Q(pk__in=ListingChange.objects.in_care_of(request.user).values("pk"))
    return get_object_or_404(ListingChange.objects.for_queue().filter(mine | in_care), pk=pk)


def editable_pks(user):
    return Stakeholder.objects.editable_by(user).values("pk")


def decidable_change(request, pk):
    change = visible_change(request, pk)
    staff = request.user.has_perm("regions.edit_all")
    if not staff and change.author_id == request.user.pk:
        raise PermissionDenied
    return change


def show(request, change, form):
    theirs = content_of(change.stakeholder)
    if change.is_new_listing:
        found, conflicts = differences(BLANK, theirs), []
    else:
        found = differences(change.base, change.content)
        conflicts = merge(change.base, theirs, change.content).conflicts
    now = {each.key: say(each.key, each.theirs) for each in conflicts}
    fields = [(each, now.get(each.key)) for each in found]
    waiting = ListingChange.objects.decidable_by(request.user)
    may_decide = waiting.filter(pk=change.pk).exists()
    context = {"change": change, "fields": fields, "conflicts": conflicts, "form": form}
    return render(request, "workspace/review.html", context | {"may_decide": may_decide})


@require_POST
@officers_only
def review_approve(request, pk):
    change = decidable_change(request, pk)
    try:
        outcome = actions.approve_change(change=change, user=request.user)
    except ValidationError as error:
        messages.error(request, error.message)
        waits = ListingChange.objects.waiting().filter(pk=pk).exists()
        return redirect("workspace:review", pk) if waits else redirect("workspace:reviews")
    if outcome.conflicts:
        keys = ", ".join(label_of(each.key, each.mine or each.theirs) for each in outcome.conflicts)
        words = _("The public version has changed meanwhile. Choose what shall stand: %(fields)s.")
        messages.warning(request, words % {"fields": keys})
        return redirect(
            f"{reverse('workspace:listing', args=[change.stakeholder_id])}?perubahan={pk}"
        )
    say_with_undo(request, _("Approved: %(listing)s.") % {"listing": change.stakeholder})
    if not outcome.is_public:
        messages.info(request, _("It is not public now, so nobody sees the change yet."))
    return redirect("workspace:reviews")


@require_POST
@officers_only
def review_send_back(request, pk):
    change = decidable_change(request, pk)
    form = SendBackForm(request.POST)
    if not form.is_valid():
        return show(request, change, form)
    try:
        reason = form.cleaned_data["reason"]
        send_back(change=change, user=request.user, reason=reason)
        messages.success(request, _("Sent back with your reason."))
    except ValidationError as error:
        messages.error(request, error.message)
    return redirect("workspace:reviews")


@require_POST
@workers_only
def review_withdraw(request, pk):
    """Its author takes it back."""
    change = visible_change(request, pk)
    actions.withdraw_change(change=change, user=request.user)
    messages.success(request, _("Your change is withdrawn. The public version stays as it is."))
    return redirect("workspace:listing", change.stakeholder_id)
