"""Who may enter a page at all; which rows it shows is for the querysets to say."""

from functools import wraps

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.views.decorators.cache import never_cache


def officers_only(view):
    """Let in whoever looks after a region today, staff included; ask others to sign in or go."""
    return _guarded(view, lambda user: user.is_officer)


def workers_only(view):
    """Let in officers, and stewards of a single listing: the querysets narrow what they see."""
    return _guarded(view, lambda user: user.works_here)


def _guarded(view, may_enter):
    @wraps(view)
    def guarded(request, *args, **kwargs):
        if not may_enter(request.user):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return never_cache(login_required(guarded))
