"""The form for news by e-mail on the pages of other apps, which import nothing from this one."""

from django import template

from collaborations.forms import SubscriptionForm
from collaborations.models.saved_search import kept_query

register = template.Library()


@register.inclusion_tag("collaborations/_subscribe.html", takes_context=True)
def subscribe_form(context):
    """Draw the form for the search that the address of the page says."""
    return {"form": _form(context)}


@register.simple_tag(takes_context=True)
def subscribe_address(context):
    """Return where the same search is saved: a plain link, for inside another form."""
    return _form(context).search.subscribe_address


def _form(context):
    return SubscriptionForm(query=kept_query(context["request"].GET))
