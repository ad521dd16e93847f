import csv
import io
import re
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.utils import timezone

from regions.models import Region
from stakeholders.evidence import METHOD
from tests import factories, hostile

pytestmark = pytest.mark.django_db

URL = "/wilayah/kota-pekalongan/lembar-data/"


@pytest.fixture
def region():
    region = factories.RegionFactory(
        slug="kota-pekalongan", name="Kota Pekalongan", code="33.75", capital="Pekalongan Timur",
        population=318_221, province__short_name="Jawa Tengah", province__code="33",
    )  # fmt: skip
    factories.RegionSubsectorFactory(
        region=region, subsector=factories.SubsectorFactory(name_id="Kriya", name_en="Crafts"),
        since_year=2021,
    )  # fmt: skip
    factories.RecognitionFactory(region=region, scheme="unesco", field="crafts-folk-art", year=2014)
    return region


@pytest.fixture
def crafts(region):
    return region.lead_subsectors[0]


def listing(region, **fields):
    return factories.StakeholderFactory(region=region, **{"published": True, **fields})


def table(client, url=f"/en{URL}?format=csv", section="Stakeholders"):
    """Return the rows that tell of somebody or something in a section of the download."""
    text = client.get(url).getvalue().decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    found = [dict(zip(rows[0], row, strict=True)) for row in rows[1:] if row[0] == section]
    return [row for row in found if row.get("Details") != "Nobody yet."]


def sql(statement, *parameters):
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return cursor.fetchall()


@pytest.mark.parametrize("item_count", [1, 3])
def test_query_count_does_not_grow(client, django_assert_num_queries, region, crafts, item_count):
    for _ in range(item_count):
        each = listing(region, subsectors=[crafts, factories.SubsectorFactory()])
        factories.OfferingFactory(stakeholder=each)

    # region, its subsectors, its recognitions and those of its province; coverage; how many are
    # confirmed; listings and their subsectors; subsectors; needs
    with django_assert_num_queries(9):
        response = client.get(URL)

    assert response.context["sheet"].coverage.total == item_count


@pytest.mark.parametrize("item_count", [1, 3])
def test_query_count_of_the_table_does_not_grow(
    client, django_assert_num_queries, region, crafts, item_count
):
    for _ in range(item_count):
        listing(region, subsectors=[crafts])

    # region, its subsectors, its recognitions and those of its province; coverage; needs;
    # listings and their subsectors
    with django_assert_num_queries(7):
        rows = table(client)

    assert len(rows) == item_count


def test_every_number_equals_sql(client, mixed_listings):
    for region in Region.objects.all():
        sheet = client.get(f"/wilayah/{region.slug}/lembar-data/").context["sheet"]

        assert [(role.value, cell.total) for role, cell, *_ in sheet.roles if cell.total] == sorted(
            sql(
                "select role, count(*) from stakeholders_stakeholder "
                "where status = 'published' and region_id = %s group by role",
                region.pk,
            ),
            key=lambda row: [role.value for role, *_ in sheet.roles].index(row[0]),
        )
        [(confirmed,)] = sql(
            "select count(*) from stakeholders_stakeholder where status = 'published' "
            "and region_id = %s and verified_at + rhythm_days * interval '1 day' > now()",
            region.pk,
        )
        assert sheet.confirmed == confirmed
        assert [tuple(need.values())[1:] for need in sheet.needs] == sql(
            "select c.name_id, count(distinct stakeholder_id) filter (where direction = 'need'),"
            " count(distinct stakeholder_id) filter (where direction = 'offer')"
            " from stakeholders_offering o join stakeholders_stakeholder s on s.id = stakeholder_id"
            " join stakeholders_offeringcategory c on c.id = category_id"
            " where s.status = 'published' and s.region_id = %s group by c.id"
            " having count(*) filter (where direction = 'need') > 0 order by c.position",
            region.pk,
        )
    assert mixed_listings is None


def test_a_need_is_met_by_what_the_region_itself_offers(client, region):
    met, unmet, expired, stale = (
        factories.OfferingCategoryFactory(position=position) for position in range(4)
    )
    long_ago = timezone.now() - timedelta(days=400)
    yesterday = timezone.localdate() - timedelta(days=1)
    for category in (met, unmet, stale):
        needy = factories.OfferingFactory(category=category, stakeholder__region=region)
    factories.OfferingFactory(category=stale, direction="offer", stakeholder=needy.stakeholder)
    factories.OfferingFactory(
        category=stale,
        direction="offer",
        stakeholder__region=region,
        stakeholder__verified_at=long_ago,
    )
    factories.OfferingFactory(category=met, direction="offer", stakeholder__region=region)
    factories.OfferingFactory(category=unmet, direction="offer")  # elsewhere
    factories.OfferingFactory(category=expired, stakeholder__region=region, valid_until=yesterday)

    sheet = client.get(URL).context["sheet"]

    assert [(n["name"], n["needing"], n["offering"]) for n in sheet.needs] == [
        (met.name_id, 1, 1),
        (unmet.name_id, 1, 0),
        (stale.name_id, 1, 0),  # by itself, and by one that is out of date
    ]
    assert sheet.needs_met == 1


