from django import forms
from django.db.models import Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from history.keys import is_key
from regions.models import Region
from stakeholders.models import Stakeholder

MOST_AT_ONCE = 200  # listings


class IdsField(forms.MultipleChoiceField):
    """Keys of rows as boxes send them; cleans to numbers, what is none is left out."""

    widget = forms.MultipleHiddenInput

    def clean(self, value):
        keys = [int(text) for text in value or [] if is_key(text)]
        return list(dict.fromkeys(keys))[:MOST_AT_ONCE]


class BulkForm(forms.Form):
    """One act on the ticked listings, or on the one (`satu`) whose own button was pressed."""

    CONFIRM, ARCHIVE = "konfirmasi", "arsip"

    aksi = forms.ChoiceField(
        choices=[(CONFIRM, _("Confirm")), (ARCHIVE, _("Archive"))], required=False
    )
    mitra = IdsField(required=False)
    satu = IdsField(required=False)

    def __init__(self, data, *, user):
        super().__init__(data)
        self.user = user

    def clean(self):
        data = super().clean()
        data["keys"] = data.get("satu") or data.get("mitra")
        if not data["keys"]:
            raise forms.ValidationError(_("Tick one partner at least."))
        return data

    @property
    def is_archiving(self):
        return self.cleaned_data.get("aksi") == self.ARCHIVE and not self.cleaned_data["satu"]

    @cached_property
    def chosen(self):
        """{key: listing} of those that this user may change."""
        mine = Stakeholder.objects.editable_by(self.user)
        return mine.in_bulk(self.cleaned_data["keys"])

    @property
    def strangers(self):
        """Keys of none of them: gone meanwhile, or somebody else's."""
        return [key for key in self.cleaned_data["keys"] if key not in self.chosen]

    @cached_property
    def fitting(self):
        """Those that can still be confirmed or archived; to be read before that is done."""
        return [each for each in self.chosen.values() if each.status != each.Status.ARCHIVED]

    @property
    def archived(self):
        return [each for each in self.chosen.values() if each not in self.fitting]


class OneRegionForm(forms.Form):
    """The one region in care that a list of the workspace is narrowed to; all without it."""

    wilayah = forms.ModelChoiceField(Region.objects.none(), to_field_name="slug", required=False)

    def __init__(self, data, *, user):
        super().__init__(data)
        self.fields["wilayah"].queryset = user.editable_regions()

    @cached_property
    def region(self):
        return self.cleaned_data["wilayah"] if self.is_valid() else None

    def narrow(self, rows):
        """Of rows about listings, those of the region."""
        return rows.filter(stakeholder__region=self.region) if self.region else rows

    @property
    def looked_after(self):
        """For rows about offices: that of the region, and of its province."""
        if self.region is None:
            return Q()
        return Q(region=self.region) | Q(province=self.region.province_id)


class RegionSettingsForm(forms.ModelForm):
    """What the officers of a region decide themselves; whom it reviews does not lift it alone."""

    class Meta:
        model = Region
        fields = ["review"]
        widgets = {"review": forms.RadioSelect}

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.review == Region.Review.ALL and not user.has_perm("regions.edit_all"):
            self.fields["review"].disabled = True
            self.fields["review"].help_text = _(
                "The changes of officers are reviewed here, so only the network staff change this."
            )

    def save(self):
        self.instance.save(update_fields=["review"])
