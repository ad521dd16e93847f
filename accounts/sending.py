"""What the job worker sends about accounts; each function may be called again without harm."""

from allauth.account.utils import user_pk_to_url_str
from django.contrib.auth.tokens import default_token_generator
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from accounts.models import EmailChange, Invitation, User
from letters.mail import is_delivered, letter

NOTICES = {
    "email_change_asked": gettext_lazy("Somebody asked to sign in with another e-mail address."),
    "factors_reset": gettext_lazy(
        "The network staff removed your second factors, so that you can set them up anew."
    ),
    "password_changed": gettext_lazy("The password of your account was changed."),
    "password_reset": gettext_lazy("A new password was set through a link in a mail."),
    "password_set": gettext_lazy("A password was set for your account."),
    "recovery_codes_generated": gettext_lazy("New recovery codes were made; the old ones ended."),
    "totp_activated": gettext_lazy("An authenticator app was set up as second factor."),
    "totp_deactivated": gettext_lazy("The authenticator app was removed as second factor."),
    "webauthn_added": gettext_lazy("A passkey was set up as second factor."),
    "webauthn_removed": gettext_lazy("A passkey was removed as second factor."),
}


def send_password_reset(user, language):
    user = User.objects.filter(pk=user, is_active=True).first()
    if user is None:  # switched off in the meantime
        return
    with override(language):
        key = default_token_generator.make_token(user)
        names = {"uidb36": user_pk_to_url_str(user), "key": key}
        context = {"user": user, "path": reverse("account_reset_password_from_key", kwargs=names)}
        _deliver("password_reset", _("A new password"), context, to=user.email, about=user)


def send_email_confirmation(user, language):
    change = EmailChange.objects.select_related("user").filter(user=user).first()
    if change is None:  # confirmed or forgotten in the meantime
        return
    with override(language):
        context = {
            "user": change.user,
            "path": reverse("account_email_confirm", args=[change.token]),
        }
        subject = _("Please confirm your e-mail address")
        _deliver("email_confirmation", subject, context, to=change.email, about=change.user)


def send_security_notice(user, what):
    """Tell the owner what was done, so that a stranger does not do it unnoticed."""
    user = User.objects.filter(pk=user, is_active=True).first()
    if user is None:
        return
    with override(user.language):
        context = {"user": user, "notice": NOTICES[what]}
        subject = _("Something about your account was changed")
        _deliver("security_notice", subject, context, to=user.email, about=user)


def send_invitation(invitation):
    """Send what is owed and no more: the row says whether it is, the job only that it may be."""
    invitation = Invitation.objects.owed().for_list().filter(pk=invitation).first()
    if invitation is None:  # sent, withdrawn or accepted in the meantime
        return
    with override(invitation.language):
        mail = _invitation_letter(invitation)
    rows = Invitation.objects.filter(pk=invitation.pk)
    if is_delivered(mail, about=invitation):
        rows.filter(asked_at=invitation.asked_at).update(sent_at=timezone.now())
    else:
        rows.update(refused_at=timezone.now())


def _invitation_letter(invitation):
    subject = _("Invitation: look after %(scope)s") % {"scope": invitation.scope}
    context = {"invitation": invitation, "path": invitation.get_absolute_url()}
    return letter("accounts/mail/invitation", subject, context, to=invitation.email)


def _deliver(template, subject, context, *, to, about):
    is_delivered(letter(f"accounts/mail/{template}", subject, context, to=to), about=about)
