"""Good practices on the pages of other apps, which import nothing from this one."""

from django import template

from collaborations import reasons
from collaborations.models import GoodPractice

register = template.Library()

SUGGESTED = 3
NEWEST = 3


@register.simple_tag
def newest_practices():
    return GoodPractice.objects.published().for_cards().newest()[:NEWEST]


@register.inclusion_tag("collaborations/_region_practices.html")
def region_practices(region):
    """Draw what was done in the region, what it adopted, and what could work there."""
    published = GoodPractice.objects.published().for_cards()
    known = published.known_in(region).newest()
    return {
        "region": region,
        "from_here": [practice for practice in known if practice.region_id == region.pk],
        "adopted": [practice for practice in known if practice.region_id != region.pk],
        "suggested": published.suggested_for(region)[:SUGGESTED],
    }


@register.simple_tag
def reasons_to_adopt(practice, region):
    return reasons.reasons_to_adopt(practice, region)


@register.simple_tag
def reasons_to_try(region, practice):
    return reasons.reasons_to_try(region, practice)
