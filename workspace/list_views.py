"""The list of listings in somebody's care, and what is done with many of them at once."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext_lazy
from django.views.decorators.http import require_POST, require_safe

from accounts.access import workers_only
from regions.requests import way_back
from stakeholders.care_filter import ListingFilter
from stakeholders.models import Stakeholder
from workspace import actions
from workspace.forms import BulkForm
from workspace.undo_messages import key_of_change, say_with_undo

NAMED = 5
CONFIRMED = ngettext_lazy(
    "%(number)d partner confirmed.", "%(number)d partners confirmed.", "number"
)
ARCHIVED = ngettext_lazy("%(number)d partner archived.", "%(number)d partners archived.", "number")


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
    back = way_back(request, reverse("workspace:listings"))
    if not form.is_valid():
        messages.error(request, _("Tick one partner at least."))
        return redirect(back)
    act = actions.archive_many if form.is_archiving else actions.confirm_many
    done = act(listings=form.fitting, user=request.user)
    if request.headers.get("HX-Request"):
        return _row(request, form, done)
    _tell(request, form, done)
    return redirect(back)


def _row(request, form, done):
    """The one row whose button was pressed, as it is now."""
    keys = form.cleaned_data["keys"][:1]
    found = Stakeholder.objects.editable_by(request.user).filter(pk__in=keys)
    change = key_of_change() if done and request.user.is_officer else ""
    context = {"stakeholder": found.for_workspace().first(), "done": done, "change": change}
    return render(request, "workspace/_listing_done.html", context)


def _tell(request, form, done):
    if done:
        words = (ARCHIVED if form.is_archiving else CONFIRMED) % {"number": len(done)}
        say = say_with_undo if request.user.is_officer else messages.success
        say(request, words)
    left_out = [
        (_("Left out, because archived: %(names)s"), form.archived),
        (
            _("Left out, because somebody else was faster: %(names)s"),
            [each for each in form.fitting if each not in done],
        ),
        (
            _("Left out, because they are gone or not in your care: number %(names)s"),
            form.strangers,
        ),
    ]
    for words, names in left_out:
        if names:
            messages.warning(request, words % {"names": _few(map(str, names))})


def _few(names):
    names = list(names)
    more = [_("and %(number)d more") % {"number": len(names) - NAMED}] if len(names) > NAMED else []
    return ", ".join(names[:NAMED] + more)
