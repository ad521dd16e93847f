"""Whatever somebody brings: a table, or a word that helps."""

import io
import tracemalloc
import zipfile
from datetime import datetime

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from tests.transfers.tools import csv_file, xlsx_file
from transfers.files import FORMULA, MOST_BYTES, UnreadableError, read_table
from transfers.headers import count_understood

ROW = ["Sanggar Mélati", "Komunitas", "baris\nkedua"]


def table_of(content):
    table = read_table(content, count_understood)
    return table.headers, [cells for _number, cells in table.rows()]


def text_of(separator):
    return (
        separator.join(["Nama", "Peran", "Alamat"])
        + "\n"
        + separator.join(["Sanggar Mélati", "Komunitas", '"baris\nkedua"'])
    )


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_encodings_and_separators(encoding, separator):
    content = text_of(separator).encode(encoding)

    assert table_of(content) == (["Nama", "Peran", "Alamat"], [ROW])


def test_separator_that_the_file_names():
    assert table_of(b"sep=|\nNama|Peran\na, b|c; d\n")[1] == [["a, b", "c; d"]]


def test_header_below_a_title_keeps_the_numbers_of_rows():
    table = read_table(b"DATA EKRAF 2026,\n,\nNama,Peran\n\nA,B\n", count_understood)

    assert table.headers == ["Nama", "Peran"]
    assert list(table.rows()) == [(5, ["A", "B"])]


def test_cells_of_excel():
    content = xlsx_file(
        ["Nama", "Peran", "No. HP"],
        ["=1+1", datetime(2026, 11, 30), 81234567.0],
        [True, 1.5, "#N/A"],
    )

    assert table_of(content)[1] == [
        [FORMULA, "2026-11-30", "81234567"],
        ["ya", "1.5", FORMULA],
    ]


def test_first_sheet_with_data():
    workbook = Workbook()
    workbook.create_sheet("Isi").append(["Nama"])
    workbook["Isi"].append(["A"])
    file = io.BytesIO()
    workbook.save(file)

    assert table_of(file.getvalue()) == (["Nama"], [["A"]])


def package(**entries):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as written:
        for name, content in entries.items():
            written.writestr(name, content)
    return file.getvalue()


def changed_package(name, change):
    """An ordinary workbook in which one part is another."""
    source = zipfile.ZipFile(io.BytesIO(xlsx_file(["Nama"], ["A"])))
    parts = {each: source.read(each) for each in source.namelist()}
    return package(**(parts | {name: change(parts.get(name, b""))}))


def liar():
    """A package that says that its part is small."""
    content = bytearray(changed_package("xl/media/x", lambda _part: b"0" * 200_000_000))
    with zipfile.ZipFile(io.BytesIO(bytes(content))) as written:
        size = written.getinfo("xl/media/x").file_size.to_bytes(4, "little")
    return bytes(content).replace(size, (1000).to_bytes(4, "little"))


BOMB = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"", "kosong"),
        (b" \n\n", "kosong"),
        (b"\x01\x02\x03" * 200, "bukan tabel"),
        (b"\x00" * 500, "kosong"),
        (b"%PDF-1.7 ...", "bukan tabel"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500, "Excel lama"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "kata sandi",
        ),
        (b"PK\x03\x04 broken", "rusak"),
        (package(**{"word/document.xml": b"<x/>"}), "bukan tabel"),
        (package(**{"xl/workbook.xml": b"<x/>", "xl/vbaProject.bin": b"x"}), "makro"),
        (package(**{"xl/workbook.xml": b"0" * 100_000_000}), "jauh lebih besar"),
        (package(**{f"x{n}": b"" for n in range(600)}), "jauh lebih besar"),
        (liar(), "rusak"),
        (changed_package("xl/workbook.xml", lambda part: BOMB + part), "rusak"),
        (changed_package("xl/worksheets/sheet1.xml", lambda part: BOMB + part), "rusak"),
        (changed_package("xl/worksheets/sheet1.xml", lambda part: part[:200]), "rusak"),
        (b"A" * (MOST_BYTES + 1), "terlalu besar"),
        ((",".join(f"k{n}" for n in range(61)) + "\n").encode(), "Lebih dari 60 kolom"),
        (b"Nama\n" + b"x\n" * 20_001, "Lebih dari 20000 baris"),
    ],
)
def test_what_is_no_table_is_refused_with_a_word(content, word):
    with pytest.raises(UnreadableError, match=word):
        table_of(content)


def test_far_cell_costs_no_memory():
    """A sheet may claim to be huge: one cell in the last row and column."""
    workbook = Workbook()
    workbook.active["A1"], workbook.active["XFD40000"] = "Nama", "x"
    file = io.BytesIO()
    workbook.save(file)
    tracemalloc.start()

    assert table_of(file.getvalue()) == (["Nama"], [])
    assert tracemalloc.get_traced_memory()[1] < 40_000_000
    tracemalloc.stop()


def test_control_characters_are_left_out():
    assert table_of(csv_file("A\x01B\x7f\ufeff,x", header="Nama,Peran"))[1] == [["AB", "x"]]


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=400) | st.text(max_size=200).map(lambda text: text.encode("utf-16")))
@example(b'"')
@example(b'a,"b\n')
@example(b"\xff\xfe\x00\xd8")
@example(b"PK\x03\x04")
def test_no_bytes_break_it(content):
    try:
        headers, rows = table_of(content)
    except UnreadableError:
        return
    assert all(len(row) == len(headers) for row in rows)
    assert not {"\x00", "\x1f"} & {*"".join(cell for row in rows for cell in row)}
