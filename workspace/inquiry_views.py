"""Messages to listings that nobody there answered."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_safe

from accounts.access import officers_only
from collaborations.inquiry_forms import OfficerForm
from collaborations.models import Inquiry
from collaborations.reach import first_way_to
from regions.requests import read_or_post
from workspace.forms import OneRegionForm

ON_A_PAGE = 20


@require_safe
@officers_only
def inquiries(request):
    """Those that wait, the oldest first; or all that this user may read."""
    chosen = OneRegionForm(request.GET, user=request.user)
    visible = chosen.narrow(Inquiry.objects.visible_to(request.user)).for_lists()
    shows_all = "semua" in request.GET
    rows = visible.order_by("-received_at", "-pk") if shows_all else visible.unanswered()
    page = Paginator(rows, ON_A_PAGE).get_page(request.GET.get("halaman"))
    context = {"page": page, "shows_all": shows_all, "chosen": chosen}
    return render(request, "workspace/inquiries.html", context)


@read_or_post
@officers_only
@sensitive_post_parameters("jawaban")
def inquiry(request, pk):
    visible = Inquiry.objects.visible_to(request.user).for_lists().select_related("sender_listing")
    inquiry = get_object_or_404(visible, pk=pk)
    may_answer = inquiry.is_answerable_by(request.user)
    if request.method == "POST" and not may_answer:
        raise PermissionDenied
    form = OfficerForm(request.POST or None, inquiry=inquiry)
    if form.is_valid():
        done = form.save(request.user)
        if done:
            messages.success(request, done)
        else:
            messages.error(request, _("Somebody was faster: this message is settled."))
        return redirect("workspace:inquiries")
    who = first_way_to(inquiry.stakeholder)
    context = {"inquiry": inquiry, "listing": inquiry.stakeholder, "form": form, "who": who}
    return render(request, "workspace/inquiry.html", context | {"may_answer": may_answer})
