"""Which changes are kept: all of them, by triggers, bulk changes included."""

import pghistory
import pgtrigger


def tracked(*, exclude=()):
    """Class decorator: keep every insert, update and delete of the model's rows.

    Inserts and updates keep the row as it was afterwards, deletes as it was before,
    so the state before any event is the event that precedes it. Generated columns go
    into `exclude`: the database computes them again.
    """
    return pghistory.track(
        pghistory.InsertEvent(),
        pghistory.UpdateEvent(condition=pgtrigger.AnyChange(exclude=list(exclude))),
        pghistory.DeleteEvent(),
        exclude=list(exclude),
    )
