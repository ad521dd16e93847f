from allauth.account.decorators import reauthentication_required
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.views import remove_webauthn
from django.contrib import messages
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render, resolve_url
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.actions import ask_for_email
from accounts.adapters import FactorAdapter
from accounts.forms import EmailChangeForm
from accounts.limits import is_refused
from accounts.models import EmailChange
from regions.requests import read_or_post


@require_safe
@never_cache
@login_required
def account_home(request):
    """What there is of one's own; a term that is over says why the workspace is closed."""
    terms = request.user.officer_assignments.for_list()
    context = {"terms": terms, "today": timezone.localdate()}
    return render(request, "account/home.html", context)


@require_safe
def signup(request):
    return render(request, "account/signup_closed.html")


@require_safe
def admin_login(request):
    """The admin has no sign-in of its own; who is signed in and not staff has no business there."""
    if request.user.is_authenticated and not request.user.is_staff:
        raise PermissionDenied
    target = request.GET.get(REDIRECT_FIELD_NAME) or resolve_url("admin:index")
    return redirect_to_login(target)


@read_or_post
@never_cache
@login_required
@reauthentication_required(app="allauth.account", allow_get=True)
def email_change(request):
    form = EmailChangeForm(request.POST or None, user=request.user)
    status = 429 if is_refused(request, form, "e-mail change") else 200
    if form.is_valid():
        email = form.cleaned_data["email"]
        ask_for_email(user=request.user, email=email, language=get_language())
        messages.success(request, _("The link will be in your mailbox in a few minutes."))
        return redirect("account_email")
    return render(request, "account/email_change.html", {"form": form}, status=status)


@read_or_post
@never_cache
@login_required
def email_confirm(request, token):
    change = EmailChange.in_token(token)
    if change is None or change.user != request.user:
        return render(request, "account/email_gone.html", status=410)
    if request.method == "POST":
        if change.confirm():
            messages.success(request, _("From now on you sign in with the new address."))
        else:
            messages.error(request, _("This address belongs to another account by now."))
        return redirect("account_home")
    return render(request, "account/email_confirm.html", {"change": change})


@login_required
def remove_passkey(request, pk):
    """Refuse to take the last factor away from somebody who needs one."""
    passkeys = Authenticator.objects.filter(user=request.user, type=Authenticator.Type.WEBAUTHN)
    passkey = get_object_or_404(passkeys, pk=pk)
    adapter = FactorAdapter()
    if not adapter.can_delete_authenticator(passkey):
        messages.error(request, adapter.error_messages["cannot_delete_authenticator"])
        return redirect("mfa_index")
    return remove_webauthn(request, pk=pk)
