import re

from django import template
from django.utils.translation import gettext as _

register = template.Library()

# The first that fits: others call themselves by the names of the later ones, too.
BROWSERS = {"Edg": "Edge", "OPR": "Opera", "SamsungBrowser": "Samsung Internet",
            "Firefox": "Firefox", "Chrome": "Chrome", "Safari": "Safari"}  # fmt: skip
SYSTEMS = {"Android": "Android", "iPhone": "iPhone", "iPad": "iPad", "Windows": "Windows",
           "Mac OS X": "macOS", "CrOS": "ChromeOS", "Linux": "Linux"}  # fmt: skip


@register.filter
def device(user_agent):
    """Return the browser and the system in a few words: "Chrome, Android"."""
    names = [
        next((name for sign, name in known.items() if re.search(rf"\b{sign}\b", user_agent)), None)
        for known in (BROWSERS, SYSTEMS)
    ]
    return ", ".join(filter(None, names)) or _("Unknown device")
