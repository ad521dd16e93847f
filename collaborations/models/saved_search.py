"""Searches whose news come by e-mail: no account, and no history of who looks for what."""

import datetime
from datetime import timedelta

from django.db import models, transaction
from django.db.models import Exists, F, OuterRef, Q
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from letters.links import Links
from letters.models import Addressee, AddresseeQuerySet
from stakeholders.filters import StakeholderFilter
from stakeholders.models import SearchEntry, Stakeholder

CONFIRM_WITHIN = timedelta(days=7)
JUST_NOW = timedelta(minutes=10)  # in which the same wish again is a double click
PAUSE = timedelta(days=30)
MORNING = datetime.time(6)  # when digests fall due; weekly ones on Mondays
# A long transaction commits later than the moments it wrote down: they are left to settle.
SETTLED = timedelta(minutes=10)
MOST_REFUSALS = 10  # in a row, until an address counts as dead
LONGEST_QUERY = 1500

confirmations = Links("collaborations.SavedSearch.confirm", CONFIRM_WITHIN)
managements = Links("collaborations.Subscriber.manage")


def kept_query(data):
    """Return the part of an address that says which listings, not their order or page."""
    names = [name for name in StakeholderFilter.base_filters if name != "urut"]
    pairs = [(name, dict.fromkeys(filter(None, data.getlist(name)))) for name in names]
    return urlencode([(name, list(values)) for name, values in pairs if values], doseq=True)


class Rhythm(models.TextChoices):
    DAILY = "daily", _("Every day")
    WEEKLY = "weekly", _("Every week, on Monday")

    def next_digest(self, after):
        """Return the first morning of this rhythm after a moment."""
        local = timezone.localtime(after, timezone.get_default_timezone())
        day = local.date() + timedelta(days=local.time() >= MORNING)
        if self == Rhythm.WEEKLY:
            day += timedelta(days=-day.weekday() % 7)
        return datetime.datetime.combine(day, MORNING, tzinfo=local.tzinfo)


class SubscriberQuerySet(AddresseeQuerySet):
    def due(self):
        """Those to whom at least one of their searches owes a digest."""
        now = timezone.now()
        owed = SavedSearch.objects.filter(subscriber=OuterRef("pk"), due_at__lte=now)
        return self.filter(Exists(owed)).exclude(paused_until__gt=now)

    def without_searches(self):
        return self.filter(searches=None)


class Subscriber(Addressee):
    """An address to which one digest goes, however many searches it has."""

    MOST_ASKED = 5  # requests to confirm a search

    paused_until = models.DateTimeField(_("paused until"), null=True, blank=True)

    objects = SubscriberQuerySet.as_manager()

    class Meta(Addressee.Meta):
        verbose_name = _("subscriber")
        verbose_name_plural = _("subscribers")

    def get_absolute_url(self):
        return reverse("collaborations:subscription", args=[self.token])

    @classmethod
    def key_in(cls, token):
        """Return the key that a link of ours carries, or None."""
        return managements.value_in(token)

    @property
    def token(self):
        return managements.token_for(self.pk)

    @property
    def is_paused(self):
        return self.paused_until is not None and self.paused_until > timezone.now()

    def pause(self):
        self.note(paused_until=timezone.now() + PAUSE)

    def resume(self):
        self.note(paused_until=None)

    @transaction.atomic
    def note_sent(self, digest):
        for rhythm in Rhythm:
            told = digest.searches.filter(rhythm=rhythm)
            told.update(seen_until=digest.until, due_at=rhythm.next_digest(timezone.now()))
        self.release(refusals=0)

    @transaction.atomic
    def note_refusal(self, digest):
        """Nobody is there, says the mail server: try again in its rhythm, but not for ever."""
        if self.refusals + 1 >= MOST_REFUSALS:
            self.delete()
            return
        for rhythm in Rhythm:
            untold = digest.searches.filter(rhythm=rhythm)
            untold.update(due_at=rhythm.next_digest(timezone.now()))
        self.release(refusals=F("refusals") + 1)


