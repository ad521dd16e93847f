from django.contrib import admin
from django.contrib.admin.widgets import AdminTextInputWidget
from django.contrib.postgres.fields import ArrayField
from django.utils.translation import gettext_lazy as _

from history.admin import HistoryAdmin
from regions.models import Province, Recognition, Region, RegionSubsector, Subsector


class RecognitionInline(admin.StackedInline):
    model = Recognition
    fields = ["scheme", "year", "field", "subsectors", "source", "source_url"]
    autocomplete_fields = ["subsectors"]
    extra = 0


class RegionSubsectorInline(admin.StackedInline):
    model = RegionSubsector
    fields = ["subsector", "is_lead", ("basis", "since_year"), "source_url"]
    autocomplete_fields = ["subsector"]
    extra = 0

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("subsector")


@admin.register(Province)
class ProvinceAdmin(HistoryAdmin):
    list_display = ["code", "short_name", "island", "capital", "population"]
    list_display_links = ["code", "short_name"]
    list_filter = ["island"]
    search_fields = ["short_name", "name", "code", "capital"]
    prepopulated_fields = {"slug": ["short_name"]}
    fieldsets = [
        (None, {"fields": ["short_name", "name", "code", "slug"]}),
        (
            _("Place"),
            {"fields": ["island", "capital", ("latitude", "longitude"), "population"]},
        ),
    ]
    inlines = [RecognitionInline]


@admin.register(Subsector)
class SubsectorAdmin(HistoryAdmin):
    list_display = ["position", "name_id", "name_en", "ministry_field", "is_priority"]
    list_display_links = ["name_id", "name_en"]
    list_filter = ["ministry_field", "is_priority"]
    search_fields = ["name_id", "name_en", "slug"]
    prepopulated_fields = {"slug": ["name_id"]}
    fields = ["name_id", "name_en", "slug", "ministry_field", "is_priority", "position"]


@admin.register(Region)
class RegionAdmin(HistoryAdmin):
    list_display = ["code", "name", "province", "kind", "profile_status", "profile_verified_at"]
    list_display_links = ["code", "name"]
    list_filter = [
        "profile_status",
        "kind",
        "recognitions__scheme",
        "province__island",
        "province",
    ]
    list_select_related = ["province"]
    search_fields = ["name", "aliases", "code", "province__short_name"]
    autocomplete_fields = ["province"]
    prepopulated_fields = {"slug": ["name"]}
    formfield_overrides = {ArrayField: {"widget": AdminTextInputWidget}}
    fieldsets = [
        (_("Profile"), {"fields": ["tagline", "story", "cover", "website"]}),
        (_("Three pillars"), {"fields": ["identity", "liveability", "participation"]}),
        (_("Publication"), {"fields": ["profile_status", "profile_verified_at"]}),
        (
            _("Name and place"),
            {
                "fields": [
                    ("name", "short_name"),
                    ("kind", "code", "slug"),
                    "aliases",
                    ("province", "is_administrative"),
                    ("capital", "timezone"),
                    ("latitude", "longitude"),
                    "population",
                ]
            },
        ),
    ]
    inlines = [RegionSubsectorInline, RecognitionInline]


@admin.register(RegionSubsector)
class RegionSubsectorAdmin(HistoryAdmin):
    list_display = ["region", "subsector", "is_lead", "since_year", "basis"]
    list_filter = ["is_lead", "basis", "subsector", "region__province"]
    list_select_related = ["region", "subsector"]
    search_fields = ["region__name", "subsector__name_id", "subsector__name_en"]
    autocomplete_fields = ["region", "subsector"]
    ordering = ["region__short_name", "-is_lead", "subsector__position", "pk"]


@admin.register(Recognition)
class RecognitionAdmin(HistoryAdmin):
    list_display = ["place", "scheme", "year", "honoured_for", "source"]
    list_filter = ["scheme", "field", "subsectors", "year", "region__province"]
    list_select_related = ["region", "province"]
    search_fields = ["region__name", "province__short_name", "source", "=year"]
    autocomplete_fields = ["region", "province", "subsectors"]
    fieldsets = [
        (None, {"fields": ["scheme", "region", "province", "year"]}),
        (_("What for"), {"fields": ["field", "subsectors"]}),
        (_("Source"), {"fields": ["source", "source_url"]}),
    ]

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("subsectors")

    @admin.display(description=_("place"), ordering="region__short_name")
    def place(self, recognition):
        return recognition.place

    @admin.display(description=_("what for"))
    def honoured_for(self, recognition):
        return recognition.honoured_for
