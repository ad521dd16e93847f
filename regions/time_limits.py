"""How long a page may keep the database busy; STATEMENT_TIMEOUT holds for every connection."""

from django.conf import settings
from django.db import OperationalError, connection
from django.urls import reverse
from psycopg.errors import QueryCanceled

from regions.error_views import too_slow

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
        if isinstance(exception, OperationalError) and isinstance(
            exception.__cause__, QueryCanceled
        ):
            return too_slow(request)
        return None


def allow_more_time():
    """Lift the limit until the end of the transaction: for what is sent while it is read."""
    if settings.STATEMENT_TIMEOUT:
        _set_timeout(STAFF_TIMEOUT, is_local=True)


def _set_timeout(milliseconds, is_local=False):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('statement_timeout', %s, %s)", [str(milliseconds), is_local]
        )