def test_it_tells_the_facts(client, region, crafts):
    listing(region, role="media", name="Radio Pesisir", subsectors=[crafts],
            verified_at=datetime(2020, 3, 4, tzinfo=UTC))  # fmt: skip

    html = client.get(f"/en{URL}").content.decode()

    for fact in (
        "Kota Pekalongan", "33.75", "Jawa Tengah", "Pekalongan Timur", "318,221", "2014",
        "Crafts and Folk Art", "since 2021", "Radio Pesisir", "4 Mar 2020", "Out of date",
        "http://testserver/en/wilayah/kota-pekalongan/lembar-data/",
    ):  # fmt: skip
        assert fact in html


def test_listings_stand_under_their_role_in_the_order_of_the_six(client, region):
    for role, name in [("media", "B"), ("academia", "Z"), ("media", "A")]:
        listing(region, role=role, name=name)

    roles = client.get(URL).context["sheet"].roles

    assert [(role.value, [each.name for each in group]) for role, _cell, group, _more in roles] == [
        ("academia", ["Z"]),
        ("business", []),
        ("community", []),
        ("government", []),
        ("media", ["A", "B"]),
        ("aggregator", []),
    ]


def test_the_page_shows_the_first_of_a_role_and_the_table_all(client, region, monkeypatch):
    monkeypatch.setattr("stakeholders.evidence.MOST_OF_A_ROLE", 2)
    for name in ("Cakra", "Aksara", "Bayu", "Dian"):
        listing(region, name=name, role="media")
    listing(region, name="Eka", role="business")

    response = client.get("/en" + URL)

    roles = response.context["sheet"].roles
    shown = {role: [each.name for each in first] for role, _cell, first, _more in roles}
    assert (shown["media"], shown["business"]) == (["Aksara", "Bayu"], ["Eka"])
    assert re.findall(r'href="[?]format=csv">([^<]*more[^<]*)<', response.content.decode()) == [
        "2 more in the CSV"
    ]
    assert len(table(client)) == 5


def test_lead_subsectors_stand_first_and_empty_others_are_left_out(client, region, crafts):
    second, _empty = factories.SubsectorFactory.create_batch(2)
    listing(region, subsectors=[second])

    rows = client.get(URL).context["sheet"].subsectors

    assert [(subsector, is_lead) for subsector, is_lead, _cells in rows] == [
        (crafts, True),
        (second, False),
    ]


def test_the_table_has_a_row_for_each_listing_and_subsector(client, region, crafts):
    music = factories.SubsectorFactory(name_en="Music")
    both = listing(
        region,
        name="Sanggar",
        subsectors=[crafts, music],
        website="https://s.example/",
        published_at=datetime(2026, 1, 2, tzinfo=UTC),
        verified_at=datetime(2025, 1, 1, 20, tzinfo=UTC),
    )
    listing(region, name="Pemerintah", role="government")

    rows = table(client)

    assert [(row["Name"], row["Subsector"], row["Lead subsector"]) for row in rows] == [
        ("Sanggar", "Crafts", "yes"),
        ("Sanggar", "Music", "no"),
        ("Pemerintah", "", ""),
    ]
    assert rows[0]["Page"] == f"http://testserver/en/mitra/{both.slug}/"


FILE = """\
Section,Date of this sheet,Kemendagri code,Kabupaten or kota,Province,Population,\
Living roles (of 6),Name,Role,Organisation type,Subsector,Lead subsector,Year,Confirmed on,\
State,Published on,Listings that need it,Listings that offer it,Details,Website,Page
Lead subsectors,{place},,,,Crafts,yes,2021,,,,,,PMK3I agreement of the stakeholders,,
Recognitions,{place},UNESCO Creative Cities Network,,,,,2014,,,,,,Crafts and Folk Art,,
Recognitions,{place},KaTa Kreatif Indonesia (Jawa Tengah),,,,,2019,,,,,,,,
Needs met,{place},Funding,,,,,,,not met,,1,0,,,
Needs met,{place},'=1+1,,,,,,,met,,1,1,,,
Stakeholders,{place},Sanggar,Community,Collective,Crafts,yes,,2025-01-02,Out of date,2026-01-02,,,,\
https://s.example/,http://testserver/en/mitra/sanggar/
Stakeholders,{place},Dinas,Government,Office,,,,{today},Confirmed,2026-01-02,,,,,\
http://testserver/en/mitra/dinas/
Method,{place},,,,,,,,,,,,"{method}",,http://testserver/en/wilayah/kota-pekalongan/lembar-data/
"""


