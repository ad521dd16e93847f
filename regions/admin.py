from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.contrib.admin.widgets import AdminTextInputWidget
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import TextField
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from history.admin import HistoryAdmin
from history.keys import is_key
from images.fields import PictureField
from images.widgets import PictureInput
from regions.fields import LongText
from regions.inlines import NamingInline
from regions.models import (
    ProfileDraft,
    Province,
    Recognition,
    Region,
    RegionSubsector,
    Subsector,
)
from regions.models.texts import ProfileTexts
from regions.views import preview_page

# A file cannot be copied into a form; a draft without a cover keeps the published one.
WRITTEN = [name for name in ProfileTexts.field_names() if name != "cover"]

EMPTY = _("Skipped, because nothing is written yet: %(names)s")
HIDDEN = _("Skipped, because not public: %(names)s")
WORDLESS = _("Not published: write a tagline, a story or a pillar first.")
UNSAVED = _("Preview, not saved: the page as it would be with what stands in the form now.")


class RecognitionInline(NamingInline, admin.StackedInline):
    model = Recognition
    fields = ["scheme", "year", "field", "subsectors", "source", "source_url"]
    autocomplete_fields = ["subsectors"]

    def get_queryset(self, request):
        rows = super().get_queryset(request).select_related("region", "province")
        return rows.prefetch_related("subsectors")


class RegionSubsectorInline(NamingInline, admin.StackedInline):
    model = RegionSubsector
    fields = ["subsector", "is_lead", ("basis", "since_year"), "source_url"]
    autocomplete_fields = ["subsector"]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("region", "subsector")


class ProfilePublisher:
    """Who may put profiles on their pages may also take them off."""

    def has_publish_permission(self, request):
        return request.user.has_perm("regions.publish_profiledraft")

    def tell(self, request, done, count, reason, skipped):
        if count:
            self.message_user(request, done % count, messages.SUCCESS)
        if skipped:
            names = ", ".join(map(str, skipped))
            self.message_user(request, reason % {"names": names}, messages.WARNING)


