from urllib.parse import parse_qsl

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.views.main import ChangeList
from django.contrib.admin.widgets import AdminTextInputWidget
from django.contrib.postgres.fields import ArrayField
from django.db import transaction
from django.db.models import Sum
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from history.admin import HistoryAdmin, ReadOnly
from images.fields import PictureField
from images.widgets import PictureInput
from regions.inlines import NamingInline
from stakeholders.merge_admin import Merging
from stakeholders.models import (
    Freshness,
    Offering,
    OfferingCategory,
    OrganizationType,
    SearchTerm,
    Stakeholder,
    Stewardship,
    VainSearch,
)

Status = Stakeholder.Status

CONFIRMED = ngettext_lazy("%(count)d listing confirmed.", "%(count)d listings confirmed.", "count")
PUBLISHED = ngettext_lazy("%(count)d listing published.", "%(count)d listings published.", "count")
ARCHIVED = ngettext_lazy("%(count)d listing archived.", "%(count)d listings archived.", "count")


@admin.register(OrganizationType)
class OrganizationTypeAdmin(HistoryAdmin):
    list_display = ["position", "name_id", "name_en", "role"]
    list_display_links = ["name_id", "name_en"]
    list_filter = ["role"]
    search_fields = ["name_id", "name_en", "slug"]
    prepopulated_fields = {"slug": ["name_id"]}
    fields = ["role", "name_id", "name_en", "slug", "position"]

    def get_readonly_fields(self, request, obj=None):
        """The database keeps the role of a type and of its listings the same."""
        in_use = obj is not None and obj.stakeholders.exists()
        return ["role"] if in_use else []


@admin.register(OfferingCategory)
class OfferingCategoryAdmin(HistoryAdmin):
    list_display = ["position", "name_id", "name_en"]
    list_display_links = ["name_id", "name_en"]
    search_fields = ["name_id", "name_en", "slug"]
    prepopulated_fields = {"slug": ["name_id"]}
    fields = ["name_id", "name_en", "slug", "position"]


class SearchTermForm(forms.ModelForm):
    def clean(self):
        """A word that neither means anything nor is ordinary would change nothing."""
        data = super().clean()
        says = ["role", "subsectors", "organization_types", "is_ordinary"]
        if not any(data.get(name) for name in says):
            problem = _("Say what it means, or that it is an ordinary word.")
            raise forms.ValidationError(problem)
        return data


@admin.register(SearchTerm)
class SearchTermAdmin(HistoryAdmin):
    form = SearchTermForm
    list_display = ["words", "meaning", "is_meant", "is_ordinary"]
    list_filter = ["is_ordinary", "is_meant", "role", "subsectors", "organization_types"]
    search_fields = ["words"]
    autocomplete_fields = ["subsectors", "organization_types"]
    fieldsets = [
        (None, {"fields": ["words"]}),
        (_("Meaning"), {"fields": ["role", "subsectors", "organization_types", "is_meant"]}),
        (_("Places"), {"fields": ["is_ordinary"]}),
    ]

    def get_queryset(self, request):
        rows = super().get_queryset(request)
        return rows.prefetch_related("subsectors", "organization_types")

    @admin.display(description=_("meaning"))
    def meaning(self, term):
        role = [term.get_role_display()] if term.role else []
        meant = [*role, *term.subsectors.all(), *term.organization_types.all()]
        return ", ".join(map(str, meant))


class FreshnessFilter(admin.SimpleListFilter):
    title = _("freshness")
    parameter_name = "freshness"

    def lookups(self, request, model_admin):
        return Freshness.choices

    def queryset(self, request, queryset):
        known = self.value() in Freshness.values
        return queryset.with_freshness_in([self.value()]) if known else queryset


class OfferingInline(NamingInline, admin.StackedInline):
    model = Offering
    fields = [("direction", "category"), ("reach", "valid_until"), "subsectors", "description"]
    autocomplete_fields = ["category", "subsectors"]

    def get_queryset(self, request):
        rows = super().get_queryset(request).select_related("stakeholder", "category")
        return rows.prefetch_related("subsectors")


class StakeholderForm(forms.ModelForm):
    def clean(self):
        """A listing that is published here has been public from now on."""
        if self.cleaned_data.get("status") == Status.PUBLISHED:
            self.instance.published_at = self.instance.published_at or timezone.now()
        return super().clean()


