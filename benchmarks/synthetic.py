"""Databases of synthetic listings, one for each size, to measure large sizes.

`make bench LISTINGS=200000` fills `hexahelix_bench_200000` (BENCH_DATABASE names another) unless
it is full already. A comment on the database says that it is; without it all begins anew.
"""

import os
import time
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from functools import cache
from io import StringIO
from multiprocessing import get_context
from urllib.parse import urlsplit

import psycopg

from benchmarks.listings import CHUNK, Inventor, Region, Taxonomy, total

MARK = "synthetic listings, complete, of generator 6"
COLUMNS = {
    "stakeholder": """
        id, name, slug, aliases, role, organization_type_id, region_id, summary, description, logo,
        photo, website, social_links, public_email, public_phone, contact_email, address,
        latitude, longitude, status, published_at, verified_at, rhythm_days, created_at,
        source, source_url, is_demo, verified_via""",
    "stakeholder_subsectors": "stakeholder_id, subsector_id",
    "offering": "stakeholder_id, direction, category_id, reach, description, created_at",
}
# Only listings are copied with their numbers.
NEXT_ID = """
    SELECT setval(pg_get_serial_sequence('stakeholders_stakeholder', 'id'), max(id))
    FROM stakeholders_stakeholder
"""


def prepare(server_url, listings):
    """Return the URL of a database for that many listings, empty unless it has them already."""
    name = f"{os.environ.get('BENCH_DATABASE') or 'hexahelix_bench'}_{listings}"
    url = urlsplit(server_url)._replace(path=f"/{name}").geturl()
    if not is_full(url):
        with psycopg.connect(server_url, autocommit=True) as server:
            server.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
            server.execute(f'CREATE DATABASE "{name}"')
    return url


def is_full(url):
    mark = "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s"
    try:
        with psycopg.connect(url) as database:
            return database.execute(mark, [database.info.dbname]).fetchone() == (MARK,)
    except psycopg.OperationalError:
        return False


def fill(url, listings):
    """Migrate and fill the database of the settings, unless it is full already."""
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("load_reference_data", stdout=StringIO())
    if is_full(url):
        return
    start = time.monotonic()
    with psycopg.connect(url, autocommit=True) as database, without_text_index(database):
        copy(url, listings)
    with psycopg.connect(url, autocommit=True) as database:
        database.execute(NEXT_ID)
        database.execute("VACUUM ANALYZE")
        database.execute(f"COMMENT ON DATABASE \"{database.info.dbname}\" IS '{MARK}'")
    print(f"Filled in {time.monotonic() - start:.0f} s")


@contextmanager
def without_text_index(database):
    """Make the index of the words at the end: several times quicker than word by word."""
    indexes = database.execute(
        """
        SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index
        JOIN pg_class ON pg_class.oid = indexrelid JOIN pg_am ON pg_am.oid = relam
        WHERE indrelid = 'stakeholders_searchentry'::regclass AND amname = 'gin'
        """
    ).fetchall()
    for name, _definition in indexes:
        database.execute(f"DROP INDEX {name}")
    yield
    database.execute("SET maintenance_work_mem = '512MB'")
    for name, definition in indexes:
        print(f"  index {name}", flush=True)
        database.execute(definition)


def copy(url, listings):
    """Invent and copy all chunks on all cores, and tell how far it is."""
    start, rows = time.monotonic(), total(listings)
    firsts = range(1, rows + 1, CHUNK)
    with ProcessPoolExecutor(os.cpu_count(), mp_context=get_context("spawn")) as workers:
        chunks = workers.map(copy_chunk, [url] * len(firsts), [listings] * len(firsts), firsts)
        for done, _ in enumerate(chunks, start=1):
            if done % 5 == 0 or done == len(firsts):
                seconds = time.monotonic() - start
                print(f"  {min(done * CHUNK, rows):9,} of {rows:,} in {seconds:.0f} s", flush=True)


def copy_chunk(url, listings, first):
    database, inventor = worker(url, listings)
    with database.transaction(), database.cursor() as cursor:
        for table, lines in inventor.chunk(first).items():
            with cursor.copy(f"COPY stakeholders_{table} ({COLUMNS[table]}) FROM STDIN") as to:
                to.write(lines)
        last = min(first + CHUNK - 1, total(listings))
        # The triggers of the search table are off, too: what they would call, for all at once.
        cursor.execute(
            "SELECT index_stakeholders(ARRAY(SELECT generate_series(%s::bigint, %s)))",
            [first, last],
        )


@cache
def worker(url, listings):
    """Return what one process needs for all its chunks."""
    database = psycopg.connect(url, autocommit=True)
    # Nobody asks for the history of invented rows; the triggers would double the time.
    database.execute("SET session_replication_role = replica")
    database.execute("SET synchronous_commit = off")
    return database, Inventor(taxonomy(database), listings)


def taxonomy(database):
    """Read what listings refer to, in an order that does not depend on the database."""

    def read(query):
        return database.execute(query).fetchall()

    regions = read(
        "SELECT id, kind, short_name, population, latitude, longitude FROM regions_region"
        " ORDER BY code"
    )
    types = read("SELECT slug, id, role FROM stakeholders_organizationtype")
    categories = read("SELECT id FROM stakeholders_offeringcategory ORDER BY slug")
    return Taxonomy(
        [Region(*row) for row in regions],
        {slug: (type_id, role) for slug, type_id, role in types},
        dict(read("SELECT slug, id FROM regions_subsector")),
        [category for (category,) in categories],
    )
