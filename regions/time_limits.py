"""How long a page may keep the database busy; STATEMENT_TIMEOUT holds for every connection."""

from contextlib import contextmanager

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import OperationalError, connection
from django.urls import reverse
from django.utils.translation import gettext as _
from psycopg.errors import LockNotAvailable, QueryCanceled

from regions.error_views import too_slow

WAITING = 0.75  # of the limit, for a row that somebody else writes
STAFF_TIMEOUT = 120_000  # milliseconds: to undo a whole import takes longer than any page


class TimeLimits:
    """Give those who sign in more time, and tell everybody else kindly that it has run out."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if not (settings.STATEMENT_TIMEOUT and request.path.startswith(reverse("admin:index"))):
            return self.get_response(request)
        _set_timeout(STAFF_TIMEOUT)
        try:
            return self.get_response(request)
        finally:
            _set_timeout(settings.STATEMENT_TIMEOUT)

    def process_exception(self, request, exception):
        ran_out = isinstance(exception, OperationalError) and isinstance(
            exception.__cause__, QueryCanceled | LockNotAvailable
        )
        return too_slow(request) if ran_out or isinstance(exception, BusyError) else None


class BusyError(ValidationError):
    """Somebody else writes the same row for longer than a page can wait; nothing was done."""


@contextmanager
def waiting_briefly():
    """Within a transaction, and for the rest of it: say so kindly before the limit strikes."""
    _set_limit("lock_timeout", int(settings.STATEMENT_TIMEOUT * WAITING), is_local=True)
    try:
        yield
    except OperationalError as error:
        if not isinstance(error.__cause__, LockNotAvailable):
            raise
        words = _("Somebody else, or an import, is saving this partner. Please try again shortly.")
        raise BusyError(words) from error


def allow_more_time():
    """Lift the limit until the end of the transaction: for what is sent while it is read."""
    if settings.STATEMENT_TIMEOUT:
        _set_timeout(STAFF_TIMEOUT, is_local=True)


def _set_timeout(milliseconds, is_local=False):
    _set_limit("statement_timeout", milliseconds, is_local=is_local)


def _set_limit(name, milliseconds, *, is_local):
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config(%s, %s, %s)", [name, str(milliseconds), is_local])
