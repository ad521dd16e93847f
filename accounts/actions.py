"""Changes of accounts that concern several rows, or mail."""

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts import tasks
from accounts.models import EmailChange, Invitation, OfficerAssignment, User
from history.actions import note
from letters.tasks import defer_once


@transaction.atomic
def invite(*, invitation):
    """Save a new invitation and send it; an expired one to the same scope makes room for it.

    Where somebody else, or the second half of a double click, was quicker, theirs is the one.
    """
    scope = {"region": invitation.region, "province": invitation.province}
    former = Invitation.objects.open().filter(email=invitation.email, **scope)
    former.filter(expires_at__lte=timezone.now()).update(withdrawn_at=timezone.now())
    try:
        with transaction.atomic():
            invitation.save()
    except IntegrityError:
        return
    _send(invitation)
    _note("invitation", invitation, invitation.inviter)


@transaction.atomic
def send_again(*, invitation, user):
    """Send it once more with a new term; False when that was often enough."""
    invitation = Invitation.objects.select_for_update(of=["self"]).get(pk=invitation.pk)
    if not invitation.may_be_sent_again:
        return False
    invitation.ask_again()
    _send(invitation)
    _note("invitation_again", invitation, user)
    return True


@transaction.atomic
def withdraw(*, invitation, user):
    """Make the link worthless; False when it was used or withdrawn before."""
    invitation = Invitation.objects.select_for_update(of=["self"]).get(pk=invitation.pk)
    if invitation.is_open:
        invitation.withdraw()
        _note("invitation_withdrawn", invitation, user)
        return True
    return False


@transaction.atomic
def accept(*, invitation, user):
    """Give the user the assignment, once; return it, or None where the invitation has ended."""
    invitation = Invitation.objects.select_for_update(of=["self"]).get(pk=invitation.pk)
    if not invitation.is_valid or user.email.lower() != invitation.email:
        return None
    invitation.accepted_at = timezone.now()
    invitation.save(update_fields=["accepted_at"])
    _note("invitation_accepted", invitation, user)
    return OfficerAssignment.objects.create(
        user=user,
        region=invitation.region,
        province=invitation.province,
        starts_on=max(invitation.starts_on, timezone.localdate()),
        ends_on=invitation.ends_on,
        invited_by=invitation.inviter,
    )


@transaction.atomic
def accept_with_new_account(*, invitation, name, password):
    """Return the new user, or None where the invitation has ended or the address has an account."""
    locked = Invitation.objects.select_for_update(of=["self"]).get(pk=invitation.pk)
    if not locked.is_valid or locked.account is not None:
        return None
    user = User.objects.create_user(locked.email, password, name=name, language=locked.language)
    accept(invitation=locked, user=user)
    return user


@transaction.atomic
def hand_over(*, assignment, last_day, invitation):
    """Invite a successor and set one's own last day: one does not happen without the other."""
    assignment = OfficerAssignment.objects.select_for_update(of=["self"]).get(pk=assignment.pk)
    assignment.ends_on = last_day
    assignment.save(update_fields=["ends_on"])
    invite(invitation=invitation)


@transaction.atomic
def ask_for_email(*, user, email, language):
    """Note the wish for another address, ask its owner, and warn the present one."""
    EmailChange.objects.filter(user=user).delete()
    EmailChange.objects.create(user=user, email=email)
    tasks.send_email_confirmation.defer(user=user.pk, language=language)
    tasks.send_security_notice.defer(user=user.pk, what="email_change_asked")


@transaction.atomic
def reset_factors(*, user, by):
    """Let somebody who is locked out set up a second factor anew, and tell them."""
    user.authenticator_set.all().delete()
    tasks.send_security_notice.defer(user=user.pk, what="factors_reset")
    note(action="second_factor_reset", user=by, subject=user)


def sign_in(request, user):
    """Sign in somebody who has just made this account; return where to go."""
    record_authentication(request, user, method="password")
    return perform_login(request, Login(user=user))


def _send(invitation):
    defer_once(tasks.send_invitation, invitation=invitation.pk)


def _note(action, invitation, user):
    note(action=action, user=user, subject=invitation, region=invitation.region)
