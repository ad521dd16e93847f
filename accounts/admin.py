from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.db.models import Q
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.actions import reset_factors, send_again, withdraw
from accounts.models import Invitation, OfficerAssignment, User
from history.admin import HistoryAdmin
from regions.inlines import NamingInline
from regions.models import Region

admin.site.site_header = _("Hexahelix directory: curation")
admin.site.site_title = _("Hexahelix directory")
admin.site.index_title = _("What would you like to curate?")

# Secrets and tables that only allauth writes: nobody edits them by hand.
admin.site.unregister([Authenticator, EmailAddress, UserSession])


class LookedAfterFilter(admin.SimpleListFilter):
    title = _("active officer")
    parameter_name = "officer"

    def lookups(self, request, model_admin):
        return [("yes", _("Yes")), ("no", _("No"))]

    def queryset(self, request, queryset):
        silent = Q(pk__in=OfficerAssignment.objects.active().silent_regions().values("pk"))
        chosen = {"yes": ~silent, "no": silent}
        return queryset.filter(chosen.get(self.value(), Q()))


# The room of regions knows no officers, so the filter is hung in from here.
region_admin = admin.site.get_model_admin(Region)
region_admin.list_filter = [*region_admin.list_filter, LookedAfterFilter]


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
    fk_name = "user"
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
    readonly_fields = ["last_login", "date_joined", "grace_began_on", "second_factor"]
    actions = ["reset_second_factor"]
    inlines = [OfficerAssignmentInline]
    fieldsets = [
        (None, {"fields": ["name", "email", "language", "password", "is_active"]}),
        (
            _("Power over the site"),
            {"fields": ["is_staff", "is_superuser", "groups", "user_permissions"]},
        ),
        (_("Second factor"), {"fields": ["second_factor", "grace_began_on"]}),
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

    def get_queryset(self, request):
        return User.objects.with_second_factor().order_by(*self.ordering)

    @admin.display(description=_("set up"), boolean=True)
    def second_factor(self, user):
        return user.has_second_factor

    @admin.action(
        description=_("Remove the second factors of whoever is locked out"), permissions=["change"]
    )
    def reset_second_factor(self, request, queryset):
        """Of accounts whose password this user could set, too; never the own: it is not lost."""
        others = [user for user in queryset if user != request.user]
        allowed = [user for user in others if self.has_change_permission(request, user)]
        for user in allowed:
            reset_factors(user=user, by=request.user)
        if refused := len(queryset) - len(allowed):
            messages.error(
                request, _("%(count)d account is not yours to change.") % {"count": refused}
            )
        if allowed:
            messages.success(
                request, _("Done for %(count)d. They have been told.") % {"count": len(allowed)}
            )


class InvitationStateFilter(admin.SimpleListFilter):
    title = _("state")
    parameter_name = "state"

    def lookups(self, request, model_admin):
        return [("open", _("Open")), ("expired", _("Expired")), ("ended", _("Used or withdrawn"))]

    def queryset(self, request, queryset):
        still_open = Q(accepted_at=None, withdrawn_at=None)
        valid = Q(expires_at__gt=timezone.now())
        chosen = {"open": still_open & valid, "expired": still_open & ~valid, "ended": ~still_open}
        return queryset.filter(chosen.get(self.value(), Q()))


@admin.register(Invitation)
class InvitationAdmin(admin.ModelAdmin):
    """To see and to withdraw; inviting has one form, that of the workspace."""

    list_display = ["name", "email", "scope", "inviter", "created_at", "expires_at", "accepted_at"]
    list_filter = [InvitationStateFilter]
    list_select_related = ["region", "province", "inviter"]
    search_fields = ["name", "email"]
    actions = ["send_again", "withdraw"]

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def add_view(self, request, form_url="", extra_context=None):
        return redirect("workspace:invite")

    @admin.action(description=_("Send once more"), permissions=["add"])
    def send_again(self, request, queryset):
        sent = [each for each in queryset if send_again(invitation=each, user=request.user)]
        messages.info(request, _("%(count)d sent once more.") % {"count": len(sent)})

    @admin.action(description=_("Withdraw"), permissions=["add"])
    def withdraw(self, request, queryset):
        done = [each for each in queryset if withdraw(invitation=each, user=request.user)]
        messages.info(request, _("%(count)d withdrawn.") % {"count": len(done)})
