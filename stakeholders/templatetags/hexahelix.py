"""How roles and freshness are drawn."""

from functools import cache, lru_cache
from math import cos, pi, sin
from urllib.parse import urlencode

from django import template
from django.template.defaultfilters import date
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.timesince import timesince
from django.utils.timezone import localdate
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from regions.templatetags.site import icon
from stakeholders.models import ACROSS, FRESHEST_FIRST, Freshness, Offering
from stakeholders.models.completeness import PARTS
from stakeholders.roles import Role

register = template.Library()
MOST_ASKED = 60  # partners of a region among whose needs and offers the newest are shown

RADIUS = 92  # of the hexagon, in units of the drawing

CELL = (
    '<td class="{}"><a class="cell is-{}" href="{}"><span aria-hidden="true">{}</span>'
    '<span class="hidden-visually">{}, {}: {}</span></a></td>'
)
CONFIRMED = {
    Freshness.FRESH: gettext_lazy("Confirmed %(ago)s ago"),
    Freshness.DUE: gettext_lazy("Confirmation due, last %(ago)s ago"),
    Freshness.STALE: gettext_lazy("Out of date, last confirmed %(ago)s ago"),
}


@register.filter
def role_label(code):
    return Role(code).label


@register.simple_tag(name="role")
def draw_role(code):
    """Colour, icon and word together."""
    return _role_in(get_language(), code)


@cache  # a page has thirty
def _role_in(_language, code):
    return format_html('<span class="role {}">{}{}</span>', code, icon(code), role_label(code))


def ago(day, today):
    """How long since a day, in one unit: nobody needs "3 weeks, 2 days"."""
    return timesince(day, today, depth=1)


@register.filter
def age(moment):
    """How long since a moment, in one unit."""
    return timesince(moment, depth=1)


@register.filter
def current(offerings):
    """Those that are still valid."""
    return [each for each in offerings if not each.has_ended]


@register.filter
def ended(offerings):
    return [each for each in offerings if each.has_ended]


@register.filter
def names_of_parts(parts):
    """What a listing lacks, in words."""
    return ", ".join(str(PARTS[part]) for part in parts)


@register.simple_tag
def asks(stakeholder):
    """What a listing from `for_cards()` gives and looks for now."""
    both = [(_("Offers"), stakeholder.offered), (_("Needs"), stakeholder.needed)]
    asked = [(word, ", ".join(names).lower()) for word, names in both if names]
    spans = format_html_join("\n", "<span><b>{}</b> {}</span>", asked)
    return format_html('<p class="asks">{}</p>', spans) if spans else ""


@register.filter
def total_in(coverage, subsector):
    """Listings of a subsector."""
    return coverage.total_in(subsector)


@register.inclusion_tag("regions/_missing_roles.html")
def missing_roles(coverage, elsewhere=None):
    """Name the roles that nobody plays, each leading to who plays it `elsewhere`."""
    missing = [role for role, cell in coverage.roles.items() if not cell.total]
    return {"roles": _role_links(missing, elsewhere or {})}


@register.inclusion_tag("regions/_not_yet_alive.html")
def not_yet_alive(region, living_roles):
    """Name the roles that the lead subsectors lack, each leading to who could fill it."""
    leads = region.lead_subsectors
    lacking = [role.value for role in Role if role not in living_roles] if leads else []
    scope = {**region.province.as_scope, "subsektor": leads[0].slug} if lacking else {}
    return {"subsectors": leads, "roles": _role_links(lacking, scope)}


@register.inclusion_tag("stakeholders/_helix.html")
def helix(coverage, key=True, elsewhere=None, **scope):
    """Draw the six roles as a hexagon; each wedge leads to the search in `scope`.

    An empty one leads `elsewhere`, as the cells of `coverage_table` do. Without the `key` the
    page itself must say in words what the wedges show. Two on a page differ in their scope.
    """
    here, elsewhere = search_in(scope), search_in(elsewhere or {})
    wedges = [
        {
            "role": Role(role),
            "cell": cell,
            "url": (here if cell.total else elsewhere)(role),
            **_geometry(position),
        }
        for position, (role, cell) in enumerate(coverage.roles.items())
    ]
    return {"wedges": wedges, "key": key, "id": "-".join(["helix", *scope.values()])}


