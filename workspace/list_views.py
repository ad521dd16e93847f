"""The list of listings in somebody's care, and what is done with many of them at once."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from accounts.access import workers_only
from stakeholders.models import Stakeholder
from workspace import actions
from workspace.filters import ListingFilter
from workspace.forms import BulkForm

NAMED = 5


@require_safe
@workers_only
def listings(request):
    filterset = ListingFilter(request.GET, user=request.user)
    context = {"filterset": filterset, "all_ticked": request.GET.get("pilih") == "semua"}
    return render(request, "workspace/listings.html", context)


@require_POST
@workers_only
def bulk(request):
    """Confirm or archive what was ticked, and say what became of each."""
    form = BulkForm(request.POST, user=request.user)
    otherwise = reverse("workspace:listings")
    if not form.is_valid():
        messages.error(request, _("Tick one partner at least."))
        return redirect(form.way_back(otherwise))
    act = actions.archive_many if form.is_archiving else actions.confirm_many
    done = form.fitting
    change = act(listings=done, user=request.user) if done else ""
    if request.headers.get("HX-Request"):
        return _row(request, form, change)
    _tell(request, form, change)
    return redirect(form.way_back(otherwise))


def _row(request, form, change):
    """The one row whose button was pressed, as it is now."""
    keys = form.cleaned_data["keys"][:1]
    found = Stakeholder.objects.editable_by(request.user).filter(pk__in=keys)
    context = {"stakeholder": found.for_workspace().first(), "change": change}
    return render(request, "workspace/_listing_done.html", context)


def _tell(request, form, change):
    if change:
        words = _archived(form) if form.is_archiving else _confirmed(form)
        messages.success(request, words, extra_tags=change)
    if form.archived:
        text = _("Left out, because archived: %(names)s")
        messages.warning(request, text % {"names": _few(map(str, form.archived))})
    if form.strangers:
        text = _("Left out, because they are gone or not in your care: number %(numbers)s")
        messages.warning(request, text % {"numbers": _few(map(str, form.strangers))})


def _confirmed(form):
    number = len(form.fitting)
    words = ngettext("%(number)d partner confirmed.", "%(number)d partners confirmed.", number)
    return words % {"number": number}


def _archived(form):
    number = len(form.fitting)
    words = ngettext("%(number)d partner archived.", "%(number)d partners archived.", number)
    return words % {"number": number}


def _few(names):
    names = list(names)
    more = [_("and %(number)d more") % {"number": len(names) - NAMED}] if len(names) > NAMED else []
    return ", ".join(names[:NAMED] + more)
