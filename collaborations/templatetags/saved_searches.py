"""News by e-mail on the pages of other apps, which import nothing from this one."""

from django import template

from collaborations.models.saved_search import SavedSearch, kept_query

register = template.Library()


@register.simple_tag(takes_context=True)
def subscribe_address(context):
    """Return where the search that the address of the page says is saved."""
    return SavedSearch(query=kept_query(context["request"].GET)).subscribe_address
