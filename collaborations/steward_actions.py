"""Changes about stewards: whoever is told of one gets a mail from the queue."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from collaborations import tasks
from collaborations.models import StewardInvitation
from collaborations.models.steward_invitation import MOST_ASKED_A_DAY, MOST_WAITING
from history.actions import note
from letters.models import normalised
from stakeholders.models import Stakeholder, Stewardship

How, Status = Stewardship.How, StewardInvitation.Status
UNSETTLED = [Status.ASKED, Status.OPEN]


@transaction.atomic
def invite_steward(*, stakeholder, email, user, name="", language="id"):
    """Send a link to an address; return None where one is on its way or the limit is reached."""
    _lock(stakeholder)
    former = _unsettled(stakeholder).filter(email=email).first()
    if former:
        return resend_invitation(invitation=former, user=user)
    invitation = StewardInvitation(
        stakeholder=stakeholder, email=email, name=name, how=How.INVITED, language=language
    )
    return _invite(invitation, user)


@transaction.atomic
def resend_invitation(*, invitation, user):
    """Send a new link, which ends the former one; None where there were enough letters."""
    invitation = _unsettled(invitation.stakeholder).filter(pk=invitation.pk).first()
    if invitation is None or not (invitation.may_be_sent or invitation.status == Status.ASKED):
        return None
    return _invite(invitation, user)


@transaction.atomic
def withdraw_invitation(*, invitation):
    if _settle(invitation, Status.OPEN, Status.WITHDRAWN):
        note(action="invitation_withdrawn", subject=invitation.stakeholder)


@transaction.atomic
def claim_listing(*, stakeholder, email, name, words, language):
    """Note that somebody asks to look after a listing, and ask whoever can vouch for them.

    What comes of it never shows on the page: nobody learns which addresses are known.
    """
    stakeholder = _lock(stakeholder)
    waiting = _unsettled(stakeholder)
    is_known = waiting.filter(email=email).exists() or _is_steward(stakeholder, email)
    if is_known or waiting.filter(how=How.CLAIMED).count() >= MOST_WAITING:
        return
    claim = StewardInvitation(
        stakeholder=stakeholder,
        email=email,
        name=name,
        note=words,
        language=language,
        how=How.CLAIMED,
    )
    note(action="claim", subject=stakeholder)
    if email in _own_addresses(stakeholder):
        _invite(claim, None)
    else:
        _ask_consent(claim)


@transaction.atomic
def agree_to_claim(*, claim, user=None):
    """Say yes: an officer does, or whoever reads the published address (no user)."""
    claim = StewardInvitation.objects.waiting().select_for_update().filter(pk=claim.pk).first()
    return claim and _invite(claim, user)


@transaction.atomic
def decline_claim(*, claim):
    if _settle(claim, Status.ASKED, Status.DECLINED):
        tasks.send_steward_refusal.defer(invitation=claim.pk)


@transaction.atomic
def accept_invitation(*, invitation, user):
    """Make `user` the steward; None where the link was used or withdrawn in the meantime."""
    if not _settle(invitation, Status.OPEN, Status.ACCEPTED):
        return None
    stewardship, _created = Stewardship.objects.get_or_create(
        user=user,
        stakeholder=invitation.stakeholder,
        ended_at=None,
        defaults={"how": invitation.how, "granted_by": invitation.granted_by},
    )
    note(action="invitation_accepted", user=user, subject=invitation.stakeholder)
    return stewardship


@transaction.atomic
def open_steward_account(*, invitation, name, password):
    """Make an account for the invited address, and its stewardship; None where it is too late."""
    if not StewardInvitation.objects.select_for_update().filter(
        pk=invitation.pk, status=Status.OPEN
    ):
        return None
    user = User.objects.create_user(invitation.email, password, name=name)
    accept_invitation(invitation=invitation, user=user)
    return user


def _invite(invitation, user):
    invitation.grant(user)
    again = "invitation_again" if invitation.sent_times > 1 else "invitation"
    note(action=again, user=user, subject=invitation.stakeholder)
    tasks.send_steward_invitation.defer(
        invitation=invitation.pk, letter_number=invitation.sent_times
    )
    return invitation


def _ask_consent(claim):
    """Write to the published address, unless strangers made us do so too often today."""
    a_day_ago = timezone.now() - timedelta(days=1)
    asked = claim.stakeholder.steward_invitations.filter(consent_asked_at__gt=a_day_ago)
    if claim.stakeholder.public_email and asked.count() < MOST_ASKED_A_DAY:
        claim.consent_asked_at = timezone.now()
    claim.save()
    if claim.consent_asked_at:
        tasks.send_claim_consent.defer(invitation=claim.pk)


def _settle(invitation, former, status):
    """Whether it was still in its former state; two who decide at once decide once."""
    rows = StewardInvitation.objects.select_for_update().filter(pk=invitation.pk, status=former)
    found = rows.first()
    if found:
        found.settle(status)
    return found is not None


def _lock(stakeholder):
    return Stakeholder.objects.select_for_update(of=["self"]).get(pk=stakeholder.pk)


def _unsettled(stakeholder):
    return stakeholder.steward_invitations.filter(status__in=UNSETTLED)


def _is_steward(stakeholder, email):
    return stakeholder.stewardships.active().filter(user__email__iexact=email).exists()


def _own_addresses(stakeholder):
    """Whoever reads one of these speaks for the listing already."""
    known = [stakeholder.public_email, stakeholder.contact_email]
    return {normalised(each) for each in known if each}
