"""What officers decide about the proposals of visitors."""

import django_filters
from django import forms
from django.core import signing
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from collaborations.models import Suggestion
from regions.fields import LongText
from regions.models import Region, Subsector
from stakeholders.content import content_of
from stakeholders.models import Stakeholder

SALT = "workspace.CorrectionDecision"
ONE_REGION = 2  # choices: all, and that one
REPORT = "report"  # beside the fields: that the listing as a whole should go


class ProposalFilter(django_filters.FilterSet):
    wilayah = django_filters.ModelChoiceFilter(
        queryset=Region.objects.none(),
        to_field_name="slug",
        method="filter_region",
        label=_("Region"),
        empty_label=_("All regions"),
    )
    jenis = django_filters.ChoiceFilter(
        choices=Suggestion.Kind, field_name="kind", label=_("Kind"), empty_label=_("All kinds")
    )

    def __init__(self, *args, user, **kwargs):
        waiting = Suggestion.objects.undecided().in_care_of(user).for_list()
        super().__init__(*args, queryset=waiting, **kwargs)
        self.filters["wilayah"].queryset = Region.objects.filter(
            pk__in=waiting.order_by().values("decided_in")
        )
        self.form.label_suffix = ""

    def filter_region(self, proposals, name, region):
        return proposals.filter(decided_in=region.pk)

    @property
    def is_useful(self):
        """Whether there is anything to choose from."""
        return bool(self.data) or len(self.form.fields["wilayah"].choices) > ONE_REGION


class AnswerForm(forms.Form):
    """Why not; whoever proposed it reads the reason."""

    jawaban = LongText(
        label=_("Reason, for whoever proposed it"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, auto_id="tolak-%s", label_suffix="", **kwargs)


class CorrectionForm(forms.Form):
    """Which fields of a correction are taken over; `dasar` is the listing as the officer saw it."""

    ambil = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)
    dasar = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args, suggestion, **kwargs):
        self.suggestion = suggestion
        self.now = content_of(suggestion.about)
        signed = signing.dumps(self.now, salt=SALT, compress=True)
        super().__init__(*args, initial={"dasar": signed}, auto_id="ambil-%s", **kwargs)
        keys = [row.key for row in self.rows if not row.is_done]
        keys += [REPORT] if suggestion.report else []
        self.fields["ambil"].choices = [(key, key) for key in keys]

    def clean_dasar(self):
        try:
            return signing.loads(self.cleaned_data["dasar"], salt=SALT)
        except signing.BadSignature:
            raise forms.ValidationError(_("Please look at it once more.")) from None

    def clean_ambil(self):
        if self.fields["ambil"].choices and not self.cleaned_data["ambil"]:
            raise forms.ValidationError(_("Tick what is right, or decline all of it."))
        return self.cleaned_data["ambil"]

    @cached_property
    def rows(self):
        changes = self.suggestion.changes.items()
        rows = [Row(key, self.now[key], *values) for key, values in changes if key in self.now]
        return name_subsectors(rows)

    @property
    def is_ticked(self):
        """The fields that are ticked: all that fit, until somebody chose."""
        return set(self["ambil"].value() or []) if self.is_bound else None


def content_of_suggestion(suggestion):
    """What a visitor wrote, as a form of a new listing shows it."""
    return {
        "name": suggestion.name,
        "summary": suggestion.summary,
        "website": suggestion.website,
        "region": suggestion.region_id,
        "subsectors": sorted(each.pk for each in suggestion.subsectors.all()),
    }


class Row:
    """One field of a correction: as it is, and as it is proposed."""

    def __init__(self, key, now, seen, proposed):
        self.key, self.now, self.proposed = key, now, proposed
        self.label = capfirst(Stakeholder._meta.get_field(key).verbose_name)
        self.is_done = now == proposed
        self.is_changed = now not in (seen, proposed)  # since the visitor saw it
        self.now_words, self.proposed_words = _lines(now), _lines(proposed)


def _lines(value):
    return value if isinstance(value, list) else [value] if value else []


def name_subsectors(rows):
    """Subsectors are kept by their keys and shown by their names."""
    for row in rows:
        if row.key == "subsectors":
            names = dict(Subsector.objects.values_list("pk", Subsector.name_column()))
            row.now_words = [names[pk] for pk in row.now if pk in names]
            row.proposed_words = [names[pk] for pk in row.proposed if pk in names]
    return rows
