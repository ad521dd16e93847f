"""What visitors propose: partners that are missing, and corrections of those that are here."""

from datetime import timedelta

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Aggregate, F, Q
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from accounts.models import OfficerAssignment, User
from history.tracking import tracked
from letters.links import Links
from regions.models import Region, Subsector
from stakeholders.models import Stakeholder
from stakeholders.roles import Role

LONG = timedelta(days=30)  # after which staff look after what no officer decides
LATELY = timedelta(days=365)
FEWEST_TO_TELL = 3  # decisions, before we say how long one usually takes

statuses = Links("collaborations.Suggestion.status")


class Median(Aggregate):
    function = "PERCENTILE_CONT"
    template = "%(function)s(0.5) WITHIN GROUP (ORDER BY %(expressions)s)"


class SuggestionQuerySet(models.QuerySet):
    def undecided(self):
        return self.filter(status=Suggestion.Status.NEW)

    def with_place(self):
        """Rows that say where they are decided: a correction where its listing is now."""
        key = models.BigIntegerField()
        return self.annotate(decided_in=Coalesce("about__region", "region", output_field=key))

    def in_regions(self, regions):
        return self.with_place().filter(decided_in__in=regions)

    def in_care_of(self, user):
        return self.in_regions(user.editable_regions())

    def unattended(self):
        """Those that wait too long in regions that nobody looks after: staff decide on them."""
        silent = OfficerAssignment.objects.active().silent_regions()
        old = self.undecided().filter(created_at__lt=timezone.now() - LONG)
        return old.in_regions(silent)

    def for_list(self):
        return self.select_related("region", "about")

    def usual_wait(self):
        """Return the median time to a decision in the last year; None if there are too few."""
        lately = self.filter(decided_at__gt=timezone.now() - LATELY)
        median = Median(F("decided_at") - F("created_at"), output_field=models.DurationField())
        found = lately.aggregate(count=models.Count("pk"), median=median)
        return found["median"] if found["count"] >= FEWEST_TO_TELL else None


