"""Why a practice and a region fit each other, in words."""

from django.contrib.humanize.templatetags.humanize import intcomma
from django.utils.translation import gettext as _
from django.utils.translation import ngettext


def reasons_to_adopt(practice, region):
    """Say why `GoodPractice.objects.suggested_for(region)` names the practice."""
    shared = [each.name for each in practice.subsectors.all() if each in region.lead_subsectors]
    reasons = []
    if shared:
        reasons.append(_("for %(subsectors)s, which leads here") % {"subsectors": listed(shared)})
    if practice.is_new_pillar:
        pillar = practice.get_pillar_display().lower()
        reasons.append(_("a first practice for %(pillar)s here") % {"pillar": pillar})
    if practice.is_similar_size:
        reasons.append(_("from a region of similar size"))
    return in_a_sentence([*reasons, distance(practice)])


def reasons_to_try(region, practice):
    """Say why `practice.regions_to_try()` names the region."""
    leads = [each.name for each in practice.subsectors.all() if each.pk in region.lead_keys]
    reasons = []
    if leads:
        reasons.append(_("leads in %(subsectors)s") % {"subsectors": listed(leads)})
    if region.partner_count:
        partners = ngettext(
            "has %(number)s partner in its subsectors",
            "has %(number)s partners in its subsectors",
            region.partner_count,
        )
        reasons.append(partners % {"number": intcomma(region.partner_count)})
    return in_a_sentence([*reasons, received(region), distance(region)])


def received(region):
    if not region.received_count:
        return _("has received no practice yet")
    so_far = ngettext(
        "has received %(number)s practice",
        "has received %(number)s practices",
        region.received_count,
    )
    return so_far % {"number": intcomma(region.received_count)}


def distance(row):
    return _("%(number)s km away") % {"number": intcomma(round(row.distance_km))}


def listed(names):
    return ", ".join(names)


def in_a_sentence(reasons):
    sentence = "; ".join(reasons)
    return f"{sentence[0].upper()}{sentence[1:]}."
