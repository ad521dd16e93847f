"""What happens to an import, from its file to its end."""

from django.db import transaction
from django.utils import translation
from django.utils.translation import get_language

from history.actions import note
from letters.tasks import defer_once
from stakeholders.understanding import fold
from transfers import tasks
from transfers.checking import Checker
from transfers.headers import UNKNOWN, understand_headers
from transfers.models import Import, ImportFile, Outcome, RememberedColumn, State
from transfers.saving import upsert
from transfers.work import NOTED, regions_of


@transaction.atomic
def take_in(*, user, file_name, table):
    """Keep a file; check it at once if every column is understood."""
    an_import = keep(user=user, file_name=file_name, table=table)
    if UNKNOWN not in an_import.columns and {"name", "id"} & {*an_import.columns}:
        begin_checking(an_import=an_import)
    return an_import


@transaction.atomic
def keep(*, user, file_name, table):
    an_import = Import.objects.create(
        user=user,
        file_name=file_name[-200:],
        kind=table.kind,
        language=get_language(),
        headers=table.headers,
        header_number=table.header_number,
        columns=understand_headers(table.headers, remembered_by(user)),
    )
    ImportFile.objects.create(of_import=an_import, content=table.content)
    note(action="import_file", user=user, subject=an_import)
    return an_import


def remembered_by(user):
    if user is None:
        return {}
    return dict(RememberedColumn.objects.filter(user=user).values_list("header", "column"))


@transaction.atomic
def choose_columns(*, an_import, columns):
    """Take the columns as somebody chose them, and remember what we had not understood."""
    usual = understand_headers(an_import.headers)
    told = {
        fold(header)[:200]: column
        for header, column, ours in zip(an_import.headers, columns, usual, strict=True)
        if column != ours and fold(header)
    }
    RememberedColumn.objects.bulk_create(
        [RememberedColumn(user=an_import.user, header=h, column=c) for h, c in told.items()],
        update_conflicts=True,
        unique_fields=["user", "header"],
        update_fields=["column"],
    )
    Import.objects.filter(pk=an_import.pk).update(columns=columns)
    return begin_checking(an_import=an_import)


def move_to_checking(*, an_import):
    return an_import.move([State.COLUMNS, State.READY], State.CHECKING)


def move_to_saving(*, an_import, confirms, publishes):
    return an_import.move([State.READY], State.SAVING, confirms=confirms, publishes=publishes)


@transaction.atomic
def begin_checking(*, an_import):
    began = move_to_checking(an_import=an_import)
    if began:
        defer_once(tasks.check, an_import=an_import.pk)
    return began


@transaction.atomic
def begin_saving(*, an_import, confirms, publishes):
    began = move_to_saving(an_import=an_import, confirms=confirms, publishes=publishes)
    if began:
        defer_once(tasks.save, an_import=an_import.pk)
    return began


@transaction.atomic
def begin_taking_back(*, an_import):
    began = an_import.move([State.DONE], State.UNDOING)
    if began:
        defer_once(tasks.undo, an_import=an_import.pk)
    return began


@transaction.atomic
def begin_anew(*, an_import):
    """Queue the job again that a killed worker left behind; two of them do no harm."""
    task = {State.CHECKING: tasks.check, State.SAVING: tasks.save, State.UNDOING: tasks.undo}
    if an_import.is_stuck:
        defer_once(task[an_import.state], an_import=an_import.pk)


@transaction.atomic
def decide(*, an_import, decisions):
    """Note what somebody chose for rows that may mean a listing, and check these rows again.

    `decisions` is {number of the row: (decision, key of the listing or None)}.
    """
    locked = Import.objects.select_for_update().filter(pk=an_import.pk, state=State.READY)
    if not locked.exists():
        return False
    rows = list(an_import.rows.filter(number__in=decisions))
    for row in rows:
        row.decision, row.chosen = decisions[row.number]
    with translation.override(an_import.language):
        for verdicts in Checker(an_import, regions_of(an_import)).verdicts(rows):
            upsert([verdict.note() for verdict in verdicts], {*NOTED, "decision", "chosen"})
    return True


@transaction.atomic
def decide_all(*, an_import, decision):
    """The same for all rows that wait for a decision, however many: the check runs again."""
    if not begin_checking(an_import=an_import):
        return False
    waiting = an_import.rows.filter(outcome=Outcome.CHOOSE)
    waiting.update(decision=decision, chosen=None)
    return True
