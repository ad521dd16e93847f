"""The yardstick: Datasette, with the same published rows in SQLite, full text and facets."""

import sqlite3
import time
from urllib.parse import urlencode

from benchmarks.measure import summary
from benchmarks.queries import REFERENCE_WORDS
from benchmarks.server import RESULTS, serving

REQUESTS, LONGEST = 30, 20  # requests and seconds for each class
# Milliseconds; by default Datasette gives up early and shows less. It need not look for facets.
SETTINGS = {"sql_time_limit_ms": 60_000, "facet_time_limit_ms": 60_000, "suggest_facets": "off"}
ROWS = """
    SELECT s.id, s.name, s.summary, s.description, s.role, p.name, r.name, t.name_id,
        coalesce((
            SELECT json_agg(u.name_id)::text
            FROM stakeholders_stakeholder_subsectors l JOIN regions_subsector u
            ON u.id = l.subsector_id WHERE l.stakeholder_id = s.id
        ), '[]')
    FROM stakeholders_stakeholder s
    JOIN regions_region r ON r.id = s.region_id
    JOIN regions_province p ON p.id = r.province_id
    JOIN stakeholders_organizationtype t ON t.id = s.organization_type_id
    WHERE s.status = 'published' ORDER BY s.id
"""
TABLE = """
    CREATE TABLE listings (id INTEGER PRIMARY KEY, name TEXT, summary TEXT, description TEXT,
        role TEXT, province TEXT, region TEXT, type TEXT, subsectors TEXT)
"""
INDEXES = """
    CREATE INDEX listings_role ON listings (role);
    CREATE INDEX listings_province ON listings (province);
    CREATE INDEX listings_region ON listings (region);
    CREATE INDEX listings_type ON listings (type);
    CREATE VIRTUAL TABLE listings_fts USING fts5 (name, summary, description,
        content='listings', content_rowid='id', tokenize='unicode61 remove_diacritics 2');
    INSERT INTO listings_fts (listings_fts) VALUES ('rebuild');
    ANALYZE;
"""
FACETS = [("_facet", name) for name in ("role", "province", "region", "type")]
FACETS += [("_facet_array", "subsectors"), ("_facet_size", "40"), ("_size", "24")]


def rows_in_sqlite(listings):
    """Return a file with the published rows of the settings' database, made once a size."""
    file = RESULTS / f"listings_{listings}.db"
    if file.exists():
        return file
    RESULTS.mkdir(exist_ok=True)
    unfinished = file.with_suffix(".part")
    unfinished.unlink(missing_ok=True)
    print(f"Copying {listings:,} listings to SQLite", flush=True)
    with sqlite3.connect(unfinished) as sqlite:
        sqlite.execute(TABLE)
        sqlite.executemany("INSERT INTO listings VALUES (?,?,?,?,?,?,?,?,?)", rows())
        sqlite.executescript(INDEXES)
    sqlite.close()
    return unfinished.rename(file)


def rows():
    from django.db import connection, transaction

    # A cursor on the server's side: a million rows need not stand in memory.
    with transaction.atomic(), connection.chunked_cursor() as cursor:
        cursor.itersize = 5000
        cursor.execute(ROWS)
        yield from cursor


def measure(listings):
    file = rows_in_sqlite(listings)
    command = ["datasette", "serve", "--immutable", str(file), "--host=127.0.0.1", "--port={port}"]
    for name, value in SETTINGS.items():
        command += ["--setting", name, str(value)]
    with serving(command) as site:
        return {
            name: summary(asked(site, file.stem, words)) for name, words in REFERENCE_WORDS.items()
        }


def asked(site, database, words):
    """Return the seconds of each request for the words, after one of each to warm up."""
    addresses = [
        f"/{database}/listings?{urlencode([*FACETS, *([('_search', word)] if word else [])])}"
        for word in words
    ]
    seconds, end = [], time.monotonic() + LONGEST
    for number in range(len(addresses) + REQUESTS):
        taken, status, _body = site.fetch(addresses[number % len(addresses)])
        if status != 200:
            raise RuntimeError(f"Datasette answers {status} to {addresses[0]}")
        if number >= len(addresses):
            seconds.append(taken)
        if seconds and time.monotonic() > end:
            break
    return seconds
