"""Reading the history: which rows changed, and how they were before and after.

pghistory can join all its event tables itself (`pghistory.models.Events`), but then computes
the difference of every event before it sorts and cuts a page; here only a page is loaded.
"""

from collections import defaultdict

import pghistory.core
from django.apps import apps
from django.contrib.admin.utils import display_for_field
from django.contrib.auth import get_permission_codename, get_user_model
from django.core.exceptions import ObjectDoesNotExist
from django.db.models import (
    CASCADE,
    Count,
    Min,
    OuterRef,
    Q,
    Subquery,
    Value,
    prefetch_related_objects,
)
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from history.models import Change, authors_of, name_of_user

NOTHING = "–"
KINDS = {"insert": _("Added"), "update": _("Changed"), "delete": _("Deleted")}


def event_models():
    """Return the event models in the order of their definition: referenced rows come first."""
    return pghistory.core.event_models()


def seen_by(user):
    """Return the event models of the rows that this user may see themselves."""
    return [model for model in event_models() if _may_see(user, model)]


def _may_see(user, event_model):
    opts = subject_of(event_model.pgh_tracked_model)._meta
    rights = [get_permission_codename(action, opts) for action in ("view", "change")]
    return any(user.has_perm(f"{opts.app_label}.{right}") for right in rights)


def tracked_fields(event_model):
    """Return the fields of the tracked rows, as the event model keeps them."""
    return [field for field in event_model._meta.fields if not field.name.startswith("pgh_")]


def link_field(model):
    """Return the many-to-many field whose link table this model names, if it does."""
    link = model._meta.concrete_model
    owner = link._meta.auto_created
    return owner and next(f for f in owner._meta.many_to_many if f.remote_field.through is link)


def owner_fields(model):
    """Return the foreign keys to what a row is a part of, as an offering is of a listing."""
    link = link_field(model)
    return [
        field
        for field in model._meta.concrete_fields
        if field.is_relation
        and field.remote_field.on_delete is CASCADE
        and (not link or field.name == link.m2m_field_name())
    ]


def subject_of(model):
    """Return the model that readers know: a link belongs to the row that shows it."""
    link = link_field(model)
    return link.model if link else model


def field_names(event_model):
    return {field.name for field in tracked_fields(event_model)}


