"""What happens to a listing: every page, link and job changes it here.

`user` is None for whoever came by a signed link, which `via` then names; whoever calls has checked
the link. Everybody else must look after the listing, in the moment of the change.
"""

from typing import NamedTuple

import pghistory
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from history.actions import note
from regions.models import Region
from regions.time_limits import waiting_briefly
from stakeholders import tasks
from stakeholders.content import changed_keys, content_of, gone, merge, write
from stakeholders.models import ListingChange, ListingDraft, OrganizationType, Stakeholder
from stakeholders.wording import labels_of

Status = Stakeholder.Status


class Outcome(NamedTuple):
    """What became of a change; with conflicts nothing was written."""

    listing: Stakeholder
    merged: object = None  # what only others changed is `merged.taken`
    change: ListingChange | None = None  # that waits for review
    theirs: dict | None = None  # what the listing says without the change

    @property
    def conflicts(self):
        return self.merged.conflicts if self.merged else []

    @property
    def is_public(self):
        return self.listing.is_published and not self.change and not self.conflicts


@transaction.atomic
def save_listing(*, form, user, via="", change=None):
    """Write what a valid form says, over what others wrote since; or let it wait for review.

    `change` is one of somebody else that the user edits in order to approve it.
    """
    if form.instance.pk is None:
        with by_hand(user, via):
            return _create(form)
    versions = {"base": form.began_from, "content": form.content()}
    return change_listing(listing=form.instance, user=user, via=via, change=change, **versions)


@transaction.atomic
def change_listing(*, listing, base, content, user, via="", change=None):
    """Make of a listing what somebody made of its version `base`."""
    with by_hand(user, via):
        listing = _locked(listing, user, via)
        _refuse_merged(listing)
        theirs = content_of(listing)
        merged = merge(base, theirs, content)
        if merged.conflicts:
            return Outcome(listing, merged, theirs=theirs)
        refuse_gone(merged.content)
        listing.drafts.filter(author=user).delete()
        if change:
            _still_waiting(change, user).delete()
            write(listing, merged.content)
            return Outcome(listing, merged)
        waiting = _write_or_propose(listing, theirs, merged.content, user, via)
        return Outcome(listing, merged, waiting)


def _create(form):
    """A new listing is a draft; publishing it is an act of its own."""
    content = form.content()
    refuse_gone(content)
    listing = Stakeholder(slug=Stakeholder.objects.free_slug(content["name"]))
    write(listing, content)
    return Outcome(listing)


def refuse_gone(content):
    """Nothing names what was deleted while a change or a draft of it waited."""
    if keys := gone(content):
        words = _("Something chosen here was deleted meanwhile: %(fields)s. Please choose again.")
        raise ValidationError(words % {"fields": labels_of(keys)})


def _refuse_merged(listing):
    if listing.merged_into_id:
        raise ValidationError(_("This listing was merged into another one."))


def _write_or_propose(listing, theirs, content, user, via):
    changed = changed_keys(theirs, content)
    if listing.is_published and changed and waits_for_review(listing, user, content):
        return _propose(listing, user, via, base=theirs, content=content)
    if changed:
        write(listing, content)
    if user:  # what was proposed or drafted before is part of it now
        listing.changes.filter(author=user).exclude(content={}).delete()
    return None


def _propose(listing, user, via, **version):
    """Each author has one change of a listing that waits, or was sent back."""
    note(action="submission", user=user, subject=listing)
    values = {**version, "via": via, "submitted_at": timezone.now()}
    values |= {"sent_back_at": None, "sent_back_by": None, "reason": ""}
    if user is None:
        return listing.changes.create(**values)
    change, _is_new = listing.changes.update_or_create(author=user, defaults=values)
    return change


def waits_for_review(listing, user, content=None):
    """Whether what this user makes public of the listing waits for somebody else."""
    if user and user.has_perm("regions.edit_all"):
        return False
    content = content or {"region": listing.region_id}
    regions = Region.objects.filter(pk__in=[listing.region_id, content["region"]])
    reviews = set(regions.values_list("review", flat=True))
    if Region.Review.ALL in reviews:
        return True
    if is_officer_of(listing, user):
        return False
    return Region.Review.STEWARDS in reviews or _moves(listing, content)


