"""How often one network may do something; its address itself is never kept."""

from ipaddress import ip_address

from django.conf import settings
from django.core.cache import cache
from django.utils.crypto import salted_hmac

SAME_HOUSEHOLD = 64  # bits: whoever has one IPv6 address has all that share them


def is_too_often(request, purpose, *, most, seconds):
    """Count one more, and say whether that is more than allowed in this time."""
    key = "often:" + salted_hmac(purpose, _network_of(request)).hexdigest()
    cache.add(key, 0, seconds)
    try:
        return cache.incr(key) > most
    except ValueError:  # forgotten between the two
        return False


def _network_of(request):
    address = request.META.get("REMOTE_ADDR", "")
    if settings.BEHIND_PROXY:  # it appends the address it saw; what stands before may be invented
        address = request.headers.get("X-Forwarded-For", address).rpartition(",")[2].strip()
    try:
        parsed = ip_address(address)
    except ValueError:
        return address
    return str(parsed if parsed.version == 4 else int(parsed) >> 128 - SAME_HOUSEHOLD)
