"""Another day, for what is judged by the clock: rows and signed links."""

import time
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from unittest import mock

from django.utils import timezone


@contextmanager
def days_later(days):
    now, seconds = timezone.now() + timedelta(days=days), time.time() + days * 24 * 3600
    with ExitStack() as patches:
        patches.enter_context(mock.patch("django.utils.timezone.now", return_value=now))
        patches.enter_context(mock.patch("django.core.signing.time.time", return_value=seconds))
        yield
