"""XLSX, read row by row: values only, no formula, no macro, no entity."""

import io
import logging
import warnings
from datetime import date, datetime, time

from django.utils.translation import gettext as _
from openpyxl import load_workbook

from transfers.files.kinds import UnreadableError

logger = logging.getLogger(__name__)
FORMULA = "="  # stands for a formula, of which we take no text, and for Excel's errors
FARTHEST = 1_000_000  # rows that a sheet may claim to have


def sheet_rows(content, most_columns):
    """Yield the cells of each row of the first sheet with data."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what openpyxl leaves out does not matter to us
            workbook = load_workbook(io.BytesIO(content), read_only=True, keep_links=False)
            for sheet in workbook.worksheets:
                rows = _rows(sheet, most_columns)
                first = next(rows, None)
                if first:
                    yield from first
                    for each in rows:
                        yield from each
                    return
    except UnreadableError:
        raise
    except Exception as error:  # whatever a broken or hostile package makes of its reader
        logger.info("A workbook could not be read: %s", type(error).__name__)
        raise UnreadableError(
            _("This file is damaged. Open it in Excel or LibreOffice and save it anew as XLSX.")
        ) from None


def _rows(sheet, most_columns):
    """Yield lists of rows: each with data, and the empty ones before it."""
    sheet.reset_dimensions()  # what a sheet says about its size is often wrong
    empty = 0
    for row in sheet.iter_rows(max_col=most_columns):
        cells = [_text(cell) for cell in row]
        if any(cells):
            yield [[] for _each in range(empty)] + [cells]
            empty = 0
        else:
            empty += 1
        if empty > FARTHEST:
            return


def _text(cell):
    if cell.value is None:
        return ""
    if cell.data_type in {"f", "e"}:
        return FORMULA
    return plain(cell.value)


def plain(value):
    """Return a number without the dot that Excel gives it, a day as 2026-11-30."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e16 else repr(value)
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
    if isinstance(value, date | time):
        return value.isoformat()
    return str(value)
