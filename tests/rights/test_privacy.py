"""What is private in one region reaches nobody outside it, whatever they ask for or send."""

import io
import os
import zipfile

import pytest
from django.core.cache import cache
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from procrastinate.contrib.django.models import ProcrastinateJob

from tests.rights.addresses import Visits
from tests.rights.matrix import ADDRESSES, rows

pytestmark = pytest.mark.django_db

MARK = "qzaway"  # of what is private away from home
PART = "zawa"  # finds all of it, and is not taken for it where a page repeats what was typed
OUTSIDE = ["visitor", "officer", "province", "expired", "steward"]
SETTINGS = settings(
    max_examples=400 if os.environ.get("HYPOTHESIS_PROFILE") == "thorough" else 25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
# Pages of a row that are asked with parameters as well, beside all pages of none.
LISTS = ["workspace:listing", "workspace:listing_move", "transfers:import", "workspace:region"]
# Names that pages read from their address or from a form.
PARAMETERS = [
    *("q", "wilayah", "provinsi", "region", "dari", "draf", "kunci", "perubahan", "kecuali"),
    *("name", "website", "mitra", "satu", "aksi", "key", "next", "semua", "status", "p", "untuk"),
    *("stakeholder", "contact_email", "kurang", "format", "scope", "pilih", "hasil", "tambah"),
]
FIELDS = [
    "region",
    "organization_type",
    "base",
    "reason",
    "setuju",
    "tindakan",
    "kept_logo",
    "lain",
]


@pytest.fixture(scope="module")
def away(world):
    visits = Visits(world, world.away)
    visits.rows = [row for row in rows(ADDRESSES) if row not in visits.tokens()]
    return visits


def told(response):
    """All that an answer says: its headers, its body, the members of a spreadsheet."""
    body = response.getvalue()
    if body.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(body)) as sheets:
            body = b"".join(map(sheets.read, sheets.namelist()))
    return f"{response.headers}{body.decode('utf-8', 'replace')}".lower()


def in_vain(send, *args, **options):
    """Ask or send, and take back what it changed."""
    cache.clear()
    with transaction.atomic():
        response = send(*args, **options)
        transaction.set_rollback(True)
    return response


@pytest.mark.parametrize("who", OUTSIDE)
def test_no_address_tells(world, away, caplog, who):
    client = world.client(who)

    telling = [row for row in away.rows if MARK in told(in_vain(client.get, away.address(row)))]

    assert telling == []
    assert MARK not in caplog.text


@pytest.mark.parametrize("who", ["elsewhere", "expired", "visitor"])
def test_nor_do_listings_at_home_to_those_elsewhere(world, who):
    """The other way round: one region beside another one of the same kind."""
    home, client = Visits(world), world.client(who)
    others = [row for row in rows(ADDRESSES) if row not in home.tokens()]

    assert [row for row in others if "qzhome" in told(in_vain(client.get, home.address(row)))] == []


def test_whoever_looks_after_a_region_is_told(world, away):
    """Else the tests above would find nothing because there is nothing to find."""
    client = world.client("elsewhere")

    telling = {row for row in away.rows if MARK in told(in_vain(client.get, away.address(row)))}

    assert telling >= {
        *("workspace:listing", "workspace:listing(draft)", "workspace:review", "workspace:claim"),
        *("workspace:proposal", "workspace:inquiry", "workspace:people", "workspace:change"),
        *("transfers:report", "transfers:export_csv", "transfers:export_xlsx"),
    }


@pytest.mark.parametrize("who", ["visitor", "officer"])
def test_no_job_and_no_log_line_holds_an_address(world, caplog, who):
    home, client = Visits(world), world.client(who)
    with transaction.atomic():
        for row in [*home.bodies, "workspace:officer_invitation_resend", "workspace:link"]:
            cache.clear()
            client.post(home.address(row), home.body(row))
        arguments = list(ProcrastinateJob.objects.values_list("args", flat=True))
        transaction.set_rollback(True)

    assert arguments
    assert "@" not in f"{arguments} {caplog.text}"


