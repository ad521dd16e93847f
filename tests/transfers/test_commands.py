import pytest
from django.core.management import CommandError, call_command

from stakeholders.models import Stakeholder
from tests import factories
from tests.transfers.tools import csv_file

pytestmark = pytest.mark.django_db


@pytest.fixture
def file(tmp_path):
    factories.OrganizationTypeFactory(name_id="Sanggar", role="community")
    region = factories.RegionFactory()
    path = tmp_path / "mitra.csv"
    path.write_bytes(csv_file(f"Sanggar Melati,Komunitas,,{region.name}", "B,Raja,,"))
    return path


def test_import_in_the_name_of_nobody(file, capsys):
    call_command("import_stakeholders", file, "--dry-run")
    assert not Stakeholder.objects.exists()
    assert "Baru: 1" in capsys.readouterr().out

    call_command("import_stakeholders", file, "--draft")
    assert Stakeholder.objects.get().status == "draft"
    assert "Baris 3, kolom Peran" in capsys.readouterr().err


def test_import_in_the_name_of_an_officer_stays_in_scope(file, officer, capsys):
    call_command("import_stakeholders", file, user=officer.email)

    assert not Stakeholder.objects.exists()
    assert "di luar wilayah tugas" in capsys.readouterr().err


@pytest.mark.parametrize("content", [b"", b"%PDF"])
def test_what_cannot_be_read_ends_with_a_word(tmp_path, content):
    path = tmp_path / "a.csv"
    path.write_bytes(content)
    for problem in [path, tmp_path / "nothing.csv"]:
        with pytest.raises(CommandError):
            call_command("import_stakeholders", problem)


def test_unknown_user(file):
    with pytest.raises(CommandError):
        call_command("import_stakeholders", file, user="siapa@example.id")


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_export_comes_back(tmp_path, capsys, ending):
    listings = factories.StakeholderFactory.create_batch(2, published=True)
    path = tmp_path / f"all.{ending}"
    call_command("export_stakeholders", path)
    call_command("import_stakeholders", path)
    assert "Tidak ada yang baru: 2" in capsys.readouterr().out

    call_command("export_stakeholders", region=[listings[0].region.slug])
    assert len(capsys.readouterr().out.splitlines()) == 2
