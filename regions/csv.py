"""Tables that leave the site as files."""

import csv
from itertools import chain

from django.http import StreamingHttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header

# A spreadsheet runs a text that begins with one of these as a formula.
FORMULA_STARTS = tuple("=+-@\t\r\n＝＋－＠")
BYTE_ORDER_MARK = "\ufeff"  # by which Excel knows UTF-8


class _Line:
    """What `csv.writer` writes to: it hands the line back instead of keeping it."""

    def write(self, line):
        return line


def csv_response(filename, header, rows):
    """Stream a table as a download: commas (RFC 4180), UTF-8, nothing a spreadsheet would run."""
    write = csv.writer(_Line()).writerow
    lines = (write([safe_cell(cell) for cell in row]) for row in chain([header], rows))
    return StreamingHttpResponse(
        chain([BYTE_ORDER_MARK], lines),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": content_disposition_header(True, f"{filename}.csv")},
    )


def safe_cell(value):
    """Return a number as it is, and a text with an apostrophe before what may be a formula."""
    if value is None or isinstance(value, int | float):
        return value
    text = str(value)
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def day_of(moment):
    return timezone.localdate(moment).isoformat() if moment else ""
