import csv
import io

import pytest
from openpyxl import load_workbook

from history.models import Action
from tests import factories
from tests.transfers.tools import checked, outcomes, reasons

URL = "/kelola/ekspor/"
HEADER = ["ID", "Nama", "Nama lain", "Peran", "Jenis lembaga", "Kabupaten atau kota"]


@pytest.fixture
def listing(officer):
    return factories.StakeholderFactory(
        name="=1+1",
        aliases=["Satu", "'=dua"],
        region=officer.region,
        summary='@siapa, "apa"\tdan -',
        description="baris satu\n\nbaris dua",
        public_phone="+62 812",
        website="https://melati.example.id",
        social_links=["https://a.example.id", "https://b.example.id"],
        contact_email="rahasia@example.id",
        subsectors=[factories.SubsectorFactory(name_id="Film, Animasi, dan Video")],
        latitude=-7.123456789,
        longitude=112.5,
        published=True,
    )


def rows_of(page, kind="csv"):
    content = page.getvalue()
    if kind == "csv":
        return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    sheet = load_workbook(io.BytesIO(content)).active
    return [["" if cell is None else str(cell) for cell in row] for row in sheet.values]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_own_scope_with_private_fields_and_nothing_that_runs(officer_client, listing, kind):
    factories.StakeholderFactory(published=True, contact_email="lain@example.id")
    header, *rows = rows_of(officer_client.get(f"{URL}{kind}/"), kind)

    assert header[:6] == HEADER
    assert [row[:2] for row in rows] == [[str(listing.pk), "'=1+1"]]
    assert {"rahasia@example.id", "'+62 812"} <= {*rows[0]}
    assert not [cell for cell in rows[0] if cell.startswith(("=", "+", "@"))]
    action = Action.objects.get()
    assert (action.action, action.count) == ("export", 1)


@pytest.mark.parametrize("prefix", ["", "/en"])
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_what_comes_back_changes_nothing(officer_client, officer, listing, kind, prefix):
    factories.StakeholderFactory(region=officer.region, public_phone="8123456789")
    content = officer_client.get(f"{prefix}{URL}{kind}/").getvalue()
    an_import = checked(officer, content)

    assert outcomes(an_import) == [(2, "same"), (3, "same")], reasons(an_import)


def test_filters_of_the_list(officer_client, officer):
    factories.StakeholderFactory(region=officer.region, name="Draf", status="draft")
    factories.StakeholderFactory(region=officer.region, name="Terbit", published=True)
    found = rows_of(officer_client.get(f"{URL}csv/?status=draft"))

    assert [row[1] for row in found[1:]] == ["Draf"]
    assert "1 mitra" in officer_client.get(f"{URL}?status=draft").text
    assert officer_client.get(f"{URL}csv/?status=apa").status_code == 400
    elsewhere = factories.StakeholderFactory(published=True).region.slug
    assert officer_client.get(f"{URL}csv/?wilayah={elsewhere}").status_code == 400


@pytest.mark.parametrize("path", ["", "csv/", "xlsx/"])
def test_officers_only(client, steward, path):
    assert client.get(f"{URL}{path}").status_code == 302
    client.force_login(steward)
    assert client.get(f"{URL}{path}").status_code == 403


@pytest.mark.parametrize("item_count", [1, 3])
def test_query_count_does_not_grow(officer_client, officer, django_assert_num_queries, item_count):
    factories.StakeholderFactory.create_batch(item_count, region=officer.region)
    officer_client.get(f"{URL}csv/").getvalue()
    with django_assert_num_queries(13):  # who may: 4; choices: 4; count, note: 3; rows, savepoint
        rows = rows_of(officer_client.get(f"{URL}csv/"))

    assert len(rows) == item_count + 1


def test_staff_find_both_in_the_admin(staff_client):
    page = staff_client.get("/admin/stakeholders/stakeholder/")

    assert "/kelola/impor/" in page.text
    assert URL in page.text
