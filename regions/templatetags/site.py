"""Small parts of every page."""

from django import template
from django.templatetags.static import static
from django.urls import translate_url
from django.utils.html import format_html
from django.utils.http import escape_leading_slashes

register = template.Library()


@register.simple_tag
def icon(name):
    """A drawing from static/img/icons.svg; a word beside it says what it means."""
    return format_html(
        '<svg class="icon" aria-hidden="true" focusable="false"><use href="{}#{}"/></svg>',
        static("img/icons.svg"),
        name,
    )


@register.simple_tag(takes_context=True)
def this_page_in(context, language):
    """The address of the page being read, in another language."""
    request = context.get("request")
    if not request:
        return f"/{language}/"
    # Browsers read an address that begins with two slashes as that of another site.
    return translate_url(escape_leading_slashes(request.get_full_path()), language)


@register.simple_tag(takes_context=True)
def full_address_in(context, language):
    """The same with the host, as search engines want it."""
    address = this_page_in(context, language)
    request = context.get("request")
    return request.build_absolute_uri(address) if request else address


@register.filter
def initials(name):
    """Two letters that stand for a name where there is no picture."""
    words = [word for word in name.replace("(", " ").split() if word[0].isalnum()]
    return "".join(word[0] for word in words[:2]).upper()
