"""Good practices on the pages of other apps, which import nothing from this one."""

import re

from django import template

from collaborations import reasons
from collaborations.models import GoodPractice

register = template.Library()

SUGGESTED = 3
NEWEST = 3
NUMBERED = re.compile(r"\s*([0-9]{1,3})[.)]\s+(.*\S)\s*")


@register.simple_tag
def newest_practices():
    return GoodPractice.objects.published().for_cards().newest()[:NEWEST]


@register.inclusion_tag("collaborations/_region_practices.html")
def region_practices(region):
    """Draw what was done in the region, what it adopted, and what could work there."""
    published = GoodPractice.objects.published().for_cards()
    known = list(published.known_in(region).newest())
    return {
        "region": region,
        "from_here": [practice for practice in known if practice.region_id == region.pk],
        "adopted": [practice for practice in known if practice.region_id != region.pk],
        "suggested": published.suggested_for(region, known)[:SUGGESTED],
    }


@register.simple_tag
def fitting_practices(subsectors, text):
    """The newest in one of the subsectors, or those that say all the words; one query."""
    published = GoodPractice.objects.published().select_related("region")
    found = published.in_subsectors(subsectors) if subsectors else published.search(text)
    return found.newest()[:SUGGESTED] if subsectors or text else []


@register.simple_tag
def reasons_to_adopt(practice, region):
    return reasons.reasons_to_adopt(practice, region)


@register.simple_tag
def reasons_to_try(region, practice):
    return reasons.reasons_to_try(region, practice)


@register.filter
def numbered_steps(text):
    """Return the steps of a text that is nothing but lines numbered from 1 on, else nothing."""
    lines = [NUMBERED.fullmatch(line) for line in text.splitlines() if line.strip()]
    if len(lines) < 2 or not all(lines):
        return []
    in_order = [int(line[1]) for line in lines] == list(range(1, len(lines) + 1))
    return [line[2] for line in lines] if in_order else []
