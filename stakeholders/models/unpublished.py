"""What is not public yet: what somebody still types, and what waits for somebody else's eyes.

Neither is kept by the history: it holds private contacts and half-typed words. What becomes of it
is, as soon as it is written into the listing.
"""

from datetime import timedelta
from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from regions.models import Region
from stakeholders.models.stakeholder import Stakeholder

KEPT_FOR = timedelta(days=180)  # what nobody goes on with


class ListingDraftQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Drafts for listings that this user may change, whoever began them, and own new ones."""
        listings = Stakeholder.objects.editable_by(user).values("pk")
        new = Q(author=user) | Q(region__in=user.editable_regions())
        return self.filter(Q(stakeholder__in=listings) | Q(stakeholder=None) & new)

    def given_up(self):
        return self.filter(updated_at__lt=timezone.now() - KEPT_FOR)


class ListingDraft(models.Model):
    """What somebody typed for a listing, or for a new one, and has not saved.

    It belongs to the listing and its region: whoever follows in office may go on with it.
    """

    key = models.UUIDField(_("key"), default=uuid4, unique=True, editable=False)
    stakeholder = models.ForeignKey(
        Stakeholder,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="drafts",
        verbose_name=_("listing"),
    )
    region = models.ForeignKey(
        Region,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="listing_drafts",
        verbose_name=_("region"),
    )
    author = models.ForeignKey(
        User, models.SET_NULL, null=True, related_name="listing_drafts", verbose_name=_("author")
    )
    base = models.JSONField(_("what it began from"), default=dict)
    data = models.JSONField(_("what was typed"), default=dict)
    created_at = models.DateTimeField(_("created at"), default=timezone.now)
    updated_at = models.DateTimeField(_("last typed at"), default=timezone.now)

    objects = ListingDraftQuerySet.as_manager()

    class Meta:
        verbose_name = _("draft of a listing")
        verbose_name_plural = _("drafts of listings")
        ordering = ["-updated_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["author", "stakeholder"],
                condition=Q(author__isnull=False, stakeholder__isnull=False),
                name="listing_draft_once",
            ),
        ]

    def __str__(self):
        return str(self.stakeholder or self.typed_name or _("New listing"))

    @property
    def kept_until(self):
        return self.updated_at + KEPT_FOR

    @property
    def typed_name(self):
        return " ".join(self.data.get("name", [])).strip()

    @staticmethod
    def picture_names(kind):
        return _names("data__pictures", kind, ListingDraft)


class ListingChangeQuerySet(models.QuerySet):
    def waiting(self):
        return self.filter(sent_back_at=None)

    def sent_back(self):
        return self.exclude(sent_back_at=None)

    def given_up(self):
        """Sent back long ago; what waits for an officer is never one of these."""
        return self.filter(sent_back_at__lt=timezone.now() - KEPT_FOR)

    def in_care_of(self, user):
        """Changes of listings in the regions that this user is an officer of."""
        return self.filter(stakeholder__in=Stakeholder.objects.in_care_of(user).values("pk"))

    def decidable_by(self, user):
        """Changes that this user may approve or send back: nobody decides on the own alone.

        Where a region lets only stewards' changes wait, an officer's own never does.
        """
        waiting = self.waiting().in_care_of(user)
        return waiting if user.has_perm("regions.edit_all") else waiting.exclude(author=user)

    def for_queue(self):
        """The longest waiting first."""
        return self.select_related("stakeholder__region", "author").order_by("submitted_at", "pk")


class ListingChange(models.Model):
    """A change that waits for review, while the published version stays up.

    Without content the listing itself waits to be published. It goes when it is decided: what was
    approved is in the history of the listing then; what was sent back stays for its author.
    """

    stakeholder = models.ForeignKey(
        Stakeholder, models.CASCADE, related_name="changes", verbose_name=_("listing")
    )
    author = models.ForeignKey(
        User,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="listing_changes",
        verbose_name=_("author"),
    )
    via = models.CharField(_("by way of"), max_length=20, blank=True)
    base = models.JSONField(_("what it began from"), default=dict)
    content = models.JSONField(_("what it shall say"), default=dict)
    submitted_at = models.DateTimeField(_("waiting since"), default=timezone.now)
    sent_back_at = models.DateTimeField(_("sent back at"), null=True, blank=True)
    sent_back_by = models.ForeignKey(
        User,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("sent back by"),
    )
    reason = models.CharField(_("reason"), max_length=500, blank=True)

    objects = ListingChangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("change of a listing")
        verbose_name_plural = _("changes of listings")
        ordering = ["submitted_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["author", "stakeholder"],
                condition=Q(author__isnull=False),
                name="listing_change_once",
            ),
            models.CheckConstraint(
                condition=Q(sent_back_at=None, sent_back_by=None, reason="")
                | Q(sent_back_at__isnull=False) & ~Q(reason=""),
                name="listing_change_sent_back_has_reason",
            ),
        ]

    def __str__(self):
        return str(self.stakeholder)

    @property
    def is_new_listing(self):
        return not self.content

    @property
    def kept_until(self):
        return self.sent_back_at + KEPT_FOR

    @property
    def is_by_link(self):
        """Nobody's by name: somebody had a signed link to the listing."""
        return self.author_id is None and self.via == "link"

    @property
    def is_waiting(self):
        return self.sent_back_at is None

    @staticmethod
    def picture_names(kind):
        return _names("content", kind, ListingChange)


def _names(path, kind, model):
    """The names of the files that rows hold in a JSON column."""
    return model.objects.values_list(f"{path}__{kind}", flat=True)