class SavedSearchQuerySet(models.QuerySet):
    def confirmed(self):
        return self.filter(confirmed_at__isnull=False)

    def forgotten(self):
        """Wishes that nobody confirmed in time."""
        return self.filter(confirmed_at=None, asked_at__lt=timezone.now() - CONFIRM_WITHIN)

    def stop(self):
        """Delete the searches, and each address that has no other; return how many."""
        with transaction.atomic():
            subscribers = list(self.values_list("subscriber", flat=True))
            stopped, _by_model = self.delete()
            Subscriber.objects.without_searches().filter(pk__in=subscribers).delete()
        return stopped


class SavedSearch(models.Model):
    """A search as its address says it; replayed, so that it finds what the page finds."""

    subscriber = models.ForeignKey(
        Subscriber, models.CASCADE, related_name="searches", verbose_name=_("subscriber")
    )
    query = models.CharField(_("search"), max_length=LONGEST_QUERY, blank=True)
    rhythm = models.CharField(_("rhythm"), max_length=6, choices=Rhythm, default=Rhythm.WEEKLY)
    language = models.CharField(_("language"), max_length=5)
    asked_at = models.DateTimeField(_("asked at"), default=timezone.now)
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True, blank=True)
    seen_until = models.DateTimeField(_("told until"), null=True, blank=True)
    due_at = models.DateTimeField(_("next digest"), null=True, blank=True)

    objects = SavedSearchQuerySet.as_manager()

    class Meta:
        verbose_name = _("saved search")
        verbose_name_plural = _("saved searches")
        ordering = ["confirmed_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["subscriber", "query"], name="saved_search_once"),
            models.CheckConstraint(
                condition=Q(rhythm__in=Rhythm.values), name="saved_search_rhythm"
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at=None, seen_until=None, due_at=None)
                | Q(confirmed_at__isnull=False, seen_until__isnull=False, due_at__isnull=False),
                name="saved_search_due_when_confirmed",
            ),
        ]
        indexes = [
            models.Index(fields=["due_at"], name="saved_search_due"),
        ]

    def __str__(self):
        return f"#{self.pk}"

    @classmethod
    def in_confirmation(cls, token):
        """Return the search that a link of ours asks to confirm, or None."""
        rows = cls.objects.select_related("subscriber")
        return rows.filter(pk=confirmations.value_in(token)).first()

    @property
    def token(self):
        return confirmations.token_for(self.pk)

    @property
    def is_confirmed(self):
        return self.confirmed_at is not None

    @cached_property
    def chips(self):
        """What was asked for, in words of the language in force."""
        return self._asked.chips

    @cached_property
    def notices(self):
        """What was read into the words, and may have been meant otherwise."""
        return self._asked.readings.notices

    @cached_property
    def _asked(self):
        return self.replayed()

    @property
    def rhythms(self):
        return Rhythm.choices

    @property
    def address(self):
        return self._asked_at("stakeholders:stakeholders")

    @property
    def subscribe_address(self):
        return self._asked_at("collaborations:subscribe")

    def _asked_at(self, view):
        return f"{reverse(view)}?{self.query}".removesuffix("?")

    def news(self, until):
        """Return the listings that became public or were confirmed since the last digest."""
        since = self.seen_until
        new = Q(published_at__gt=since, published_at__lte=until)
        confirmed = Q(verified_at__gt=since, verified_at__lte=until)
        listings = Stakeholder.objects.filter(new | confirmed)
        return self.replayed(SearchEntry.objects.filter(stakeholder__in=listings)).qs

    def replayed(self, entries=None):
        """Return what the page makes of the same address, among all listings or these."""
        return StakeholderFilter(QueryDict(self.query), entries)

    def confirm(self):
        """Begin with the news from now on; once more changes nothing."""
        if not self.is_confirmed:
            self.confirmed_at = self.seen_until = timezone.now()
            self.change_rhythm(self.rhythm)

    def change_rhythm(self, rhythm):
        self.rhythm = rhythm
        self.due_at = Rhythm(rhythm).next_digest(timezone.now())
        self.save(update_fields=["rhythm", "confirmed_at", "seen_until", "due_at"])

    def stop(self):
        SavedSearch.objects.filter(pk=self.pk).stop()
