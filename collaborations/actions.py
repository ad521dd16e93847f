from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from collaborations import tasks
from collaborations.models import Subscriber, Suggestion, SuggestionAnswer
from collaborations.models.saved_search import JUST_NOW
from history.actions import note
from stakeholders.actions import (
    archive_listing,
    change_listing,
    publish_listing,
    save_listing,
)
from stakeholders.models import LikelyDuplicate, OrganizationType, Stakeholder

COPIED = ["name", "role", "region", "website", "summary"]


@transaction.atomic
def ask_to_confirm(*, email, query, rhythm, language):
    """Keep the wish, and have a mail sent that only the owner of the address can answer."""
    now = timezone.now()
    subscriber, _created = Subscriber.objects.select_for_update().get_or_create(email=email)
    wish = {"rhythm": rhythm, "language": language, "asked_at": now}
    search, is_new = subscriber.searches.get_or_create(query=query, defaults=wish)
    is_double_click = not is_new and search.asked_at > now - JUST_NOW
    if is_double_click or not subscriber.may_be_asked():
        return
    if search.is_confirmed:  # only the owner changes it, with the link in the mail
        wish = {"asked_at": now}
    subscriber.searches.filter(pk=search.pk).update(**wish)
    tasks.send_confirmation.defer(search=search.pk)


@transaction.atomic
def accept_suggestion(*, suggestion, user):
    """Make a draft of it, and return that; None where its role has no organisation type yet.

    A listing needs a type and a visitor names none: the first one stands until staff choose.
    """
    first_type = OrganizationType.objects.filter(role=suggestion.role).first()
    if first_type is None:
        return None
    draft = Stakeholder.objects.create(
        slug=Stakeholder.objects.free_slug(suggestion.name),
        organization_type=first_type,
        **{name: getattr(suggestion, name) for name in COPIED},
    )
    draft.subsectors.set(suggestion.subsectors.all())
    note_accepted(suggestion=suggestion, user=user, listing=draft)
    return draft


@transaction.atomic
def accept_with_listing(*, suggestion, form, user, publish=False):
    """Make the listing that a valid form says; return it, or None where somebody decided first."""
    found = _undecided(suggestion)
    if found is None:
        return None
    listing = save_listing(form=form, user=user).listing
    if publish:
        publish_listing(stakeholder=listing, user=user)
    note_accepted(suggestion=found, user=user, listing=listing)
    return listing


@transaction.atomic
def note_accepted(*, suggestion, user, listing=None, taken=(), answer=""):
    """It was taken over: tell whoever proposed it. False where somebody else decided first."""
    found = _undecided(suggestion)
    if found:
        found.accept(user, listing, taken, answer)
        _answer(found)
    return found is not None


@transaction.atomic
def decline_suggestion(*, suggestion, user, answer=""):
    """Decline it with a reason; False where somebody else decided first."""
    found = _undecided(suggestion)
    if found:
        found.decline(user, answer)
        _answer(found)
    return found is not None


@transaction.atomic
def take_over_correction(*, suggestion, user, fields, seen):
    """Let the listing say what a visitor proposed for these fields; return what became of it.

    `seen` is the listing as `user` saw it. Where others changed one of the fields since, nothing
    is written and the proposal waits on.
    """
    found = _undecided(suggestion)
    if found is None:
        raise ValidationError(_("Somebody else has decided on this already."))
    proposed = {key: found.changes[key][1] for key in fields if key in found.changes}
    outcome = change_listing(listing=found.about, base=seen, content=seen | proposed, user=user)
    if not outcome.conflicts:
        if "report" in fields:
            _take_off(found, user)
        note_accepted(suggestion=found, user=user, taken=fields)
    return outcome


def _take_off(suggestion, user):
    """Archive what is closed or listed twice; of the latter the network staff make one.

    Staff do that themselves next, which archives it. What was merged already stands for both.
    """
    listing, other = suggestion.about, suggestion.duplicate_of
    if other and not suggestion.to_be_merged:
        return
    if other:
        LikelyDuplicate.objects.propose(listing, other)
        note(action="merge_proposed", user=user, subject=listing)
    if not (other and user.has_perm("stakeholders.add_merge")):
        archive_listing(stakeholder=listing, user=user)


def _undecided(suggestion):
    """Lock it, so that two who decide at once decide once."""
    rows = Suggestion.objects.undecided().select_for_update(of=["self"])
    return rows.filter(pk=suggestion.pk).first()


def _answer(suggestion):
    if SuggestionAnswer.objects.filter(suggestion=suggestion).exists():
        tasks.send_suggestion_answer.defer(suggestion=suggestion.pk)
