"""Messages to listings. A link in a mail only shows a page; a button there acts."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_safe

from accounts.limits import is_refused
from collaborations.inquiry_forms import ContactForm, InquiryForm, SenderForm
from collaborations.models import Inquiry
from collaborations.reach import first_way_to
from regions.requests import read_or_post
from stakeholders.models import Stakeholder


@never_cache
@read_or_post
@sensitive_post_parameters("surel", "nama", "pesan")
def inquire(request, slug):
    listing = _published(slug)
    who = first_way_to(listing)
    context = {"listing": listing, "who": who}
    if who is None:
        return render(request, "collaborations/inquiry_nobody.html", context)
    form = InquiryForm(request.POST or None, stakeholder=listing)
    status = 429 if is_refused(request, form, "inquiry") else 200
    if form.is_valid():
        inquiry = form.save()
        if inquiry:
            return redirect("collaborations:inquiry_state", inquiry.state_token)
        return redirect("collaborations:inquiry_sent", slug)
    context["form"] = form
    return render(request, "collaborations/inquiry_form.html", context, status=status)


@require_safe
def inquiry_sent(request, slug):
    return render(request, "collaborations/inquiry_sent.html", {"listing": _published(slug)})


@never_cache
@read_or_post
def inquiry_state(request, token):
    """For the sender: how things stand, and the way to take the message back."""
    inquiry = Inquiry.in_state_link(token)
    if inquiry is None:
        return _gone(request)
    form = SenderForm(request.POST or None, inquiry=inquiry, initial={"hasil": inquiry.outcome})
    if form.is_valid():
        form.save()
        if form.withdraws:
            return redirect("collaborations:inquiry_withdrawn")
        messages.success(request, _("Thank you. That helps us to see what the directory is for."))
        return redirect("collaborations:inquiry_state", token)
    context = {"inquiry": inquiry, "listing": inquiry.stakeholder, "form": form}
    return render(request, "collaborations/inquiry_state.html", context)


@require_safe
def inquiry_withdrawn(request):
    return render(request, "collaborations/inquiry_withdrawn.html")


@never_cache
@read_or_post
@sensitive_post_parameters("alasan")
def inquiry_answer(request, token):
    """For the organisation: we have answered, or we would rather not."""
    inquiry = Inquiry.in_answer_link(token)
    if inquiry is None:
        return _gone(request)
    form = ContactForm(request.POST or None, inquiry=inquiry)
    if form.is_valid():
        if form.save():
            messages.success(request, _("Thank you. It is noted."))
        return redirect("collaborations:inquiry_answer", token)
    context = {"inquiry": inquiry, "listing": inquiry.stakeholder, "form": form}
    return render(request, "collaborations/inquiry_answer.html", context)


def _published(slug):
    listings = Stakeholder.objects.published().select_related("region")
    return get_object_or_404(listings, slug=slug)


def _gone(request):
    return render(request, "collaborations/inquiry_gone.html", status=404)
