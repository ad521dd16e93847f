"""By which right somebody acts, as the history keeps it beside who and when."""

from django.utils.translation import gettext
from pghistory.middleware import HistoryMiddleware as PlainHistoryMiddleware

from accounts.models import OfficerAssignment


def rights_of(user):
    """Return the `hand` and the `scope` for a context of the history (`history.hands`).

    The scope names the assignments and stewardships in force, as "assignment:12", or "all".
    """
    if not user.is_authenticated:
        return {"hand": "visitor"}
    if user.has_perm("regions.edit_all"):
        return {"hand": "staff", "scope": ["all"]}
    scope = {
        "officer": _words("assignment", user.officer_assignments),
        "steward": _words("stewardship", user.stewardships),
    }
    hand = next((hand for hand, words in scope.items() if words), "account")
    return {"hand": hand, "scope": [word for words in scope.values() for word in words]}


def scopes_of(changes):
    """Return {change: for which places its author had the right, in words}."""
    words = {change: change.metadata.get("scope") or [] for change in changes}
    pks = {pk for scope in words.values() for pk in _assignments(scope)}
    assignments = OfficerAssignment.objects.select_related("region", "province").in_bulk(pks)
    return {change: ", ".join(_in_words(scope, assignments)) for change, scope in words.items()}


def _assignments(scope):
    named = (word.partition(":") for word in scope)
    return [int(pk) for name, _colon, pk in named if name == "assignment"]


def _in_words(scope, assignments):
    if "all" in scope:
        yield gettext("all regions")
    for pk in _assignments(scope):
        if pk in assignments:
            yield str(assignments[pk].region or assignments[pk].province)
    if any(word.startswith("stewardship:") for word in scope):
        yield gettext("its own listing")


def _words(name, rights):
    return [f"{name}:{pk}" for pk in rights.active().order_by("pk").values_list("pk", flat=True)]


class HistoryMiddleware(PlainHistoryMiddleware):
    def get_context(self, request):
        return super().get_context(request) | rights_of(request.user)
