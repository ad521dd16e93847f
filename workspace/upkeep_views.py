"""Links to forward, and what goes by mail to who signed in."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.access import officers_only, workers_only
from stakeholders.models import Stakeholder
from upkeep import actions
from upkeep.forms import DigestForm
from upkeep.models import Contact, DigestWish


@require_http_methods(["GET", "HEAD", "POST"])
@workers_only
def link(request, pk):
    """A message with a fresh link, to forward; the link is seen once and kept nowhere."""
    visible = Stakeholder.objects.visible_to(request.user).select_related("region")
    listing = get_object_or_404(visible, pk=pk)
    if not listing.is_editable_by(request.user):
        raise PermissionDenied
    context = {"stakeholder": listing}
    if request.method == "POST" and listing.is_published:
        context["link"] = actions.forward_link(stakeholder=listing, user=request.user)
    return render(request, "workspace/link.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@officers_only
def mail(request):
    """How often the digest comes."""
    wish = DigestWish.objects.of(request.user)
    form = DigestForm(request.POST or None, wish=wish)
    if form.is_valid():
        form.save()
        messages.success(request, _("Saved."))
        return redirect("workspace:mail")
    contact = Contact.objects.filter(email=request.user.email.lower()).first()
    context = {"form": form, "wish": wish, "contact": contact}
    return render(request, "workspace/mail.html", context)
