"""Reading our own CSV files; whatever is wrong is told with its file, line and column."""

import csv
from functools import partial
from itertools import zip_longest

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

FIRST_LINE = 2  # of the rows, below the header


class BadRowError(Exception):
    def __init__(self, path, line, column, problem):
        place = {"file": path.name, "line": line, "column": column, "problem": problem}
        super().__init__(_("%(file)s, line %(line)s, column %(column)s: %(problem)s") % place)


def read_rows(path, columns, *, unique):
    """Return the rows as dicts of values.

    `columns` names every column of the header, each with a function that takes the text of
    a cell and returns its value or raises ValidationError.
    """
    rows, first_seen = [], {}
    for line, cells in _lines(path, list(columns)):
        row = {name: _value(path, line, name, columns[name], cells[name]) for name in columns}
        for name in unique:
            first = first_seen.setdefault((name, row[name]), line)
            if first != line:
                problem = _("“%(value)s” is already on line %(line)s.")
                raise BadRowError(path, line, name, problem % {"value": row[name], "line": first})
        rows.append(row)
    return rows


def _lines(path, columns):
    """Yield each line's number and {column: text}; bytes that are not UTF-8 become surrogates."""
    line = 1  # a row is a line: cells with a line break are refused
    try:
        with path.open(encoding="utf-8-sig", errors="surrogateescape", newline="") as file:
            reader = csv.reader(file, strict=True)
            _check_header(path, next(reader, []), columns)
            line = FIRST_LINE
            for cells in reader:
                _check_width(path, line, cells, columns)
                yield line, dict(zip(columns, cells, strict=True))
                line += 1
    except csv.Error as error:
        raise BadRowError(path, line, columns[0], str(error)) from error


def _check_header(path, header, columns):
    for expected, found in zip_longest(columns, header):
        if expected != found:
            problem = _("The header should be: %(columns)s.") % {"columns": ",".join(columns)}
            raise BadRowError(path, 1, expected or found, problem)


def _check_width(path, line, cells, columns):
    if len(cells) < len(columns):
        raise BadRowError(path, line, columns[len(cells)], _("This cell is missing."))
    if len(cells) > len(columns):
        raise BadRowError(path, line, len(columns) + 1, _("The header has no such column."))


def _value(path, line, column, read, text):
    try:
        # Surrogates, NUL and line breaks are not printable either.
        if not text.isprintable():
            raise ValidationError(_("Not UTF-8, or a character that cannot be printed."))
        return read(text.strip())
    except ValidationError as error:
        raise BadRowError(path, line, column, " ".join(error.messages)) from error


def fields_of(model, *names):
    """Columns that hold what the model's fields of the same name hold."""
    return {name: partial(clean, model._meta.get_field(name)) for name in names}


def clean(field, text):
    return field.clean(text, None)


def between(low, high, read):
    """A number within limits; "nan" is in no range."""

    def read_number(text):
        number = read(text)
        if not low <= number <= high:
            problem = _("“%(text)s” is not between %(low)s and %(high)s.")
            raise ValidationError(problem % {"text": text, "low": low, "high": high})
        return number

    return read_number


def one_of(known):
    """A code or slug that another file defines."""

    def read_key(text):
        if text not in known:
            raise ValidationError(_("“%(text)s” is unknown.") % {"text": text})
        return text

    return read_key


def several(read, *, separator):
    """One or more values, none of them twice."""

    def read_list(text):
        values = [read(part.strip()) for part in text.split(separator)]
        if len(set(values)) < len(values):
            raise ValidationError(_("“%(text)s” names something twice.") % {"text": text})
        return values

    return read_list
