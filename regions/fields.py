from django import forms


class LongText(forms.CharField):
    """Counts a line break as the one character that it is for the browser, which sends two."""

    def to_python(self, value):
        return super().to_python(value).replace("\r\n", "\n")
