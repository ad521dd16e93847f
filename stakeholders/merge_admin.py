"""The pages of the admin that make one listing of two."""

from urllib.parse import urlencode

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from history.actions import note
from history.admin import ReadOnly
from letters.tasks import defer_once
from stakeholders.merge_forms import MergeForm, PairForm
from stakeholders.merging import Pair, merge
from stakeholders.models import LikelyDuplicate
from stakeholders.tasks import look_for_duplicates


def address_of_merge(kept, merged):
    query = urlencode({"kept": kept, "merged": merged})
    return f"{reverse('admin:stakeholders_stakeholder_merge')}?{query}"


class Merging:
    """For the admin of listings: an action on two of them, and the page it leads to."""

    def get_urls(self):
        view = self.admin_site.admin_view(self.merge_view)
        return [path("merge/", view, name="stakeholders_stakeholder_merge"), *super().get_urls()]

    def has_merge_permission(self, request):
        return request.user.has_perm("stakeholders.add_merge")

    @admin.action(description=_("Merge two into one …"), permissions=["merge"])
    def merge_two(self, request, queryset):
        pks = list(queryset.order_by("created_at", "pk").values_list("pk", flat=True)[:3])
        if len(pks) != 2:
            self.message_user(request, _("Choose exactly two listings."), messages.WARNING)
            return None
        return HttpResponseRedirect(address_of_merge(*pks))

    def merge_view(self, request):
        if not self.has_merge_permission(request):
            raise PermissionDenied
        chosen = PairForm(request.GET)
        if not chosen.is_valid():
            raise Http404
        pair = Pair(**chosen.cleaned_data)
        form = MergeForm(request.POST if request.method == "POST" else None, pair=pair)
        if form.is_valid():
            return self._merge(request, pair, form.cleaned_data)
        context = self.admin_site.each_context(request) | {
            "opts": self.opts,
            "title": _("Merge two listings"),
            "form": form,
            "pair": pair,
            "swapped": address_of_merge(pair.merged.pk, pair.kept.pk),
        }
        return TemplateResponse(request, "admin/stakeholders/stakeholder/merge.html", context)

    def _merge(self, request, pair, chosen):
        try:
            merge(kept=pair.kept, merged=pair.merged, user=request.user, chosen=chosen)
        except ValidationError as error:
            self.message_user(request, " ".join(error.messages), messages.ERROR)
            return HttpResponseRedirect(request.get_full_path())
        names = {"merged": pair.merged, "kept": pair.kept}
        done = _("“%(merged)s” went into “%(kept)s”. The history can undo it.") % names
        self.message_user(request, done, messages.SUCCESS)
        page = reverse("admin:stakeholders_stakeholder_change", args=[pair.kept.pk])
        return HttpResponseRedirect(page)


class DecisionFilter(admin.SimpleListFilter):
    title = _("decision")
    parameter_name = "decision"

    def lookups(self, request, model_admin):
        return [("dismissed", _("Not the same"))]

    def queryset(self, request, queryset):
        if self.value() == "dismissed":
            return queryset.filter(dismissed_at__isnull=False)
        return queryset.open()


@admin.register(LikelyDuplicate)
class LikelyDuplicateAdmin(ReadOnly, admin.ModelAdmin):
    """Pairs to look at, the likest first; "not the same" is remembered."""

    list_display = ["pair", "why", "likeness_shown", "regions", "found_at"]
    list_display_links = None
    list_filter = [DecisionFilter, "reason", "first__region__province"]
    list_select_related = ["first__region", "second__region"]
    search_fields = ["first__name", "second__name", "first__region__name"]
    search_help_text = _("Name or region")
    actions = ["dismiss"]
    show_full_result_count = False

    def get_urls(self):
        view = self.admin_site.admin_view(self.look_again)
        name = "stakeholders_likelyduplicate_look"
        return [path("look/", view, name=name), *super().get_urls()]

    def has_dismiss_permission(self, request):
        return request.user.has_perm("stakeholders.change_likelyduplicate")

    @admin.display(description=_("listings"))
    def pair(self, duplicate):
        kept, merged = sorted([duplicate.first, duplicate.second], key=lambda one: one.created_at)
        address = address_of_merge(kept.pk, merged.pk)
        return format_html('{} · {}<br><a href="{}">{}</a>', kept, merged, address, _("Compare …"))

    @admin.display(description=_("why"), ordering="reason")
    def why(self, duplicate):
        return duplicate.get_reason_display()

    @admin.display(description=_("likeness of the names"), ordering="likeness")
    def likeness_shown(self, duplicate):
        return f"{duplicate.likeness:.0%}"

    @admin.display(description=_("regions"))
    def regions(self, duplicate):
        names = [str(duplicate.first.region), str(duplicate.second.region)]
        return " · ".join(dict.fromkeys(names))

    @admin.action(description=_("Not the same"), permissions=["dismiss"])
    def dismiss(self, request, queryset):
        pairs = list(queryset.open().select_related("first"))
        for pair in pairs:
            pair.dismiss(request.user)
            note(action="not_duplicates", user=request.user, subject=pair.first)
        number = len(pairs)
        done = ngettext(
            "%(count)d pair will not be shown again.",
            "%(count)d pairs will not be shown again.",
            number,
        )
        self.message_user(request, done % {"count": number}, messages.SUCCESS)

    def look_again(self, request):
        if request.method != "POST" or not self.has_dismiss_permission(request):
            raise PermissionDenied
        now = int(timezone.now().timestamp())
        defer_once(look_for_duplicates, timestamp=now)
        self.message_user(request, _("The search has begun. Look again in a minute."))
        return HttpResponseRedirect(reverse("admin:stakeholders_likelyduplicate_changelist"))
