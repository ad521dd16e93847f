import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from stakeholders.models import Stakeholder
from tests import factories
from tests.jobs import work
from tests.transfers.tools import csv_file

URL = "/kelola/impor/"


@pytest.fixture
def kind(db):
    return factories.OrganizationTypeFactory(name_id="Sanggar", role="community")


def upload(client, content, name="mitra.csv"):
    return client.post(URL, {"berkas": SimpleUploadedFile(name, content)})


def test_from_file_to_report_by_the_real_worker(queue, officer_client, officer, kind):
    row = f"Sanggar Melati,Komunitas,Sanggar,{officer.region.name}"
    page = upload(officer_client, csv_file(row, "Tanpa Peran,,,"))
    page = officer_client.get(page.url)
    assert "Memeriksa baris" in page.text
    work()
    page = officer_client.get(page.wsgi_request.path)
    assert "1 mitra baru dan 0 mitra berubah" in page.text
    assert "Baris 3, kolom Peran:" in page.text
    officer_client.post(page.wsgi_request.path + "simpan/", {"terbit": "ya", "terkonfirmasi": "on"})
    work()
    page = officer_client.get(page.wsgi_request.path)
    assert "Tersimpan: 1 mitra baru" in page.text
    listing = Stakeholder.objects.get()
    assert (listing.status, listing.verified_by) == ("published", officer)
    officer_client.post(page.wsgi_request.path + "batalkan/")
    work()
    assert "Impor ini dibatalkan" in officer_client.get(page.wsgi_request.path).text
    assert not Stakeholder.objects.exists()
