"""An import from its file to its report. Private to who brought it, and kept for 30 days.

Nothing here is tracked by history: rows of a file hold private contacts, and what comes of them
is kept in the history of the listings themselves.
"""

from datetime import timedelta

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Count, F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from transfers.headers import IGNORED

KEPT = timedelta(days=30)
STUCK = timedelta(minutes=1)  # without progress: the worker is gone, or never came


class State(models.TextChoices):
    COLUMNS = "columns", _("Columns to choose")
    CHECKING = "checking", _("Being checked")
    READY = "ready", _("Checked")
    SAVING = "saving", _("Being saved")
    DONE = "done", _("Saved")
    UNDOING = "undoing", _("Being taken back")
    UNDONE = "undone", _("Taken back")


BUSY = [State.CHECKING, State.SAVING, State.UNDOING]


class ImportQuerySet(models.QuerySet):
    def of(self, user):
        return self.filter(user=user)

    def forgotten(self):
        """Imports that have been kept long enough."""
        return self.filter(created_at__lt=timezone.now() - KEPT)


class Import(models.Model):
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        null=True,  # of a command
        blank=True,
        related_name="imports",
        verbose_name=_("user"),
    )
    file_name = models.CharField(_("file"), max_length=200)
    kind = models.CharField(_("kind"), max_length=4)
    language = models.CharField(_("language"), max_length=5)
    headers = ArrayField(models.TextField(), verbose_name=_("headers"))
    header_number = models.PositiveIntegerField(_("row of the header"))
    columns = ArrayField(models.CharField(max_length=20, blank=True), verbose_name=_("columns"))
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.COLUMNS)
    problem = models.TextField(_("problem"), blank=True)
    done = models.PositiveIntegerField(_("done"), default=0)
    total = models.PositiveIntegerField(_("in all"), default=0)
    moved_at = models.DateTimeField(_("moved at"), default=timezone.now)
    confirms = models.BooleanField(_("confirm today"), default=False)
    publishes = models.BooleanField(_("publish"), default=True)
    waiting = models.PositiveIntegerField(_("waiting for review"), default=0)
    change = models.UUIDField(_("change"), null=True, blank=True)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    saved_at = models.DateTimeField(_("saved at"), null=True, blank=True)

    objects = ImportQuerySet.as_manager()

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=State.values), name="import_state"),
            models.CheckConstraint(
                condition=Q(saved_at__isnull=False) | ~Q(state__in=["done", "undoing", "undone"]),
                name="import_saved_has_date",
            ),
            models.CheckConstraint(
                condition=Q(headers__len=F("columns__len")), name="import_column_for_each_header"
            ),
        ]

    def __str__(self):
        return self.file_name

    def get_absolute_url(self):
        return reverse("transfers:import", args=[self.pk])

    @property
    def is_busy(self):
        return self.state in BUSY

    @property
    def is_stuck(self):
        return self.is_busy and self.moved_at < timezone.now() - STUCK

    @property
    def kept_until(self):
        return self.created_at + KEPT

    @property
    def percent(self):
        return min(100, 100 * self.done // self.total) if self.total else 0

    def move(self, before, after, **fields):
        """Pass from one state to the next, if nobody else has yet; say whether it did."""
        fields = {"problem": "", "done": 0, **fields, "state": after, "moved_at": timezone.now()}
        mine = Import.objects.filter(pk=self.pk, state__in=before)
        return bool(mine.update(**fields))

    def cells_of(self, row):
        """Return {key of the column: text} of a row."""
        columns = zip(self.columns, row.cells, strict=True)
        return {key: text for key, text in columns if key and key != IGNORED}

    def place_of(self, key):
        """Name the column of the file from which something was read."""
        places = dict(zip(self.columns, self.headers, strict=True))
        return places.get(key, "")


class ImportFile(models.Model):
    """What was brought, until its rows have been read."""

    of_import = models.OneToOneField(
        Import, models.CASCADE, primary_key=True, related_name="file", verbose_name=_("import")
    )
    content = models.BinaryField(_("content"))

    class Meta:
        verbose_name = _("imported file")
        verbose_name_plural = _("imported files")

    def __str__(self):
        return str(self.of_import)


class Outcome(models.TextChoices):
    CREATE = "create", _("New")
    UPDATE = "update", _("Changed")
    SAME = "same", _("Nothing new")
    CHOOSE = "choose", _("To decide")
    SKIPPED = "skipped", _("Skipped")
    REFUSED = "refused", _("Refused")


SAVED = [Outcome.CREATE, Outcome.UPDATE, Outcome.SAME]


class Decision(models.TextChoices):
    NEW = "new", _("A new partner")
    SAME = "same", _("The same as")
    SKIP = "skip", _("Skip this row")


class ImportRowQuerySet(models.QuerySet):
    def counts(self):
        """Return {outcome: how many rows}."""
        found = self.order_by().values_list("outcome").annotate(Count("pk"))
        return {outcome: dict(found).get(outcome.value, 0) for outcome in Outcome}


class ImportRow(models.Model):
    of_import = models.ForeignKey(
        Import, models.CASCADE, related_name="rows", verbose_name=_("import")
    )
    number = models.PositiveIntegerField(_("row"))
    cells = ArrayField(models.TextField(blank=True), verbose_name=_("cells"))
    outcome = models.CharField(_("outcome"), max_length=7, choices=Outcome)
    # Keys of listings, not relations: a note of what a file said keeps no listing alive.
    listing = models.BigIntegerField(_("partner"), null=True, blank=True)
    candidates = ArrayField(models.BigIntegerField(), default=list, verbose_name=_("candidates"))
    changes = models.JSONField(_("changes"), default=dict)  # {key: [old, new]} in words
    problems = models.JSONField(_("problems"), default=list)  # [[key, reason]]
    decision = models.CharField(_("decision"), max_length=4, choices=Decision, blank=True)
    chosen = models.BigIntegerField(_("chosen"), null=True, blank=True)

    objects = ImportRowQuerySet.as_manager()

    class Meta:
        verbose_name = _("imported row")
        verbose_name_plural = _("imported rows")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["of_import", "number"], name="import_row_once"),
            models.CheckConstraint(
                condition=Q(outcome__in=Outcome.values), name="import_row_outcome"
            ),
            models.CheckConstraint(
                condition=Q(decision__in=["", *Decision.values]), name="import_row_decision"
            ),
            models.CheckConstraint(
                condition=~Q(decision="same") | Q(chosen__isnull=False),
                name="import_row_same_as_one",
            ),
        ]
        indexes = [
            models.Index(fields=["of_import", "outcome", "number"], name="import_row_outcome_idx")
        ]

    def __str__(self):
        return f"{self.of_import} · {self.number}"


class RememberedColumn(models.Model):
    """What somebody said a header means, for their next file."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="remembered_columns",
        verbose_name=_("user"),
    )
    header = models.CharField(_("header"), max_length=200)  # folded
    column = models.CharField(_("column"), max_length=20)

    class Meta:
        verbose_name = _("remembered column")
        verbose_name_plural = _("remembered columns")
        constraints = [
            models.UniqueConstraint(fields=["user", "header"], name="remembered_column_once")
        ]

    def __str__(self):
        return self.header