# The history is kept for ever and staff read it; the address of who proposed is not for it.
@tracked(exclude=["proposer_email"])
class Suggestion(models.Model):
    """A listing as a visitor proposes it, or what a visitor says is wrong with one.

    A correction is `about` a listing, whose name, role and region it repeats; `changes` is
    {field: [old, new]} in the values of `stakeholders.content`, and `taken` what became of it.
    """

    class Kind(models.TextChoices):
        LISTING = "listing", _("New partner")
        CORRECTION = "correction", _("Correction")

    class Report(models.TextChoices):
        CLOSED = "closed", _("It does not exist any more")
        DUPLICATE = "duplicate", _("It is listed twice")

    class Status(models.TextChoices):
        NEW = "new", _("New")
        ACCEPTED = "accepted", _("Accepted")
        DECLINED = "declined", _("Declined")

    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.LISTING)
    name = models.CharField(_("name"), max_length=160)
    role = models.CharField(_("role"), max_length=10, choices=Role)
    region = models.ForeignKey(
        Region, models.PROTECT, related_name="suggestions", verbose_name=_("region")
    )
    subsectors = models.ManyToManyField(
        Subsector, blank=True, related_name="suggestions", verbose_name=_("subsectors")
    )
    website = models.URLField(_("website"), blank=True)
    summary = models.CharField(_("what it does"), max_length=200)
    note = models.CharField(_("why, or how you know"), max_length=500, blank=True)
    about = models.ForeignKey(
        Stakeholder,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="corrections",
        verbose_name=_("listing to be corrected"),
    )
    changes = models.JSONField(_("changes"), default=dict, blank=True)
    report = models.CharField(_("report"), max_length=9, choices=Report, blank=True)
    duplicate_of = models.ForeignKey(
        Stakeholder,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("the same as"),
    )
    language = models.CharField(_("language"), max_length=5, default="id")
    # The default of the database serves an undo, which puts back a row without this column.
    proposer_email = models.EmailField(
        _("e-mail of the proposer"), blank=True, default="", db_default=""
    )
    status = models.CharField(_("status"), max_length=8, choices=Status, default=Status.NEW)
    created_at = models.DateTimeField(_("proposed at"), default=timezone.now)
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    decided_by = models.ForeignKey(
        User, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("decided by")
    )
    stakeholder = models.ForeignKey(
        Stakeholder,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="suggestions",
        verbose_name=_("listing made of it"),
    )

    taken = ArrayField(
        models.CharField(max_length=40), verbose_name=_("taken over"), default=list, blank=True
    )
    answer = models.CharField(_("answer"), max_length=500, blank=True)

    objects = SuggestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("suggestion")
        verbose_name_plural = _("suggestions")
        ordering = ["created_at", "pk"]
        permissions = [("decide_suggestion", "Can accept or decline suggestions")]
        constraints = [
            models.CheckConstraint(condition=Q(role__in=Role.values), name="suggestion_role"),
            models.CheckConstraint(
                condition=Q(status="new", decided_at=None, decided_by=None)
                | Q(status__in=["accepted", "declined"], decided_at__isnull=False),
                name="suggestion_decided_has_date",
            ),
            models.CheckConstraint(
                condition=Q(stakeholder=None) | Q(status="accepted"),
                name="suggestion_listing_when_accepted",
            ),
            models.CheckConstraint(
                condition=Q(status="new") | Q(proposer_email=""),
                name="suggestion_decided_forgets_email",
            ),
            models.CheckConstraint(
                condition=Q(kind="listing", about=None, changes={}, report="")
                | Q(kind="correction", about__isnull=False),
                name="suggestion_correction_has_listing",
            ),
            models.CheckConstraint(
                condition=Q(report__in=["", "closed", "duplicate"]), name="suggestion_report"
            ),
            models.CheckConstraint(
                condition=~Q(status="new") | Q(answer="", taken=[]),
                name="suggestion_answer_when_decided",
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        """The page for whoever proposed it; who has its address may read it."""
        return reverse("collaborations:suggestion_status", args=[statuses.token_for(self.pk)])

    @classmethod
    def in_link(cls, token):
        """Return the proposal that a link of ours tells of, or None."""
        rows = cls.objects.select_related("region", "stakeholder", "about")
        return rows.filter(pk=statuses.value_in(token)).first()

    @property
    def is_new(self):
        return self.status == self.Status.NEW

    @property
    def is_accepted(self):
        return self.status == self.Status.ACCEPTED

    @property
    def is_correction(self):
        return self.kind == self.Kind.CORRECTION

    @cached_property
    def place(self):
        """Where it is decided."""
        return self.about.region if self.about else self.region

    @property
    def to_be_merged(self):
        """Whether two listings are said to be one, and still are two."""
        return self.duplicate_of_id is not None and self.duplicate_of_id != self.about_id

    def accept(self, user, stakeholder=None, taken=(), answer=""):
        self.stakeholder, self.taken, self.answer = stakeholder, list(taken), answer
        self._decide(self.Status.ACCEPTED, user)

    def decline(self, user, answer=""):
        self.answer = answer
        self._decide(self.Status.DECLINED, user)

    def _decide(self, status, user):
        """Who is to be told gets one letter; then the address goes."""
        if self.proposer_email:
            SuggestionAnswer.objects.create(suggestion=self, email=self.proposer_email)
        self.status, self.decided_at, self.decided_by = status, timezone.now(), user
        self.proposer_email = ""
        self.save()


class SuggestionAnswerQuerySet(models.QuerySet):
    def overdue(self):
        """Those whose job had a day for all its tries."""
        return self.filter(created_at__lt=timezone.now() - timedelta(days=1))

    def forgotten(self):
        """Addresses that no mail server took for two weeks."""
        return self.filter(created_at__lt=timezone.now() - timedelta(days=14))


class SuggestionAnswer(models.Model):
    """An address that is owed the answer: kept until it is sent, and in no history."""

    suggestion = models.OneToOneField(
        Suggestion, models.CASCADE, primary_key=True, related_name="owed_answer"
    )
    email = models.EmailField()
    created_at = models.DateTimeField(default=timezone.now)

    objects = SuggestionAnswerQuerySet.as_manager()

    def __str__(self):
        return f"#{self.pk}"


@tracked()
class SuggestionSubsector(Suggestion.subsectors.through):
    """The link table, named so that its history is kept too."""

    class Meta:
        proxy = True
