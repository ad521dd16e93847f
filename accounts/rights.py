"""By which right somebody acts, as the history keeps it beside who and when."""

from pghistory.middleware import HistoryMiddleware as PlainHistoryMiddleware


def rights_of(user):
    """Return the `hand` and the `scope` for a context of the history (`history.hands`).

    The scope names the assignments and stewardships in force, as "assignment:12", or "all".
    """
    if not user.is_authenticated:
        return {"hand": "visitor"}
    if user.has_perm("regions.edit_all"):
        return {"hand": "staff", "scope": ["all"]}
    assignments = user.officer_assignments.active().order_by("pk").values_list("pk", flat=True)
    if scope := [f"assignment:{pk}" for pk in assignments]:
        return {"hand": "officer", "scope": scope}
    return {"hand": "account"}


class HistoryMiddleware(PlainHistoryMiddleware):
    def get_context(self, request):
        return super().get_context(request) | rights_of(request.user)
