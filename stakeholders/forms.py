"""The one form that every change of a listing passes (docs/adr/0020-editing-listings.md)."""

from copy import copy

from django import forms
from django.contrib.auth.models import AnonymousUser
from django.core import signing
from django.core.validators import RegexValidator
from django.db.models import Q
from django.utils.datastructures import MultiValueDict
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from history.keys import is_key
from images.fields import HELP, PictureFormField
from images.pictures import LOGO, PHOTO
from regions.fields import LongText, OneLine
from regions.models import Region, Subsector
from stakeholders.content import BLANK, KEYS, PICTURES, PLAIN, content_of, flat
from stakeholders.listing_fields import ListField, PointField
from stakeholders.lists import Lists
from stakeholders.models import OrganizationType, Stakeholder
from stakeholders.offering_forms import OfferingForm, OfferingFormSet
from stakeholders.roles import Role

LONGEST_DESCRIPTION = 8000
MOST_ALIKE = 5
PHONE = RegexValidator(r"^[-+()./ \d]{5,}$", _("Only digits, spaces and + - ( ) . /"))
SEVERAL = {"subsectors"}  # fields with more than one value


class ListingForm(forms.ModelForm):
    """What a listing says; `base`, signed, is the version that somebody began from.

    `user` is None for whoever comes by a signed link; then the region stays what it is. Without
    `data` the form shows the listing, or over it some `content`, or `typed` words of a draft.
    """

    aliases = ListField(
        forms.CharField(max_length=80),
        label=_("Other names (optional)"),
        required=False,
        max_length=20,
        help_text=_("Short or former names, separated by commas: UGM, ITB …"),
    )
    organization_type = forms.ModelChoiceField(
        OrganizationType.objects.all(), label=_("Kind of organisation")
    )
    region = forms.ModelChoiceField(Region.objects.none(), label=_("Kabupaten or kota"))
    point = PointField(
        label=_("Point on the map (optional)"),
        required=False,
        max_length=400,
        help_text=_("Latitude, longitude; or paste the address of the place in a map."),
    )
    subsectors = forms.ModelMultipleChoiceField(
        Subsector.objects.all(),
        label=_("Subsectors"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None means: works across all of them."),
    )
    social_links = ListField(
        forms.URLField(max_length=200, assume_scheme="https"),
        label=_("Social media (optional)"),
        required=False,
        max_length=10,
        delimiter="\n",
        widget=forms.Textarea(attrs={"rows": 2, "inputmode": "url"}),
        help_text=_("Full addresses, one a line."),
    )
    public_phone = forms.CharField(
        label=_("Public phone (optional)"),
        required=False,
        max_length=40,
        validators=[PHONE],
        widget=forms.TextInput(attrs={"type": "tel"}),
    )
    logo = PictureFormField(
        shape=LOGO, label=_("Logo"), required=False, widget=forms.FileInput, help_text=HELP
    )
    photo = PictureFormField(
        shape=PHOTO, label=_("Photo"), required=False, widget=forms.FileInput, help_text=HELP
    )
    remove_logo = forms.BooleanField(label=_("Remove the logo"), required=False)
    remove_photo = forms.BooleanField(label=_("Remove the photo"), required=False)
    kept_logo = forms.CharField(required=False, widget=forms.HiddenInput)
    kept_photo = forms.CharField(required=False, widget=forms.HiddenInput)
    base = forms.CharField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = Stakeholder
        fields = [
            *("name", "aliases", "organization_type", "region", "address", "summary"),
            *("description", "subsectors", "website", "social_links", "public_email"),
            *("public_phone", "contact_email", "rhythm_days"),
        ]
        field_classes = {"name": OneLine, "summary": OneLine, "description": LongText}
        labels = {
            "name": _("Name of the organisation or collective"),
            "address": _("Address (optional)"),
            "summary": _("What does it do, in one sentence?"),
            "description": _("More about it (optional)"),
            "website": _("Website (optional)"),
            "public_email": _("Public e-mail (optional)"),
            "contact_email": _("Private contact (optional)"),
            "rhythm_days": _("To be confirmed every … days"),
        }
        help_texts = {"summary": _("At most 200 characters.")}
        widgets = {
            "summary": forms.Textarea(attrs={"rows": 2}),
            "description": forms.Textarea(attrs={"rows": 6, "maxlength": LONGEST_DESCRIPTION}),
            "address": forms.Textarea(attrs={"rows": 2}),
            "website": forms.URLInput(attrs={"type": "text", "inputmode": "url"}),
        }

    def __init__(
        self, data=None, files=None, *, user, instance=None, content=None, typed=None, base=None
    ):
        self.user = user
        instance = copy(instance) if instance else Stakeholder()  # validation writes into it
        self.salt = f"listing-{instance.pk}"
        if data is None:
            self.began_from = base or (content_of(instance) if instance.pk else BLANK)
        else:
            data = data.copy()
            self.began_from = self._read_base(data.get("base", ""), instance)
        self.typed_before, self.began_with = typed, BLANK | self.began_from | (content or {})
        shown = initial_of_typed(typed) if typed else initial_of(self.began_with)
        shown["base"] = self._signed(self.began_from)
        super().__init__(data, files, instance=instance, initial=shown, label_suffix="")
        self.shown_offerings = shown.pop("offerings")
        self._narrow_choices()
        if data is not None:
            self._give_way()

    def _signed(self, value):
        return signing.dumps(value, salt=self.salt, compress=True)

    def _read_base(self, text, instance):
        """Of an existing listing nothing is known without it, so that all is compared."""
        try:
            return signing.loads(text, salt=self.salt)
        except signing.BadSignature:
            return {} if instance.pk else BLANK

    def _narrow_choices(self):
        types = {role: [] for role in Role.values}
        for item in Lists.load().of("type"):
            types[item.parent].append((item.pk, item.label))
        groups = [(role.label, types[role]) for role in Role if types[role]]
        self._offer("organization_type", [("", _("Choose a kind")), *groups])
        self._offer("subsectors", [(each.pk, each.label) for each in Lists.load().of("subsector")])
        if "region" in self.fields:
            self.fields["region"].queryset = regions = self._regions()
            choices = by_province(regions)
            self._offer("region", choices)
            if len(choices) == 1:
                self.initial["region"] = choices[0][0]

    def offer_first(self, roles):
        """Put the kinds of these roles before all others."""
        labels = {Role(role).label for role in roles}
        blank, *groups = self.fields["organization_type"].widget.choices
        groups.sort(key=lambda group: group[0] not in labels)
        self._offer("organization_type", [blank, *groups])

    def _offer(self, name, choices):
        if name in self.fields:
            self.fields[name].widget.choices = choices

    def _regions(self):
        """Where this user may put it, and where it is."""
        mine = self.user.editable_regions() if self.user else Region.objects.none()
        return Region.objects.filter(Q(pk__in=mine.values("pk")) | Q(pk=self.instance.region_id))

    @cached_property
    def offerings(self):
        if self.is_bound and "offerings-TOTAL_FORMS" in self.data:
            return OfferingFormSet(self.data, prefix="offerings")
        formset = OfferingFormSet(initial=self.shown_offerings, prefix="offerings")
        formset.extra = 0 if self.shown_offerings else 1
        return formset

    def clean_description(self):
        text = self.cleaned_data["description"]
        if len(text) > LONGEST_DESCRIPTION and text != tidy(self.began_from.get("description")):
            raise forms.ValidationError(
                _("At most %(most)d characters, please."), params={"most": LONGEST_DESCRIPTION}
            )
        return text

    def clean(self):
        data = super().clean()
        if kind := data.get("organization_type"):
            self.instance.role = kind.role
        for name in PICTURES:
            self._keep(name)
        if self.offerings.is_bound and not self.offerings.is_valid():
            self.add_error(None, _("Something is not right in what it offers or looks for."))
        return data

    def _keep(self, name):
        """Store an upload at once, so that no error elsewhere asks for it again."""
        if upload := self.cleaned_data.get(name):
            file = getattr(Stakeholder(), name)
            file.save(upload.name, upload, save=False)
            kept = signing.dumps(file.name, salt=name)
            self.cleaned_data[f"kept_{name}"] = self.data[f"kept_{name}"] = kept
            self.cleaned_data[f"remove_{name}"] = False
            self.data.pop(f"remove_{name}", None)

    def picture_name(self, name):
        """The file that is shown as it stands: uploaded, kept or the listing's own; "" is none."""
        source = self.data if self.is_bound else self.initial
        kept = source.get(f"kept_{name}") or ""
        if self.is_bound and source.get(f"remove_{name}"):
            return ""
        try:
            return signing.loads(kept, salt=name)
        except signing.BadSignature:
            return self.began_from.get(name, "")

    @property
    def shown_logo(self):
        return Stakeholder(logo=self.picture_name("logo")).logo

    @property
    def shown_photo(self):
        return Stakeholder(photo=self.picture_name("photo")).photo

    def pictures_for_script(self):
        """Of each upload just stored, its signed name and where it is; of a refused one, why."""
        answer = {}
        for name in PICTURES:
            if self.errors.get(name):
                answer[name] = {"error": " ".join(self.errors[name])}
            elif self.files.get(name):
                file = getattr(Stakeholder(**{name: self.picture_name(name)}), name)
                answer[name] = {"kept": self.data[f"kept_{name}"], "url": file.url}
        return answer

    def content(self):
        """What the valid form says; what it has no field for stays as it was."""
        data, content = self.cleaned_data, dict(self.began_from)
        for name in [*PLAIN, "point"]:
            if name in data and tidy(content.get(name)) != data[name]:
                content[name] = data[name]
        content |= {name: data[name].pk for name in KEYS if name in data}
        content |= {name: self.picture_name(name) for name in PICTURES if name in self.fields}
        if "subsectors" in data:
            content["subsectors"] = sorted(each.pk for each in data["subsectors"])
        if self.offerings.is_bound:
            base = content.get("offerings", {})
            content["offerings"] = self.offerings.content(base, self._declined())
        theirs = flat(self.began_from)
        return content | {key: theirs[key] for key in self._declined() if key in content}

    def _give_way(self):
        """Show their version of what was declined: it stands even if the form comes back."""
        for name in self._declined() & self.fields.keys() - {*PICTURES}:
            value = self.fields[name].prepare_value(self.began_from[name])
            values = value if isinstance(value, list) else [value]
            self.data.setlist(name, ["" if each is None else str(each) for each in values])

    def _declined(self):
        """Keys of what somebody else changed too, where their version shall stand."""
        chosen = (name for name in self.data if name.startswith("pilih-"))
        keys = {name.removeprefix("pilih-") for name in chosen if self.data[name] == "theirs"}
        return {key for key in keys if key.startswith("offerings/") or key in self.began_from}

    def shown_content(self):
        """What a form says that was not sent, as far as the typed words of a draft can be read."""
        if not self.typed_before:
            return self.began_with
        data = data_of_typed(self.typed_before)
        data["base"] = self._signed(self.began_from)
        form = type(self)(data, user=self.user, instance=self.instance)
        form.is_valid()
        return BLANK | form.content()

    @property
    def chosen_region(self):
        """The region as far as it is chosen, in a form that need not be valid."""
        key = self.data.get("region", "")
        return self.fields["region"].queryset.filter(pk=key).first() if is_key(key) else None

    def typed(self):
        """All that was typed, as it was typed, for a draft."""
        data = self.data if hasattr(self.data, "getlist") else MultiValueDict()
        hidden = {"base", *PICTURES, *(f"kept_{name}" for name in PICTURES)}
        rows = range(self.offerings.total_form_count() if self.offerings.is_bound else 0)
        return {
            **{name: kept_words(data, name) for name in self.fields if name not in hidden},
            "offerings": [typed_row(data, number) for number in rows],
            "pictures": {name: self.picture_name(name) for name in PICTURES},
        }

    @cached_property
    def alike(self):
        """Listings that may be the same: asked for where name or website are new."""
        said = {name: self.cleaned_data.get(name) for name in ("name", "website")}
        if all(self.began_from.get(name) == value for name, value in said.items()):
            return []
        said |= {name: self.cleaned_data.get(name) for name in ("region", "point")}
        listings = Stakeholder.objects.visible_to(self.user or AnonymousUser())
        found = listings.exclude(pk=self.instance.pk).likely_the_same(**said)
        return list(found.select_related("region")[:MOST_ALIKE])

    @property
    def is_settled(self):
        """Whether it is valid, and somebody has seen what is alike already."""
        return self.is_valid() and ("tetap" in self.data or not self.alike)


def tidy(value):
    """As a form would read a value that it showed."""
    return value.replace("\r\n", "\n").strip() if isinstance(value, str) else value


def by_province(regions):
    """The regions to choose from; nothing is asked where there is but one."""
    names = ["pk", "name", "province__short_name"]
    groups = {}
    for pk, name, province in regions.order_by("province__short_name", "name").values_list(*names):
        groups.setdefault(province, []).append((pk, name))
    if len(groups) == 1:
        [choices] = groups.values()
        return choices if len(choices) == 1 else [("", _("Choose a region")), *choices]
    return [("", _("Choose a region")), *groups.items()]


def initial_of(content):
    """Return a content as the fields of a form show it."""
    initial = {name: value for name, value in content.items() if name not in PICTURES}
    initial |= {f"kept_{name}": signing.dumps(content[name], salt=name) for name in PICTURES}
    rows = content["offerings"].items()
    return initial | {"offerings": [{"key": key, **values} for key, values in rows]}


def typed_row(data, number):
    names = [*OfferingForm.base_fields, "DELETE"]
    return {name: kept_words(data, f"offerings-{number}-{name}") for name in names}


def kept_words(data, name):
    """What was typed, but for the one character that PostgreSQL cannot hold."""
    return [value.replace("\0", "") for value in data.getlist(name)]


def initial_of_typed(typed):
    """Return what a draft holds as the fields of a form show it."""
    fields = {name: each for name, each in typed.items() if name not in {"offerings", "pictures"}}
    initial = {name: _shown(name, values) for name, values in fields.items()}
    pictures = typed.get("pictures", {})
    initial |= {f"kept_{name}": signing.dumps(value, salt=name) for name, value in pictures.items()}
    rows = typed.get("offerings", [])
    shown = [{name: _shown(name, values) for name, values in row.items()} for row in rows]
    return initial | {"offerings": shown}


def data_of_typed(typed):
    """Return what a draft holds as a browser would send it."""
    data = MultiValueDict()
    for name, value in initial_of_typed(typed).items():
        if name != "offerings":
            data.setlist(name, value if isinstance(value, list) else [value])
    for number, row in enumerate(typed.get("offerings", [])):
        for name, values in row.items():
            data.setlist(f"offerings-{number}-{name}", values)
    data["offerings-TOTAL_FORMS"] = len(typed.get("offerings", []))
    data["offerings-INITIAL_FORMS"] = 0
    return data


def _shown(name, values):
    return values if name in SEVERAL else values[-1] if values else ""
