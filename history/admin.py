from django.contrib import admin, messages
from django.contrib.admin.templatetags.admin_urls import admin_urlname
from django.contrib.admin.utils import unquote
from django.contrib.admin.views.main import PAGE_VAR, ChangeList
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Q
from django.http import Http404, HttpResponseRedirect
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from history import events, undo
from history.hands import HANDS
from history.keys import is_key
from history.models import Change, authors_of

ROWS_SHOWN = 100  # of one change


def history_page(model_admin, request, found):
    """Return one page of row changes, as `events.find` finds them, for the templates."""
    paginator = model_admin.get_paginator(request, found, 25)
    page = paginator.get_page(request.GET.get(PAGE_VAR))
    return {
        "page": page,
        "page_range": paginator.get_elided_page_range(page.number),
        "row_changes": events.load(page.object_list),
    }


class Uneditable:
    """Rows that come from elsewhere: staff look at them and may delete them."""

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False


class ReadOnly(Uneditable):
    """Rows that nobody may touch."""

    def has_delete_permission(self, request, obj=None):
        return False


class HistoryAdmin(admin.ModelAdmin):
    """Shows, as a row's history, what the triggers kept instead of what the admin logged."""

    object_history_template = "history/object_history.html"

    def get_object(self, request, object_id, from_field=None):
        """For its history a deleted row is still there, as it was last."""
        row = super().get_object(request, object_id, from_field)
        history = f"{self.opts.app_label}_{self.opts.model_name}_history"
        if row is None and is_key(object_id) and request.resolver_match.url_name == history:
            return events.last_known(self.model, object_id)
        return row

    def history_view(self, request, object_id, extra_context=None):
        if not request.user.has_perm("history.view_change"):
            raise PermissionDenied
        response = super().history_view(request, object_id, extra_context)
        if isinstance(response, TemplateResponse):  # else it says that there is no such row
            row, seen = response.context_data["object"], events.seen_by(request.user)
            response.context_data |= history_page(self, request, events.about(row, seen))
            response.context_data["title"] = _("History: %(name)s") % {"name": row}
        return response


class ModelFilter(admin.SimpleListFilter):
    title = _("what changed")
    parameter_name = "model"

    def lookups(self, request, model_admin):
        seen = events.seen_by(request.user)
        subjects = {events.subject_of(model.pgh_tracked_model) for model in seen}
        names = [(model._meta.label, capfirst(model._meta.verbose_name)) for model in subjects]
        return sorted(names, key=lambda name: name[1])

    def queryset(self, request, queryset):
        label = self.value()
        return queryset.touching(_seen_of(label, request.user)) if label else queryset


class KindFilter(admin.SimpleListFilter):
    title = _("how")
    parameter_name = "kind"

    def lookups(self, request, model_admin):
        return events.KINDS.items()

    def queryset(self, request, queryset):
        if not self.value():
            return queryset
        # Of the model that the other filter names: deleted listings, not just any deletion.
        event_models = _seen_of(request.GET.get(ModelFilter.parameter_name), request.user)
        return queryset.touching(event_models, pgh_label=self.value())


def _seen_of(label, user):
    """Return the seen event models of one model and its links; all of them without a label."""
    return [
        event_model
        for event_model in events.seen_by(user)
        if not label or events.subject_of(event_model.pgh_tracked_model)._meta.label == label
    ]


class AuthorFilter(admin.SimpleListFilter):
    title = _("who")
    parameter_name = "user"
    commands = "commands"

    def lookups(self, request, model_admin):
        authors = Change.objects.order_by().values_list("metadata__user", flat=True).distinct()
        users = get_user_model().objects.filter(pk__in=[pk for pk in authors if pk])
        return [(self.commands, _("Commands")), *((str(user.pk), str(user)) for user in users)]

    def queryset(self, request, queryset):
        if self.value() == self.commands:
            return queryset.filter(metadata__has_key="command")
        if self.value() in {value for value, _label in self.lookup_choices}:
            return queryset.filter(metadata__user=int(self.value()))
        return queryset


