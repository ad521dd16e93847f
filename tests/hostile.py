"""What nobody types by accident, for the tests of every page that reads its address."""

import re
from html.parser import HTMLParser
from urllib.parse import quote, quote_from_bytes

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

HTML = '"><script>alert(1)</script><img src=x onerror=alert(1)>'
VALUES = [
    HTML,
    "' onmouseover='alert(1)",
    "{{ 7*7 }}{% debug %}",
    "'; DROP TABLE stakeholders_stakeholder; --",
    "1) UNION SELECT contact_email FROM stakeholders_stakeholder --",
    "a & | ! <-> :*",
    "!!(a|b)&(c",
    '\'"\'""',
    '"batik',
    "%_\\",
    "\\",
    "\x00",
    "batik\x00laras",
    "\r\n\t\x1b",
    "👩‍🎨🎭🇮🇩",
    "\u202eevil\u202c",
    "العربية",
    "\u0301" * 50,
    "٣",
    "-1",
    "9999999999",
    "9" * 5000,
    "a" * 10_000,
    "a " * 5_000,
    "[]",
    "//evil.example",
]
ENCODED = [quote(value) for value in VALUES] + ["%ff%fe", "%", "%zz", "%C0%80", "%ED%A0%80"]

anything = st.one_of(st.text(max_size=60).map(quote), st.binary(max_size=30).map(quote_from_bytes))
modestly = settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


class Elements(HTMLParser):
    """Collects the names of elements and attributes that a browser would see."""

    def __init__(self, html):
        super().__init__()
        self.tags, self.attributes = set(), set()
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes.update(name for name, _value in attrs)


def assert_harmless(response):
    """The page stands, and nothing that was typed became part of its markup."""
    assert response.status_code == 200
    html = response.content.decode()
    elements = Elements(html)
    assert not [name for name in elements.attributes if name.startswith("on")]
    assert "alert(1)" not in "".join(re.findall(r"<script[^>]*>(.*?)</script>", html, re.DOTALL))
    assert "\x00" not in html
    assert html.count("<html") == html.count("</html>") == 1


def ignored(response):
    return re.findall(r'<span class="notice__item">', response.content.decode())
