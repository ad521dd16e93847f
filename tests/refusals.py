"""What the database itself refuses, whatever the code above it checks."""

from contextlib import contextmanager

import pytest
from django.db import IntegrityError, connection, transaction


@contextmanager
def refused_by(constraint):
    with pytest.raises(IntegrityError) as refusal, transaction.atomic(), all_checked():
        yield
    assert refusal.value.__cause__.diag.constraint_name == constraint


@contextmanager
def all_checked():
    """Check those constraints too that wait for the end of the transaction."""
    yield
    connection.check_constraints()