class HandFilter(admin.SimpleListFilter):
    title = _("by which right")
    parameter_name = "hand"

    def lookups(self, request, model_admin):
        return HANDS.items()

    def queryset(self, request, queryset):
        return queryset.by_hand(self.value()) if self.value() in HANDS else queryset


class ChangesList(ChangeList):
    def get_results(self, request):
        super().get_results(request)
        self.result_list = list(self.result_list)
        authors = authors_of(self.result_list)
        seen = dict.fromkeys(events.seen_by(request.user), Q())
        summaries = events.summaries([change.pk for change in self.result_list], seen)
        for change in self.result_list:
            change.author = authors[change]
            change.summary = summaries[change.pk]


@admin.register(Change)
class ChangeAdmin(ReadOnly, admin.ModelAdmin):
    """Recent changes of all models, deleted rows included; each can be taken back."""

    list_display = ["when", "author", "what"]
    list_filter = [KindFilter, ModelFilter, HandFilter, AuthorFilter]
    list_per_page = 50
    date_hierarchy = "created_at"
    show_full_result_count = False

    def get_changelist(self, request, **kwargs):
        return ChangesList

    def get_urls(self):
        unknown = self.admin_site.admin_view(self.unknown_view)
        return [path("unknown/", unknown, name="history_change_unknown"), *super().get_urls()]

    def get_queryset(self, request):
        changes, seen = super().get_queryset(request), events.seen_by(request.user)
        return changes if seen == events.event_models() else changes.touching(seen)

    def has_undo_permission(self, request):
        return request.user.has_perm("history.undo_change")

    @admin.display(description=_("when"), ordering="created_at")
    def when(self, change):
        return change.created_at

    @admin.display(description=_("who"))
    def author(self, change):
        return change.author

    @admin.display(description=_("what"))
    def what(self, change):
        return render_to_string("history/_summary.html", {"change": change})

    def unknown_view(self, request):
        """Rows changed outside requests and commands, by hand in the database for example."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        seen = events.seen_by(request.user)
        found = events.find({model: Q(pgh_context__isnull=True) for model in seen})
        context = self._context(request, title=_("Changes by an unknown hand"))
        context |= history_page(self, request, found)
        return TemplateResponse(request, "history/unknown_changes.html", context)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """One change with all its rows, and the button that takes it back."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        answer = self._undo if request.method == "POST" else self._confirmation
        return answer(request, unquote(object_id))

    def _undo(self, request, key):
        if not self.has_undo_permission(request):
            raise PermissionDenied
        try:
            rows = undo.undo(key, request.user)
        except ValidationError as error:
            for message in error.messages:
                messages.error(request, message)
            return HttpResponseRedirect(request.path)
        done = ngettext("%(count)d row was set back.", "%(count)d rows were set back.", len(rows))
        messages.success(request, done % {"count": len(rows)})
        return HttpResponseRedirect(self._address_after(request, rows))

    def _address_after(self, request, rows):
        """The one row that was set back, its history if it is gone now; else all changes."""
        model, pk = events.whole_place(rows)
        if model is None or not self._is_shown(request, model):
            return reverse("admin:history_change_changelist")
        page = "change" if model._base_manager.filter(pk=pk).exists() else "history"
        return reverse(admin_urlname(model._meta, page), args=[pk])

    def _is_shown(self, request, model):
        if not self.admin_site.is_registered(model):
            return False
        return self.admin_site.get_model_admin(model).has_view_or_change_permission(request)

    def _confirmation(self, request, key):
        rows = undo.rows_of(key)
        seen = events.seen_by(request.user)
        visible = [row for row in rows if type(row.event) in seen]
        if not visible:
            raise Http404
        shown = visible[:ROWS_SHOWN]
        events.fetch_names(shown)
        events.fetch_authors(shown)
        context = self._context(request, title=_("Undo a change"))
        context |= {
            "author": shown[0].author,
            "at": shown[0].event.pgh_created_at,
            "rows": shown,
            "more": len(visible) - ROWS_SHOWN,
            "problems": undo.problems(rows, request.user),
            "may_undo": self.has_undo_permission(request),
        }
        return TemplateResponse(request, "history/undo.html", context)

    def _context(self, request, **context):
        return self.admin_site.each_context(request) | {"opts": self.opts} | context
