from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from collaborations.actions import ask_to_confirm
from collaborations.models import Rhythm, SavedSearch
from collaborations.models.saved_search import LONGEST_QUERY, normalised

LONGEST_EMAIL = 254


class SubscriptionForm(forms.Form):
    """Who wants the news of a search; the search itself is in the address of the page."""

    surel = forms.EmailField(
        label=_("Your e-mail address"),
        max_length=LONGEST_EMAIL,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    irama = forms.ChoiceField(label=_("How often"), choices=Rhythm, initial=Rhythm.WEEKLY)
    # Nobody sees it, so only a program fills it in.
    situs = forms.CharField(required=False, widget=forms.TextInput(attrs={"autocomplete": "off"}))

    def __init__(self, *args, query, **kwargs):
        super().__init__(*args, auto_id="langganan-%s", label_suffix="", **kwargs)
        self.search = SavedSearch(query=query)

    def clean_surel(self):
        email = normalised(self.cleaned_data["surel"])
        if len(email) > LONGEST_EMAIL:
            raise forms.ValidationError(_("This address is too long."))
        return email

    def clean(self):
        if len(self.search.query) > LONGEST_QUERY:
            raise forms.ValidationError(_("This search is too long to be kept: use fewer words."))
        return super().clean()

    def save(self):
        if not self.cleaned_data["situs"]:
            ask_to_confirm(
                email=self.cleaned_data["surel"],
                query=self.search.query,
                rhythm=self.cleaned_data["irama"],
                language=get_language(),
            )


class ManagementForm(forms.Form):
    """One button of the page on which a subscriber changes or stops something."""

    tindakan = forms.ChoiceField(
        choices=[(each, each) for each in ("jeda", "lanjut", "irama", "henti", "henti-semua")]
    )
    pencarian = forms.ModelChoiceField(SavedSearch.objects.none(), required=False)
    irama = forms.ChoiceField(choices=Rhythm, required=False)

    def __init__(self, *args, subscriber, **kwargs):
        super().__init__(*args, **kwargs)
        self.subscriber = subscriber
        self.fields["pencarian"].queryset = subscriber.searches.confirmed()

    def clean(self):
        cleaned = super().clean()
        needed = {"irama": ["pencarian", "irama"], "henti": ["pencarian"]}
        if not all(cleaned.get(name) for name in needed.get(cleaned.get("tindakan"), [])):
            raise forms.ValidationError(_("Something is missing."))
        return cleaned

    def save(self):
        """Do what the button says, and return it in words."""
        search = self.cleaned_data["pencarian"]
        match self.cleaned_data["tindakan"]:
            case "jeda":
                self.subscriber.pause()
                return _("Paused: no mail for 30 days.")
            case "lanjut":
                self.subscriber.resume()
                return _("The mails go on.")
            case "irama":
                search.change_rhythm(self.cleaned_data["irama"])
                return _("The rhythm is changed.")
            case "henti":
                search.stop()
                return _("The search is stopped and deleted.")
        self.subscriber.delete()
        return _("All is stopped, and your address is deleted.")