@admin.register(Stakeholder)
class StakeholderAdmin(Merging, HistoryAdmin):
    form = StakeholderForm
    list_display = [
        "name",
        "role",
        "region",
        "status",
        "freshness",
        "organization_type",
        "is_demo",
    ]
    list_filter = [
        "status",
        "role",
        FreshnessFilter,
        "is_demo",
        "organization_type",
        "subsectors",
        "region__province",
    ]
    list_select_related = ["organization_type", "region"]
    search_fields = ["name", "aliases", "slug", "region__name", "region__aliases"]
    search_help_text = _("Name, other name, address word or region")
    date_hierarchy = "verified_at"
    autocomplete_fields = ["organization_type", "region", "subsectors"]
    prepopulated_fields = {"slug": ["name"]}
    formfield_overrides = {
        ArrayField: {"widget": AdminTextInputWidget},
        PictureField: {"widget": PictureInput},
    }
    readonly_fields = [
        "published_at",
        "verified_at",
        "verified_by",
        "verified_via",
        "merged_into",
        "created_at",
    ]
    fieldsets = [
        (None, {"fields": ["name", "slug", "aliases"]}),
        (_("Role and place"), {"fields": ["role", "organization_type", "subsectors", "region"]}),
        (_("What it does"), {"fields": ["summary", "description", "logo", "photo"]}),
        (
            _("Public contact"),
            {
                "fields": [
                    "website",
                    "social_links",
                    "public_email",
                    "public_phone",
                    "address",
                    ("latitude", "longitude"),
                ]
            },
        ),
        (
            _("Private: never on a public page"),
            {"fields": ["contact_email"]},
        ),
        (
            _("State"),
            {
                "fields": [
                    "status",
                    "published_at",
                    ("verified_at", "verified_by", "verified_via"),
                    "rhythm_days",
                    "merged_into",
                ]
            },
        ),
        (_("Source"), {"fields": ["source", "source_url", "is_demo", "created_at"]}),
    ]
    inlines = [OfferingInline]
    actions = ["confirm", "publish", "archive", "merge_two"]

    def get_readonly_fields(self, request, obj=None):
        """The status is a field only for those who have the actions that set it."""
        free = self.has_publish_permission(request) and self.has_archive_permission(request)
        return [*self.readonly_fields, *([] if free else ["status"])]

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        context["show_confirm"] = (
            obj is not None
            and obj.status != Status.ARCHIVED
            and self.has_change_permission(request, obj)
            and self.has_confirm_permission(request)
        )
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    def response_post_save_change(self, request, obj):
        if "_confirm" in request.POST and self.has_confirm_permission(request):
            self._confirm(request, Stakeholder.objects.filter(pk=obj.pk))
        return super().response_post_save_change(request, obj)

    @admin.display(description=_("freshness"), ordering="stale_at")
    def freshness(self, stakeholder):
        return stakeholder.freshness.label

    def has_confirm_permission(self, request):
        return request.user.has_perm("stakeholders.confirm_stakeholder")

    def has_publish_permission(self, request):
        return request.user.has_perm("stakeholders.publish_stakeholder")

    def has_archive_permission(self, request):
        return request.user.has_perm("stakeholders.archive_stakeholder")

    @admin.action(description=_("Confirm: still true"), permissions=["confirm"])
    def confirm(self, request, queryset):
        self._confirm(request, queryset)

    def _confirm(self, request, queryset):
        reason = _("Skipped, because archived: %(names)s")
        fitting = queryset.exclude(status=Status.ARCHIVED)
        self._act(
            request, queryset, fitting, lambda row: row.confirm(request.user), CONFIRMED, reason
        )

    @admin.action(description=_("Publish"), permissions=["publish"])
    def publish(self, request, queryset):
        reason = _("Skipped, because public already or merged into another: %(names)s")
        fitting = queryset.exclude(status=Status.PUBLISHED).filter(merged_into__isnull=True)
        self._act(request, queryset, fitting, Stakeholder.publish, PUBLISHED, reason)

    @admin.action(description=_("Archive"), permissions=["archive"])
    def archive(self, request, queryset):
        reason = _("Skipped, because archived already: %(names)s")
        fitting = queryset.exclude(status=Status.ARCHIVED)
        self._act(request, queryset, fitting, Stakeholder.archive, ARCHIVED, reason)

    @transaction.atomic
    def _act(self, request, chosen, fitting, act, done, reason):
        fitting = fitting.in_bulk()
        skipped = [row for row in chosen if row.pk not in fitting]
        for row in fitting.values():
            act(row)
        if fitting:
            self.message_user(request, done % {"count": len(fitting)}, messages.SUCCESS)
        if skipped:
            names = ", ".join(map(str, skipped))
            self.message_user(request, reason % {"names": names}, messages.WARNING)


@admin.register(Offering)
class OfferingAdmin(HistoryAdmin):
    list_display = ["stakeholder", "direction", "category", "reach", "valid_until"]
    list_filter = ["direction", "category", "reach", "subsectors"]
    list_select_related = ["stakeholder", "category"]
    search_fields = ["stakeholder__name", "description", "category__name_id", "category__name_en"]
    date_hierarchy = "valid_until"
    autocomplete_fields = ["stakeholder", "category", "subsectors"]
    readonly_fields = ["created_at"]
    fields = [
        "stakeholder",
        "direction",
        "category",
        "subsectors",
        "reach",
        "description",
        "valid_until",
        "created_at",
    ]


class SummedList(ChangeList):
    """Tells how many searches the rows of all pages stand for."""

    def get_results(self, request):
        super().get_results(request)
        self.searches = self.queryset.aggregate(total=Sum("searches", default=0))["total"]


@admin.register(VainSearch)
class VainSearchAdmin(ReadOnly, admin.ModelAdmin):
    """What people look for in vain: to be read, never written."""

    list_display = ["day", "searches", "words", "other_words", "filters", "region", "province"]
    list_display_links = None
    list_filter = [("province", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["region", "province"]
    search_fields = ["words", "facets", "region__name"]
    date_hierarchy = "day"
    show_full_result_count = False

    def get_changelist(self, request, **kwargs):
        return SummedList

    @admin.display(description=_("filters"), ordering="facets")
    def filters(self, search):
        """Their values; the link leads to the same choice again."""
        chosen = " · ".join(value for _name, value in parse_qsl(search.facets))
        address = f"{reverse('stakeholders:stakeholders')}?{search.facets}"
        return format_html('<a href="{}">{}</a>', address, chosen) if chosen else ""


@admin.register(Stewardship)
class StewardshipAdmin(HistoryAdmin):
    list_display = ["user", "stakeholder", "how", "started_at", "ended_at", "granted_by"]
    list_filter = [("ended_at", admin.EmptyFieldListFilter), "how", "stakeholder__region__province"]
    list_select_related = ["user", "stakeholder", "granted_by"]
    search_fields = ["user__name", "user__email", "stakeholder__name"]
    search_help_text = _("Name or address of the steward, or the listing")
    date_hierarchy = "started_at"
    autocomplete_fields = ["user", "stakeholder", "granted_by"]
