from django import forms
from django.utils.translation import gettext_lazy as _

from regions.facets import FacetField
from regions.models import Region
from stakeholders.forms import by_province
from stakeholders.listing_fields import PointField
from stakeholders.lists import Lists
from stakeholders.models import Stakeholder
from stakeholders.roles import Role
from workspace.forms import OneRegionForm

SHORTEST = 3  # letters of a name that tell anything
MOST_ALIKE = 5


class AlikeForm(forms.Form):
    """What somebody has typed so far of a listing that may exist already."""

    name = forms.CharField(required=False, max_length=160)
    website = forms.CharField(required=False, max_length=200)
    region = forms.ModelChoiceField(Region.objects.none(), required=False)
    point = PointField(required=False)
    kecuali = forms.IntegerField(required=False, min_value=1, max_value=2**63 - 1)

    def __init__(self, data, *, user):
        super().__init__(data)
        self.user = user
        self.fields["region"].queryset = Region.objects.all()

    @property
    def alike(self):
        readable = not self.errors.keys() - {"point"}  # that is still being typed
        data = self.cleaned_data if readable else {}
        name, website = data.get("name", ""), data.get("website", "")
        if len(name) < SHORTEST and not website:
            return []
        if website and "://" not in website:
            website = f"https://{website}"
        rows = Stakeholder.objects.visible_to(self.user).exclude(pk=data["kecuali"])
        place = {"region": data["region"], "point": data.get("point")}
        found = rows.likely_the_same(name=name, website=website, **place)
        return list(found.select_related("region")[:MOST_ALIKE])


class BeginForm(OneRegionForm):
    """What a new listing begins with, in the words of the partner search; others are left out."""

    peran = FacetField(choices=Role.choices, required=False)
    subsektor = FacetField(required=False)

    def __init__(self, data, *, user):
        super().__init__(data, user=user)
        self.fields["subsektor"].choices = Lists.load().choices("subsector")

    @property
    def content(self):
        self.is_valid()
        asked, lists = self.cleaned_data, Lists.load()
        region, kinds = asked.get("wilayah"), []
        if asked["peran"]:
            kinds = [each.pk for each in lists.of("type") if each.parent in asked["peran"]]
        return {
            "region": region and region.pk,
            "organization_type": kinds[0] if len(kinds) == 1 else None,
            "subsectors": sorted(lists.keys("subsector", asked["subsektor"])),
        }

    @property
    def roles(self):
        """The roles that the choice of a kind offers first."""
        self.is_valid()
        return self.cleaned_data["peran"]


class MoveForm(forms.Form):
    region = forms.ModelChoiceField(Region.objects.none(), label=_("To which region?"))

    def __init__(self, *args, listing, user, **kwargs):
        super().__init__(*args, label_suffix="", **kwargs)
        regions = user.editable_regions().exclude(pk=listing.region_id)
        self.fields["region"].queryset = regions
        self.fields["region"].widget.choices = by_province(regions)


class SendBackForm(forms.Form):
    reason = forms.CharField(
        label=_("What should be different?"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The author reads this, and keeps all that was typed."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, label_suffix="", **kwargs)
