"""What people do without changing a row that the history keeps: it leaves a line all the same."""

import pghistory

from history.events import event_models
from history.models import Action


def note(*, action, user=None, subject=None, region=None, count=None, **context):
    """Keep that `user` did `action` (a word of `history.models.ACTIONS`) to `subject`.

    `region` is the one it was done for, that of the subject if none is given; `count` says how
    many rows it concerned. More words go into the context: `via="link"`, `scope=[…]`, `hand=…`.
    A line is kept for ever: give it rows and numbers, never an address or another person's name.
    """
    who = {"user": user.pk} if user and user.pk else {}
    with pghistory.context(**who, **context):
        return Action.objects.create(
            action=action,
            subject_type=subject._meta.label if subject else "",
            subject_id=subject.pk if subject else None,
            subject_name=_name_of(subject) if subject else "",
            region_key=region.pk if region else getattr(subject, "region_id", None),
            count=count,
        )


def _name_of(subject):
    """A name that the history knows anyway, else only a number: users, invitations …"""
    if any(isinstance(subject, model.pgh_tracked_model) for model in event_models()):
        return str(subject)[:200]
    return f"{subject._meta.verbose_name} {subject.pk}"