def _moves(listing, content):
    """Whether it goes to another region or another role: not for its own people to say."""
    kind = content.get("organization_type", listing.organization_type_id)
    role = OrganizationType.objects.get(pk=kind).role
    return content["region"] != listing.region_id or role != listing.role


def is_officer_of(listing, user):
    return bool(user) and Stakeholder.objects.in_care_of(user).filter(pk=listing.pk).exists()


@transaction.atomic
def confirm_listing(*, stakeholder, user, via=""):
    """Note that it is still true."""
    with by_hand(user, via):
        listing = _locked(stakeholder, user, via)
        if listing.status == Status.ARCHIVED:
            raise ValidationError(_("An archived listing cannot be confirmed: restore it first."))
        is_own = user and not is_officer_of(listing, user)
        listing.confirm(user, via="steward" if is_own else via)
    return listing


@transaction.atomic
def publish_listing(*, stakeholder, user, via=""):
    """Make it public, or let it wait; return whether it is public now."""
    with by_hand(user, via):
        listing = _locked(stakeholder, user, via)
        _refuse_merged(listing)
        if not listing.is_published:
            _publish_or_wait(listing, user, via)
    return listing.is_published


def _publish_or_wait(listing, user, via):
    waiting = listing.changes.filter(content={})
    is_reviewer = waiting.decidable_by(user).exists() if user else False
    if waits_for_review(listing, user) and not is_reviewer:
        listing.status = Status.PENDING
        listing.save(update_fields=["status"])
        if not waiting.waiting().exists():
            _propose(listing, user, via, base={}, content={})
        return
    waiting.delete()
    listing.publish()


@transaction.atomic
def archive_listing(*, stakeholder, user, via=""):
    """Take it off the site; nothing is deleted but a wish to publish it."""
    with by_hand(user, via):
        listing = _locked(stakeholder, user, via)
        listing.changes.filter(content={}).delete()
        if listing.status != Status.ARCHIVED:
            listing.archive()
    return listing


@transaction.atomic
def restore_listing(*, stakeholder, user, via=""):
    """Bring it back as it was: public if it ever was, and then past the review; else a draft."""
    with by_hand(user, via):
        listing = _locked(stakeholder, user, via)
        _refuse_merged(listing)
        if listing.status == Status.ARCHIVED:
            listing.status = Status.DRAFT
            listing.save(update_fields=["status"])
            if listing.published_at:
                _publish_or_wait(listing, user, via)
    return listing


@transaction.atomic
def move_listing(*, stakeholder, region, user):
    """Give it to another region in the care of the same officer; return whether that is public."""
    with by_hand(user):
        listing = _locked(stakeholder, user)
        if not is_officer_of(listing, user):
            raise PermissionDenied
        _refuse_merged(listing)
        theirs = content_of(listing)
        content = {**theirs, "region": region.pk}
        _refuse_foreign_region(listing, content, user)
        return Outcome(listing, change=_write_or_propose(listing, theirs, content, user, ""))


@transaction.atomic
def keep_draft(*, form, user, key=None):
    """Keep what was typed so far; None where the listing says all of it already.

    `key` is that of a draft for a new listing.
    """
    listing = form.instance if form.instance.pk else None
    if listing and not form.instance.is_editable_by(user):
        raise PermissionDenied
    own = ListingDraft.objects.filter(author=user, stakeholder=listing)
    if listing and form.is_valid() and _says_nothing_new(form):
        own.delete()
        return None
    values = {"base": form.began_from, "data": form.typed(), "updated_at": timezone.now()}
    if listing:
        draft, _is_new = own.update_or_create(
            author=user, stakeholder=listing, defaults=values, create_defaults=values
        )
        return draft
    values |= {"author": user, "region": form.chosen_region}
    draft, is_new = ListingDraft.objects.select_for_update().get_or_create(key=key, defaults=values)
    if not is_new:
        if not ListingDraft.objects.visible_to(user).filter(pk=draft.pk, stakeholder=None).exists():
            raise PermissionDenied
        ListingDraft.objects.filter(pk=draft.pk).update(**values)
    return draft


