from urllib.parse import unquote_plus

from django import forms
from django.contrib import admin, messages
from django.db import transaction
from django.utils import timezone
from django.utils.timesince import timesince
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from collaborations.actions import accept_suggestion, decline_suggestion
from collaborations.models import Adoption, GoodPractice, SavedSearch, Suggestion
from history.admin import HistoryAdmin, Uneditable
from regions.inlines import NamingInline
from stakeholders.roles import Role

Status = GoodPractice.Status


class AdoptionInline(NamingInline, admin.StackedInline):
    model = Adoption
    fields = [
        ("region", "adapted_from"),
        ("status", "started_on", "ended_on"),
        "adapted_how",
        ("source_url", "is_public"),
    ]
    autocomplete_fields = ["region"]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("region", "adapted_from__region")

    def get_formset(self, request, obj=None, **kwargs):
        """Offer only adoptions of this practice, read once for all rows."""
        formset = super().get_formset(request, obj, **kwargs)
        if field := formset.form.base_fields.get("adapted_from"):
            siblings = Adoption.objects.filter(practice=obj).select_related("region")
            field.choices = [("", "---------"), *((each.pk, str(each)) for each in siblings)]
        return formset


class GoodPracticeForm(forms.ModelForm):
    roles = forms.MultipleChoiceField(
        label=_("Roles involved"),
        choices=Role.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=GoodPractice._meta.get_field("roles").help_text,
    )

    def clean(self):
        """A practice that is published here has been public from now on."""
        if self.cleaned_data.get("status") == Status.PUBLISHED:
            self.instance.published_at = self.instance.published_at or timezone.now()
        return super().clean()


@admin.register(GoodPractice)
class GoodPracticeAdmin(HistoryAdmin):
    form = GoodPracticeForm
    list_display = ["title", "region", "pillar", "cost_band", "status", "adopters", "is_demo"]
    list_filter = ["status", "pillar", "cost_band", "is_demo", "subsectors", "region__province"]
    list_select_related = ["region"]
    search_fields = ["title", "summary", "slug", "region__name", "region__aliases"]
    search_help_text = _("Title, summary, address word or region")
    date_hierarchy = "published_at"
    autocomplete_fields = ["region", "subsectors", "stakeholders"]
    prepopulated_fields = {"slug": ["title"]}
    readonly_fields = ["published_at"]
    fieldsets = [
        (None, {"fields": ["title", "slug", "region", "pillar", "subsectors", "summary"]}),
        (
            _("What was done"),
            {"fields": ["challenge", "approach", "results", "evidence", "evidence_url"]},
        ),
        (
            _("To do it elsewhere"),
            {"fields": ["how_to_replicate", ("cost_band", "started_year", "months")]},
        ),
        (_("Who took part"), {"fields": ["roles", "stakeholders"]}),
        (_("Sources"), {"fields": ["sources", "is_demo"]}),
        (_("State"), {"fields": ["status", "published_at"]}),
    ]
    inlines = [AdoptionInline]
    actions = ["publish"]

    def get_queryset(self, request):
        return super().get_queryset(request).with_adoption_count()

    def get_readonly_fields(self, request, obj=None):
        """The status is a field only for those who have the action that sets it."""
        free = self.has_publish_permission(request)
        return [*self.readonly_fields, *([] if free else ["status"])]

    @admin.display(description=_("adopted by"), ordering="adoption_count")
    def adopters(self, practice):
        return practice.adoption_count

    def has_publish_permission(self, request):
        return request.user.has_perm("collaborations.publish_goodpractice")

    @admin.action(description=_("Publish"), permissions=["publish"])
    @transaction.atomic
    def publish(self, request, queryset):
        drafts = [practice for practice in queryset if practice.status == Status.DRAFT]
        complete = [practice for practice in drafts if practice.is_complete]
        for practice in complete:
            practice.publish()
        if complete:
            done = ngettext(
                "%(count)d practice published.", "%(count)d practices published.", len(complete)
            )
            self.message_user(request, done % {"count": len(complete)}, messages.SUCCESS)
        if skipped := [str(practice) for practice in queryset if practice not in complete]:
            reason = _("Skipped, because public already or not complete: %(names)s")
            names = {"names": ", ".join(skipped)}
            self.message_user(request, reason % names, messages.WARNING)


@admin.register(Adoption)
class AdoptionAdmin(HistoryAdmin):
    list_display = ["practice", "region", "status", "started_on", "adapted_from", "is_public"]
    list_filter = ["status", "is_public", "practice__pillar", "region__province"]
    list_select_related = ["practice", "region", "adapted_from__region"]
    search_fields = ["practice__title", "region__name", "region__aliases", "adapted_how"]
    date_hierarchy = "started_on"
    autocomplete_fields = ["practice", "region", "adapted_from"]
    fields = [
        "practice",
        ("region", "adapted_from"),
        ("status", "started_on", "ended_on"),
        "adapted_how",
        ("source_url", "is_public"),
    ]


