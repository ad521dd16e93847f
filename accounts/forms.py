"""The forms of signing in, in the words and the look of the site."""

from allauth.account import forms as allauth_forms
from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User

PASSWORD_HELP = _("At least 8 characters; no common word, not your name, not digits alone.")


def in_our_words(fields, labels):
    """Name the fields of a form; the label stands above, so nothing stands in the field."""
    for name, label in labels.items():
        fields[name].label = label
        fields[name].help_text = ""
        fields[name].widget.attrs.pop("placeholder", None)
    for name in {"password1"} & fields.keys():
        fields[name].help_text = PASSWORD_HELP


class LoginForm(allauth_forms.LoginForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        in_our_words(
            self.fields,
            {
                "login": _("E-mail address"),
                "password": _("Password"),
                "remember": _("Keep me signed in on this device"),
            },
        )
        self.fields["login"].widget.attrs["autocomplete"] = "username webauthn"


class ReauthenticateForm(allauth_forms.ReauthenticateForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        in_our_words(self.fields, {"password": _("Password")})


class ResetPasswordForm(allauth_forms.ResetPasswordForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        in_our_words(self.fields, {"email": _("E-mail address")})

    def clean_email(self):
        email = self.cleaned_data["email"]
        self.users = list(User.objects.filter(email__iexact=email, is_active=True))
        return email


NEW_PASSWORD = {"password1": _("New password"), "password2": _("New password, once more")}


class ChangePasswordForm(allauth_forms.ChangePasswordForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        in_our_words(self.fields, {"oldpassword": _("Current password"), **NEW_PASSWORD})


class SetPasswordForm(allauth_forms.SetPasswordForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        in_our_words(self.fields, NEW_PASSWORD)


class SetPasswordFromKeyForm(allauth_forms.ResetPasswordKeyForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        in_our_words(self.fields, NEW_PASSWORD)


class EmailChangeForm(forms.Form):
    email = forms.EmailField(
        label=_("New e-mail address"),
        help_text=_("We send a link there. Until you open it, the present address stays."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_email(self):
        """An address of another account is not told from a free one: only its owner hears of it."""
        email = self.cleaned_data["email"].lower()
        if email == self.user.email.lower():
            raise forms.ValidationError(_("This is the address you have already."))
        return email
