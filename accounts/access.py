"""Who may enter a page at all; which rows it shows is for the querysets to say."""

from functools import wraps

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.views.decorators.cache import never_cache


def officers_only(view):
    """Let in whoever looks after a region today, staff included; ask others to sign in or go."""

    @wraps(view)
    def guarded(request, *args, **kwargs):
        if not request.user.is_officer:
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return never_cache(login_required(guarded))
