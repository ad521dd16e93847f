from django import forms
from django.db.models.fields.files import FieldFile
from django.utils.html import format_html, format_html_join
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from stakeholders.merging import BOTH, GROUPS, KEPT, MERGED, UNITED
from stakeholders.models import Stakeholder

NOTHING = "–"


class PairForm(forms.Form):
    """Which two listings; two different ones that both still stand."""

    kept = forms.ModelChoiceField(Stakeholder.objects.filter(merged_into=None))
    merged = forms.ModelChoiceField(Stakeholder.objects.filter(merged_into=None))

    def clean(self):
        data = super().clean()
        if data.get("kept") and data.get("kept") == data.get("merged"):
            raise forms.ValidationError(_("Choose two different listings."))
        return data


class MergeForm(forms.Form):
    """For each field in which two listings differ, from which it is taken."""

    def __init__(self, *args, pair, **kwargs):
        super().__init__(*args, **kwargs)
        self.pair = pair
        for name in pair.differing:
            self.fields[name] = self._choice(name)

    def _choice(self, name):
        choices = [(KEPT, self._shown(name, KEPT)), (MERGED, self._shown(name, MERGED))]
        if name in UNITED:
            choices.append((BOTH, _("Both together")))
        return forms.ChoiceField(
            label=capfirst(Stakeholder._meta.get_field(name).verbose_name),
            choices=choices,
            initial=self.pair.default(name),
            widget=forms.RadioSelect,
        )

    def _shown(self, name, side):
        listing = self.pair.kept if side == KEPT else self.pair.merged
        if name == "subsectors":
            values = sorted(map(str, self.pair.subsectors[side]))
        else:
            values = [_in_words(listing, field) for field in GROUPS[name]]
        return format_html_join(", ", "{}", ((value,) for value in values if value)) or NOTHING


def _in_words(listing, name):
    value = getattr(listing, name)
    if isinstance(value, FieldFile):
        return value and format_html('<img src="{}" alt="" width="96">', value.url)
    if isinstance(value, list):
        return ", ".join(value)
    display = getattr(listing, f"get_{name}_display", None)
    return display() if display else value
