"""Taking a change back: every row that it touched becomes again what it was before.

Users are not tracked (their personal data is not copied), so neither is a password: an undo
never touches an account. Generated columns are not tracked either; the database computes them.
"""

from collections import defaultdict
from uuid import UUID

import pghistory
from django.contrib.auth import get_permission_codename
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.db.models import DO_NOTHING, QuerySet
from django.db.models.deletion import get_candidate_relations_to_delete
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from history.events import (
    RowChange,
    event_models,
    fetch_names,
    name_of,
    row_changes,
    same_row,
    subject_of,
    tracked_fields,
)
from history.keys import is_key

NAMED_AT_MOST = 10  # rows in one message
MISSING_RIGHT = {
    "add": gettext_lazy("Your account may not add %(models)s, nor take their addition back."),
    "change": gettext_lazy("Your account may not change %(models)s."),
}


def rows_of(key, *, lock=False):
    """Return what a change did to each row in the end: one row change a row, referenced first.

    The key is the id of a context, or `app.EventModel:id` of an event that has none.
    """
    return [
        row
        for event_model, events in _events_of(key).items()
        for row in _net_changes(event_model, events, lock=lock)
    ]


def missing_rights(rows, user):
    """Return in words what this user's account may not do that an undo would do."""
    written = [row for row in rows if row.before or row.after]
    needed = {(row.subject._meta, "change" if row.kind == "update" else "add") for row in written}
    # Who may add may also take an addition back, without the right to delete other rows.
    missing = [
        MISSING_RIGHT[action] % {"models": opts.verbose_name_plural}
        for opts, action in needed
        if not user.has_perm(f"{opts.app_label}.{get_permission_codename(action, opts)}")
    ]
    return sorted(missing)


def problems(rows, user, missing_rights=missing_rights):
    """Return in words all that stands against taking these changes back.

    Whoever has no rights over whole models brings a check of rows in place of `missing_rights`.
    """
    rows = _changeable(rows)
    if not rows:
        return [_("Nothing in this change can be taken back.")]
    # The others name rows, which not everybody may see.
    return missing_rights(rows, user) or [
        *_unknown_before(rows),
        *_changed_since(rows),
        *_still_needed(rows),
    ]


@transaction.atomic
def undo(key, user, missing_rights=missing_rights):
    """Take a change back, or raise a ValidationError that says what stands against it."""
    rows = rows_of(key, lock=True)
    if not rows:
        raise ValidationError(_("There is no such change."))
    if reasons := problems(rows, user, missing_rights):
        raise ValidationError(reasons)
    rows = _changeable(rows)
    put_back(rows, undo_of=key, user=user.pk)
    return rows


def put_back(rows, **context):
    """Make rows what they were, whatever speaks against it; the context says who wants that."""
    with pghistory.context(**context):
        try:
            _restore(rows)
            _follow(rows)
        except IntegrityError as error:
            raise ValidationError(
                _("A row that this refers to is gone, or its place is taken: %(detail)s")
                % {"detail": error.__cause__.diag.message_detail}
            ) from error


def _changeable(rows):
    return [row for row in rows if not row.is_final]


def _events_of(key):
    """Return {event model: its events of this change}; a key that is none finds nothing."""
    try:
        context = UUID(key)
    except ValueError:
        label, _colon, pk = key.partition(":")
        known = is_key(pk)
        lookup = {"pk": pk if known else None, "pgh_context__isnull": True}
        return {m: m.objects.filter(**lookup) for m in event_models() if m._meta.label == label}
    return {model: model.objects.filter(pgh_context=context) for model in event_models()}


def _net_changes(event_model, events, *, lock):
    by_row = defaultdict(list)
    for change in row_changes(event_model, events):
        by_row[change.event.pgh_obj_id].append(change)
    if lock and by_row:
        rows = QuerySet(event_model.pgh_tracked_model).filter(pk__in=by_row)
        list(rows.order_by("pk").select_for_update().values_list("pk"))
    newest = _newest_events(event_model, by_row)
    for pk, (first, *_between) in by_row.items():
        last = by_row[pk][-1]
        net = RowChange(last.event, first.before, last.after)
        net.is_unknown = first.event.pgh_label == "update" and first.before is None
        net.now = RowChange.of_event(newest[pk], None).after
        yield net


