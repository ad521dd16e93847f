import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import load_workbook

from stakeholders.models import Stakeholder
from tests import factories
from tests.jobs import waiting, work
from tests.transfers.tools import checked, csv_file, saved, taken_in, xlsx_file
from transfers.files import MOST_BYTES, read_table
from transfers.headers import count_understood
from transfers.models import Import

URL = "/kelola/impor/"
PAGES = ["", "kolom/", "laporan/", "ditolak/"]
ACTS = ["pilihan/", "simpan/", "batalkan/", "ulangi/", "hapus/"]


@pytest.fixture(autouse=True)
def kind(db):
    return factories.OrganizationTypeFactory(name_id="Sanggar", role="community")


@pytest.fixture
def line(officer):
    return f"{{}},Komunitas,Sanggar,{officer.region.name}"


@pytest.fixture
def an_import(officer, line):
    return checked(officer, csv_file(line.format("Sanggar Melati"), "Tanpa Peran,Raja,,"))


def upload(client, content, name="mitra.csv"):
    return client.post(URL, {"berkas": SimpleUploadedFile(name, content)})


def test_from_file_to_undo_by_the_real_worker(queue, officer_client, officer, line):
    url = upload(officer_client, csv_file(line.format("Sanggar Melati"), "B,Raja,,")).url
    page = officer_client.get(url)
    assert "Memeriksa baris" in page.text
    assert 'hx-trigger="every 1s"' in page.text
    assert '<meta http-equiv="refresh"' in page.text
    again = officer_client.get(url, headers={"HX-Target": "progress"})
    assert "HX-Refresh" not in again.headers
    work()
    assert "HX-Refresh" in officer_client.get(url, headers={"HX-Target": "progress"}).headers
    page = officer_client.get(url)
    assert "1 mitra baru dan 0 mitra berubah" in page.text
    assert "Baris 3, kolom Peran:" in page.text
    officer_client.post(f"{url}simpan/", {"terbit": "ya", "terkonfirmasi": "on"})
    work()
    assert "Tersimpan: 1 mitra baru" in officer_client.get(url).text
    assert Stakeholder.objects.get().verified_by == officer
    officer_client.post(f"{url}batalkan/")
    work()
    assert "Impor ini dibatalkan" in officer_client.get(url).text
    assert not Stakeholder.objects.exists()


@pytest.mark.parametrize("path", ["", *PAGES[1:], *ACTS, "templat/csv/"])
def test_officers_only_and_each_their_own(client, an_import, steward, path):
    method = "post" if path in ACTS else "get"
    url = f"{URL}{path}" if "templat" in path else f"{URL}{an_import.pk}/{path}"
    call = getattr(client, method)
    assert call(url).status_code == 302
    client.force_login(steward)
    assert call(url).status_code == 403
    region = an_import.user.editable_regions().get()
    client.force_login(factories.OfficerAssignmentFactory(region=region).user)
    assert call(url).status_code == (200 if "templat" in path else 404)
    if path in ACTS:
        assert client.get(url).status_code == 405


def test_upload_needs_the_token_and_no_stranger_gets_far(officer):
    client = Client(enforce_csrf_checks=True)
    assert upload(client, b"Nama\nA").status_code == 302
    client.force_login(officer)
    assert upload(client, b"Nama\nA").status_code == 403
    assert not Import.objects.exists()


def test_too_large_file_is_not_kept(officer_client):
    page = upload(officer_client, b"A" * (MOST_BYTES + 1))

    assert page.status_code == 413
    assert "paling besar 10 MB" in page.text
    assert not Import.objects.exists()


@pytest.mark.parametrize(
    ("name", "content", "word"),
    [
        ("a.xlsm", xlsx_file(["Nama"], ["A"]), "makro"),
        ("a.xlsx", b"", "kosong"),
        ("a.csv", b"%PDF-1.7", "bukan tabel"),
    ],
)
def test_what_is_no_table_is_refused_beside_the_field(officer_client, name, content, word):
    assert word in upload(officer_client, content, name).text
    assert not Import.objects.exists()


def test_nobody_keeps_more_than_a_few(officer_client, monkeypatch):
    monkeypatch.setattr("transfers.forms.MOST_KEPT", 1)
    upload(officer_client, b"Nama\nA")

    assert "Anda memiliki 1 impor" in upload(officer_client, b"Nama\nB").text
    assert Import.objects.count() == 1


def test_what_went_to_another_office_is_not_told(officer_client, officer):
    gone = factories.OfficerAssignmentFactory(user=officer).region
    factories.StakeholderFactory(name="A", region=gone, contact_email="rahasia@example.id")
    header = "Nama,Kab/Kota,Kontak privat"
    an_import = checked(officer, csv_file(f"A,{gone.name},baru@example.id", header=header))
    url = an_import.get_absolute_url()
    assert "rahasia@example.id" in officer_client.get(url).text
    officer.officer_assignments.filter(region=gone).delete()

    assert "rahasia@example.id" not in officer_client.get(url).text
    assert "rahasia@example.id" not in officer_client.get(f"{url}laporan/").getvalue().decode()