class RowChange:
    """How a row was before and after one event, or after several of one change.

    `before` and `after` are events that hold the row, or None where it did not exist;
    `now`, where an undo asks, is the newest one.
    """

    author = ""
    now = None
    is_unknown = False  # the history began after the row did
    hidden = frozenset()  # names of fields that this reader is not told

    def __init__(self, event, before, after):
        self.event, self.before, self.after = event, before, after
        self.model = event.pgh_tracked_model
        self.link = link_field(self.model)

    @classmethod
    def of_event(cls, event, previous):
        before = {"insert": None, "update": previous, "delete": event}[event.pgh_label]
        return cls(event, before, None if event.pgh_label == "delete" else event)

    @property
    def key(self):
        """The change it belongs to; without a context every event is its own change."""
        event = self.event
        return str(event.pgh_context_id or f"{event._meta.label}:{event.pgh_id}")

    @cached_property
    def row(self):
        """The row as an instance of its model, never saved, to name it."""
        fields = tracked_fields(self.event)
        row = self.model(**{field.attname: getattr(self.event, field.attname) for field in fields})
        row._state.fields_cache.update(self.event._state.fields_cache)
        return row

    @property
    def subject(self):
        return subject_of(self.model)

    @property
    def subject_label(self):
        return self.subject._meta.verbose_name

    @property
    def name(self):
        """The row's own name, then what it is a part of unless its name says that."""
        try:
            name = name_of(self.row)
            owners = [
                str(getattr(self.row, field.name) or "") for field in owner_fields(self.model)
            ]
        except ObjectDoesNotExist:  # a row that would lend its name is gone
            return f"#{self.event.pgh_obj_id}"
        return " · ".join([name, *(owner for owner in owners if owner not in name)])

    @property
    def place(self):
        """Where readers find the row: its model and key; a link is found with its owner."""
        if not self.link:
            return self.model, self.event.pgh_obj_id
        owner = self.event._meta.get_field(self.link.m2m_field_name())
        return self.link.model, getattr(self.event, owner.attname)

    @property
    def owners(self):
        """The places of what the row is a part of."""
        fields = [self.event._meta.get_field(field.name) for field in owner_fields(self.model)]
        return {(field.related_model, getattr(self.event, field.attname)) for field in fields}

    @property
    def kind(self):
        if self.link or (self.before and self.after):
            return "update"
        return "insert" if self.after else "delete"

    @property
    def kind_label(self):
        return _("Done") if self.is_final else KINDS[self.kind]

    @property
    def is_final(self):
        """A line of a log: nothing takes it back."""
        return getattr(self.model, "is_append_only", False)

    @property
    def states(self):
        """The events that say how the row was before and after, and is now."""
        return [event for event in (self.before, self.after, self.now) if event]

    @property
    def changed_fields(self):
        """The names of the fields that differ."""
        fields = tracked_fields(self.event)
        return {field.name for field in fields if _differs(field, self.before, self.after)}

    @property
    def fields(self):
        """Return (label, before, after) of every field that differs, in words."""
        if self.link:
            return [self._linked()]
        told = self.changed_fields - self.hidden
        return [
            (field.verbose_name, _in_words(self.before, field), _in_words(self.after, field))
            for field in tracked_fields(self.event)
            if field.name in told
        ]

    def _linked(self):
        target = self.event._meta.get_field(self.link.m2m_reverse_field_name())
        words = _in_words(self.event, target)
        label = self.link.verbose_name
        return (label, NOTHING, f"+ {words}") if self.after else (label, f"− {words}", NOTHING)


def whole_place(row_changes):
    """Return the place of the one row of which all the others are parts, else (None, None)."""
    places = {row.place for row in row_changes}
    parts = {row.place for row in row_changes if places & (row.owners - {row.place})}
    wholes = places - parts
    return wholes.pop() if len(wholes) == 1 else (None, None)


def last_known(model, pk):
    """Return a row as the history kept it last, or None; the row itself may be gone."""
    event_model = next(each for each in event_models() if each.pgh_tracked_model is model)
    event = event_model.objects.filter(pgh_obj=pk).order_by("pgh_id").last()
    if event is None:
        return None
    change = RowChange(event, None, None)
    fetch_names([change])
    try:
        str(change.row)
    except ObjectDoesNotExist:  # so is a row that would lend its name
        return None
    return change.row


def name_of(row):
    """Name a row; a row of a link table bears the name of its owner."""
    link = link_field(type(row))
    return str(getattr(row, link.m2m_field_name()) if link else row)


def same_row(one, other):
    """Whether two events hold the same row; None is no row."""
    if one is None or other is None:
        return one is other
    fields = tracked_fields(one)
    return all(getattr(one, f.attname) == getattr(other, f.attname) for f in fields)


def _differs(field, before, after):
    old, new = (getattr(event, field.attname, None) for event in (before, after))
    both_empty = old in field.empty_values and new in field.empty_values
    return not field.primary_key and old != new and not both_empty


def _in_words(event, field):
    if event is None:
        return NOTHING
    if not field.is_relation:
        return display_for_field(getattr(event, field.attname), field, NOTHING, avoid_link=True)
    try:
        value = getattr(event, field.name) or NOTHING
        return name_of_user(value) if isinstance(value, get_user_model()) else str(value)
    except ObjectDoesNotExist:
        return f"#{getattr(event, field.attname)}"