@admin.register(SavedSearch)
class SavedSearchAdmin(Uneditable, admin.ModelAdmin):
    """For numbers and for deleting on request: no address can be read here."""

    list_display = ["id", "address", "words", "rhythm", "language", "state", "asked_at", "due_at"]
    list_filter = ["rhythm", "language", ("confirmed_at", admin.EmptyFieldListFilter)]
    list_select_related = ["subscriber"]
    date_hierarchy = "asked_at"
    fields = ["address", "words", "rhythm", "language", "state", "asked_at", "seen_until", "due_at"]

    @admin.display(description=_("e-mail, masked"))
    def address(self, search):
        return search.subscriber.masked_email

    @admin.display(description=_("search"), ordering="query")
    def words(self, search):
        """What is searched for, without a query for each row."""
        return unquote_plus(search.query) or _("All partners")

    @admin.display(description=_("state"))
    def state(self, search):
        if not search.is_confirmed:
            return _("not confirmed")
        return _("paused") if search.subscriber.is_paused else _("running")

    def delete_model(self, request, search):
        search.stop()

    def delete_queryset(self, request, queryset):
        SavedSearch.objects.filter(pk__in=queryset).stop()


@admin.register(Suggestion)
class SuggestionAdmin(Uneditable, HistoryAdmin):
    """What visitors propose: to be read, then accepted as a draft or declined.

    Officers, and staff with them, decide one by one at /kelola/usulan/.
    """

    list_display = ["name", "kind", "age", "role", "region", "status"]
    list_filter = ["status", "kind", "role", "region__province"]
    list_select_related = ["region"]
    search_fields = ["name", "summary", "region__name", "region__aliases"]
    search_help_text = _("Name, what it does, or region")
    date_hierarchy = "created_at"
    fieldsets = [
        (None, {"fields": ["name", "role", "region", "subsectors", "summary", "website", "note"]}),
        (_("Correction"), {"fields": ["kind", "about", "report", "duplicate_of", "changes"]}),
        (_("Private: never on a public page"), {"fields": ["proposer_email"]}),
        (_("State"), {"fields": ["status", "created_at", ("decided_at", "decided_by")]}),
        (None, {"fields": ["stakeholder", "taken", "answer"]}),
    ]
    actions = ["accept", "decline"]

    def has_decide_permission(self, request):
        return request.user.has_perm("collaborations.decide_suggestion")

    @admin.display(description=_("waiting"), ordering="created_at")
    def age(self, suggestion):
        return timesince(suggestion.created_at, suggestion.decided_at, depth=1)

    @admin.action(description=_("Accept: make a draft"), permissions=["decide"])
    @transaction.atomic
    def accept(self, request, queryset):
        made = {
            row.pk: accept_suggestion(suggestion=row, user=request.user)
            for row in self._undecided(queryset)
            if not row.is_correction  # they are taken over field by field, in the workspace
        }
        if drafts := [draft for draft in made.values() if draft]:
            self._say_drafts(request, drafts)
        self._say_skipped(request, queryset, [pk for pk in made if made[pk]])

    @admin.action(description=_("Decline"), permissions=["decide"])
    @transaction.atomic
    def decline(self, request, queryset):
        rows = self._undecided(queryset)
        for row in rows:
            decline_suggestion(suggestion=row, user=request.user)
        if rows:
            done = ngettext(
                "%(count)d suggestion declined.", "%(count)d suggestions declined.", len(rows)
            )
            self.message_user(request, done % {"count": len(rows)}, messages.SUCCESS)
        self._say_skipped(request, queryset, [row.pk for row in rows])

    def _undecided(self, queryset):
        """Lock them, so that two of the staff do not decide at once."""
        chosen = Suggestion.objects.undecided().filter(pk__in=queryset.order_by().values("pk"))
        return list(chosen.select_related("region").select_for_update(of=["self"]))

    def _say_drafts(self, request, drafts):
        done = ngettext(
            "%(count)d draft made; its organisation type is only the first of its role,"
            " please choose: %(names)s",
            "%(count)d drafts made; their organisation type is only the first of the role,"
            " please choose: %(names)s",
            len(drafts),
        )
        names = ", ".join(f"{draft} ({draft.organization_type})" for draft in drafts)
        self.message_user(request, done % {"count": len(drafts), "names": names}, messages.SUCCESS)

    def _say_skipped(self, request, queryset, done):
        if skipped := [str(row) for row in queryset if row.pk not in done]:
            reason = _("Skipped, because decided already or no type for the role: %(names)s")
            self.message_user(request, reason % {"names": ", ".join(skipped)}, messages.WARNING)
