"""Whom we remind of which listing, and when that ends (docs/adr/0021-reminders-and-links.md)."""

from datetime import timedelta

from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce, Lower, NullIf
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from stakeholders.models import DUE_WINDOW, Stakeholder, Stewardship
from upkeep.models.contact import Contact
from upkeep.models.signed_link import SignedLink

RETIRE_AFTER = timedelta(days=365)  # out of date for so long, a listing leaves the site …
NOTICE = timedelta(days=30)  # … if somebody was told so long before
LAST_CALL = RETIRE_AFTER - NOTICE
# How long after a listing went out of date its contact is reminded; then there is silence.
STEPS = [-DUE_WINDOW, timedelta(0), timedelta(days=30), timedelta(days=90), LAST_CALL]
PAUSE = timedelta(days=14)  # between two reminders of one listing, however late we are
BATCH = 1000


def address_of_contact():
    """Return the expression for whom to write to about a listing; "" where there is nobody."""
    stewards = Stewardship.objects.active().filter(stakeholder=OuterRef("pk"))
    return Coalesce(
        NullIf(Lower("contact_email"), Value("")),
        NullIf(Lower("public_email"), Value("")),
        Subquery(stewards.values(email=Lower("user__email"))[:1]),
        Value(""),
    )


def with_refused_address():
    """Public listings whose contact address was refused by its mail server."""
    refused = Contact.objects.filter(refusals__gt=0).values("email")
    known = real_listings().annotate(contact_address=address_of_contact())
    return known.filter(contact_address__in=refused)


def unneeded_contacts():
    """Addresses that no listing and no account names any more."""
    addresses = (("contact_email", Stakeholder), ("public_email", Stakeholder), ("email", User))
    named = [
        Exists(model.objects.filter(**{f"{field}__iexact": OuterRef("email")}))
        for field, model in addresses
    ]
    return Contact.objects.exclude(named[0] | named[1] | named[2])


def step_now():
    """Return the expression that counts the steps that lie behind a listing today."""
    now = timezone.now()
    passed = enumerate(STEPS, start=1)
    whens = [When(stale_at__lte=now - after, then=Value(step)) for step, after in passed]
    return Case(*reversed(whens), default=0, output_field=models.IntegerField())


def real_listings():
    """Public listings of real organisations: nobody writes to one that was invented."""
    return Stakeholder.objects.published().filter(is_demo=False)


def with_address():
    """Listings that ask for a confirmation and name somebody who can give it."""
    due = real_listings().filter(stale_at__lte=timezone.now() + DUE_WINDOW)
    return due.annotate(contact_address=address_of_contact()).exclude(contact_address="")


def owed_reminders():
    """Listings of whose next step their contact has not been told."""
    waits = Q(reminder_series__sent_at__gt=timezone.now() - PAUSE)
    current = with_address().filter(reminder_series__round=F("stale_at"))
    owed = current.annotate(step_now=step_now()).filter(step_now__gt=F("reminder_series__step"))
    return owed.exclude(waits).order_by("stale_at", "pk")


def nearly_retired():
    """Listings that leave the site within the notice, if nobody says a word.

    What was archived and then brought back by hand stays, however old it is.
    """
    brought_back = Q(
        reminder_series__round=F("stale_at"), reminder_series__archived_at__isnull=False
    )
    return real_listings().filter(stale_at__lte=timezone.now() - LAST_CALL).exclude(brought_back)


def retired_now():
    """Listings a year out of date, announced a month ago and answered by nobody."""
    now = timezone.now()
    answers = SignedLink.objects.filter(
        stakeholder=OuterRef("pk"), used_at__gt=OuterRef("stale_at")
    )
    return nearly_retired().filter(
        ~Exists(answers),
        stale_at__lte=now - RETIRE_AFTER,
        reminder_series__round=F("stale_at"),
        reminder_series__announced_at__lte=now - NOTICE,
    )


def retirement_of(listing):
    """Return when a listing leaves the site if nobody says a word; None while that is far away."""
    now = timezone.now()
    if listing.stale_at is None or listing.stale_at > now - LAST_CALL:
        return None
    series = getattr(listing, "reminder_series", None)
    is_told = series and series.round == listing.stale_at and series.announced_at
    return max(listing.stale_at + RETIRE_AFTER, (series.announced_at if is_told else now) + NOTICE)


class ReminderSeriesQuerySet(models.QuerySet):
    def begin(self, listings):
        """See to it that each of these has a row that counts from its last confirmation on."""
        stale_at = Stakeholder.objects.filter(pk=OuterRef("stakeholder")).values("stale_at")
        old = self.filter(stakeholder__in=listings.values("pk"))
        nothing_yet = {"step": 0, "sent": 0, "sent_at": None, "announced_at": None}
        old.exclude(round=F("stakeholder__stale_at")).update(
            round=Subquery(stale_at), archived_at=None, **nothing_yet
        )
        new = listings.filter(reminder_series=None).only("stale_at")
        rows = [ReminderSeries(stakeholder=row, round=row.stale_at) for row in new]
        self.bulk_create(rows, ignore_conflicts=True, batch_size=BATCH)

    def announce(self, listings):
        """Note that somebody was told that these will leave the site."""
        self.begin(listings)
        untold = self.filter(stakeholder__in=listings.values("pk"), announced_at=None)
        untold.update(announced_at=timezone.now())


class ReminderSeries(models.Model):
    """What was written about one listing since its last confirmation; a confirmation ends it."""

    stakeholder = models.OneToOneField(
        Stakeholder,
        models.CASCADE,
        related_name="reminder_series",
        verbose_name=_("listing"),
    )
    round = models.DateTimeField(_("out of date at"), help_text=_("A confirmation moves it on."))
    step = models.PositiveSmallIntegerField(_("step"), default=0)
    sent = models.PositiveSmallIntegerField(_("mails"), default=0)
    sent_at = models.DateTimeField(_("last mail at"), null=True, blank=True)
    announced_at = models.DateTimeField(_("archiving announced at"), null=True, blank=True)
    archived_at = models.DateTimeField(_("archived at"), null=True, blank=True)

    objects = ReminderSeriesQuerySet.as_manager()

    class Meta:
        verbose_name = _("series of reminders")
        verbose_name_plural = _("series of reminders")
        constraints = [
            models.CheckConstraint(
                condition=Q(step__range=(0, len(STEPS)), sent__lte=F("step")),
                name="reminder_series_ends",
            ),
            models.CheckConstraint(
                condition=Q(sent=0, sent_at=None) | Q(sent__gt=0, sent_at__isnull=False),
                name="reminder_series_sent_has_date",
            ),
        ]

    def __str__(self):
        return f"#{self.stakeholder_id}"

    def note_sent(self, step):
        now = timezone.now()
        self.step, self.sent, self.sent_at = step, self.sent + 1, now
        if step == len(STEPS):
            self.announced_at = self.announced_at or now
        self.save(update_fields=["step", "sent", "sent_at", "announced_at"])
