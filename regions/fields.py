from django import forms


class OneLine(forms.CharField):
    """Line breaks and rows of spaces come from pasting; nobody means them in a name."""

    def to_python(self, value):
        return " ".join(super().to_python(value).split())


class LongText(forms.CharField):
    """Counts a line break as the one character that it is for the browser, which sends two."""

    def to_python(self, value):
        return super().to_python(value).replace("\r\n", "\n")
