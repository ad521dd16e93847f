"""What the dry run says about each row."""

import pytest

from tests import factories
from tests.transfers.tools import checked, csv_file, outcomes, reasons

pytestmark = pytest.mark.django_db
FULL = "ID,Nama,Peran,Jenis,Kab/Kota,Subsektor,Situs,No. HP,Lintang,Bujur"


@pytest.fixture
def region(officer):
    return officer.region


@pytest.fixture(autouse=True)
def kinds():
    factories.OrganizationTypeFactory(name_id="Sanggar", role="community")
    factories.OrganizationTypeFactory(name_id="Studio", name_en="Atelier", role="business")


@pytest.fixture(autouse=True)
def subsectors():
    factories.SubsectorFactory(name_id="Film, Animasi, dan Video", slug="film")
    factories.SubsectorFactory(name_id="Kriya", name_en="Crafts", slug="kriya")


def row_of(officer, line, header=FULL):
    return checked(officer, csv_file(line, header=header)).rows.get()


def test_forgiving_about_words(officer, region):
    row = row_of(
        officer,
        f',Sanggar  Mélati,COMMUNITY,,{region.short_name},"crafts, film animasi dan video",'
        "melati.example.id,8123456789,,",
    )

    assert row.outcome == "create", row.problems
    assert {key: new for key, (_old, new) in row.changes.items()} == {
        "name": "Sanggar Mélati",
        "role": "Komunitas",
        "organization_type": "Sanggar",
        "region": region.name,
        "subsectors": "Film, Animasi, dan Video; Kriya",
        "website": "https://melati.example.id",
        "public_phone": "08123456789",
    }


@pytest.mark.parametrize(
    ("line", "key", "word"),
    [
        (",,Komunitas,Sanggar,{region},,,,,", "name", "tidak boleh kosong"),
        (",A,Raja,Sanggar,{region},,,,,", "role", "Akademisi; Bisnis"),
        (",A,Komunitas,Studio,{region},,,,,", "organization_type", "Sanggar"),
        (",A,Komunitas,,{region},,,,,", "organization_type", "memerlukan"),
        (",A,Komunitas,Sanggar,Atlantis,,,,,", "region", "Tidak ada kabupaten"),
        (",A,Komunitas,Sanggar,{elsewhere},,,,,", "region", "di luar wilayah tugas"),
        (",A,Komunitas,Sanggar,{region},Sihir,,,,", "subsectors", "Kriya"),
        (",A,Komunitas,Sanggar,{region},,@melati,,,", "website", "instagram.com/melati"),
        (",A,Komunitas,Sanggar,{region},,bukan situs,,,", "website", "URL"),
        (',A,Komunitas,Sanggar,{region},,,"8,12E+11",,', "public_phone", "memendekkan"),
        (",A,Komunitas,Sanggar,{region},,,,-7.9,", "latitude", "koordinat"),
        (",A,Komunitas,Sanggar,{region},,,,52.5,13.4", "latitude", "koordinat"),
        (",A,Komunitas,Sanggar,{region},,,,abc,112", "latitude", "derajat"),
        (",=1+1,Komunitas,Sanggar,{region},,,,,", "name", "rumus"),
        (",-,Komunitas,Sanggar,{region},,,,,", "name", "tidak boleh kosong"),
        ("x,A,Komunitas,Sanggar,{region},,,,,", "id", "bukan ID"),
        ("9999999,A,Komunitas,Sanggar,{region},,,,,", "id", "Tidak ada mitra"),
        ("{foreign},A,Komunitas,Sanggar,{region},,,,,", "id", "Tidak ada mitra"),
        (f",{'A' * 161},Komunitas,Sanggar,{{region}},,,,,", "name", "160"),
    ],
)
def test_refused_with_the_reason_and_the_column(officer, region, line, key, word):
    foreign = factories.StakeholderFactory(published=True)
    values = {"region": region.name, "elsewhere": foreign.region.name, "foreign": foreign.pk}
    row = row_of(officer, line.format(**values))

    assert (row.outcome, row.changes, row.listing) == ("refused", {}, None)
    assert [key for key, _reason in row.problems] == [key]
    assert word in row.problems[0][1]
    assert foreign.name not in str(row.problems)


def test_changes_old_to_new_and_nothing_new(officer, region):
    listing = factories.StakeholderFactory(
        name="Sanggar Melati", region=region, website="https://a.example.id", published=True
    )
    an_import = checked(
        officer,
        csv_file(
            f"{listing.pk},,,,,,b.example.id,,,",
            f",sanggar melati,,,{region.name},,,-,,",
            f"{listing.pk},,,,,,,,,",
            header=FULL,
        ),
    )

    assert outcomes(an_import) == [(2, "update"), (3, "refused"), (4, "refused")]
    assert an_import.rows.first().changes == {
        "website": ["https://a.example.id", "https://b.example.id"]
    }
    assert reasons(an_import)[0] == ("name", "Mitra yang sama dengan baris 2.")
    assert outcomes(checked(officer, csv_file(f"{listing.pk},,,,,,,-,,", header=FULL))) == [
        (2, "same")
    ]


@pytest.mark.parametrize(
    ("name", "website"),
    [
        ("Sanggar Melatie", ""),
        ("PT. Sanggar Melati (Malang)", ""),
        ("Nama yang lain", "http://www.melati.example.id/"),
        ("Melati di Malang (SM)", ""),
        ("Poltek Melati", ""),
    ],
)
def test_what_is_alike_is_for_a_person_to_decide(officer, region, name, website):
    listing = factories.StakeholderFactory(
        name="Sanggar Melati",
        aliases=["SM", "Politeknik Melati"],
        region=region,
        website="https://melati.example.id",
    )
    factories.StakeholderFactory(name="Sanggar Melati")  # elsewhere
    factories.StakeholderFactory(name="Tenun (Malang)", region=region)  # no other name

    row = row_of(officer, f",{name},Komunitas,Sanggar,{region.name},,{website},,,")

    assert (row.outcome, row.candidates) == ("choose", [listing.pk])


def test_example_row_of_the_template_is_skipped(officer, region):
    assert row_of(officer, f"contoh,A,Komunitas,Sanggar,{region.name},,,,,").outcome == "skipped"


def test_whoever_looks_after_one_region_need_not_name_it(officer, region):
    row = row_of(officer, "Sanggar A,Komunitas", header="Nama,Peran")

    assert row.changes["region"] == ["", region.name]


def test_the_queries_do_not_grow_with_the_rows(officer, region, django_assert_max_num_queries):
    checked(officer, csv_file(f"B,Komunitas,Sanggar,{region.name}"))  # fills what is kept
    lines = [f"A{n},Komunitas,Sanggar,{region.name}" for n in range(300)]

    with django_assert_max_num_queries(35):
        checked(officer, csv_file(*lines))
