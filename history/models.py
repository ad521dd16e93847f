import pgtrigger
from django.contrib.auth import get_user_model
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from pghistory.models import Context

from history.hands import by_hand, hand_label, hand_of
from history.tracking import tracked

# What leaves a line without changing a row that the history keeps (`history.actions.note`).
ACTIONS = {
    "export": _("Export with private fields"),
    "import_file": _("File for an import uploaded"),
    "link": _("Signed link made"),
    "invitation": _("Invitation sent"),
    "invitation_again": _("Invitation sent again"),
    "invitation_withdrawn": _("Invitation withdrawn"),
    "invitation_accepted": _("Invitation accepted"),
    "second_factor_reset": _("Second factor reset"),
    "sign_out_everywhere": _("Signed out everywhere"),
    "claim": _("Listing claimed"),
    "stewardship_ended": _("Stewardship ended"),
    "stewardship": _("Stewardship begun"),
    "submission": _("Change handed in for review"),
    "submission_withdrawn": _("Change withdrawn by its author"),
    "sent_back": _("Change sent back to its author"),
    "inquiry_answered": _("Message answered"),
    "inquiry_forwarded": _("Message forwarded"),
    "inquiry_discarded": _("Message discarded"),
    "not_duplicates": _("Found not to be the same"),
    "merge_proposed": _("Merge proposed"),
    "audit_export": _("Audit log exported"),
}


class ChangeQuerySet(models.QuerySet):
    def touching(self, event_models, **lookup):
        """Changes with an event in one of these models, of one label if it is given."""
        return self.with_events(dict.fromkeys(event_models, Q(**lookup)))

    def with_events(self, conditions):
        """Changes with an event that fulfils the condition of its event model."""
        touched = Q(pk__in=[])
        for model, condition in conditions.items():
            touched |= Q(Exists(model.objects.filter(condition, pgh_context=OuterRef("pk"))))
        return self.filter(touched)

    def by_hand(self, hand):
        return self.filter(by_hand(hand))


class Change(Context):
    """All that one request or one command changed: an undo takes it back as a whole."""

    objects = ChangeQuerySet.as_manager()

    class Meta:
        proxy = True
        verbose_name = _("change")
        verbose_name_plural = _("changes")
        ordering = ["-created_at", "pk"]
        default_permissions = ["view"]
        permissions = [("undo_change", "Can undo changes")]

    def __str__(self):
        return str(self.pk)

    @property
    def hand_label(self):
        return hand_label(self.metadata)

    @property
    def undo_of(self):
        return self.metadata.get("undo_of", "")


@tracked()
class Action(models.Model):
    """A line of the audit log: who did it stands in its context, as with every change.

    Written once, never changed and never deleted, not even by an undo.
    """

    is_append_only = True

    action = models.CharField(_("action"), max_length=40)
    subject_type = models.CharField(_("kind of subject"), max_length=80, blank=True)
    subject_id = models.BigIntegerField(_("number of the subject"), null=True, blank=True)
    subject_name = models.CharField(_("subject"), max_length=200, blank=True)
    # Numbers, not references: this room knows no other, and a line outlives what it is about.
    region_key = models.BigIntegerField(_("number of the region"), null=True, blank=True)
    count = models.PositiveIntegerField(_("rows"), null=True, blank=True)
    at = models.DateTimeField(_("when"), auto_now_add=True)

    class Meta:
        verbose_name = _("action")
        verbose_name_plural = _("actions")
        ordering = ["-at", "-pk"]
        default_permissions = ["view"]
        indexes = [
            models.Index(fields=["subject_type", "subject_id"], name="action_subject"),
            models.Index(fields=["region_key"], name="action_region"),
        ]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self):
        named = f"{self.label} · {self.subject_name}" if self.subject_name else str(self.label)
        return f"{named} ({self.count})" if self.count else named

    @property
    def label(self):
        return ACTIONS.get(self.action, self.action)


def authors_of(changes):
    """Return {change: who made it}: a user's name, or the command that ran."""
    users = get_user_model().objects.in_bulk(
        {change.metadata["user"] for change in changes if change.metadata.get("user")}
    )
    return {change: _author(change.metadata, users) for change in changes}


def _author(metadata, users):
    if pk := metadata.get("user"):
        gone = gettext("user %(number)s, deleted since") % {"number": pk}
        return name_of_user(users[pk]) if pk in users else gone
    known = hand_of(metadata) and hand_label(metadata)
    return metadata.get("command") or str(known or gettext("unknown"))


def name_of_user(user):
    """Never the e-mail address: not everybody who reads a history may know it."""
    return user.get_full_name() or gettext("user %(number)s") % {"number": user.pk}
