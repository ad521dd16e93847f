"""The button on each listing that puts it on the visitor's shortlist."""

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from regions.templatetags.site import icon
from stakeholders.shortlist import codes_of

register = template.Library()

# Posts the form of base.html.
BUTTON = (
    '<button class="{}" id="s-{}" form="shortlist" name="{}" value="{}"{}>'
    '{}{}<span class="hidden-visually">{}</span></button>'
)
POSTS = ' hx-post="{}" hx-swap="outerHTML" hx-sync="#shortlist:queue all"'


@register.simple_tag(takes_context=True)
def save_button(context, stakeholder, full=False):
    """`full` says that the shortlist took no more when the button was pressed."""
    code, name = codes_of([stakeholder.pk]), f" {stakeholder.name}"
    if context.get("is_own_shortlist"):
        words = (icon("close"), _("Remove"), name)
        return format_html(BUTTON, "save", code, "hapus", code, "", *words)
    posts = format_html(POSTS, reverse("stakeholders:shortlist"))
    if stakeholder.pk in context["request"].shortlist:
        take_off = _("take %(name)s off the shortlist") % {"name": stakeholder.name}
        words = (icon("saved"), pgettext("on the shortlist", "Saved"), f", {take_off}")
        return format_html(BUTTON, "save save--done", code, "hapus", code, posts, *words)
    word = _("Shortlist is full") if full else pgettext("on the shortlist", "Save")
    words = (icon("save"), format_html("<span>{}</span>", word), name)
    return format_html(BUTTON, "save", code, "tambah", code, posts, *words)
