"""Saved searches by e-mail. A link in a mail only shows a page; a button there acts."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_safe

from accounts.limits import is_refused
from collaborations.forms import ManagementForm, SubscriptionForm
from collaborations.models import SavedSearch, Subscriber
from collaborations.models.saved_search import kept_query
from regions.requests import read_or_post


@read_or_post
@sensitive_post_parameters("surel")
def subscribe(request):
    form = SubscriptionForm(request.POST or None, query=kept_query(request.GET))
    status = 429 if is_refused(request, form, "saved search") else 200
    if form.is_valid():
        form.save()
        return redirect("collaborations:subscription_asked")
    return render(request, "collaborations/saved_search_form.html", {"form": form}, status=status)


@require_safe
def subscription_asked(request):
    """The same for every address, so that nobody learns which ones are known."""
    return render(request, "collaborations/saved_search_asked.html")


@require_safe
def subscription_ended(request):
    return render(request, "collaborations/saved_search_ended.html")


@never_cache
@read_or_post
def subscription_confirm(request, token):
    search = SavedSearch.in_confirmation(token)
    if search is None:
        return _gone(request)
    if request.method == "POST" and "bukan-saya" in request.POST:
        search.stop()
        return redirect("collaborations:subscription_ended")
    if request.method == "POST":
        search.confirm()
        messages.success(request, _("Confirmed. You will hear from us when there is news."))
    if search.is_confirmed:
        return redirect(search.subscriber)
    return render(request, "collaborations/saved_search_confirm.html", {"search": search})


@never_cache
@read_or_post
def subscription(request, token):
    subscriber = Subscriber.objects.filter(pk=Subscriber.key_in(token)).first()
    if subscriber is None or not subscriber.searches.confirmed().exists():
        return _gone(request)
    form = ManagementForm(request.POST or None, subscriber=subscriber)
    if form.is_valid():
        messages.success(request, form.save())
        if subscriber.pk and subscriber.searches.confirmed().exists():
            return redirect(subscriber)
        return redirect("collaborations:subscription_ended")
    if request.method == "POST":
        messages.error(request, _("That is not possible any more. This is how things stand now."))
    status = 400 if request.method == "POST" else 200
    context = {"subscriber": subscriber, "searches": subscriber.searches.confirmed()}
    return render(request, "collaborations/saved_search_manage.html", context, status=status)


@never_cache
@csrf_exempt  # A mail program posts here without cookies (RFC 8058); the token is the proof.
@read_or_post
def subscription_stop(request, token):
    key = Subscriber.key_in(token)
    if key is None:
        return _gone(request)
    subscriber = Subscriber.objects.filter(pk=key).first()
    if request.method == "POST" and subscriber:
        subscriber.delete()
    if request.method == "POST" or subscriber is None:
        return render(request, "collaborations/saved_search_ended.html")
    return render(request, "collaborations/saved_search_stop.html", {"subscriber": subscriber})


def _gone(request):
    return render(request, "collaborations/saved_search_gone.html", status=404)