@admin.register(Province)
class ProvinceAdmin(HistoryAdmin):
    list_display = ["code", "short_name", "island", "capital", "population"]
    list_display_links = ["code", "short_name"]
    list_filter = ["island"]
    search_fields = ["short_name", "name", "aliases", "code", "capital"]
    prepopulated_fields = {"slug": ["short_name"]}
    formfield_overrides = {ArrayField: {"widget": AdminTextInputWidget}}
    fieldsets = [
        (None, {"fields": ["short_name", "name", "aliases", "code", "slug"]}),
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
class RegionAdmin(ProfilePublisher, HistoryAdmin):
    list_display = ["code", "name", "province", "profile_status", "profile_verified_at"]
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
        (_("Published profile"), {"fields": ["next_version", *ProfileTexts.field_names()]}),
        (
            _("Publication"),
            {"fields": ["profile_status", ("profile_verified_at", "profile_verified_by")]},
        ),
        (_("Listings"), {"fields": ["review"]}),
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
    readonly_fields = [
        "next_version",
        "profile_status",
        "profile_verified_at",
        "profile_verified_by",
        *ProfileTexts.field_names(),
    ]
    inlines = [RegionSubsectorInline, RecognitionInline]
    actions = ["unpublish"]

    @admin.action(description=_("Take the profile off the site"), permissions=["publish"])
    @transaction.atomic
    def unpublish(self, request, queryset):
        regions = list(queryset.select_for_update(of=["self"]))
        published = [region for region in regions if region.has_profile]
        hidden = [region for region in regions if not region.has_profile]
        for region in published:
            region.unpublish()
        done = ngettext(
            "%d profile taken off the site; its texts are kept.",
            "%d profiles taken off the site; their texts are kept.",
            len(published),
        )
        self.tell(request, done, len(published), HIDDEN, hidden)

    @admin.display(description=_("next version"))
    def next_version(self, region):
        """The way to the waiting draft, or to a new one that starts from these texts."""
        draft = ProfileDraft.objects.filter(region=region).first()
        if draft:
            url, words = reverse("admin:regions_profiledraft_change", args=[draft.pk]), _("open")
        else:
            url = f"{reverse('admin:regions_profiledraft_add')}?region={region.pk}"
            words = _("write one")
        return format_html('<a href="{}">{}</a>', url, words)


@admin.register(ProfileDraft)
class ProfileDraftAdmin(ProfilePublisher, HistoryAdmin):
    """Where profiles are written; the published version stays up until the draft is published."""

    change_form_template = "admin/regions/profiledraft/change_form.html"
    list_display = ["region", "tagline"]
    list_select_related = ["region"]
    list_filter = ["region__province"]
    search_fields = ["region__name", "tagline"]
    autocomplete_fields = ["region"]
    actions = ["publish"]
    formfield_overrides = {
        PictureField: {"widget": PictureInput},
        TextField: {"form_class": LongText},
    }
    fieldsets = [
        (None, {"fields": ["region", "tagline", "story", "cover", "cover_alt", "website"]}),
        (_("Three pillars"), {"fields": ["identity", "liveability", "participation"]}),
    ]

    class Media:
        js = ["js/counter.js"]

    def get_urls(self):
        new, change = map(self.admin_site.admin_view, [self.preview_new_view, self.preview_view])
        return [
            path("preview/", new, name="regions_profiledraft_preview_new"),
            path("<path:object_id>/preview/", change, name="regions_profiledraft_preview"),
            *super().get_urls(),
        ]

    def get_readonly_fields(self, request, obj=None):
        return ["region"] if obj else []

    def get_changeform_initial_data(self, request):
        """A new draft starts from the published texts."""
        key = request.GET.get("region", "")
        region = Region.objects.filter(pk=key).first() if is_key(key) else None
        texts = {name: getattr(region, name) for name in WRITTEN} if region else {}
        return {"region": region, **texts}

    def preview_new_view(self, request):
        if not self.has_add_permission(request):
            raise PermissionDenied
        return self._preview(request, None, reverse("admin:regions_profiledraft_add"))

    def preview_view(self, request, object_id):
        draft = self.get_object(request, unquote(object_id))
        if draft is None:
            raise Http404
        if not self.has_change_permission(request, draft):
            raise PermissionDenied
        form_url = reverse("admin:regions_profiledraft_change", args=[draft.pk])
        return self._preview(request, draft, form_url)

    def _preview(self, request, draft, form_url):
        """The public page as it would be with what stands in the form; nothing is saved."""
        if request.method != "POST":  # somebody opened the address itself
            return redirect(form_url)
        form_class = self.get_form(request, draft, change=draft is not None)
        form = form_class(request.POST, request.FILES, instance=draft)
        if form.is_valid():
            return preview_page(request, form.instance, UNSAVED)
        context = self.admin_site.each_context(request)
        context |= {"opts": self.opts, "title": _("No preview yet"), "form": form}
        return TemplateResponse(request, "admin/regions/profiledraft/no_preview.html", context)

    def response_post_save_change(self, request, obj):
        return self._published(request, obj) or super().response_post_save_change(request, obj)

    def response_post_save_add(self, request, obj):
        return self._published(request, obj) or super().response_post_save_add(request, obj)

    def _published(self, request, draft):
        if "_publish" not in request.POST or not self.has_publish_permission(request):
            return None
        if not draft.has_text:
            self.message_user(request, WORDLESS, messages.WARNING)
            return redirect(reverse("admin:regions_profiledraft_change", args=[draft.pk]))
        region = draft.region
        draft.publish(request.user)
        self.message_user(request, _("%(region)s has a new profile.") % {"region": region})
        return redirect(region)

    @admin.action(description=_("Publish selected drafts"), permissions=["publish"])
    def publish(self, request, queryset):
        drafts = list(queryset.select_related("region"))
        written = [draft for draft in drafts if draft.has_text]
        wordless = [draft.region for draft in drafts if not draft.has_text]
        for draft in written:
            draft.publish(request.user)
        done = ngettext("%d profile published.", "%d profiles published.", len(written))
        self.tell(request, done, len(written), EMPTY, wordless)


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
    list_display = ["place", "scheme", "year", "honoured_for", "short_source"]
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

    @admin.display(description=_("source"), ordering="source")
    def short_source(self, recognition):
        return Truncator(recognition.source).chars(60)

    @admin.display(description=_("what for"))
    def honoured_for(self, recognition):
        return recognition.honoured_for
