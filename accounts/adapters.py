"""What the accounts of this site do in their own way (docs/adr/0019-accounts.md)."""

import time

from allauth.account import app_settings as account_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.usersessions.adapter import DefaultUserSessionsAdapter
from django.contrib import messages
from django.shortcuts import resolve_url
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts import tasks
from accounts.limits import address_of
from accounts.models.user import SECOND_FACTORS
from accounts.secrecy import hide, reveal
from history.actions import note

SITE = _("Hexahelix directory")

# What is said when it is done; what has no words here needs none.
SAID = {
    "account/messages/logged_out.txt": _("You have signed out."),
    "account/messages/password_changed.txt": _("The password is changed."),
    "account/messages/password_set.txt": _("The password is set."),
    "mfa/messages/totp_activated.txt": _("The authenticator app is set up."),
    "mfa/messages/totp_deactivated.txt": _("The authenticator app is removed."),
    "mfa/messages/webauthn_added.txt": _("The passkey is set up."),
    "mfa/messages/webauthn_removed.txt": _("The passkey is removed."),
    "mfa/messages/recovery_codes_generated.txt": _(
        "There are new recovery codes. They are shown only once: keep them now."
    ),
    "usersessions/messages/sessions_logged_out.txt": _("All other devices are signed out."),
}


class AccountAdapter(DefaultAccountAdapter):
    """Nobody signs up, and every mail is a job: it waits while the mail server is away."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _("The e-mail address or the password is not right."),
        "enter_current_password": _("This is not your current password."),
        "incorrect_code": _("The code is not right, or it has been used or is too old."),
        "incorrect_password": _("The password is not right."),
        "invalid_password_reset": _("The link has been used or is too old."),
        "rate_limited": _("Too many attempts. Please wait a few minutes."),
        "too_many_login_attempts": _("Too many attempts. Please wait a few minutes."),
    }

    def is_open_for_signup(self, request):
        return False

    def add_message(self, request, level, message_template=None, *args, message=None, **kwargs):
        message = message or SAID.get(message_template)
        if message:
            messages.add_message(request, level, message)

    def get_client_ip(self, request):
        return address_of(request) or "127.0.0.1"  # a socket of this machine has no address

    def get_login_redirect_url(self, request):
        return resolve_url("workspace:overview" if request.user.works_here else "account_home")

    def get_password_change_redirect_url(self, request):
        return reverse("account_home")

    def is_reauthentication_required(self, *, app, **kwargs):
        """Whoever signed in, or proved it, a few minutes ago need not do so again."""
        records = get_authentication_records(context.request, context.request.user)
        earliest = time.time() - account_settings.REAUTHENTICATION_TIMEOUT
        return all(record["at"] < earliest for record in records)

    def reauthenticate(self, user, password):
        return self.authenticate(context.request, email=user.email, password=password) == user

    def send_mail(self, template_prefix, email, context):
        raise NotImplementedError(f"{template_prefix} has no letter.")

    def send_password_reset_mail(self, user, email, context):
        tasks.send_password_reset.defer(user=user.pk, language=get_language())

    def send_notification_mail(self, template_prefix, user, context=None, email=None):
        what = template_prefix.rpartition("/")[2]
        tasks.send_security_notice.defer(user=user.pk, what=what)


class SessionsAdapter(DefaultUserSessionsAdapter):
    def end_sessions(self, sessions):
        super().end_sessions(sessions)
        user = context.request.user
        note(action="sign_out_everywhere", user=user, subject=user, count=len(sessions))


class FactorAdapter(DefaultMFAAdapter):
    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "cannot_delete_authenticator": _(
            "Officers and staff need a second factor. Set up another one before removing this one."
        ),
        "incorrect_code": AccountAdapter.error_messages["incorrect_code"],
    }

    def encrypt(self, text):
        return hide(text)

    def decrypt(self, encrypted_text):
        return reveal(encrypted_text)

    def can_delete_authenticator(self, authenticator):
        user = authenticator.user
        others = user.authenticator_set.filter(type__in=SECOND_FACTORS).exclude(pk=authenticator.pk)
        return not user.needs_second_factor or others.exists()

    def get_totp_issuer(self):
        return str(SITE)

    def _get_site_name(self):
        return str(SITE)