@register.inclusion_tag("stakeholders/_coverage.html")
def coverage_table(coverage, subsectors, leads=(), elsewhere=None, **scope):
    """Six roles x subsectors as a table, the lead subsectors first.

    A cell leads to its listings in `scope`; an empty one to who could fill it, in the scope
    `elsewhere` ("provinsi=33") or, without it, in all of Indonesia.
    """
    first = sorted(subsectors, key=lambda subsector: subsector not in leads)
    named = [(subsector, subsector.name, subsector.slug) for subsector in first]
    named.append((None, _("Across all subsectors"), ACROSS))
    here, elsewhere = search_in(scope), search_in(elsewhere or {})
    labels = [(role.value, role.label) for role in Role]

    def cells(subsector, name, slug):
        for (role, label), (_role, cell) in zip(labels, coverage.row(subsector), strict=True):
            url = (here if cell.total else elsewhere)(role, subsektor=slug)
            number = cell.number if cell.total else "+"
            yield role, cell.state, url, number, name, label, cell.words

    rows = [
        {
            "name": name,
            "is_lead": subsector in leads,
            # There are a hundred: one by one in the template they take several times as long.
            "cells": format_html_join("", CELL, cells(subsector, name, slug)),
        }
        for subsector, name, slug in named
    ]
    return {"rows": rows, "roles": list(Role)}


@register.inclusion_tag("stakeholders/_by_role.html", takes_context=True)
def partners_by_role(context, stakeholders, coverage, **scope):
    """The first listings of each role, with the way to the rest."""
    cards = {role: [] for role in Role}
    for stakeholder in stakeholders:
        cards[Role(stakeholder.role)].append(stakeholder)
    return {
        "request": context.get("request"),  # from which a card knows whether it is saved
        "groups": [
            {
                "role": role,
                "stakeholders": cards[role],
                "total": coverage.roles[role.value].total,
                "url": search_in(scope)(role.value),
            }
            for role in Role
        ],
    }


@register.inclusion_tag("stakeholders/_open_offerings.html")
def open_offerings(region):
    """The newest open needs and offers of the partners that were confirmed last."""
    freshest = region.stakeholders.published().order_by(*FRESHEST_FIRST)[:MOST_ASKED]
    here = Offering.objects.open().filter(stakeholder__in=freshest)
    found = here.newest_of_each_direction(4).for_cards()
    return {
        direction.value: [each for each in found if each.direction == direction]
        for direction in Offering.Direction
    }


def _role_links(roles, scope):
    search = search_in(scope)
    links = [(search(role), role_label(role).lower()) for role in roles]
    return format_html_join(", ", '<a href="{}">{}</a>', links)


def search_in(scope):
    """Return the function that gives the address of a role in the search in `scope`."""
    address = f"{reverse('stakeholders:stakeholders')}?{urlencode([*scope.items(), ('peran', '')])}"

    def search(role, **more):
        return address + "&".join([role, *(f"{name}={word}" for name, word in more.items())])

    return search


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


@register.simple_tag
def freshness(stakeholder):
    """Words and icon: colour alone never says it."""
    at = stakeholder.verified_at
    return _freshness_in(get_language(), stakeholder.freshness, at and localdate(at), localdate())


@lru_cache(maxsize=1000)  # a page has thirty, and most days many listings
def _freshness_in(_language, state, day, today):
    words = state.label
    if day:
        words = CONFIRMED[state] % {"ago": ago(day, today)} if day < today else _("Confirmed today")
        moment = '<time datetime="{}" title="{}">{}</time>'
        words = format_html(moment, day.isoformat(), date(day, "DATE_FORMAT"), words)
    return format_html('<p class="freshness is-{}">{}{}</p>', state, icon(state), words)
