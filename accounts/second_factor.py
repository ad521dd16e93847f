"""Officers and staff sign in with a second factor, after some days of grace."""

from django.contrib.auth import REDIRECT_FIELD_NAME
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from accounts.models import User

GUARDED = {"admin", "workspace", "transfers"}
GUARDED_PAGES = {"network_health"}  # of the admin, but in no namespace
ALWAYS_OPEN = {"admin:login", "admin:logout", "admin:jsi18n"}


class SecondFactor:
    """Send whoever still has none to where it is set up, once the days of grace are over."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        match = request.resolver_match
        guarded = match.view_name in GUARDED_PAGES or not GUARDED.isdisjoint(match.namespaces)
        if not guarded or match.view_name in ALWAYS_OPEN:
            return None
        if not is_overdue(request.user):
            return None
        here = urlencode({REDIRECT_FIELD_NAME: request.get_full_path()})
        return redirect(f"{reverse('mfa_index')}?{here}")


def is_overdue(user):
    if not user.is_authenticated or user.has_second_factor or not user.needs_second_factor:
        return False
    user.begin_grace()  # of somebody who became an officer after signing in
    return user.days_of_grace == 0


def begin_grace(sender, user, **kwargs):
    """Look anew, so that nothing is remembered on the object of whoever signs in."""
    User.objects.get(pk=user.pk).begin_grace()
