"""How reminders and digests say things."""

from django import template
from django.utils.html import strip_tags

from stakeholders.models import Stakeholder
from stakeholders.templatetags.hexahelix import freshness
from upkeep.models import Contact
from upkeep.models.reminder_series import address_of_contact, retirement_of

register = template.Library()


@register.simple_tag
def freshness_words(stakeholder):
    """The words of the page, without its icon."""
    return strip_tags(freshness(stakeholder)).strip()


@register.simple_tag
def retirement(stakeholder):
    """The day on which a listing leaves the site, if that is near."""
    return retirement_of(stakeholder)


@register.inclusion_tag("upkeep/_contact_state.html")
def contact_state(stakeholder):
    """Say to officers whether the address on file works, without showing it."""
    listing = Stakeholder.objects.annotate(contact_address=address_of_contact())
    address = listing.values_list("contact_address", flat=True).get(pk=stakeholder.pk)
    contact = Contact.objects.filter(email=address).first() if address else None
    return {"has_address": bool(address), "contact": contact}
