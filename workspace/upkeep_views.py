"""Links to forward, and what goes by mail to who signed in."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from accounts.access import officers_only, workers_only
from regions.requests import read_or_post
from upkeep import actions
from upkeep.forms import DigestForm
from upkeep.models import Contact, DigestWish
from workspace.finding import editable_listing


@read_or_post
@workers_only
def link(request, pk):
    """A message with a fresh link, to forward; the link is seen once and kept nowhere."""
    listing = editable_listing(request, pk)
    context = {"stakeholder": listing}
    if request.method == "POST" and listing.is_published:
        context["link"] = actions.forward_link(stakeholder=listing, user=request.user)
    return render(request, "workspace/link.html", context)


@read_or_post
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
