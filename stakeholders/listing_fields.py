"""Fields of the form of a listing that forgive how people write."""

import re

from django import forms
from django.contrib.postgres.forms import SimpleArrayField
from django.utils.translation import gettext_lazy as _

from regions.models import LATITUDES, LONGITUDES

NUMBER = r"[-−]?\d{1,3}(?:[.]\d+)?"
WITH_COMMA = NUMBER.replace("[.]", "[,]")
WRITTEN_POINTS = [
    re.compile(rf"@({NUMBER}),({NUMBER})"),  # in the address of a map
    re.compile(rf"^({NUMBER})\s*[,;\s]\s*({NUMBER})$"),
    re.compile(rf"^({WITH_COMMA})\s*[;\s]\s*({WITH_COMMA})$"),
]


class ListField(SimpleArrayField):
    """Several entries, separated by commas, semicolons or lines."""

    def to_python(self, value):
        if isinstance(value, str):
            value = [entry.strip() for entry in re.split(r"[,;\n]", value)]
        return super().to_python(list(dict.fromkeys(filter(None, value or []))))


class PointField(forms.CharField):
    """Latitude and longitude, or the address of a map that shows the place."""

    default_error_messages = {
        "unread": _("Write latitude and longitude like this: -7.2575, 112.7521"),
        "elsewhere": _("This point is not in Indonesia: latitude comes first."),
    }

    def prepare_value(self, value):
        return ", ".join(map(str, value)) if isinstance(value, list) else value

    def to_python(self, value):
        text = super().to_python(value)
        if not text:
            return None
        found = next(filter(None, (written.search(text) for written in WRITTEN_POINTS)), None)
        if found is None:
            raise forms.ValidationError(self.error_messages["unread"])
        return [float(part.replace("−", "-").replace(",", ".")) for part in found.groups()]

    def validate(self, value):
        super().validate(value)
        ranges = [LATITUDES, LONGITUDES]
        if value and not all(
            least <= part <= most for part, (least, most) in zip(value, ranges, strict=True)
        ):
            raise forms.ValidationError(self.error_messages["elsewhere"])

    def run_validators(self, value):
        """Those of a text do not fit a pair of numbers."""
