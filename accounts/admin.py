from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import OfficerAssignment, User
from history.admin import HistoryAdmin
from regions.inlines import NamingInline

admin.site.site_header = _("Hexahelix directory: curation")
admin.site.site_title = _("Hexahelix directory")
admin.site.index_title = _("What would you like to curate?")


class ActiveFilter(admin.SimpleListFilter):
    title = _("in force today")
    parameter_name = "active"

    def lookups(self, request, model_admin):
        return [("yes", _("Yes")), ("no", _("No"))]

    def queryset(self, request, queryset):
        active = Q(pk__in=OfficerAssignment.objects.active().values("pk"))
        chosen = {"yes": active, "no": ~active}
        return queryset.filter(chosen.get(self.value(), Q()))


@admin.register(OfficerAssignment)
class OfficerAssignmentAdmin(HistoryAdmin):
    list_display = ["user", "region", "province", "starts_on", "ends_on", "in_force"]
    list_filter = [ActiveFilter, "region__province"]
    list_select_related = ["user", "region", "province"]
    search_fields = [
        "user__name",
        "user__email",
        "region__name",
        "province__short_name",
    ]
    autocomplete_fields = ["user", "region", "province"]
    date_hierarchy = "starts_on"

    @admin.display(description=_("in force today"), boolean=True)
    def in_force(self, assignment):
        return assignment.is_active and assignment.user.is_active


class OfficerAssignmentInline(NamingInline, admin.TabularInline):
    model = OfficerAssignment
    fields = ["region", "province", "starts_on", "ends_on"]
    autocomplete_fields = ["region", "province"]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("user", "region", "province")


@admin.register(User)
class UserAdmin(HistoryAdmin, DjangoUserAdmin):
    """Staff look after officers; power, and the accounts that have it, is for superusers."""

    list_display = ["name", "email", "is_active", "is_staff", "is_superuser", "last_login"]
    list_filter = ["is_active", "is_staff", "is_superuser", "groups"]
    search_fields = ["name", "email"]
    ordering = ["name", "pk"]
    readonly_fields = ["last_login", "date_joined"]
    inlines = [OfficerAssignmentInline]
    fieldsets = [
        (None, {"fields": ["name", "email", "password", "is_active"]}),
        (
            _("Power over the site"),
            {"fields": ["is_staff", "is_superuser", "groups", "user_permissions"]},
        ),
        (_("Important dates"), {"fields": ["last_login", "date_joined"]}),
    ]
    add_fieldsets = [
        (
            None,
            {
                "classes": ["wide"],
                "fields": ["name", "email", "usable_password", "password1", "password2"],
            },
        ),
    ]

    def get_readonly_fields(self, request, obj=None):
        power = ["is_staff", "is_superuser", "groups", "user_permissions"]
        kept = [] if request.user.is_superuser else power
        return [*super().get_readonly_fields(request, obj), *kept]

    def has_change_permission(self, request, obj=None):
        """Who could set the password of a colleague could act in that colleague's name."""
        if not super().has_change_permission(request, obj):
            return False
        powerful = obj is not None and (obj.is_staff or obj.is_superuser)
        return not powerful or request.user.is_superuser or obj == request.user
