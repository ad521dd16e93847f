from django import template
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join

from images.pictures import MAIN, files_of, size_of

register = template.Library()


@register.simple_tag
def picture(file, *, sizes, alt="", **attributes):
    """Draw the picture of a field; the browser picks the width that `sizes` needs.

    A file that is no `Picture`, as the logos of the demo, is shown as it is.
    """
    srcsets = {
        file_format: ", ".join(
            f"{file.storage.url(path)} {width}w" for width, path in paths.items()
        )
        for file_format, paths in (files_of(file.name) if file.is_stored else {}).items()
    }
    image = {"src": file.url, "alt": alt, "loading": "lazy", "decoding": "async", **attributes}
    if srcsets:
        width, height = size_of(file.name)
        image |= {"srcset": srcsets.pop(MAIN), "sizes": sizes, "width": width, "height": height}
    sources = format_html_join(
        "",
        '<source type="image/{}" srcset="{}" sizes="{}">',
        [(f, s, sizes) for f, s in srcsets.items()],
    )
    return format_html("<picture>{}<img{}></picture>", sources, flatatt(image))
