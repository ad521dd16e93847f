import csv
import io

import pytest
from django.utils.translation import gettext_lazy as _

from regions.csv import csv_response, safe_cell
from tests import hostile


def read(response):
    text = response.getvalue().decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline=""), strict=True))


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"])
def test_what_a_spreadsheet_would_run_is_made_text(start):
    assert safe_cell(f"{start}HYPERLINK(1)") == f"'{start}HYPERLINK(1)"


@pytest.mark.parametrize("text", ["Batik = hidup", "a@b.example", "5-10", "'=1", " =1", ""])
def test_other_texts_stay(text):
    assert safe_cell(text) == text


@pytest.mark.parametrize("number", [-5, 0, 1.5])
def test_numbers_stay_numbers(number):
    assert safe_cell(number) is number


def test_words_to_be_translated_are_guarded_too():
    assert safe_cell(_("=1+1")) == "'=1+1"


def test_excel_knows_the_file_as_utf8():
    response = csv_response("mitra", ["Nama"], [["Kopi — Gayo é"]])

    assert response.getvalue() == "\ufeffNama\r\nKopi — Gayo é\r\n".encode()
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="mitra.csv"'


def test_every_value_comes_back_as_it_was_but_for_the_apostrophe():
    # The reader of Python knows no lone carriage return inside quotes; spreadsheets do.
    values = [value.replace("\r", "") for value in hostile.VALUES]
    [_header, *rows] = read(csv_response("mitra", ["n", "value"], enumerate(values)))

    assert [value.removeprefix("'") for _n, value in rows] == [v.removeprefix("'") for v in values]
    assert [value for _n, value in rows if value.startswith(("=", "+", "-", "@"))] == []


def test_rows_are_not_gathered_before_they_are_sent():
    def endless():
        while True:
            yield ["baris"]

    stream = iter(csv_response("mitra", ["Nama"], endless()))

    assert [next(stream) for _ in range(3)] == [b"\xef\xbb\xbf", b"Nama\r\n", b"baris\r\n"]
