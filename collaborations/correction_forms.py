"""What a visitor says is wrong with a listing."""

import re
from urllib.parse import urlsplit

from django import forms
from django.core import signing
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from collaborations.forms import TrappedForm
from collaborations.models import Suggestion
from regions.fields import LongText, OneLine
from regions.models import Subsector
from stakeholders.forms import LONGEST_DESCRIPTION, tidy
from stakeholders.listing_fields import ListField
from stakeholders.models import Stakeholder

SHOWN = [  # the public fields that anybody can judge
    *("name", "summary", "description", "subsectors", "website", "social_links"),
    *("public_email", "public_phone", "address"),
]
SALT = "collaborations.CorrectionForm"


def public_values(listing):
    """What its page says, as JSON can hold it; private fields never come along."""
    values = {name: getattr(listing, name) for name in SHOWN if name != "subsectors"}
    return values | {"subsectors": sorted(each.pk for each in listing.subsectors.all())}


class CorrectionForm(TrappedForm, forms.ModelForm):
    """The listing as its page shows it; what is written over it is proposed, and nothing saved.

    `dasar`, signed, is what the visitor saw: what others change meanwhile is not theirs.
    """

    report = forms.ChoiceField(
        label=_("Does it concern the listing as a whole?"),
        choices=[("", _("No, only what it says")), *Suggestion.Report.choices],
        required=False,
        widget=forms.RadioSelect,
    )
    other = forms.CharField(
        label=_("If it is listed twice: the address of the other page"),
        required=False,
        max_length=300,
        widget=forms.TextInput(attrs={"inputmode": "url"}),
    )
    description = LongText(
        label=_("Description"),
        required=False,
        max_length=LONGEST_DESCRIPTION,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    subsectors = forms.ModelMultipleChoiceField(
        Subsector.objects.all(),
        label=_("Subsectors"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    social_links = ListField(
        forms.URLField(max_length=200, assume_scheme="https"),
        label=_("Social media"),
        required=False,
        max_length=10,
        delimiter="\n",
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Full addresses, one a line."),
    )
    note = LongText(
        label=_("How do you know?"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Only those who decide read this. Please write nothing about private persons."),
    )
    proposer_email = forms.EmailField(
        label=_("Your e-mail address (optional)"),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text=_("Only to tell you what became of it. It is never shown, and then deleted."),
    )
    dasar = forms.CharField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = Stakeholder
        fields = [name for name in SHOWN if name != "social_links"]
        field_classes = {"name": OneLine, "summary": OneLine}
        widgets = {
            "summary": forms.Textarea(attrs={"rows": 2}),
            "address": forms.Textarea(attrs={"rows": 2}),
            "website": forms.URLInput(attrs={"type": "text", "inputmode": "url"}),
        }

    field_order = ["report", "other", *SHOWN, "note", "proposer_email", "situs", "dasar"]

    def __init__(self, *args, listing, **kwargs):
        self.listing = listing
        self.shown = public_values(listing)
        known = self.shown | {"dasar": signing.dumps(self.shown, salt=SALT, compress=True)}
        super().__init__(*args, initial=known, auto_id="koreksi-%s", label_suffix="", **kwargs)

    def clean_dasar(self):
        """What the visitor saw; without it, what the page shows now."""
        try:
            return signing.loads(self.cleaned_data["dasar"], salt=SALT)
        except signing.BadSignature:
            return self.shown

    def clean_other(self):
        """A page of ours, as it stands in the address bar, or its last word."""
        address = self.cleaned_data["other"]
        if not address:
            return None
        path = urlsplit(address).path
        slug = re.sub(r"^.*/mitra/", "", path).strip("/")
        found = Stakeholder.objects.published().exclude(pk=self.listing.pk).filter(slug=slug)
        if not found:
            raise forms.ValidationError(_("There is no such page here. Copy it from there."))
        return found.get()

    def clean(self):
        data = super().clean()
        if data.get("report") == Suggestion.Report.DUPLICATE and data.get("other", "") is None:
            self.add_error("other", _("Which page is the other one?"))
        if not self.errors and not (self.changes or data["report"] or data["note"]):
            raise forms.ValidationError(_("Nothing is changed yet: write over what is wrong."))
        return data

    def _post_clean(self):
        """Nothing is written into the listing, and no rule of it is asked."""

    @cached_property
    def changes(self):
        """{field: [what the visitor saw, what it should say]}."""
        seen = self.cleaned_data["dasar"]
        typed = {name: self.cleaned_data[name] for name in SHOWN}
        typed["subsectors"] = sorted(each.pk for each in typed["subsectors"])
        return {
            name: [seen[name], value]
            for name, value in typed.items()
            if tidy(seen[name]) != tidy(value)
        }

    def save(self):
        """Return the proposal; None if a program filled it in."""
        if self.is_from_program:
            return None
        data, listing = self.cleaned_data, self.listing
        return Suggestion.objects.create(
            kind=Suggestion.Kind.CORRECTION,
            about=listing,
            name=listing.name,
            role=listing.role,
            region_id=listing.region_id,
            summary=listing.summary,
            changes=self.changes,
            report=data["report"],
            duplicate_of=data["other"] if data["report"] == "duplicate" else None,
            note=data["note"],
            proposer_email=data["proposer_email"],
            language=get_language(),
        )