def _says_nothing_new(form):
    theirs = content_of(Stakeholder.objects.get(pk=form.instance.pk))
    return merge(form.began_from, theirs, form.content()).content == theirs


@transaction.atomic
def take_over_draft(*, draft, user):
    """Go on with what somebody else began; not where that would put an own draft aside."""
    own = ListingDraft.objects.filter(author=user, stakeholder=draft.stakeholder)
    if draft.stakeholder_id and own.exclude(pk=draft.pk).exists():
        raise ValidationError(_("Save or discard your own draft of this listing first."))
    draft.author = user
    draft.save(update_fields=["author"])


@transaction.atomic
def approve_change(*, change, user):
    """Write a waiting change over what was changed since, unless the two contradict each other."""
    with by_hand(user, author=change.author_id):
        listing = _locked(change.stakeholder, user)
        change = _still_waiting(change, user)
        _refuse_merged(listing)
        if change.is_new_listing:
            change.delete()
            listing.publish()
            return Outcome(listing)
        theirs = content_of(listing)
        merged = merge(change.base, theirs, change.content)
        if not merged.conflicts:
            refuse_gone(merged.content)
            _refuse_foreign_region(listing, merged.content, user)
            write(listing, merged.content)
            change.delete()
        return Outcome(listing, merged, theirs=theirs)


def _still_waiting(change, user):
    """Lock it, or say that somebody else was faster; nobody decides without the right to."""
    if not user.has_perm("regions.edit_all") and change.author_id == user.pk:
        raise PermissionDenied
    waiting = ListingChange.objects.decidable_by(user).select_for_update(of=["self"])
    if (found := waiting.filter(pk=change.pk).first()) is None:
        raise ValidationError(_("Somebody else has decided on this change already."))
    return found


def _refuse_foreign_region(listing, content, user):
    moves = content["region"] != listing.region_id
    if moves and not user.editable_regions().filter(pk=content["region"]).exists():
        raise ValidationError(_("The region that it shall move to is not in your care."))


@transaction.atomic
def send_back_change(*, change, user, reason):
    """Give it back to its author with a reason; what was typed is kept."""
    with by_hand(user, author=change.author_id):
        listing = _locked(change.stakeholder, user)
        change = _still_waiting(change, user)
        change.sent_back_at, change.sent_back_by, change.reason = timezone.now(), user, reason
        change.save()
        note(action="sent_back", user=user, subject=listing)
        if change.is_new_listing and listing.status == Status.PENDING:
            listing.status = Status.DRAFT
            listing.save(update_fields=["status"])
        if change.author_id:
            tasks.tell_author.defer(change=change.pk)
    return change


@transaction.atomic
def withdraw_change(*, change, user):
    """Its author wants it no longer; a listing that waited is a draft again."""
    if change.author_id != user.pk:
        raise PermissionDenied
    with by_hand(user):
        listing = _locked(change.stakeholder, user)
        ListingChange.objects.filter(pk=change.pk).delete()
        note(action="submission_withdrawn", user=user, subject=listing)
        if change.is_new_listing and listing.status == Status.PENDING:
            listing.status = Status.DRAFT
            listing.save(update_fields=["status"])


def by_hand(user, via="", **more):
    """Whose hand it was, for the history; a request has said some of it already."""
    metadata = {"user": user and user.pk, "via": via, **more}
    return pghistory.context(**{name: value for name, value in metadata.items() if value})


def _locked(listing, user, via=""):
    """Nobody else changes it until we are done; who may change it is asked in this moment."""
    with waiting_briefly():
        row = Stakeholder.objects.select_for_update(of=["self"]).get(pk=listing.pk)
    if not (row.is_editable_by(user) if user else via):
        raise PermissionDenied
    return row
