from django import forms
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from collaborations.actions import ask_to_confirm
from collaborations.models import Rhythm, SavedSearch, Suggestion
from collaborations.models.saved_search import LONGEST_QUERY
from letters.models import normalised
from regions.fields import LongText, OneLine
from regions.models import Region, Subsector
from stakeholders.filters import StakeholderFilter
from stakeholders.lists import Lists
from stakeholders.models import Stakeholder
from stakeholders.roles import Role

LONGEST_EMAIL = 254
MOST_ALIKE = 5


class TrappedForm(forms.Form):
    """Nobody sees the last field, so only a program fills it in: thank it, and keep nothing."""

    situs = forms.CharField(required=False, widget=forms.TextInput(attrs={"autocomplete": "off"}))

    @property
    def is_from_program(self):
        return bool(self.cleaned_data["situs"])


class AddressForm(forms.Form):
    """An address in the one spelling in which we keep it."""

    surel = forms.EmailField(
        label=_("Your e-mail address"),
        max_length=LONGEST_EMAIL,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )

    def clean_surel(self):
        email = normalised(self.cleaned_data["surel"])
        if len(email) > LONGEST_EMAIL:
            raise forms.ValidationError(_("This address is too long."))
        return email


class SubscriptionForm(TrappedForm, AddressForm):
    """Who wants the news of a search; the search itself is in the address of the page."""

    irama = forms.ChoiceField(label=_("How often"), choices=Rhythm, initial=Rhythm.WEEKLY)

    def __init__(self, *args, query, **kwargs):
        super().__init__(*args, auto_id="langganan-%s", label_suffix="", **kwargs)
        self.search = SavedSearch(query=query)

    def clean(self):
        if len(self.search.query) > LONGEST_QUERY:
            raise forms.ValidationError(_("This search is too long to be kept: use fewer words."))
        return super().clean()

    def save(self):
        if not self.is_from_program:
            ask_to_confirm(
                email=self.cleaned_data["surel"],
                query=self.search.query,
                rhythm=self.cleaned_data["irama"],
                language=get_language(),
            )


class SuggestionForm(TrappedForm, forms.ModelForm):
    """A partner that is missing; `search` says whom somebody looked for in vain."""

    role = forms.ChoiceField(label=_("Role"), choices=[("", _("Choose a role")), *Role.choices])
    region = forms.ModelChoiceField(Region.objects.all(), label=_("Kabupaten or kota"))
    subsectors = forms.ModelMultipleChoiceField(
        Subsector.objects.all(),
        label=_("Subsectors (optional)"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    website = forms.URLField(
        label=_("Website (optional)"), required=False, assume_scheme="https", max_length=200
    )

    class Meta:
        model = Suggestion
        fields = [
            *("name", "role", "region", "subsectors"),
            *("summary", "website", "note", "proposer_email"),
        ]
        field_classes = {"name": OneLine, "summary": OneLine, "note": LongText}
        labels = {
            "name": _("Name of the organisation or collective"),
            "summary": _("What does it do?"),
            "note": _("Why should it be listed, or where did you read of it? (optional)"),
            "proposer_email": _("Your e-mail address (optional)"),
        }
        help_texts = {
            "summary": _("In one sentence, at most 200 characters."),
            "note": _("For our staff only. Please write nothing about private persons."),
            "proposer_email": _(
                "Only to tell you what became of it. It is never shown, and then deleted."
            ),
        }
        widgets = {
            "summary": forms.Textarea(attrs={"rows": 2}),
            "note": forms.Textarea(attrs={"rows": 3}),
            "proposer_email": forms.EmailInput(attrs={"autocomplete": "email"}),
        }

    def __init__(self, *args, search, **kwargs):
        initial = _fitting(StakeholderFilter(search))
        super().__init__(*args, initial=initial, auto_id="usul-%s", label_suffix="", **kwargs)
        self.fields["region"].widget.choices = _regions_by_province()

    @cached_property
    def alike(self):
        """Public listings of the same region that may be the same."""
        listings = Stakeholder.objects.published().filter(region=self.cleaned_data["region"])
        alike = listings.named_like(self.cleaned_data["name"])
        return list(alike.only("name", "slug", "summary")[:MOST_ALIKE])

    @property
    def is_settled(self):
        """Whether it is valid, and the visitor has seen what is alike already."""
        return self.is_valid() and ("tetap" in self.data or not self.alike)

    def save(self):
        """Return the proposal; None if a program filled it in."""
        if self.is_from_program:
            return None
        self.instance.language = get_language()
        return super().save()


def _fitting(filterset):
    """Return what a search says about the partner that it did not find."""
    chosen = filterset.chosen
    roles = chosen.get("peran", [])
    return {
        "name": "" if _says_what(filterset.search) else chosen.get("q", "")[:160],
        "role": roles[0] if len(roles) == 1 else "",
        "region": _region_of(filterset),
        "subsectors": filterset.lists.keys("subsector", chosen.get("subsektor", [])),
    }


def _says_what(search):
    """Whether a text tells of a place or a kind of partner, so that it is hardly a name."""
    return bool(search.places) or any(term.roles or term.subsectors for term in search.terms)


def _region_of(filterset):
    """Return the one region that is chosen, or else named in the text; None in any doubt."""
    regions = filterset.lists.keys("region", filterset.chosen.get("wilayah", []))
    places = filterset.search.places
    if not regions and not any(place.is_misspelt for place in places):
        options = [option for place in places for option in place.options]
        regions = [option.pk for option in options if not option.is_province]
    return regions[0] if len(regions) == 1 else None


def _regions_by_province():
    lists, groups = Lists.load(), {}
    for region in lists.of("region"):
        groups.setdefault(region.parent, []).append((region.pk, region.label))
    provinces = [(each.label, groups.get(each.value, [])) for each in lists.of("province")]
    return [("", _("Choose a kabupaten or kota")), *(each for each in provinces if each[1])]


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
