"""Letters about stewards; each function may be called again without harm."""

from django.utils.translation import gettext as _
from django.utils.translation import override

from collaborations.models import StewardInvitation
from letters.mail import is_delivered, letter

Status = StewardInvitation.Status


def send_invitation(invitation, letter_number):
    """Send the link to look after a listing, unless a newer one was asked for since."""
    found = _find(invitation, status=Status.OPEN, sent_times=letter_number)
    if found:
        with override(found.language):
            subject = _("Look after “%(name)s”") % {"name": found.stakeholder}
            _send("steward_invitation", subject, found, found.email)


def send_consent(invitation):
    """Ask the published address whether somebody may look after the listing."""
    found = _find(invitation, status=Status.ASKED)
    if found and found.stakeholder.public_email:
        with override(found.language):
            subject = _("Who looks after “%(name)s”?") % {"name": found.stakeholder}
            _send("steward_consent", subject, found, found.stakeholder.public_email)


def send_refusal(invitation):
    found = _find(invitation, status=Status.DECLINED)
    if found:
        with override(found.language):
            subject = _("Your request about “%(name)s”") % {"name": found.stakeholder}
            _send("steward_refusal", subject, found, found.email)


def _find(pk, **state):
    rows = StewardInvitation.objects.select_related("stakeholder__region", "granted_by")
    return rows.filter(pk=pk, **state).first()


def _send(template, subject, invitation, to):
    context = {"invitation": invitation, "listing": invitation.stakeholder}
    mail = letter(f"collaborations/mail/{template}", subject, context, to=to)
    is_delivered(mail, about=invitation)
