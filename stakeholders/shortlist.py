"""The listings that a visitor keeps: ids in a signed cookie, no account, no personal data."""

import re
from datetime import timedelta

from django.conf import settings
from django.utils.cache import patch_vary_headers
from django.utils.functional import cached_property
from django.utils.http import base36_to_int, int_to_base36

MOST = 50
COOKIE, KEPT_FOR = "pilihan", timedelta(days=180)
CODE = re.compile("[0-9a-z]{1,12}")  # no more than a bigint holds


def codes_of(ids):
    """Return ids as short words with dots between: fifty stay far below 2,000 letters."""
    return ".".join(map(int_to_base36, ids))


def ids_in(codes):
    """Return the first ids in a text from `codes_of()`, each once; what is no code is left out."""
    ids = (base36_to_int(code) for code in codes.split(".") if CODE.fullmatch(code))
    return list(dict.fromkeys(ids))[:MOST]


class Shortlist:
    """Ids of listings, newest first; the cookie is read when somebody asks for them."""

    def __init__(self, request):
        self._request = request
        self._is_changed = False

    @cached_property
    def ids(self):
        # A cookie that is forged, damaged or too old counts as none.
        return ids_in(self._request.get_signed_cookie(COOKIE, default="", max_age=KEPT_FOR))

    def __contains__(self, pk):
        return pk in self.ids

    def __iter__(self):
        return iter(self.ids)

    def __len__(self):
        return len(self.ids)

    def add(self, ids):
        """Put those that are new in front; return those that do not fit."""
        new = [pk for pk in ids if pk not in self.ids]
        fitting = new[: MOST - len(self.ids)]
        self._change([*fitting, *self.ids])
        return new[len(fitting) :]

    def remove(self, ids):
        """Take them off; return those that were on it."""
        removed = [pk for pk in self.ids if pk in ids]
        self._change([pk for pk in self.ids if pk not in ids])
        return removed

    def write_to(self, response):
        if "ids" not in vars(self):  # Nobody asked: the response is the same for everybody.
            return
        patch_vary_headers(response, ["Cookie"])
        if self._is_changed and self.ids:
            response.set_signed_cookie(
                COOKIE,
                codes_of(self.ids),
                max_age=KEPT_FOR,
                httponly=True,
                samesite="Lax",
                secure=settings.SESSION_COOKIE_SECURE,
            )
        elif self._is_changed:
            response.delete_cookie(COOKIE, samesite="Lax")

    def _change(self, ids):
        self._is_changed |= ids != self.ids
        self.ids = ids


def shortlist_middleware(get_response):
    """Give each request its `shortlist`, as sessions do."""

    def middleware(request):
        request.shortlist = Shortlist(request)
        response = get_response(request)
        request.shortlist.write_to(response)
        return response

    return middleware