def _newest_events(event_model, pks):
    events = event_model.objects.filter(pgh_obj_id__in=pks).order_by("pgh_obj_id", "-pgh_id")
    return {event.pgh_obj_id: event for event in events.distinct("pgh_obj_id")}


def _changed_since(rows):
    changed = [row for row in rows if not same_row(row.now, row.after)]
    return _named(changed, _("The %(model)s “%(name)s” has been changed again since."))


def _unknown_before(rows):
    unknown = [row for row in rows if row.is_unknown]
    return _named(unknown, _("What the %(model)s “%(name)s” was before is not known."))


def _named(rows, message):
    newest = [RowChange(row.now or row.event, None, None) for row in rows[:NAMED_AT_MOST]]
    fetch_names(newest)
    return [message % {"model": row.subject_label, "name": row.name} for row in newest]


def _still_needed(rows):
    """Rows that would be deleted, but others refer to them: those would be lost as well."""
    return [
        _("The %(model)s “%(name)s” has come to refer to it since.")
        % {"model": subject_of(type(other))._meta.verbose_name, "name": name_of(other)}
        for _relation, others in referring_rows(rows)
        for other in others[:NAMED_AT_MOST]
    ]


def referring_rows(rows):
    """Yield (relation, rows that refer by it to added ones and that the undo would not free)."""
    doomed = defaultdict(set)
    for row in _added(rows):
        doomed[row.model._meta.concrete_model].add(row.event.pgh_obj_id)
    for model in list(doomed):
        yield from _referring_to(model, doomed, rows)


def _referring_to(model, doomed, rows):
    for relation in get_candidate_relations_to_delete(model._meta):
        if relation.on_delete is not DO_NOTHING:  # as the history itself does
            freed = _freed(rows, relation, doomed[model])
            others = QuerySet(relation.related_model).exclude(
                pk__in=doomed[relation.related_model] | freed
            )
            yield relation, others.filter(**{f"{relation.field.name}__in": doomed[model]})


def _freed(rows, relation, doomed):
    """Return the keys of rows that referred to none of the doomed before the change."""
    return {
        row.event.pgh_obj_id
        for row in rows
        if row.model._meta.concrete_model is relation.related_model and row.before and row.after
        if getattr(row.before, relation.field.attname) not in doomed
    }


def _added(rows):
    return [row for row in rows if row.after and not row.before]


def _restore(rows):
    """Write the rows; deletions free unique values first, foreign keys are checked last."""
    updated = [row for row in rows if row.after and row.before]
    deleted = [row for row in rows if row.before and not row.after]
    for event_model, added in reversed(_by_event_model(_added(rows))):
        pks = [row.event.pgh_obj_id for row in added]
        doomed = QuerySet(event_model.pgh_tracked_model).filter(pk__in=pks)
        doomed._raw_delete(doomed.db)
    for event_model, group in _by_event_model(updated):
        _execute(SET_BACK, event_model, group)
    for event_model, group in _by_event_model(deleted):
        _execute(INSERT_AGAIN, event_model, group)
    connection.check_constraints()


def _follow(rows):
    """Let models whose rows stand for more than the history keeps set that back, too."""
    for event_model, changes in _by_event_model(rows):
        if follow := getattr(event_model.pgh_tracked_model, "after_undo", None):
            follow(changes)


def _by_event_model(rows):
    groups = defaultdict(list)
    for row in rows:
        groups[type(row.event)].append(row)
    return list(groups.items())


# The database copies the rows out of the history: set by set, dates of creation included.
SET_BACK = (
    "UPDATE {table} SET ({columns}) = ROW ({event_columns}) FROM {events}"
    " WHERE {events}.pgh_id = ANY(%s) AND {table}.{pk} = {events}.pgh_obj_id"
)
INSERT_AGAIN = (
    "INSERT INTO {table} ({columns}) SELECT {event_columns} FROM {events} WHERE pgh_id = ANY(%s)"
)


def _execute(statement, event_model, rows):
    quote = connection.ops.quote_name
    options, events = event_model.pgh_tracked_model._meta, quote(event_model._meta.db_table)
    columns = [quote(field.column) for field in tracked_fields(event_model)]
    sql = statement.format(
        table=quote(options.db_table),
        pk=quote(options.pk.column),
        events=events,
        columns=", ".join(columns),
        event_columns=", ".join(f"{events}.{column}" for column in columns),
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [[row.before.pk for row in rows]])
