"""The button on each listing that puts it on the visitor's shortlist."""

from functools import cache

from django import template
from django.urls import reverse
from django.utils.html import conditional_escape, format_html
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from regions.templatetags.site import icon
from stakeholders.shortlist import codes_of

register = template.Library()

# Posts the form of base.html.
BUTTON = (
    '<button class="{}" id="s-{}" form="shortlist" name="{}" value="{}"{}>'
    '{}<span class="hidden-visually">{}</span></button>'
)
POSTS = ' hx-post="{}" hx-swap="outerHTML" hx-sync="#shortlist:queue all"'


@register.simple_tag(takes_context=True)
def save_button(context, stakeholder, full=False):
    """`full` says that the shortlist took no more when the button was pressed."""
    code, name = codes_of([stakeholder.pk]), f" {stakeholder.name}"
    faces = _faces(get_language())
    if context.get("is_own_shortlist"):
        return format_html(BUTTON, "save", code, "hapus", code, "", faces["remove"], name)
    if stakeholder.pk in context["request"].shortlist:
        name = ", " + _("take %(name)s off the shortlist") % {"name": stakeholder.name}
        done = faces["posts"], faces["saved"], name
        return format_html(BUTTON, "save save--done", code, "hapus", code, *done)
    word = faces["full"] if full else faces["save"]
    return format_html(BUTTON, "save", code, "tambah", code, faces["posts"], word, name)


@cache  # a page has thirty
def _faces(_language):
    """What all buttons share, drawn once."""
    word = "{}<span>{}</span>"
    return {
        "posts": format_html(POSTS, reverse("stakeholders:shortlist")),
        "remove": icon("close") + conditional_escape(_("Remove")),
        "saved": icon("saved") + conditional_escape(pgettext("on the shortlist", "Saved")),
        "full": format_html(word, icon("save"), _("Shortlist is full")),
        "save": format_html(word, icon("save"), pgettext("on the shortlist", "Save")),
    }
