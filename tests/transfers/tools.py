"""What tests of imports share: files as people save them, and an import up to a point."""

import io

from openpyxl import Workbook

from transfers import actions, work
from transfers.files import read_table
from transfers.headers import count_understood

HEADER = "Nama,Peran,Jenis,Kab/Kota"


def csv_file(*rows, header=HEADER):
    return "\n".join([header, *rows]).encode()


def xlsx_file(*rows):
    workbook = Workbook()
    for row in rows:
        workbook.active.append(row)
    file = io.BytesIO()
    workbook.save(file)
    return file.getvalue()


def taken_in(user, content, name="mitra.csv"):
    table = read_table(content, count_understood)
    return actions.take_in(user=user, file_name=name, table=table)


def checked(user, content):
    """An import after its dry run, without the queue."""
    an_import = taken_in(user, content)
    actions.begin_checking(an_import=an_import)
    work.check(an_import)
    an_import.refresh_from_db()
    return an_import


def saved(an_import, **choices):
    choices = {"confirms": False, "publishes": True, **choices}
    assert actions.begin_saving(an_import=an_import, **choices)
    an_import.refresh_from_db()
    work.save(an_import)
    an_import.refresh_from_db()
    return an_import


def undone(an_import):
    assert actions.begin_taking_back(an_import=an_import)
    an_import.refresh_from_db()
    work.undo(an_import)
    an_import.refresh_from_db()
    return an_import


def outcomes(an_import):
    return [(row.number, row.outcome) for row in an_import.rows.all()]


def reasons(an_import):
    return [tuple(problem) for row in an_import.rows.all() for problem in row.problems]