def values(world):
    """What somebody may guess: keys, words and addresses of the region that is not theirs."""
    p = world.away
    kept = [p.listing, p.draft, p.archived, p.pending, p.region, p.region.province, p.change]
    kept += [p.imported, p.inquiry, p.suggestion, p.correction, p.claim, p.invitation, p.deputy]
    guesses = [str(each.pk) for each in kept]
    guesses += [str(p.new_draft.key), p.key, p.region.slug, p.region.province.code, p.draft.slug]
    return [
        *guesses,
        PART,
        f"region-{p.region.code}",
        "semua",
        "csv",
        "konfirmasi",
        "arsip",
        "draf",
    ]


@pytest.mark.parametrize("who", OUTSIDE)
def test_no_parameter_makes_a_page_tell(world, who):
    """Lists, searches, forms and files at home, asked for what is elsewhere."""
    home, client = Visits(world), world.client(who)
    pages = [row for row in rows(ADDRESSES) if row not in home.arguments or row in LISTS]
    guesses = st.sampled_from(values(world))

    @SETTINGS
    @given(
        st.sampled_from(pages), st.dictionaries(st.sampled_from(PARAMETERS), guesses, max_size=4)
    )
    def ask(page, query):
        address = home.address(page).partition("?")[0]
        assert MARK not in told(in_vain(client.get, address, query))

    ask()


def fingerprint(world):
    """Each row of the region that is not theirs, in the tables where officers write."""
    region, listings = (
        world.away.region.pk,
        [each.pk for each in [world.away.listing, *world.away.hidden]],
    )
    conditions = {
        "stakeholders_stakeholder": ("id", listings),
        "stakeholders_stakeholder_subsectors": ("stakeholder_id", listings),
        "stakeholders_offering": ("stakeholder_id", listings),
        "stakeholders_listingchange": ("stakeholder_id", listings),
        "stakeholders_stewardship": ("stakeholder_id", listings),
        "collaborations_inquiry": ("stakeholder_id", listings),
        "collaborations_stewardinvitation": ("stakeholder_id", listings),
        "upkeep_signedlink": ("stakeholder_id", listings),
        "stakeholders_listingdraft": ("author_id", [world.away.officer.pk]),
        "collaborations_suggestion": ("region_id", [region]),
        "accounts_officerassignment": ("region_id", [region]),
        "accounts_invitation": ("region_id", [region]),
        "regions_region": ("id", [region]),
        "transfers_import": ("user_id", [world.away.officer.pk]),
    }
    with connection.cursor() as cursor:
        return {table: _sum(cursor, table, *where) for table, where in conditions.items()}


def _sum(cursor, table, column, keys):
    cursor.execute(
        f"SELECT md5(string_agg(t::text, '|' ORDER BY t.id)) FROM {table} t"
        f" WHERE {column} = ANY(%s)",
        [keys],
    )
    return cursor.fetchone()[0]


@pytest.mark.parametrize("who", ["officer", "province", "expired", "steward"])
def test_no_form_writes_outside(world, away, who):
    """Forged keys in addresses and in fields, several forms one after another."""
    home, client = Visits(world), world.client(who)
    acts = [row for row in away.rows if row.startswith(("workspace:", "transfers:", "admin:"))]
    guesses = st.sampled_from(values(world))
    forms = st.tuples(
        st.sampled_from(acts),
        st.sampled_from([home, away]),
        st.sampled_from([home, away]),
        st.dictionaries(st.sampled_from([*PARAMETERS, *FIELDS]), guesses, max_size=3),
    )
    before = fingerprint(world)

    @SETTINGS
    @given(st.lists(forms, min_size=1, max_size=3))
    def send(sequence):
        cache.clear()
        with transaction.atomic():
            for row, there, typed, forged in sequence:
                body = {**dict(lists_of(typed.body(row))), **forged}
                response = client.post(there.address(row), body)
                assert typed is away or MARK not in told(response)  # one's own words come back
            assert fingerprint(world) == before
            transaction.set_rollback(True)

    send()


def lists_of(body):
    return body.lists() if hasattr(body, "lists") else body.items()
