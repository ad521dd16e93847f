"""What a visitor reads off the drawings of a page."""

import re

WEDGE = re.compile(
    r'helix-key__role (\w+) is-\w+" href="([^"]*)".*?helix-key__count">([^<]*)<', re.DOTALL
)


def wedges(response):
    """Return {role: (number of listings, address it leads to)} of the roles that anybody plays."""
    key = WEDGE.findall(response.content.decode())
    assert len(key) == 6
    return {
        role: (int(count), address.replace("&amp;", "&"))
        for role, address, count in key
        if count.isdigit()
    }
