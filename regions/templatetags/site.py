"""Small parts of every page."""

from functools import cache

from django import template
from django.contrib.humanize.templatetags.humanize import intcomma
from django.templatetags.static import static
from django.urls import translate_url
from django.utils.html import format_html, format_html_join
from django.utils.http import escape_leading_slashes
from django.utils.safestring import mark_safe

register = template.Library()
CHECKED = mark_safe(" checked")


@register.simple_tag
@cache  # a page has a hundred; the address of the drawings is that of the release
def icon(name):
    """A drawing from static/img/icons.svg; a word beside it says what it means."""
    return format_html(
        '<svg class="icon" aria-hidden="true" focusable="false"><use href="{}#{}"/></svg>',
        static("img/icons.svg"),
        name,
    )


@register.simple_tag
def facet_options(name, options):
    """The boxes of a facet to tick: up to two hundred a page, too many for a template each."""
    return format_html_join(
        "\n",
        '<label class="facet__option" for="{0}-{1}">'
        '<input type="checkbox" id="{0}-{1}" name="{0}" value="{1}"{2}>'
        '<span>{3}</span><span class="facet__count">{4}</span></label>',
        (
            (name, option.value, CHECKED if option.is_chosen else "", option.label, many(option))
            for option in options
        ),
    )


def many(option):
    return intcomma(option.count) if option.count > 999 else option.count


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
