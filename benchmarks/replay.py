"""What the history must say after many edited and imported the same: see `violations`."""

from collections import Counter, defaultdict
from typing import Any, NamedTuple

from pghistory.models import Context

from history.events import event_models, tracked_fields
from stakeholders.models import Offering, Stakeholder, StakeholderSubsector
from transfers.models import Import, Outcome

FIELDS = ["name", "summary", "description", "address", "public_phone", "website"]


class Step(NamedTuple):
    """One change of one key of a listing by one context."""

    context: Any
    listing: int
    key: str
    before: Any
    after: Any


def events_of(model):
    return next(each for each in event_models() if each.pgh_tracked_model is model)


def steps(listings):
    """Return the steps of each key in their order: the numbers of its events."""
    return [*_steps_of_fields(listings), *_steps_of_offerings(listings), *_steps_of_links(listings)]


def _steps_of_fields(listings):
    events = events_of(Stakeholder).objects.filter(pgh_obj__in=listings).order_by("pgh_id")
    yield from _differences(events, FIELDS, "pgh_obj_id", lambda name, _row: name)


def _steps_of_offerings(listings):
    events = events_of(Offering).objects.filter(stakeholder__in=listings).order_by("pgh_id")
    key = "offerings/{}".format
    yield from _differences(
        events, ["description"], "stakeholder_id", lambda _name, row: key(row["pgh_obj_id"])
    )


def _differences(events, names, listing, key):
    former = {}
    for row in events.values(*names, listing, "pgh_obj_id", "pgh_context_id"):
        old = former.setdefault(row["pgh_obj_id"], row)
        former[row["pgh_obj_id"]] = row
        for name in names:
            if old[name] != row[name]:
                where = row[listing], key(name, row)
                yield Step(row["pgh_context_id"], *where, old[name], row[name])


def _steps_of_links(listings):
    """The subsectors: several links change in one step."""
    events = events_of(StakeholderSubsector).objects.filter(stakeholder__in=listings)
    now, step = defaultdict(set), {}
    names = ["stakeholder_id", "subsector_id", "pgh_context_id", "pgh_label"]
    for listing, subsector, context, label in events.order_by("pgh_id").values_list(*names):
        before = sorted(now[listing])
        now[listing] ^= {subsector}
        first = step.get((context, listing))
        start = first.before if first else before
        after = sorted(now[listing])
        step[context, listing] = Step(context, listing, "subsectors", start, after)
        if (label == "delete") == (subsector in now[listing]):
            step[context, listing, "twice"] = Step(context, listing, "a link twice", None, None)
    return step.values()


def violations(log, listings):
    """Return all that must not have happened, in words; and how many steps were judged."""
    metadata = {None: {}, **dict(Context.objects.values_list("pk", "metadata"))}
    told = steps(listings)
    by_hand = [step for step in told if "import_id" not in metadata[step.context]]
    imported = [step for step in told if "import_id" in metadata[step.context]]
    found = [
        *log.problems,
        *_wrong_answers(log),
        *_lost_updates(log, by_hand, metadata),
        *_unseen_imports(imported, metadata),
        *_half_imports(),
        *_lost_confirmations(log),
        *_gaps(),
    ]
    return found, len(told)


def _wrong_answers(log):
    wrong = Counter(status for status in log.statuses if status not in {200, 302, 503})
    return [f"{count} answers {status}" for status, count in wrong.items()]


def _lost_updates(log, by_hand, metadata):
    """Each accepted value came once, in the place of what its editor had seen; nothing else did."""
    accepted = {
        (edit.editor, edit.listing, key, _hashable(value)): edit
        for edit in log.edits
        for key, value in edit.wanted.items()
    }
    unused = Counter(accepted.keys())
    for step in by_hand:
        who = metadata[step.context].get("user")
        claim = (who, step.listing, step.key, _hashable(step.after))
        edit = accepted.get(claim)
        if edit is None:
            yield f"{step} by user {who} was accepted from nobody"
            continue
        if step.key != "subsectors":
            unused[claim] -= 1
            if edit.seen.get(step.key) != step.before:
                yield f"lost update: {step} over what user {who} never saw"
        else:
            unused[claim] = 0
            yield from _unseen_subsectors(step, log.edits, who)
    for claim, count in unused.items():
        edit = accepted[claim]
        same = claim[2] == "subsectors"  # somebody else may have said the same
        if count and not same:
            yield f"{claim} of {edit.editor} stands {1 - count} times in the history"


def _unseen_subsectors(step, edits, who):
    """Sets of subsectors come again: any accepted edit that saw this one and wanted that one."""
    if not any(
        edit.seen["subsectors"] == step.before and edit.wanted.get("subsectors") == step.after
        for edit in edits
        if (edit.editor, edit.listing) == (who, step.listing)
    ):
        yield f"lost update: {step} over what user {who} never saw"


def _hashable(value):
    return tuple(value) if isinstance(value, list) else value


def _unseen_imports(imported, metadata):
    """An import changes what its check showed, from the value shown to the value shown."""
    for step in imported:
        rows = Import.objects.get(pk=metadata[step.context]["import_id"]).rows
        shown = rows.filter(listing=step.listing).exclude(outcome=Outcome.REFUSED)
        if [step.before, step.after] not in [row.changes.get(step.key) for row in shown]:
            yield f"lost update: {step} by an import that had not shown it"


def _half_imports():
    """All rows or none, in one context."""
    for an_import in Import.objects.all():
        contexts = Context.objects.filter(metadata__import_id=an_import.pk)
        events = events_of(Stakeholder).objects.filter(pgh_context__in=contexts)
        kept = Counter(events.values_list("pgh_label", flat=True))
        counts = an_import.rows.counts()
        wanted = {"insert": counts[Outcome.CREATE], "update": counts[Outcome.UPDATE]}
        if an_import.state != "done" or len(contexts) != 1:
            yield f"import {an_import.pk} is {an_import.state}, {len(contexts)} times"
        if kept != {label: count for label, count in wanted.items() if count}:
            yield f"half an import: {an_import.pk} told {wanted}, kept {dict(kept)}"


def _lost_confirmations(log):
    """Whoever was thanked for a confirmation stands in the history with it."""
    events = events_of(Stakeholder).objects.exclude(verified_by=None)
    names = ["verified_by", "pgh_obj_id", "verified_at"]
    kept = Counter(row[:2] for row in events.values_list(*names).distinct())
    for (user, listing), count in Counter(log.confirmed).items():
        if kept[user, listing] < count:
            yield f"user {user} confirmed {listing} {count} times, kept {kept[user, listing]}"


def _gaps():
    """The last event of each row is the row; a row that is gone was deleted."""
    for events in event_models():
        if events._meta.app_label != "stakeholders":
            continue
        names = [field.attname for field in tracked_fields(events)]
        rows = {row["id"]: row for row in events.pgh_tracked_model.objects.values(*names)}
        last = events.objects.order_by("pgh_obj_id", "-pgh_id").distinct("pgh_obj_id")
        kept = {
            row["id"]: {name: row[name] for name in names}
            for row in last.values(*names, "pgh_label")
            if row["pgh_label"] != "delete"
        }
        if rows != kept:
            apart = [pk for pk in rows.keys() | kept.keys() if rows.get(pk) != kept.get(pk)]
            yield f"{events._meta.label} differs from its table in {len(apart)} rows: {apart[:5]}"