def about(obj, event_models):
    """Where to find the events of a row and of what belongs to it: its links and its parts."""
    conditions = defaultdict(Q)
    for event_model in event_models:
        tracked = event_model.pgh_tracked_model
        if isinstance(obj, tracked):
            conditions[event_model] |= Q(pgh_obj=obj.pk)
        for field in owner_fields(tracked):
            if isinstance(obj, field.related_model):
                conditions[event_model] |= Q(**{field.name: obj.pk})
    return find(conditions)


def find(conditions):
    """Return (time, event model, id) of the events that meet their model's condition."""
    found = [
        model.objects.filter(condition)
        .annotate(model=Value(model._meta.label))
        .values_list("pgh_created_at", "model", "pgh_id")
        for model, condition in conditions.items()
    ]
    if not found:
        return []
    return found[0].union(*found[1:], all=True).order_by("-pgh_created_at", "model", "-pgh_id")


def load(found):
    """Load what `find` found as row changes with their authors, in its order."""
    ids = defaultdict(list)
    for _time, label, pk in found:
        ids[label].append(pk)
    changes = {}
    for label, pks in ids.items():
        event_model = apps.get_model(label)
        for change in row_changes(event_model, event_model.objects.filter(pk__in=pks)):
            changes[label, change.event.pk] = change
    ordered = [changes[label, pk] for _time, label, pk in found]
    fetch_names(ordered)
    fetch_authors(ordered)
    return ordered


def row_changes(event_model, events):
    """Return one row change for each event, oldest first."""
    events = list(events.annotate(previous_id=_previous(event_model)).order_by("pgh_id"))
    previous = event_model.objects.in_bulk([e.previous_id for e in events if e.previous_id])
    return [RowChange.of_event(event, previous.get(event.previous_id)) for event in events]


def _previous(event_model):
    earlier = event_model.objects.filter(
        pgh_obj_id=OuterRef("pgh_obj_id"), pgh_id__lt=OuterRef("pgh_id")
    )
    return Subquery(earlier.order_by("-pgh_id").values("pgh_id")[:1])


def fetch_names(changes):
    """Load the rows that the events refer to, for all of them at once."""
    events = defaultdict(list)
    for change in changes:
        held = (change.event, change.before, change.after)
        events[type(change.event)] += [event for event in held if event]
    for event_model, instances in events.items():
        prefetch_related_objects(instances, *_paths_to_names(event_model))


def _paths_to_names(event_model):
    paths = [field.name for field in tracked_fields(event_model) if field.is_relation]
    if link := link_field(event_model.pgh_tracked_model):
        # The owner may itself be named after other rows, as a recognition is after its region.
        relations = [field for field in link.model._meta.concrete_fields if field.is_relation]
        paths += [f"{link.m2m_field_name()}__{field.name}" for field in relations]
    return paths


def fetch_authors(row_changes):
    """Load who made these changes, for all of them at once."""
    contexts = {change.event.pgh_context_id for change in row_changes} - {None}
    changes = Change.objects.filter(pk__in=contexts)
    authors = {change.pk: author for change, author in authors_of(changes).items()}
    for change in row_changes:
        change.author = authors.get(change.event.pgh_context_id, _("unknown"))


def summaries(changes, conditions):
    """Return {change id: [(a row change as an example, how many more rows)]}.

    Of each event model those events count that fulfil its condition.
    """
    counted = [
        model.objects.filter(condition, pgh_context__in=changes)
        .values("pgh_context", "pgh_label")
        .annotate(
            model=Value(model._meta.label),
            example=Min("pgh_id"),
            more=Count("pgh_obj_id", distinct=True) - 1,
        )
        .values_list("pgh_context", "model", "example", "more")
        for model, condition in conditions.items()
    ]
    groups = list(counted[0].union(*counted[1:], all=True)) if counted else []
    examples = load([(None, label, pk) for _context, label, pk, _more in groups])
    summary = defaultdict(list)
    for (context, *_others, more), example in zip(groups, examples, strict=True):
        summary[context].append((example, more))
    return summary
