"""How roles and freshness are drawn."""

from math import cos, pi, sin
from urllib.parse import urlencode

from django import template
from django.urls import reverse
from django.utils.timesince import timesince

from stakeholders.models import Offering
from stakeholders.roles import Role

register = template.Library()

RADIUS = 92  # of the hexagon, in units of the drawing


@register.filter
def role_label(code):
    return Role(code).label


@register.filter
def ago(moment):
    """How long since `moment`, in one unit: nobody needs "3 weeks, 2 days"."""
    return timesince(moment, depth=1)


@register.filter
def total_in(coverage, subsector):
    """Listings of a subsector."""
    return coverage.total_in(subsector)


@register.filter
def missing_roles(coverage):
    """Labels of the roles that nobody plays."""
    return [Role(role).label for role, cell in coverage.roles.items() if not cell.total]


@register.inclusion_tag("stakeholders/_helix.html")
def helix(coverage, key=True, **scope):
    """Draw the six roles as a hexagon; each wedge leads to the search in `scope`.

    Without the `key` the page itself must say in words what the wedges show.
    """
    wedges = [
        {"role": Role(role), "cell": cell, "url": search_url(scope, role), **_geometry(position)}
        for position, (role, cell) in enumerate(coverage.roles.items())
    ]
    return {"wedges": wedges, "key": key}


@register.inclusion_tag("stakeholders/_coverage.html")
def coverage_table(coverage, subsectors, leads=(), elsewhere=None, **scope):
    """Six roles x subsectors as a table, the lead subsectors first.

    A cell leads to its listings in `scope`; an empty one to who could fill it, in the scope
    `elsewhere` ("provinsi=33") or, without it, in all of Indonesia.
    """
    first = sorted(subsectors, key=lambda subsector: subsector not in leads)
    rows = [
        {
            "subsector": subsector,
            "is_lead": subsector in leads,
            "cells": [
                {
                    "role": role,
                    "cell": cell,
                    "url": _cell_url(cell, role, subsector, scope, elsewhere or {}),
                }
                for role, cell in coverage.row(subsector)
            ],
        }
        for subsector in first
    ]
    return {"rows": rows, "roles": list(Role), "across": coverage.row(None)}


@register.inclusion_tag("stakeholders/_by_role.html")
def partners_by_role(stakeholders, coverage, **scope):
    """The first listings of each role, with the way to the rest."""
    cards = {role: [] for role in Role}
    for stakeholder in stakeholders:
        cards[Role(stakeholder.role)].append(stakeholder)
    return {
        "groups": [
            {
                "role": role,
                "stakeholders": cards[role],
                "total": coverage.roles[role.value].total,
                "url": search_url(scope, role.value),
            }
            for role in Role
        ]
    }


@register.inclusion_tag("stakeholders/_needs.html")
def open_needs(region):
    needs = Offering.objects.open().filter(stakeholder__region=region)
    return {"needs": needs.filter(direction=Offering.Direction.NEED).for_cards()[:6]}


def _cell_url(cell, role, subsector, scope, elsewhere):
    where = scope if cell.total else elsewhere
    return search_url(where, role.value, subsektor=subsector.slug)


def search_url(scope, role, **more):
    query = urlencode({**scope, "peran": role, **more})
    return f"{reverse('stakeholders:stakeholders')}?{query}"


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
