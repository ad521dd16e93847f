from django.contrib.auth import get_user_model
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from pghistory.models import Context


class ChangeQuerySet(models.QuerySet):
    def touching(self, event_models, **lookup):
        """Changes with an event in one of these models, of one label if it is given."""
        touched = Q(pk__in=[])
        for model in event_models:
            events = model.objects.filter(pgh_context=OuterRef("pk"), **lookup)
            touched |= Q(Exists(events))
        return self.filter(touched)


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
    def undo_of(self):
        return self.metadata.get("undo_of", "")


def authors_of(changes):
    """Return {change: who made it}: a user's name, or the command that ran."""
    users = get_user_model().objects.in_bulk(
        {change.metadata["user"] for change in changes if change.metadata.get("user")}
    )
    return {change: _author(change.metadata, users) for change in changes}


def _author(metadata, users):
    if pk := metadata.get("user"):
        return str(users.get(pk) or gettext("user %(number)s, deleted since") % {"number": pk})
    return metadata.get("command") or gettext("unknown")
