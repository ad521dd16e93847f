"""A message that says what was done, with a button that takes it back at once."""

import pghistory
from django.contrib import messages
from django.template.loader import render_to_string


def key_of_change():
    """Return what names all that this request has changed."""
    with pghistory.context() as context:
        return context.id


def say_with_undo(request, text):
    """Call it in the request that changed rows; the page that shows the message has the button."""
    change = {"text": text, "key": key_of_change(), "next": request.POST.get("next", "")}
    messages.success(request, render_to_string("workspace/history/_done.html", change, request))
