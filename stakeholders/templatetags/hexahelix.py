"""How roles and freshness are drawn."""

from math import cos, pi, sin
from urllib.parse import urlencode

from django import template
from django.urls import reverse
from django.utils.timesince import timesince

from stakeholders.roles import Role

register = template.Library()

RADIUS = 92  # of the hexagon, in units of the drawing
THIN = 1  # listings: one alone is easily lost


@register.filter
def role_label(code):
    return Role(code).label


@register.filter
def ago(moment):
    """How long since `moment`, in one unit: nobody needs "3 weeks, 2 days"."""
    return timesince(moment, depth=1)


@register.filter
def missing_roles(counts):
    """Labels of the roles that {role: number of listings} has nobody for."""
    return [role.label for role in Role if not counts.get(role.value)]


@register.inclusion_tag("stakeholders/_helix.html")
def helix(counts, **scope):
    """Draw the six roles as a hexagon; each wedge leads to the search in `scope`.

    `counts` is {role: number of listings}; a missing role counts as none.
    """
    address = reverse("stakeholders:stakeholders")
    wedges = []
    for position, role in enumerate(Role):
        count = counts.get(role.value, 0)
        wedges.append(
            {
                "role": role,
                "count": count,
                "state": "empty" if not count else "thin" if count <= THIN else "full",
                "url": f"{address}?{urlencode({**scope, 'peran': role.value})}",
                **_geometry(position),
            }
        )
    return {"wedges": wedges}


def _geometry(position):
    """Points of the wedge, clockwise from the top, and the middle for its icon and count."""
    left, right = ((position + offset) * pi / 3 - 2 * pi / 3 for offset in (0, 1))
    middle = (left + right) / 2
    corners = [(RADIUS * cos(angle), RADIUS * sin(angle)) for angle in (left, right)]
    return {
        "points": "0,0 " + " ".join(f"{x:.1f},{y:.1f}" for x, y in corners),
        "x": f"{54 * cos(middle):.1f}",
        "y": f"{54 * sin(middle):.1f}",
    }


@register.inclusion_tag("stakeholders/_freshness.html")
def freshness(stakeholder):
    return {"stakeholder": stakeholder, "state": stakeholder.freshness}
