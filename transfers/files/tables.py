"""A table of whatever kind: its header, and its rows with their numbers."""

import re
from itertools import islice
from typing import NamedTuple

from django.utils.translation import gettext as _

from transfers.files.kinds import UnreadableError, kind_of
from transfers.files.sheets import FORMULA, sheet_rows
from transfers.files.text import text_rows

__all__ = ["FORMULA", "MOST_COLUMNS", "MOST_ROWS", "Table", "read_table"]

MOST_ROWS = 20_000
MOST_COLUMNS = 60
TITLES = 10  # rows that may stand above the header: a title, a date, an empty line
# Neither PostgreSQL nor a page takes these; line breaks and tabs stay.
UNWANTED = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufeff\ufffe\uffff]|[\ud800-\udfff]")


class Table(NamedTuple):
    kind: str
    headers: list
    content: bytes
    header_number: int  # of its row, as a spreadsheet counts

    def rows(self):
        """Yield (number, cells) of each row below the header that holds anything."""
        count = 0
        for number, cells in _numbered(self.kind, self.content):
            if number > self.header_number and any(cells):
                count += 1
                if count > MOST_ROWS:
                    raise UnreadableError(
                        _("More than %(most)d rows: please split the file.") % {"most": MOST_ROWS}
                    )
                yield number, _fitted(cells, len(self.headers))


def read_table(content, understood):
    """Find the header: the first row with two words that `understood` knows, else the first."""
    kind = kind_of(content)
    begin = [row for row in islice(_numbered(kind, content), TITLES) if any(row[1])]
    if not begin:
        begin = [row for row in islice(_numbered(kind, content), MOST_ROWS) if any(row[1])][:1]
    if not begin:
        raise UnreadableError(_("This file is empty."))
    number, headers = next((row for row in begin if understood(row[1]) >= 2), begin[0])
    while headers and not headers[-1]:
        headers = headers[:-1]
    if len(headers) > MOST_COLUMNS:
        raise UnreadableError(
            _("More than %(most)d columns: please leave out some.") % {"most": MOST_COLUMNS}
        )
    return Table(kind, headers, content, number)


def _numbered(kind, content):
    rows = text_rows(content) if kind == "csv" else sheet_rows(content, MOST_COLUMNS + 1)
    for number, cells in enumerate(rows, start=1):
        yield number, [clean(cell) for cell in cells]


def clean(text):
    return UNWANTED.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def _fitted(cells, width):
    return (cells + [""] * width)[:width]
