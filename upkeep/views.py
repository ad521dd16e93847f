"""Pages that open from a mail or a forwarded message, without signing in.

GET changes nothing, so scanners that follow every link do no harm. The token is the only proof:
the session is not read, and in-app browsers that keep no cookies can post, too.
"""

from functools import wraps

from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_safe

from accounts.limits import is_too_often
from regions.requests import read_or_post
from stakeholders.models import Stakeholder
from upkeep import actions
from upkeep.forms import CorrectionForm
from upkeep.models import Contact, SignedLink

State = SignedLink.State


def by_token(view):
    """For pages whose address is a secret: kept by nobody, told to nobody."""

    @never_cache
    @csrf_exempt
    @read_or_post
    @sensitive_variables("token")
    @wraps(view)
    def guarded(request, token):
        response = view(request, token)
        response["Referrer-Policy"] = "no-referrer"
        response["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return guarded


def for_link(view):
    """Find the link, or say in a friendly way why it leads nowhere."""

    @by_token
    @wraps(view)
    def found(request, token):
        link = SignedLink.objects.in_token(token)
        if link is None:
            return _unknown(request)
        if request.method == "POST" and "tautan-baru" in request.POST:
            return _new_link(request, link)
        return view(request, link) if link.is_open else _ended(request, link)

    return found


@for_link
def link(request, link):
    """What the site says today, and three ways to answer."""
    if request.method == "POST":
        act = {"benar": actions.confirm, "arsip": actions.archive}.get(request.POST.get("jawaban"))
        if act:
            act(link=link)
            return redirect(link)
    listing = Stakeholder.objects.for_page().get(pk=link.stakeholder_id)
    return render(request, "upkeep/link.html", {"link": link, "stakeholder": listing})


@for_link
def correct(request, link):
    """A short form of what is public."""
    data = request.POST if request.method == "POST" else None
    form = CorrectionForm(data, user=link.hand, instance=link.stakeholder)
    if form.is_valid() and actions.correct(link=link, form=form):
        return redirect(link)
    return render(request, "upkeep/correct.html", {"link": link, "form": form})


@require_safe
def link_sent(request):
    """The same for every listing, so that nobody learns whether there is an address."""
    return render(request, "upkeep/link_sent.html")


@by_token
def mails(request, token):
    """What goes by mail to an address, and the buttons that stop and resume it."""
    contact = Contact.in_token(token)
    if contact is None:
        return _unknown(request)
    if request.method == "POST":  # a mail program that posts follows no redirect (RFC 8058)
        contact.resume() if "lanjut" in request.POST else contact.stop()
        contact.refresh_from_db()
    return render(request, "upkeep/mails.html", {"contact": contact})


def _new_link(request, link):
    if is_too_often(request, "new link"):
        return render(request, "upkeep/too_often.html", status=429)
    actions.ask_for_new_link(link=link)
    return redirect("upkeep:link_sent")


def _ended(request, link):
    status = 200 if link.state == State.USED else 410
    listing = link.stakeholder.successor()  # a merged one lives on in another
    context = {"link": link, "stakeholder": listing, "typed": _typed(request)}
    return render(request, "upkeep/link_ended.html", context, status=status)


def _typed(request):
    """What somebody wrote into the form before they learned that its link had ended."""
    names = [name for name in CorrectionForm.base_fields if name != "subsectors"]
    fields = CorrectionForm.base_fields
    return [(fields[name].label, request.POST[name]) for name in names if request.POST.get(name)]


def _unknown(request):
    """Guessing is hopeless; who tries all the same is stopped."""
    if is_too_often(request, "unknown link"):
        return render(request, "upkeep/too_often.html", status=429)
    return render(request, "upkeep/link_unknown.html", status=404)