def test_the_download_has_all_that_the_pages_have(client, region, crafts):
    published = {"published_at": datetime(2026, 1, 2, tzinfo=UTC)}
    factories.RecognitionFactory(province=region.province, region=None, year=2019)
    sanggar = listing(
        region, name="Sanggar", slug="sanggar", role="community", subsectors=[crafts],
        organization_type__name_en="Collective", website="https://s.example/", **published,
        verified_at=datetime(2025, 1, 1, 20, tzinfo=UTC),  # it was past midnight in Jakarta
    )  # fmt: skip
    dinas = listing(
        region, name="Dinas", slug="dinas", role="government", website="", **published,
        organization_type__name_en="Office", verified_at=timezone.now(),
    )  # fmt: skip
    funding = factories.OfferingCategoryFactory(name_en="Funding", position=1)
    formula = factories.OfferingCategoryFactory(name_en="=1+1", position=2)
    factories.OfferingFactory(stakeholder=sanggar, category=funding)
    factories.OfferingFactory(stakeholder=sanggar, category=formula)
    factories.OfferingFactory(stakeholder=dinas, category=formula, direction="offer")

    text = client.get(f"/en{URL}?format=csv").getvalue().decode()

    today = timezone.localdate()
    place = f"{today},33.75,Kota Pekalongan,Jawa Tengah,318221,1"
    expected = FILE.format(today=today, place=place, method=METHOD)
    assert text == "\ufeff" + expected.replace("\n", "\r\n")


def test_what_is_not_known_is_said_in_the_table_too(client):
    factories.RegionFactory(slug="kota-sunyi")

    text = client.get("/en/wilayah/kota-sunyi/lembar-data/?format=csv").getvalue().decode()

    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))
    assert [(row["Section"], row["Details"]) for row in rows[:-1]] == [
        ("Lead subsectors", "None named yet."),
        ("Recognitions", "None on record."),
        ("Needs met", "No open need is listed."),
        ("Stakeholders", "Nobody yet."),
    ]


def test_the_table_is_in_the_language_of_its_address(client, region, crafts):
    listing(region, subsectors=[crafts])

    [row] = table(client, f"{URL}?format=csv", section="Pemangku kepentingan")

    assert {"Komunitas", "Kriya", "Belum dikonfirmasi"} <= set(row.values())


def test_the_file_has_the_name_of_the_region_and_the_day(client, region):
    response = client.get(f"{URL}?format=csv")

    name = f"lembar-data-kota-pekalongan-{timezone.localdate()}.csv"
    assert response["Content-Disposition"] == f'attachment; filename="{name}"'


def test_a_formula_in_a_name_is_only_text(client, region):
    listing(region, name='=HYPERLINK("http://evil.example")', website="")

    assert table(client)[0]["Name"] == '\'=HYPERLINK("http://evil.example")'


@pytest.mark.parametrize("query", ["", "?format=csv"])
def test_only_what_is_public_leaves(client, region, query):
    listing(region, contact_email="rahasia@private.example", name="Terbit")
    for status in ("draft", "pending", "archived"):
        listing(region, status=status, published=False, name=f"Belum-{status}",
                published_at=timezone.now())  # fmt: skip

    response = client.get(f"{URL}{query}")

    text = response.getvalue().decode() if query else response.content.decode()
    assert "Terbit" in text
    assert "rahasia" not in text
    assert "Belum-" not in text


@pytest.mark.parametrize("value", hostile.ENCODED)
def test_another_format_is_named_and_ignored(client, region, value):
    response = client.get(f"{URL}?format={value}")

    hostile.assert_harmless(response)
    assert len(hostile.ignored(response)) == 1


@pytest.mark.parametrize(
    "address", ["/wilayah/tidak-ada/lembar-data/", "/en/wilayah/x/lembar-data/"]
)
def test_an_unknown_region_is_not_found(client, address):
    assert client.get(address).status_code == 404
    assert client.get(f"{address}?format=csv").status_code == 404


def test_the_region_leads_to_its_sheet(client, region):
    assert f'href="{URL}"' in client.get("/wilayah/kota-pekalongan/").content.decode()


def test_only_reading_is_possible(client, region):
    assert client.post(URL).status_code == 405


@pytest.mark.parametrize("address", [URL, "/tentang/"])
def test_the_method_says_that_the_unconfirmed_count(client, region, address):
    assert "yang belum dikonfirmasi ikut dihitung" in client.get(address).text
