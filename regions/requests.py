"""How pages with a form are asked, and where a form leads back to."""

from django.utils.encoding import iri_to_uri
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods

LONGEST_ADDRESS = 2000  # letters; to longer ones Django does not redirect

read_or_post = require_http_methods(["GET", "HEAD", "POST"])


def way_back(request, otherwise):
    """Return the page that a form names in its field `next`; never another site."""
    wanted = request.POST.get("next", "").partition("#")[0]
    is_ours = wanted.startswith("/") and url_has_allowed_host_and_scheme(wanted, None)
    address = iri_to_uri(wanted)
    return address if is_ours and len(address) <= LONGEST_ADDRESS else otherwise
