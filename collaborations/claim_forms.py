"""What those type who want to look after a listing."""

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.invitation_forms import NewAccountForm
from collaborations.forms import AddressForm, TrappedForm
from collaborations.steward_actions import (
    claim_listing,
    invite_steward,
    open_steward_account,
)
from regions.fields import LongText, OneLine


class ClaimForm(TrappedForm, AddressForm):
    """Somebody says that a listing is their organisation's."""

    nama = OneLine(
        label=_("Your name"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    catatan = LongText(
        label=_("What do you do there?"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Only those who decide read this; it is deleted soon after."),
    )
    field_order = ["nama", "surel", "catatan", "situs"]

    def __init__(self, *args, user, stakeholder, **kwargs):
        known = {"nama": user.name, "surel": user.email} if user.is_authenticated else {}
        super().__init__(*args, initial=known, auto_id="klaim-%s", label_suffix="", **kwargs)
        self.fields["surel"].label = _("E-mail address")
        self.stakeholder = stakeholder

    def save(self):
        if not self.is_from_program:
            claim_listing(
                stakeholder=self.stakeholder,
                email=self.cleaned_data["surel"],
                name=self.cleaned_data["nama"],
                words=self.cleaned_data["catatan"],
                language=get_language(),
            )


class StewardForm(AddressForm):
    """An officer invites somebody of the organisation itself."""

    nama = OneLine(label=_("Name (optional)"), max_length=120, required=False)

    def __init__(self, *args, stakeholder, **kwargs):
        known = {"surel": stakeholder.contact_email or stakeholder.public_email}
        super().__init__(*args, initial=known, auto_id="undang-%s", label_suffix="", **kwargs)
        self.fields["surel"].label = _("E-mail address")
        self.stakeholder = stakeholder

    def save(self, user):
        return invite_steward(
            stakeholder=self.stakeholder,
            email=self.cleaned_data["surel"],
            name=self.cleaned_data["nama"],
            user=user,
        )


class AccountForm(NewAccountForm):
    """A new account for the address of an invitation to look after a listing."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, auto_id="akun-%s", label_suffix="", **kwargs)

    def save(self):
        """Return the new user; None where the link was used or withdrawn in the meantime."""
        return open_steward_account(
            invitation=self.invitation,
            name=self.cleaned_data["nama"],
            password=self.cleaned_data["sandi"],
        )
