"""How often one network may do something; its address itself is never kept."""

from ipaddress import ip_address

from django.conf import settings
from django.core.cache import cache
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

MOST_AN_HOUR = 30  # forms from one network; mobile networks put many people behind one address
SAME_HOUSEHOLD = 64  # bits: whoever has one IPv6 address has all that share them


def is_too_often(request, purpose):
    """Count one more, and say whether that is more than allowed in an hour."""
    key = "often:" + salted_hmac(purpose, _network_of(request)).hexdigest()
    cache.add(key, 0, 3600)
    try:
        return cache.incr(key) > MOST_AN_HOUR
    except ValueError:  # forgotten between the two
        return False


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
