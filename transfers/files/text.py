"""CSV as people save it: any usual encoding, any usual separator."""

import codecs
import csv
import io
import re

from charset_normalizer import from_bytes
from django.utils.translation import gettext as _

from transfers.files.kinds import UnreadableError

SEPARATORS = ";,\t|"
SAMPLE = 50  # rows that tell the separator
SNIFFED = 64 * 1024  # bytes that tell the encoding
LIKELY = ["cp1252", "utf_16_le", "utf_16_be"]
UNNAMED_BINARY = 0.05  # of the bytes are control characters: no text
CONTROLS = bytes({*range(9), *range(14, 32)})
DECLARED = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)  # the first line, as Excel writes it


def text_rows(content):
    """Yield the cells of each row."""
    text = decode(content)
    declared = DECLARED.match(text)
    if declared:
        text = text[declared.end() :]
        yield []
    separator = declared[1] if declared else _separator(text)
    try:
        yield from _rows(text, separator)
    except csv.Error:
        raise UnreadableError(
            _("A cell of this file has no end: look for a quotation mark that is not closed.")
        ) from None


def decode(content):
    for mark, encoding in [
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ]:
        if content.startswith(mark):
            return content.decode(encoding, errors="replace")
    encoding = _guessed(content)
    return content.decode(encoding, errors="replace").removeprefix("\ufeff")


def _guessed(content):
    """NUL bytes in every other place are UTF-16; without them UTF-8, or else what it looks like."""
    sample = content[:SNIFFED]
    if b"\x00" in sample:
        even, odd = sample[::2].count(0), sample[1::2].count(0)
        if max(even, odd) > len(sample) / 8:
            return "utf-16-be" if even > odd else "utf-16-le"
    if len(sample.translate(None, CONTROLS)) < len(sample) * (1 - UNNAMED_BINARY):
        raise UnreadableError(_("This is no table. Please bring a CSV or XLSX file."))
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        best = from_bytes(sample, cp_isolation=LIKELY).best()
        return best.encoding if best else "cp1252"
    return "utf-8"


def _rows(text, separator):
    # A cell may be as long as the whole file, which is bounded.
    csv.field_size_limit(max(len(text), csv.field_size_limit()))
    return csv.reader(io.StringIO(text, newline=""), delimiter=separator)


def _separator(text):
    """The one that splits most rows alike."""
    return max(SEPARATORS, key=lambda separator: _evenness(text, separator))


def _evenness(text, separator):
    widths = []
    try:
        for row in _rows(text[:SNIFFED], separator):
            widths.append(len(row))
            if len(widths) == SAMPLE:
                break
    except csv.Error:
        return 0, 0
    wide = [width for width in widths if width > 1]
    usual = max(set(wide), key=wide.count, default=1)
    return wide.count(usual) if usual > 1 else 0, usual
