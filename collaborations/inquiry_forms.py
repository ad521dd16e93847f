"""What people type who write to a listing, answer, or see to messages that nobody answered."""

import re

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from collaborations.forms import AddressForm, TrappedForm
from collaborations.inquiry_actions import (
    answer_inquiry,
    decline_inquiry,
    discard_inquiry,
    forward_inquiry,
    is_enough_for_today,
    send_inquiry,
)
from collaborations.models import Inquiry
from collaborations.models.inquiry import LONGEST_MESSAGE
from regions.fields import LongText
from stakeholders.models import Stakeholder

OWN_LISTING = re.compile(r"(?:.*/mitra/)?([-\w]+)/?", re.ASCII)


class PlainText(LongText):
    """Nothing but what can be seen, and line breaks: it goes into letters."""

    def to_python(self, value):
        lines = super().to_python(value).split("\n")
        return "\n".join(map(_seen, lines)).strip()


def _seen(text):
    return "".join(sign for sign in text.replace("\t", " ") if sign.isprintable())


class InquiryForm(TrappedForm, AddressForm):
    nama = forms.CharField(
        label=_("Your name or organisation"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    perihal = forms.ChoiceField(label=_("What is it about?"), choices=Inquiry.Kind)
    pesan = PlainText(
        label=_("Your message"),
        max_length=LONGEST_MESSAGE,
        widget=forms.Textarea(attrs={"rows": 7}),
        help_text=_("Who you are, what you have in mind, and when. At most 2,000 characters."),
    )
    entri = forms.CharField(
        label=_("Your own listing here (optional)"),
        required=False,
        max_length=300,
        help_text=_("The address of its page, so that they see whom they have before them."),
    )
    field_order = ["nama", "surel", "perihal", "pesan", "entri", "situs"]

    def __init__(self, *args, stakeholder, **kwargs):
        super().__init__(*args, auto_id="hubungi-%s", label_suffix="", **kwargs)
        self.stakeholder = stakeholder
        self.fields["surel"].help_text = _("They answer here. It stands in no public place.")

    def clean_nama(self):
        name = " ".join(_seen(" ".join(self.cleaned_data["nama"].split())).split())
        if not name:
            raise forms.ValidationError(_("Please write a name."))
        return name

    def clean_surel(self):
        email = super().clean_surel()
        if is_enough_for_today(email):
            raise forms.ValidationError(_("Ten messages a day are enough. Try again tomorrow."))
        return email

    def clean_entri(self):
        text = self.cleaned_data["entri"].partition("?")[0]
        if not text:
            return None
        found = OWN_LISTING.fullmatch(text)
        own = found and Stakeholder.objects.published().filter(slug=found[1]).first()
        if not own:
            raise forms.ValidationError(_("There is no such page. You can leave this empty."))
        return own

    def save(self):
        """Return the inquiry; None to a program."""
        if self.is_from_program:
            return None
        return send_inquiry(
            stakeholder=self.stakeholder,
            sender_name=self.cleaned_data["nama"],
            sender_email=self.cleaned_data["surel"],
            sender_listing=self.cleaned_data["entri"],
            kind=self.cleaned_data["perihal"],
            message=self.cleaned_data["pesan"],
            language=get_language(),
        )


class ActionForm(forms.Form):
    """One of several buttons, about one inquiry; `save` says whether it was still open."""

    TEXTS = {}  # {button: the text that it needs}

    def __init__(self, *args, inquiry, **kwargs):
        super().__init__(*args, label_suffix="", **kwargs)
        self.inquiry = inquiry

    def clean(self):
        cleaned = super().clean()
        needed = self.TEXTS.get(cleaned.get("tindakan"))
        if needed and needed not in self.errors and not cleaned.get(needed):
            self.add_error(needed, _("Please write a few words."))
        return cleaned


class ContactForm(ActionForm):
    """What the organisation says with the link in its letter."""

    tindakan = forms.ChoiceField(choices=[(each, each) for each in ("dijawab", "tidak")])
    alasan = PlainText(
        label=_("Why not? (optional)"),
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The sender reads it."),
    )

    def save(self):
        if self.cleaned_data["tindakan"] == "dijawab":
            return self.inquiry.note_answered()
        return decline_inquiry(inquiry=self.inquiry, reason=self.cleaned_data["alasan"])


class OfficerForm(ActionForm):
    """What an officer does about a message that nobody answered."""

    TEXTS = {"jawab": "jawaban"}
    ACTIONS = {
        "jawab": (answer_inquiry, _("Your answer is on its way.")),
        "dijawab": (answer_inquiry, _("Noted as answered.")),
        "teruskan": (forward_inquiry, _("Forwarded. They have a week to answer.")),
        "buang": (discard_inquiry, _("Deleted.")),
    }
    tindakan = forms.ChoiceField(choices=[(each, each) for each in ACTIONS])
    jawaban = PlainText(
        label=_("Your answer"),
        required=False,
        max_length=LONGEST_MESSAGE,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("It goes to the sender by mail, without your address: write how to reach you."),
    )

    def save(self, user):
        """Return what was done in words; nothing where somebody was faster."""
        name = self.cleaned_data["tindakan"]
        act, words = self.ACTIONS[name]
        answer = {"answer": self.cleaned_data["jawaban"]} if name == "jawab" else {}
        return words if act(inquiry=self.inquiry, user=user, **answer) else ""


class SenderForm(forms.Form):
    """What the sender says: nothing any more, or what came of it."""

    tindakan = forms.ChoiceField(choices=[(each, each) for each in ("tarik", "hasil")])
    hasil = forms.ChoiceField(
        label=_("What came of it?"),
        choices=Inquiry.Outcome,
        required=False,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args, inquiry, **kwargs):
        super().__init__(*args, label_suffix="", **kwargs)
        self.inquiry = inquiry

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("tindakan") == "hasil" and not cleaned.get("hasil"):
            self.add_error("hasil", _("Please choose one."))
        return cleaned

    @property
    def withdraws(self):
        return self.cleaned_data["tindakan"] == "tarik"

    def save(self):
        if self.withdraws:
            self.inquiry.delete()
        else:
            self.inquiry.note_outcome(self.cleaned_data["hasil"])
