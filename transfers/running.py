"""A long job in one transaction, whose progress is seen from outside while it runs."""

from contextlib import contextmanager
from time import monotonic

from django.db import connection, transaction
from django.utils import timezone, translation

from transfers.models import Import

EVERY = 0.4  # seconds between two notes of the progress
LOCKS = 16_180_339  # the first half of our advisory locks; the second is an import, or all
ALL = 0


class Progress:
    """Writes how far it is on a connection of its own: at once, whatever becomes of the job."""

    def __init__(self, an_import, total, tell=None):
        self.an_import, self.done, self.total, self.tell = an_import, 0, max(total, 1), tell
        self._connection, self._at = connection.copy(), 0.0

    def __call__(self, rows):
        self.done = min(self.done + rows, self.total)
        if monotonic() - self._at >= EVERY:
            self._at = monotonic()
            self._write()

    def _write(self):
        with self._connection.cursor() as cursor:
            cursor.execute(
                "UPDATE transfers_import SET done = %s, total = %s, moved_at = %s WHERE id = %s",
                [self.done, self.total, timezone.now(), self.an_import.pk],
            )
        if self.tell:
            self.tell(self.done, self.total)

    def close(self):
        self._connection.close()


@contextmanager
def running(an_import, state, *, total, lock=ALL, tell=None):
    """Yield the progress of the one job that may bring an import out of `state`, or None.

    Whoever comes second waits, and then finds the state gone. A killed job leaves nothing but
    the state: it may begin anew. The row of the import is written last, so that it is never
    locked while the progress is noted.
    """
    with translation.override(an_import.language), transaction.atomic():
        _lock(lock)
        if not Import.objects.filter(pk=an_import.pk, state=state).exists():
            yield None
            return
        progress = Progress(an_import, total, tell)
        try:
            yield progress
        finally:
            progress.close()


def _lock(number):
    """Until the end of the transaction; the database frees it when the worker dies."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [LOCKS, number % 2**31])
