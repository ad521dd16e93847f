import csv
import io
import re
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from stakeholders import export
from tests import factories, hostile

pytestmark = pytest.mark.django_db

URL = "/mitra/ekspor/"


def read(response):
    text = response.getvalue().decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline=""), strict=True))


def names(response):
    return [row[0] for row in read(response)[1:]]


@pytest.mark.parametrize("row_count", [1, 3])
def test_query_count_does_not_grow(client, django_assert_num_queries, row_count):
    for _ in range(row_count):
        factories.OfferingFactory(stakeholder__subsectors=[factories.SubsectorFactory()])

    # All lists; rows with their places, subsectors, offerings with categories; a transaction.
    with django_assert_num_queries(6):
        found = names(client.get(URL))

    assert len(found) == row_count


TOLD = {
    "Name": "Warta Kriya",
    "Role": "Media",
    "Organisation type": "Magazine",
    "Kabupaten or kota": "Kota Pekalongan",
    "Province": "Jawa Tengah",
    "Subsectors": "Craft; Film",
    "In one line": "Tells, shows",
    "Website": "https://warta.example/",
    "Public e-mail": "kantor@warta.example",
    "Public phone": "'+62 285 1",
    "Offers": "Training",
    "Needs": "Funding",
    "Confirmed on": "2026-01-02",
    "Page": "http://testserver/en/mitra/warta-kriya/",
}


@pytest.fixture
def warta():
    subsectors = [factories.SubsectorFactory(name_en=name) for name in ("Craft", "Film")]
    listing = factories.StakeholderFactory(
        name="Warta Kriya", slug="warta-kriya", role="media", subsectors=subsectors,
        region__name="Kota Pekalongan", region__province__short_name="Jawa Tengah",
        organization_type__name_en="Magazine", summary="Tells, shows",
        website="https://warta.example/", public_email="kantor@warta.example",
        public_phone="+62 285 1", contact_email="rahasia@warta.example", address="Jalan Rahasia",
        verified_at=datetime(2026, 1, 2, 3, tzinfo=UTC), published=True,
    )  # fmt: skip
    today = timezone.localdate()
    for direction, name, until in [
        ("offer", "Training", None),
        ("need", "Funding", today),
        ("need", "Venue", today - timedelta(days=1)),
    ]:
        factories.OfferingFactory(
            stakeholder=listing, direction=direction, category__name_en=name, valid_until=until
        )
    return listing


def test_a_row_tells_what_is_public_and_nothing_else(client, warta):
    response = client.get("/en/mitra/ekspor/")

    [header, row] = read(response)
    warta.refresh_from_db()
    assert dict(zip(header, row, strict=True)) == TOLD | {"State": warta.freshness.label}
    assert b"ahasia" not in client.get(URL).getvalue()


def test_only_published_listings_even_for_staff(client, staff):
    for status in ("draft", "pending", "archived"):
        factories.StakeholderFactory(status=status)
    factories.StakeholderFactory(name="Terbit", published=True)
    client.force_login(staff)

    assert names(client.get(URL)) == ["Terbit"]


def test_all_that_is_found_comes_by_name_and_in_parts(client, monkeypatch):
    monkeypatch.setattr(export, "AT_A_TIME", 7)
    same = {"region": factories.RegionFactory(), "role": "media"}
    same["organization_type"] = factories.OrganizationTypeFactory(role="media")
    for number in range(30):
        factories.StakeholderFactory(name=f"Warta {29 - number:02}", published=True, **same)
    factories.StakeholderFactory(name="Warta bukan", role="business", published=True)

    response = client.get(f"{URL}?q=warta&peran=media&halaman=2&urut=terbaru")

    assert response.streaming
    assert names(response) == [f"Warta {number:02}" for number in range(30)]


def test_it_is_a_download_that_search_engines_leave_alone(client):
    response = client.get(URL)

    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert re.fullmatch(
        r'attachment; filename="mitra-\d{4}-\d\d-\d\d\.csv"', response["Content-Disposition"]
    )
    assert response["X-Robots-Tag"] == "noindex"
    assert "Disallow: /mitra/ekspor/\n" in client.get("/robots.txt").content.decode()


def test_formulas_are_guarded(client):
    factories.StakeholderFactory(name='=HYPERLINK("x")', summary="@cmd", published=True)

    [_header, row] = read(client.get(URL))

    assert row[0] == '\'=HYPERLINK("x")'
    assert "'@cmd" in row


@pytest.mark.parametrize("value", hostile.ENCODED)
def test_the_table_stands_whatever_is_in_its_parameters(client, value):
    factories.StakeholderFactory(published=True)

    response = client.get(URL + "?" + "&".join(f"{n}={value}" for n in ("q", "peran", "dekat")))

    assert response.status_code == 200
    assert read(response)[0][0] in ("Nama", "Name")


def test_it_only_reads(client):
    assert client.post(URL).status_code == 405
