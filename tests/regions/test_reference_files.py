"""Every kind of bad row is named by file, line and column, and stops the whole load."""

import pytest
from django.core.management import CommandError
from django.utils import timezone

from regions.models import Province, Region
from tests.factories import RegionFactory
from tests.regions.reference_files import FILES, edit, load

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]

MALANG = (
    "35.73,kota,Kota Malang,Malang,Ngalam;Malang Raya,0,Malang,-7.98,112.63,Asia/Jakarta,889000"
)
UNREADABLE = "Not UTF-8, or a character that cannot be printed."


def error_of(data_folder):
    with pytest.raises(CommandError) as caught:
        load(data_folder)
    assert Province.objects.count() == 0
    return str(caught.value)


def test_the_small_files_are_good(data_folder):
    load(data_folder)

    assert Region.objects.get(code="35.73").aliases == ["Ngalam", "Malang Raya"]


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("-7.98", "x", "line 3, column latitude: “x” value must be a float."),
        ("-7.98", "nan", "line 3, column latitude: “nan” is not between -11.5 and 6.5."),
        ("112.63", "12.63", "line 3, column longitude: “12.63” is not between 94.5 and 141.5."),
        ("889000", "8.5", "line 3, column population: “8.5” value must be an integer."),
        (
            "889000",
            "-1",
            "line 3, column population: Ensure this value is greater than or equal to 0.",
        ),
        (",889000", "", "line 3, column population: This cell is missing."),
        ("889000", "889000,1", "line 3, column 12: The header has no such column."),
        (MALANG, "\n" + MALANG, "line 3, column code: This cell is missing."),
        ("35.73", "3573", "line 3, column code: Enter a valid value."),
        ("35.73", "99.73", "line 3, column code: No province has the code 99."),
        ("35.73", "35.07", "line 3, column code: “35.07” is already on line 2."),
        ("Kota M", "Kabupaten M", "line 3, column name: “Kabupaten Malang” is already on line 2."),
        ("Kota Malang", "", "line 3, column name: This field cannot be blank."),
        (",kota,", ",desa,", "line 3, column kind: Value 'desa' is not a valid choice."),
        ("Ngalam;", "Ngalam;;", "line 3, column aliases: This field cannot be blank."),
        (
            "lam;Malang Raya",
            "lam;Ngalam",
            "line 3, column aliases: “Ngalam;Ngalam” names something twice.",
        ),
        ("Kota Malang", "Kota\0Malang", f"line 3, column name: {UNREADABLE}"),
        ("Kota Malang", '"Kota\nMalang"', f"line 3, column name: {UNREADABLE}"),
        ("Kota Malang", '"Kota Malang', "line 3, column code: unexpected end of data"),
        (
            "code,kind",
            "code,jenis",
            "line 1, column kind: The header should be: code,kind,name,short_name,aliases,"
            "is_administrative,capital,latitude,longitude,timezone,population.",
        ),
    ],
)
def test_bad_region(data_folder, old, new, problem):
    edit(data_folder, "regions.csv", old, new)

    assert error_of(data_folder) == f"regions.csv, {problem}"


@pytest.mark.parametrize(
    ("name", "old", "new", "problem"),
    [
        ("provinces.csv", "31,", "35,", "line 3, column code: “35” is already on line 2."),
        ("provinces.csv", "35,Jawa", "AB,Jawa", "line 3, column code: Enter a valid value."),
        (
            "provinces.csv",
            ",jawa,4",
            ",java,4",
            "line 3, column island: Value 'java' is not a valid choice.",
        ),
        (
            "subsectors.csv",
            "budaya,0",
            "budaya,ya",
            "line 4, column is_priority: “ya” value must be either True or False.",
        ),
        (
            "subsectors.csv",
            "kuliner,",
            "kriya,",
            "line 4, column slug: “kriya” is already on line 3.",
        ),
        ("uccn.csv", "35.73", "35.75", "line 3, column code: “35.75” is unknown."),
        ("uccn.csv", "35.73", "35.07", "line 3, column name: Code 35.07 is Kabupaten Malang."),
        ("uccn.csv", "media-arts", "sport", "line 3, column field: “sport” is unknown."),
        ("uccn.csv", "a newspaper", "", "line 2, column source: This field cannot be blank."),
        (
            "kata_kreatif.csv",
            "35.73,Kota Malang",
            "31,DKI",
            "line 2, column code: “31” is unknown.",
        ),
        ("kata_kreatif.csv", "kriya", "batik", "line 2, column subsectors: “batik” is unknown."),
        ("kata_kreatif.csv", "aplikasi+kriya", "", "line 2, column subsectors: “” is unknown."),
        (
            "kata_kreatif.csv",
            "2019",
            "1019",
            f"line 2, column year: “1019” is not between 1900 and {timezone.localdate().year}.",
        ),
        (
            "organization_types.csv",
            "academia",
            "campus",
            "line 2, column role: Value 'campus' is not a valid choice.",
        ),
        (
            "offering_categories.csv",
            ",1",
            ",pertama",
            "line 2, column position: “pertama” value must be an integer.",
        ),
    ],
)
def test_bad_row_of_another_file(data_folder, name, old, new, problem):
    edit(data_folder, name, old, new)

    assert error_of(data_folder) == f"{name}, {problem}"


def test_broken_utf8(data_folder):
    broken = FILES["provinces.csv"].encode().replace(b"Surabaya", b"Surab\xe4ya")
    (data_folder / "provinces.csv").write_bytes(broken)

    assert error_of(data_folder) == f"provinces.csv, line 3, column capital: {UNREADABLE}"


def test_byte_order_mark_is_no_fault(data_folder):
    (data_folder / "provinces.csv").write_text(FILES["provinces.csv"], encoding="utf-8-sig")

    load(data_folder)

    assert Province.objects.count() == 2


def test_empty_file(data_folder):
    (data_folder / "offering_categories.csv").write_text("")

    assert error_of(data_folder) == (
        "offering_categories.csv, line 1, column slug: "
        "The header should be: slug,name_id,name_en,position."
    )


def test_missing_file(data_folder):
    (data_folder / "uccn.csv").unlink()

    assert error_of(data_folder) == f"[Errno 2] No such file or directory: '{data_folder}/uccn.csv'"


def test_clash_with_a_row_of_people_loads_nothing(data_folder):
    RegionFactory(code="11.01", slug="kota-malang", province__code="11")

    with pytest.raises(CommandError, match=r"(?s)^Nothing was loaded: .*\(slug\)=\(kota-malang\)"):
        load(data_folder)
    assert [province.code for province in Province.objects.all()] == ["11"]
