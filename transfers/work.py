"""The long work on an import: the dry run, saving, taking back."""

import pghistory
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from accounts.rights import rights_of
from regions.models import Region
from stakeholders.models import ListingChange
from transfers.checking import Checker
from transfers.files import UnreadableError, read_table
from transfers.models import SAVED, Import, ImportFile, ImportRow, Outcome, State
from transfers.running import running
from transfers.saving import Writer, upsert
from transfers.taking_back import take_back

NOTED = {"outcome", "listing", "candidates", "changes", "problems"}


def regions_of(an_import):
    """The regions in whose listings this import may write today."""
    if an_import.user is None:
        return Region.objects.all()
    if not an_import.user.is_active:
        return Region.objects.none()
    return an_import.user.editable_regions()


def check(an_import, tell=None):
    """The dry run: read the file, and note what would come of each row."""
    total = 2 * (an_import.rows.count() or an_import.total or 1)
    with running(an_import, State.CHECKING, total=total, lock=an_import.pk, tell=tell) as progress:
        if progress is None:
            return
        rows = _rows_in_file(an_import)
        progress.total = 2 * len(rows) or 1
        _keep_decisions(an_import, rows)
        an_import.rows.all().delete()
        for verdicts in Checker(an_import, regions_of(an_import), progress=progress).verdicts(rows):
            ImportRow.objects.bulk_create([verdict.note() for verdict in verdicts])
        an_import.move([State.CHECKING], State.READY, total=len(rows))


def _keep_decisions(an_import, rows):
    decided = {row.number: row for row in an_import.rows.exclude(decision="")}
    for row in rows:
        if old := decided.get(row.number):
            row.decision, row.chosen, row.candidates = old.decision, old.chosen, old.candidates


def _rows_in_file(an_import):
    content = bytes(an_import.file.content)
    table = read_table(content, lambda _headers: 0)._replace(
        headers=an_import.headers, header_number=an_import.header_number
    )
    rows = [
        ImportRow(of_import=an_import, number=number, cells=cells) for number, cells in table.rows()
    ]
    if not rows:
        raise UnreadableError(_("Below the header this file has no row."))
    return rows


def save(an_import, tell=None):
    """Write all rows that are as shown, in one transaction; refuse those that are not any more."""
    wanted = SAVED if an_import.confirms else [Outcome.CREATE, Outcome.UPDATE]
    rows = list(an_import.rows.filter(outcome__in=wanted))
    with running(an_import, State.SAVING, total=3 * len(rows), tell=tell) as progress:
        if progress is None:
            return
        regions = regions_of(an_import)
        if not regions.exists():
            raise ValidationError(_("You do not look after any region any more."))
        checker, writer = Checker(an_import, regions, progress=progress), Writer(an_import, regions)
        with import_context(an_import) as context:
            for verdicts in checker.verdicts(rows, lock=True):
                fit = [verdict for verdict in verdicts if verdict.is_as_shown()]
                unfit = [verdict for verdict in verdicts if not verdict.is_as_shown()]
                writer.write(fit)
                upsert([verdict.row for verdict in fit] + [_left_out(v) for v in unfit], NOTED)
                progress(len(verdicts))
        ImportFile.objects.filter(of_import=an_import).delete()
        result = {"change": context.id, "saved_at": writer.now, "waiting": writer.waiting}
        an_import.move([State.SAVING], State.DONE, **result)


def _left_out(verdict):
    """The row with the reason why nothing came of it."""
    changed = [("", _("This has changed since the check, so the row was left out."))]
    problems = verdict.problems or changed
    return verdict._replace(outcome=Outcome.REFUSED, changes={}, problems=problems).note()


def import_context(an_import):
    user = an_import.user
    who = {"user": user.pk, **rights_of(user)} if user else {}
    return pghistory.context(via="import", import_id=an_import.pk, **who)


def undo(an_import, tell=None):
    """Take back what the import did, but for listings that have changed since."""
    with running(an_import, State.UNDOING, total=4, tell=tell) as progress:
        if progress is None:
            return
        _withdraw(an_import)
        with import_context(an_import):
            kept = take_back(str(an_import.change), regions_of(an_import), progress)
        an_import.move([State.UNDOING], State.UNDONE, problem=_kept_words(kept))


def _withdraw(an_import):
    """What waits for review since this import waits no longer."""
    listings = an_import.rows.exclude(listing=None).values("listing")
    own = ListingChange.objects.filter(author=an_import.user, submitted_at=an_import.saved_at)
    own.filter(via="import", stakeholder__in=listings).delete()


def _kept_words(kept):
    if not kept:
        return ""
    return _("%(count)d partners were kept as they are: they have changed since.") % {"count": kept}


def fail(an_import, problem):
    """Go back to where the job began, with the reason why it came to nothing."""
    before = {State.CHECKING: State.COLUMNS, State.SAVING: State.READY, State.UNDOING: State.DONE}
    state = Import.objects.values_list("state", flat=True).get(pk=an_import.pk)
    if state in before:
        an_import.move([state], before[state], problem=problem)
