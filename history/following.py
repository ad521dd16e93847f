"""Rows that follow a file: what people change or delete afterwards stays as they left it.

The history tells who wrote what, because a command that loads files names itself in
`pghistory.context(command=…)`.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from operator import attrgetter, itemgetter

from django.db import connection
from django.db.models import Q


@dataclass
class Followed:
    """What became of the rows of a file; `rows` has no key whose row people deleted."""

    rows: dict = field(default_factory=dict)
    counts: Counter = field(default_factory=Counter)


def follow(model, wanted, *, key, command, replace=False):
    """Write `wanted`, a list of {field: value}; rows are told apart by the `key` fields.

    Call it in a transaction, inside `pghistory.context(command=command)`.

    A value of a row gives way to the file's only where it is the one the command wrote last.
    With `replace`, the rows are links from the first key field to the second, and a link that
    only the command ever touched goes when the file gives its owner others instead.
    """
    _keep_writers_out(model)
    follower = Follower(model, key, wanted, command)
    for values in wanted:
        follower.take(values)
    follower.save()
    if replace:
        follower.remove_replaced_links()
    return follower.followed


def _keep_writers_out(model):
    """Nobody, a second loader included, may write between our reading and our writing."""
    table = connection.ops.quote_name(model._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(f"LOCK TABLE {table} IN SHARE ROW EXCLUSIVE MODE")


class Past:
    """What a command did to the rows of a model, as their history tells."""

    def __init__(self, model, key, fields, command):
        self.identity, self.fields = itemgetter(*key), fields
        self.made = {}  # key → primary key of the row the command made
        self.wrote = defaultdict(dict)  # primary key → {field: value the command set last}
        self.touched = set()  # primary keys of the rows somebody else changed
        before = defaultdict(dict)
        for event in self._events(model, command):
            pk = event["pgh_obj_id"]
            if event["by_command"]:
                self._note(event, before[pk])
            else:
                self.touched.add(pk)
            before[pk] = event

    def _events(self, model, command):
        events = model._meta.get_field("events").related_model.objects.order_by("pgh_id")
        by_command = Q(pgh_context__metadata__command=command)
        return events.annotate(by_command=by_command).values(
            "pgh_obj_id", "pgh_label", "by_command", *self.fields
        )

    def _note(self, event, before):
        pk = event["pgh_obj_id"]
        if event["pgh_label"] == "insert":
            self.made[self.identity(event)] = pk
        elif event["pgh_label"] == "delete":
            self.made.pop(self.identity(event), None)
        # An event holds the whole row: what others had written is not the command's.
        changed = [
            name for name in self.fields if name not in before or before[name] != event[name]
        ]
        self.wrote[pk] |= {name: event[name] for name in changed}


class Follower:
    def __init__(self, model, key, wanted, command):
        self.model, self.identity = model, itemgetter(*key)
        self.named = {self.identity(values) for values in wanted}
        fields = list(wanted[0]) if wanted else list(key)
        self.past = Past(model, key, fields, command)
        self.current = model.objects.only(*fields).in_bulk()
        self.pks = {attrgetter(*key)(row): pk for pk, row in self.current.items()}
        self.new, self.updated, self.changed_fields = [], [], set()
        self.followed = Followed()

    def take(self, values):
        identity = self.identity(values)
        pk = self._find(identity)
        if pk is None:
            outcome, row = "created", self.model(**values)
            self.new.append(row)
        elif pk in self.current:
            row = self.current[pk]
            outcome = self._merge(row, values)
        else:
            outcome, row = "kept", None  # people deleted it
        if row is not None:
            self.followed.rows[identity] = row
        self.followed.counts[outcome] += 1

    def _find(self, identity):
        """The row with this key, else the one made with it, renamed or deleted since."""
        return self.pks.get(identity, self.past.made.get(identity))

    def _merge(self, row, values):
        differing = {name for name, value in values.items() if getattr(row, name) != value}
        wrote = self.past.wrote[row.pk]
        ours = {name for name in differing if name in wrote and wrote[name] == getattr(row, name)}
        if not ours:
            return "kept" if differing else "unchanged"
        for name in ours:
            setattr(row, name, values[name])
        self.updated.append(row)
        self.changed_fields |= ours
        return "updated"

    def save(self):
        self.model.objects.bulk_create(self.new)
        if self.updated:
            self.model.objects.bulk_update(self.updated, sorted(self.changed_fields))

    def remove_replaced_links(self):
        owners = {owner for owner, _target in self.named}
        gone = [
            pk
            for identity, pk in self.past.made.items()
            if identity[0] in owners
            and identity not in self.named
            and pk in self.current
            and pk not in self.past.touched
        ]
        if gone:
            self.model.objects.filter(pk__in=gone).delete()
        self.followed.counts["removed"] = len(gone)
