"""How often one network may do something; its address itself is never kept."""

from ipaddress import ip_address
from time import time

from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

MOST_AN_HOUR = 30  # forms from one network; mobile networks put many people behind one address
HOUR = 3600  # seconds
SAME_HOUSEHOLD = 64  # bits: whoever has one IPv6 address has all that share them


def is_too_often(request, purpose):
    """Count one more, and say whether that is more than allowed in an hour."""
    key, now = f"often:{purpose}:{_network_of(request)}", time()
    began, count = cache.get(key, (now, 0))
    cache.set(key, (began, count + 1), began + HOUR - now)
    return count >= MOST_AN_HOUR


def hidden_key(key, key_prefix, version):
    """Addresses of networks and people are in the keys, so nobody may read them in the database."""
    return salted_hmac("accounts.limits", f"{key_prefix}:{version}:{key}").hexdigest()


def forget_the_past():
    """Delete what has expired; the cache itself would only do so when it is full."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM shared_cache WHERE expires < now()")


def is_refused(request, form, purpose):
    """Say on a form that was sent whether this network sends too many of them."""
    if request.method != "POST":
        return False
    refused = is_too_often(request, purpose)
    if refused and form.is_bound:  # what was sent empty is no form yet
        form.add_error(None, _("Too many requests from your network. Try again in an hour."))
    return refused


def address_of(request):
    """Return who asks; a proxy appends the address it saw, what stands before may be invented."""
    address = request.META.get("REMOTE_ADDR", "")
    if settings.BEHIND_PROXY:
        address = request.headers.get("X-Forwarded-For", address).rpartition(",")[2].strip()
    return address


def _network_of(request):
    address = address_of(request)
    try:
        parsed = ip_address(address)
    except ValueError:
        return address
    return str(parsed if parsed.version == 4 else int(parsed) >> 128 - SAME_HOUSEHOLD)
