"""What a listing gives and looks for, as rows of its form."""

from django import forms
from django.utils.translation import gettext_lazy as _

from stakeholders.content import OF_OFFERING
from stakeholders.lists import Lists
from stakeholders.models import Offering

MOST_OFFERINGS = 30
ALWAYS_CHOSEN = {"key", "direction", "reach"}


class OfferingForm(forms.Form):
    """Its choices come from memory: a row costs no statement."""

    key = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)
    direction = forms.ChoiceField(label=_("Offer or need"), choices=Offering.Direction)
    category = forms.TypedChoiceField(label=_("What"), coerce=int)
    description = forms.CharField(
        label=_("In a few words (optional)"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    reach = forms.ChoiceField(label=_("For whom"), choices=Offering.Reach)
    valid_until = forms.DateField(
        label=_("Valid until (optional)"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    subsectors = forms.TypedMultipleChoiceField(
        label=_("Only for these subsectors (optional)"),
        required=False,
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args, **kwargs):
        kwargs["label_suffix"] = ""
        super().__init__(*args, **kwargs)
        lists = Lists.load()
        categories = [(item.pk, item.label) for item in lists.of("category")]
        self.fields["category"].choices = [("", _("Choose")), *categories]
        subsectors = [(item.pk, item.label) for item in lists.of("subsector")]
        self.fields["subsectors"].choices = subsectors

    def has_changed(self):
        """A row with nothing but what stands chosen from the beginning is none."""
        return not ALWAYS_CHOSEN.issuperset(self.changed_data)

    def clean_description(self):
        return " ".join(self.cleaned_data["description"].split())

    @property
    def words(self):
        """What the row says, in one line; nothing before a category is chosen."""
        said = [self._label_of(name) for name in ["direction", "category"]]
        return ": ".join(said) if all(said) else ""

    def _label_of(self, name):
        labels = {str(value): label for value, label in self.fields[name].choices if value}
        return str(labels.get(str(self[name].value()), ""))

    @property
    def is_open(self):
        """Whether there is something to do in it: what is wrong, or one more that was asked for."""
        return bool(self.errors or (not self.words and not self.prefix.endswith("-0")))

    def content(self):
        ends = self.cleaned_data["valid_until"]
        return {
            **{name: self.cleaned_data[name] for name in OF_OFFERING},
            "category": self.cleaned_data["category"],
            "subsectors": sorted(self.cleaned_data["subsectors"]),
            "valid_until": ends and ends.isoformat(),
        }


class BaseOfferingFormSet(forms.BaseFormSet):
    def initial_form_count(self):
        """Any row that was sent may be empty, and is none then."""
        return 0 if self.is_bound else super().initial_form_count()

    def content(self, base, declined=frozenset()):
        """Return {key: offering}; only a key that the form began from means a saved row.

        Of what is declined the row that it began from stands, if there is one.
        """
        content = {key: row for key, row in base.items() if f"offerings/{key}" in declined}
        for number, form in enumerate(self.forms):
            if form.is_valid() and form.cleaned_data and not form.cleaned_data["DELETE"]:
                key = form.cleaned_data["key"]
                known = key in base and key not in content
                if f"offerings/{key}" not in declined:
                    content[key if known else f"new-{number}"] = form.content()
        return content


OfferingFormSet = forms.formset_factory(
    OfferingForm,
    formset=BaseOfferingFormSet,
    extra=0,
    can_delete=True,
    max_num=MOST_OFFERINGS,
    validate_max=True,
    absolute_max=2 * MOST_OFFERINGS,
)
