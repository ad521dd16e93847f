"""How each column is read from what people write, and how it is written.

`clean` raises a ValueError that tells, in the language in force, what to write instead. What a
widget must know beyond its cell comes as `reader`, see `transfers.reading`.
"""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from import_export.widgets import Widget

from history.keys import is_key
from stakeholders.lists import Lists
from stakeholders.models import Stakeholder
from stakeholders.roles import Role
from stakeholders.understanding import fold

SEVERAL = re.compile(r"[;\n|]")
ACROSS_ALL = {"semua", "semuasubsektor", "lintas", "lintassubsektor", "all", "across"}
LONGEST_TEXT = 10_000


class Key(Widget):
    """The number by which an export names a listing."""

    def clean(self, value, row=None, **kwargs):
        if not is_key(value):
            raise ValueError(
                _("“%(text)s” is no ID. Leave this cell empty for a new partner.") % shown(value)
            )
        return int(value)

    def render(self, value, obj=None, **kwargs):
        return value


class Text(Widget):
    """A field of the model: what it takes and refuses, it says itself."""

    empty = ""

    def __init__(self, name):
        super().__init__()
        self.name = name

    def clean(self, value, row=None, **kwargs):
        return self.checked(" ".join(value.split()))

    def checked(self, value):
        try:
            return Stakeholder._meta.get_field(self.name).clean(value, None)
        except ValidationError as error:
            raise ValueError(" ".join(error.messages)) from None

    def render(self, value, obj=None, **kwargs):
        return "" if value is None else str(value)


class LongText(Text):
    def clean(self, value, row=None, **kwargs):
        if len(value) > LONGEST_TEXT:
            raise ValueError(_("Longer than %(most)d characters.") % {"most": LONGEST_TEXT})
        return self.checked(value)


class Texts(Text):
    """Several, separated by semicolons or in lines of their own."""

    empty = ()

    def clean(self, value, row=None, **kwargs):
        parts = (" ".join(part.split()) for part in SEVERAL.split(value))
        return self.checked([self.part(part) for part in parts if part])

    def part(self, text):
        return text

    def render(self, value, obj=None, **kwargs):
        return "; ".join(value or [])


def with_scheme(text):
    if text.startswith("@"):
        raise ValueError(
            _("Write the full address, such as https://www.instagram.com/%(name)s.")
            % {"name": text[1:]}
        )
    return text if "://" in text else f"https://{text}"


class Address(Text):
    def clean(self, value, row=None, **kwargs):
        return self.checked(with_scheme(value))


class Addresses(Texts):
    def part(self, text):
        return with_scheme(text)


class Phone(Text):
    """Excel takes a number for one to count with: it drops the zero before it, or worse."""

    def clean(self, value, row=None, **kwargs):
        text = " ".join(value.removeprefix("'").split())
        if re.fullmatch(r"\d+([.,]\d+)?E\+?\d+", text, re.IGNORECASE):
            raise ValueError(
                _("Excel has shortened “%(text)s”. Format the column as text, and write it anew.")
                % shown(text)
            )
        text = re.sub(r"^(\d+)[.,]0$", r"\1", text)
        return self.checked(f"0{text}" if re.fullmatch(r"8\d{7,11}", text) else text)


class Degrees(Text):
    empty = None

    def clean(self, value, row=None, **kwargs):
        number = value.replace(",", ".").rstrip("°").strip()
        if not re.fullmatch(r"[+-]?\d{1,3}(\.\d{1,20})?", number):
            raise ValueError(_("“%(text)s” is no number in degrees, such as -7.98.") % shown(value))
        return float(number)


class RoleWord(Widget):
    def clean(self, value, row=None, *, reader, **kwargs):
        roles = reader.roles(value)
        if len(roles) != 1:
            raise ValueError(not_among(value, Role.labels))
        return str(roles.pop())

    def render(self, value, obj=None, **kwargs):
        return str(Role(value).label) if value else ""


class Listed(Widget):
    """A row of one of the lists that staff keep, by its key."""

    kind = ""

    def render(self, value, obj=None, **kwargs):
        item = Lists.load().item(self.kind, value)
        return item.label if item else ""


class TypeWord(Listed):
    kind = "type"

    def clean(self, value, row=None, *, reader, **kwargs):
        role = reader.role_in(row)
        types = [item for item in reader.types(value) if role in {"", item.parent}]
        if len(types) != 1:
            fitting = [item.label for item in reader.lists.of("type") if role in {"", item.parent}]
            raise ValueError(not_among(value, fitting))
        return types[0].pk


class RegionWord(Listed):
    kind = "region"

    def clean(self, value, row=None, *, reader, **kwargs):
        return reader.region(value, (row or {}).get("province", ""))


class ProvinceWord(Widget):
    """Only helps to understand the region."""

    def clean(self, value, row=None, **kwargs):
        return None

    def render(self, value, obj=None, **kwargs):
        lists = Lists.load()
        region = lists.item("region", value)
        return next(
            (p.label for p in lists.of("province") if region and p.value == region.parent), ""
        )


class SubsectorWords(Widget):
    """Names that hold commas themselves are told apart by reading as many words as make sense."""

    empty = ()

    def clean(self, value, row=None, *, reader, **kwargs):
        if fold(value) in ACROSS_ALL:
            return ()
        parts = (part for part in SEVERAL.split(value) if part.strip())
        return tuple(sorted({pk for part in parts for pk in self._within(part, reader)}))

    def _within(self, part, reader):
        words = [word.strip() for word in re.split(r"[,/]", part)]
        while words:
            for end in range(len(words), 0, -1):
                found = reader.subsectors(" ".join(words[:end]))
                if len(found) == 1:
                    yield found[0]
                    words = words[end:]
                    break
            else:
                labels = [item.label for item in reader.lists.of("subsector")]
                if fold(words[0]):
                    raise ValueError(not_among(words[0], labels))
                words = words[1:]

    def render(self, value, obj=None, **kwargs):
        lists = Lists.load()
        items = filter(None, (lists.item("subsector", pk) for pk in value or ()))
        return "; ".join(item.label for item in items)


def shown(text):
    return {"text": text if len(text) <= 60 else text[:59] + "…"}


def not_among(text, labels):
    labels = "; ".join(map(str, labels))
    return _("“%(text)s” is not known. Write one of these: %(labels)s.") % {
        **shown(text),
        "labels": labels,
    }
