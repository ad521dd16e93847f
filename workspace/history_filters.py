import django_filters
from django.forms import ModelChoiceField
from django.utils.translation import gettext_lazy as _

from accounts.models import OfficerAssignment, User
from history.hands import HANDS
from history.models import Change, name_of_user
from regions.models import Region
from stakeholders.changes import events_in_care


class NameField(ModelChoiceField):
    def label_from_instance(self, obj):
        return name_of_user(obj)


class NameFilter(django_filters.ModelChoiceFilter):
    field_class = NameField


class HistoryFilter(django_filters.FilterSet):
    """The changes that touched listings in somebody's care."""

    wilayah = django_filters.ModelChoiceFilter(
        label=_("Region"),
        queryset=Region.objects.none(),
        to_field_name="slug",
        empty_label=_("All my regions"),
        method="in_region",
    )
    siapa = NameFilter(
        label=_("Who"), queryset=User.objects.none(), empty_label=_("Anybody"), method="by_user"
    )
    tangan = django_filters.ChoiceFilter(
        label=_("How"), choices=list(HANDS.items()), empty_label=_("Any way"), method="by_hand"
    )

    class Meta:
        model = Change
        fields = []

    def __init__(self, data, *, user):
        self.user = user
        super().__init__(data, queryset=Change.objects.with_events(events_in_care(user)))
        regions = user.editable_regions()
        self.form.fields["wilayah"].queryset = regions.only("slug", "name").order_by("name")
        self.form.fields["siapa"].queryset = _officers_of(regions)

    @property
    def events(self):
        """Which events to tell of each change."""
        return events_in_care(self.user, self.form.cleaned_data.get("wilayah"))

    @property
    def is_applied(self):
        return any(self.form.cleaned_data.values())

    def in_region(self, queryset, name, region):
        return queryset.with_events(events_in_care(self.user, region))

    def by_user(self, queryset, name, user):
        return queryset.filter(metadata__user=user.pk)

    def by_hand(self, queryset, name, hand):
        return queryset.by_hand(hand)


def _officers_of(regions):
    here = OfficerAssignment.objects.filter(region__in=regions)
    around = OfficerAssignment.objects.filter(province__in=regions.values("province"))
    return User.objects.filter(pk__in=(here | around).values("user"))
