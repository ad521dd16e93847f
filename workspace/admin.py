"""The audit log: every change and every noted action, by whom, by which right and where."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.rights import scopes_of
from history import events
from history.actions import note
from history.admin import ChangeAdmin, ChangesList
from history.models import Action, Change, authors_of
from regions.csv import csv_response
from regions.models import Region
from stakeholders.models import Merge, OfferingSubsector

MOST_EXPORTED = 20_000  # changes in one file
AT_ONCE = 500
HEADER = [_("When"), _("Who"), _("Account"), _("By which right"), _("For"), _("What"), _("Change")]


def events_in(region, user):
    """Return {event model: which of its events concern a region}, of those this user may see."""
    seen = {model: _condition(model, region) for model in events.seen_by(user)}
    return {model: condition for model, condition in seen.items() if condition}


def _condition(event_model, region):
    tracked, names = event_model.pgh_tracked_model, events.field_names(event_model)
    special = {
        Region: Q(pgh_obj=region.pk),
        Action: Q(region_key=region.pk),
        OfferingSubsector: Q(offering__stakeholder__region=region),
        Merge: Q(kept__region=region) | Q(merged__region=region),
    }
    if tracked in special:
        return special[tracked]
    if "region" in names:
        return Q(region=region)
    return Q(stakeholder__region=region) if "stakeholder" in names else None


class RegionFilter(admin.SimpleListFilter):
    title = _("region")
    parameter_name = "region"
    template = "admin/select_filter.html"

    def lookups(self, request, model_admin):
        self.user = request.user
        self.others = [
            (name, value) for name, value in request.GET.items() if name not in ("region", "p")
        ]
        return Region.objects.order_by("name").values_list("slug", "name")

    def queryset(self, request, queryset):
        region = Region.objects.filter(slug=self.value() or "").first()
        return queryset.with_events(events_in(region, request.user)) if region else queryset


class AuditList(ChangesList):
    def get_results(self, request):
        super().get_results(request)
        scopes = scopes_of(self.result_list)
        for change in self.result_list:
            change.scope = scopes[change]


admin.site.unregister(Change)


@admin.register(Change)
class AuditAdmin(ChangeAdmin):
    list_display = ["when", "author", "hand", "what"]
    list_filter = [*ChangeAdmin.list_filter, RegionFilter]

    def get_changelist(self, request, **kwargs):
        return AuditList

    def get_urls(self):
        view = self.admin_site.admin_view(self.export_view)
        return [path("export/", view, name="history_change_export"), *super().get_urls()]

    @admin.display(description=_("by which right"))
    def hand(self, change):
        return " · ".join(filter(None, [str(change.hand_label), change.scope]))

    def export_view(self, request):
        """What the list shows, as a file; that it was taken stands in the log, too."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        changes = self.get_changelist_instance(request).queryset[:MOST_EXPORTED]
        rows = list(_rows(list(changes), dict.fromkeys(events.seen_by(request.user), Q())))
        note(action="audit_export", user=request.user, count=len(rows))
        return csv_response(f"audit-{timezone.localdate()}", HEADER, rows)


def _rows(changes, seen):
    for start in range(0, len(changes), AT_ONCE):
        some = changes[start : start + AT_ONCE]
        authors, scopes = authors_of(some), scopes_of(some)
        summaries = events.summaries([change.pk for change in some], seen)
        for change in some:
            yield [
                timezone.localtime(change.created_at).isoformat(timespec="seconds"),
                authors[change],
                change.metadata.get("user"),
                change.hand_label,
                scopes[change],
                "; ".join(_in_words(*each) for each in summaries[change.pk]),
                change.pk,
            ]


def _in_words(row_change, more):
    kind = f"{row_change.kind_label}: {row_change.subject_label} "
    words = f"{'' if row_change.is_final else kind}{row_change.name}"
    return f"{words} (+{more})" if more else words
