"""Tables that we give out, as CSV or XLSX; nothing in them runs in a spreadsheet."""

import io
from itertools import chain

from django.http import FileResponse
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from regions.csv import csv_response, safe_cell
from transfers.files.tables import clean

WIDE, NARROW = 48, 18  # letters


def table_response(kind, filename, header, rows, *, more_sheets=()):
    if kind == "csv":
        return csv_response(filename, header, rows)
    file = io.BytesIO()
    save_workbook(file, [("Data", header, rows), *more_sheets])
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=f"{filename}.xlsx")


def save_workbook(file, sheets):
    """Write sheets of (title, header, rows) into a file."""
    workbook = Workbook(write_only=True)
    for title, header, rows in sheets:
        sheet = workbook.create_sheet(title)
        sheet.freeze_panes = "A2"
        for place, _label in enumerate(header, start=1):
            sheet.column_dimensions[get_column_letter(place)].width = NARROW
        for number, row in enumerate(chain([header], rows)):
            sheet.append([_cell(sheet, value, bold=number == 0) for value in row])
    workbook.save(file)


def _cell(sheet, value, *, bold):
    value = safe_cell(value)
    cell = WriteOnlyCell(sheet, clean(value) if isinstance(value, str) else value)
    if isinstance(cell.value, str):
        cell.data_type = "s"  # never a formula, whatever it begins with
        cell.number_format = "@"
    if bold:
        cell.font, cell.alignment = Font(bold=True), Alignment(wrap_text=True)
    return cell
