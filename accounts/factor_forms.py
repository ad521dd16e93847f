"""The forms of the second factor, in the words of the site."""

from allauth.mfa.base import forms as base
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django.utils.translation import gettext_lazy as _

from accounts.forms import in_our_words

CODE = _("Code")


def _as_code(fields, label, help_text=""):
    in_our_words(fields, {"code": label})
    fields["code"].help_text = help_text
    fields["code"].widget.attrs |= {"inputmode": "numeric", "autofocus": True}


class CodeForm(base.AuthenticateForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _as_code(self.fields, CODE, _("Six digits from your app, or one of your recovery codes."))


class ReauthenticateByCodeForm(base.ReauthenticateForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _as_code(self.fields, CODE, _("Six digits from your app, or one of your recovery codes."))


class ActivateTOTPForm(totp.ActivateTOTPForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _as_code(self.fields, _("Code that the app shows now"))


class AddKeyForm(webauthn.AddWebAuthnForm):
    """A passkey always signs in by itself: fingerprint, face or PIN are asked for by the device."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        in_our_words(
            self.fields,
            {
                "name": _("Name of the passkey"),
                "passwordless": _("Sign in with it alone, without a password"),
            },
        )
        self.fields["name"].help_text = _("Such as “My phone”.")
        self.fields["passwordless"].initial = True
        self.fields["passwordless"].help_text = _(
            "The device then asks for fingerprint, face or PIN. A key without any of them: untick."
        )


class RenameKeyForm(webauthn.EditWebAuthnForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        in_our_words(self.fields, {"name": _("Name of the passkey")})
