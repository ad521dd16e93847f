"""The database functions that migration 0002 makes."""

from django.db.models import Func, TextField


class ArrayText(Func):
    """The words of a text array as one text, in a form PostgreSQL may index."""

    function = "array_text"
    output_field = TextField()


class PlainText(Func):
    """A text in lower case without accents, in a form PostgreSQL may index."""

    function = "plain_text"
    output_field = TextField()