def test_content_tells_the_kind_not_the_name(officer_client):
    upload(officer_client, xlsx_file(["Nama"], ["A"]), "daftar.csv")

    assert Import.objects.get().kind == "xlsx"


def test_unknown_column_is_asked_for(officer_client, officer):
    url = upload(officer_client, csv_file("A,b", header="Nama,Entah apa")).url
    page = officer_client.get(url, follow=True)
    assert "Entah apa" in page.text
    twice = officer_client.post(f"{url}kolom/", {"kolom-0": "name", "kolom-1": "name"})
    assert "Hanya satu kolom boleh menjadi “Nama”" in twice.text
    unnamed = officer_client.post(f"{url}kolom/", {"kolom-0": "-", "kolom-1": "address"})
    assert "Pilih kolom yang berisi nama" in unnamed.text
    right = officer_client.post(f"{url}kolom/", {"kolom-0": "name", "kolom-1": "address"})
    assert right.url == url
    assert [name for name, _tries in waiting()] == ["check"]


def test_decisions_on_the_page(officer_client, officer, line):
    listing = factories.StakeholderFactory(name="Sanggar Melati", region=officer.region)
    an_import = checked(officer, csv_file(line.format("Sanggar Melatie"), line.format("Melati B")))
    url = an_import.get_absolute_url()
    assert "Sama dengan Sanggar Melati" in officer_client.get(f"{url}?hasil=choose").text

    forged = officer_client.post(f"{url}pilihan/", {"baris-2": "999999"}, follow=True)
    assert "tidak bisa dilakukan lagi" in forged.text
    officer_client.post(f"{url}pilihan/", {"baris-2": str(listing.pk)})

    row = an_import.rows.get(number=2)
    assert (row.outcome, row.listing, row.decision) == ("update", listing.pk, "same")
    officer_client.post(f"{url}pilihan/?hasil=create", {})  # of other rows: nothing is forgotten
    row.refresh_from_db()
    assert row.decision == "same"


def test_all_at_once(queue, officer_client, officer, line):
    factories.StakeholderFactory(name="Sanggar Melati", region=officer.region)
    an_import = checked(officer, csv_file(line.format("Sanggar Melatie")))
    officer_client.post(f"{an_import.get_absolute_url()}pilihan/", {"semua": "new"})
    work()

    assert an_import.rows.get().outcome == "create"


def test_downloads(officer_client, an_import):
    url = an_import.get_absolute_url()
    report = officer_client.get(f"{url}laporan/").getvalue().decode()
    refused = officer_client.get(f"{url}ditolak/").getvalue().decode()

    assert "Baris 3, kolom Peran: “Raja” tidak dikenal" in report
    assert refused.splitlines()[0].endswith("Nama,Peran,Jenis,Kab/Kota,Alasan")
    assert [row.split(",")[:2] for row in refused.splitlines()[1:]] == [["Tanpa Peran", "Raja"]]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_template_comes_back_without_its_example(officer_client, officer, kind):
    content = officer_client.get(f"{URL}templat/{kind}/").getvalue()
    table = read_table(content, count_understood)
    rows = [cells for _number, cells in table.rows()]

    assert (table.headers[:3], rows[0][0]) == (["ID", "Nama", "Nama lain"], "contoh")
    assert [row.outcome for row in checked(officer, content).rows.all()] == ["skipped"]
    if kind == "xlsx":
        sheet = load_workbook(io.BytesIO(content))["Isi yang diperbolehkan"]
        places = [cell.value for cell in sheet["E"][1:] if cell.value]
        assert places == [officer.region.name]


def test_the_file_and_its_rows_can_be_deleted(officer_client, an_import):
    saved(an_import)
    officer_client.post(f"{an_import.get_absolute_url()}hapus/")

    assert not Import.objects.exists()
    assert Stakeholder.objects.count() == 1


@pytest.mark.parametrize("item_count", [1, 3])
def test_query_count_does_not_grow(
    officer_client, officer, line, django_assert_num_queries, item_count
):
    rows = [line.format(name) for name in ["Mawar Putih", "Kenanga Jaya", "Teratai Biru"]]
    for _each in range(item_count):
        an_import = taken_in(officer, csv_file("A,b", header="Nama,Entah apa"))
    with django_assert_num_queries(6):  # who signed in and what for: 5, imports
        officer_client.get(URL)
    an_import = checked(officer, csv_file(*rows[:item_count]))
    with django_assert_num_queries(9):  # 5 of them as above
        page = officer_client.get(an_import.get_absolute_url())

    assert len(page.context["page"]) == item_count


def test_an_archived_partner_is_said_to_be_one(officer_client, officer, line):
    gone = factories.StakeholderFactory(
        region=officer.region, name="Sanggar Melati", status="archived"
    )
    an_import = checked(officer, csv_file(line.format("Sanggar Melati"), line.format("S. Melati")))

    html = officer_client.get(f"{URL}{an_import.pk}/").text

    assert html.count("Mitra ini ada di arsip") == 1
    assert f'href="/kelola/mitra/{gone.pk}/"' in html
