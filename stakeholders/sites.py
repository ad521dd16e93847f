"""Whose website an address is, however it is written."""

from urllib.parse import urlsplit

from django.db.models import Func, TextField

# Many organisations live here, so that the first word of the path belongs to the address.
SHARED = {
    *("facebook.com", "instagram.com", "tiktok.com", "youtube.com", "x.com", "twitter.com"),
    *("linkedin.com", "linktr.ee", "shopee.co.id", "tokopedia.com", "wa.me", "t.me"),
    *("sites.google.com", "medium.com", "github.com", "bit.ly", "s.id", "google.com"),
}


class Site(Func):
    """The address of a column without what people write or leave out at will."""

    template = r"lower(regexp_replace(%(expressions)s, '^https?://(www\.)?|/+$', '', 'g'))"
    output_field = TextField()


def site_key(url):
    """Return how the `Site` of the same organisation begins; "" for no address."""
    parts = urlsplit(url.lower())
    host = parts.netloc.removeprefix("www.")
    first = parts.path.strip("/").partition("/")[0]
    if host in SHARED:
        return f"{host}/{first}" if first else ""
    return host
