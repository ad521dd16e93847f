"""The button on each listing that puts it on the visitor's shortlist."""

from django import template

from stakeholders.shortlist import codes_of

register = template.Library()


@register.inclusion_tag("stakeholders/_save.html", takes_context=True)
def save_button(context, stakeholder, full=False):
    """`full` says that the shortlist took no more when the button was pressed."""
    return {
        "stakeholder": stakeholder,
        "code": codes_of([stakeholder.pk]),
        "is_saved": stakeholder.pk in context["request"].shortlist,
        "is_own": context.get("is_own_shortlist"),
        "full": full,
    }
