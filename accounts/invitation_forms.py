"""Who invites whom for what: every choice is one that the inviter may make."""

from datetime import timedelta

from allauth.account.adapter import get_adapter
from django import forms
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from accounts.actions import accept_with_new_account, hand_over, invite
from accounts.forms import PASSWORD_HELP
from accounts.models import Invitation, OfficerAssignment, User
from regions.fields import OneLine

MOST_A_DAY = 20  # invitations of one officer; staff prepare whole provinces

DAY = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


class InvitationForm(forms.ModelForm):
    """For staff any scope; for an officer the own one, and not longer than the own term."""

    scope = forms.ChoiceField(label=_("Region or province"))

    class Meta:
        model = Invitation
        fields = ["name", "email", "starts_on", "ends_on", "language"]
        widgets = {"starts_on": DAY, "ends_on": DAY}
        help_texts = {
            "ends_on": _("Last day; empty means without end."),
            "email": _("The invitation goes there, and this is the address to sign in with."),
        }

    field_order = ["name", "email", "scope", "starts_on", "ends_on", "language"]

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user
        self.scopes = _scopes(user)
        choices = _grouped(self.scopes)
        self.fields["scope"].choices = choices if len(self.scopes) == 1 else [("", "—"), *choices]
        self.fields["email"].widget.attrs["autocomplete"] = "off"

    def clean_email(self):
        return self.cleaned_data["email"].lower()

    def clean_scope(self):
        return self.scopes[self.cleaned_data["scope"]]

    def clean_starts_on(self):
        starts_on = self.cleaned_data["starts_on"]
        if starts_on < timezone.localdate():
            raise forms.ValidationError(_("This day is over."))
        return starts_on

    def clean(self):
        cleaned = super().clean()
        if not self.errors:
            self._check_term(cleaned["scope"], cleaned["starts_on"], cleaned["ends_on"])
            self._check_addressee(cleaned["scope"], cleaned["email"])
            self._check_amount()
        return cleaned

    def _check_term(self, scope, starts_on, ends_on):
        if ends_on and ends_on < starts_on:
            field = "ends_on" if "ends_on" in self.fields else "starts_on"
            self.add_error(field, _("The last day is before the first one."))
            return
        limit = None if self.user.invites_anywhere else self.user.last_day_for(scope)
        if limit and (ends_on is None or ends_on > limit):
            day = date_format(limit, "j F Y")
            self.add_error(
                "ends_on", _("Your own term ends on %(day)s: not after that.") % {"day": day}
            )

    def _check_addressee(self, scope, email):
        active = OfficerAssignment.objects.active().covering(scope)
        if active.filter(user__email__iexact=email).exists():
            self.add_error("email", _("This person looks after it already."))
        if Invitation.objects.valid().filter(email=email, **_columns(scope)).exists():
            self.add_error(
                "email", _("There is an open invitation to this address: send it once more.")
            )

    def _check_amount(self):
        since = timezone.now() - timedelta(days=1)
        sent = self.user.invitations.filter(created_at__gt=since).count()
        if sent >= MOST_A_DAY and not self.user.invites_anywhere:
            self.add_error(None, _("These are enough invitations for one day. Go on tomorrow."))

    def _post_clean(self):
        """The scope is two columns, of which one is filled, before the constraints are asked."""
        for name, value in _columns(self.cleaned_data.get("scope")).items():
            setattr(self.instance, name, value)
        self.instance.inviter = self.user
        super()._post_clean()

    def save(self):
        invite(invitation=self.instance)
        return self.instance


class HandOverForm(InvitationForm):
    """Invite a successor for an own assignment, and set the own last day."""

    last_day = forms.DateField(label=_("My own last day"), widget=DAY)

    field_order = ["name", "email", "starts_on", "last_day", "language"]

    def __init__(self, *args, assignment, **kwargs):
        self.assignment = assignment
        super().__init__(*args, **kwargs)
        del self.fields["scope"], self.fields["ends_on"]
        self.fields["starts_on"].label = _("The successor begins on")
        self.fields["last_day"].initial = timezone.localdate() + timedelta(days=30)

    def clean(self):
        self.cleaned_data["scope"] = self.assignment.scope
        self.cleaned_data["ends_on"] = self.instance.ends_on = self.assignment.ends_on
        cleaned = super().clean()
        last_day, former = cleaned.get("last_day"), self.assignment.ends_on
        if last_day and last_day < max(timezone.localdate(), self.assignment.starts_on):
            self.add_error("last_day", _("This day is over."))
        if last_day and former and last_day > former:
            self.add_error("last_day", _("Your term ends before that day."))
        return cleaned

    def save(self):
        last_day = self.cleaned_data["last_day"]
        hand_over(assignment=self.assignment, last_day=last_day, invitation=self.instance)
        return self.instance


class NewAccountForm(forms.Form):
    """What an invited person adds: how to be called, and a password."""

    nama = OneLine(label=_("Your name"), max_length=120)
    sandi = forms.CharField(
        label=_("Password"),
        help_text=PASSWORD_HELP,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args, invitation, **kwargs):
        super().__init__(*args, initial={"nama": invitation.name}, **kwargs)
        self.invitation = invitation
        self.fields["nama"].widget.attrs["autocomplete"] = "name"

    def clean(self):
        cleaned = super().clean()
        if password := cleaned.get("sandi"):
            somebody = User(name=cleaned.get("nama", ""), email=self.invitation.email)
            try:
                get_adapter().clean_password(password, user=somebody)
            except forms.ValidationError as problem:
                self.add_error("sandi", problem)
        return cleaned

    def save(self):
        return accept_with_new_account(
            invitation=self.invitation,
            name=self.cleaned_data["nama"],
            password=self.cleaned_data["sandi"],
        )


def _columns(scope):
    kind = scope._meta.model_name if scope else ""
    return {name: scope if kind == name else None for name in ("region", "province")}


def _scopes(user):
    """Return {value of the choice: region or province}, provinces first in each province."""
    provinces = list(user.invitable_provinces())
    regions = list(user.invitable_regions().select_related("province"))
    places = sorted(
        [*provinces, *regions], key=lambda place: getattr(place, "province", place).code
    )
    return {f"{place._meta.model_name}-{place.code}": place for place in places}


def _grouped(scopes):
    groups = {}
    for value, place in scopes.items():
        province = getattr(place, "province", place)
        label = _("All of %(province)s") % {"province": place} if place == province else str(place)
        groups.setdefault(str(province), []).append((value, label))
    return list(groups.items())
