"""The fewest statements that can produce a page of the search, run by psycopg alone.

One counts all facets, one returns the rows of the first page with all that a card shows. No
Django, no understanding of the words, no cache, no HTML: what the database itself must do.
"""

import os
import time

import psycopg

from benchmarks.measure import summary
from benchmarks.queries import REFERENCE_WORDS

REQUESTS, LONGEST = 40, 10  # requests and seconds for each class
OPTIONS = "-c jit=off -c work_mem=16MB"  # as the site's own
FOUND = "WHERE dear(words) @@ plainto_tsquery('indonesian_unaccent', %(word)s)"
COUNTS = """
    SELECT region_id, organization_type_id, freshness, subsectors, offers, needs, count(*)
    FROM (
        SELECT region_id, organization_type_id, subsectors, offers, needs, CASE
            WHEN stale_at > now() + interval '30 days' THEN 'fresh' WHEN stale_at > now() THEN 'due'
            WHEN stale_at IS NOT NULL THEN 'stale' ELSE 'unverified' END AS freshness
        FROM stakeholders_searchentry {found}
    ) entry
    GROUP BY GROUPING SETS (
        (region_id), (organization_type_id, freshness), (subsectors), (offers), (needs))
"""
PAGE = """
    WITH candidate AS (
        SELECT stakeholder_id, words, completeness + CASE
            WHEN stale_at > now() + interval '30 days' THEN 8 WHEN stale_at > now() THEN 6
            WHEN stale_at IS NULL THEN 2 ELSE 0 END AS grade
        FROM stakeholders_searchentry {found}
        ORDER BY grade DESC, hashint8(stakeholder_id) LIMIT 960
    ), best AS (
        SELECT stakeholder_id, grade / 20.0 + {rank} AS score FROM candidate
        ORDER BY score DESC, hashint8(stakeholder_id) LIMIT 24
    )
    SELECT listing.id, listing.name, listing.slug, listing.role, listing.summary, listing.logo,
        listing.verified_at, listing.stale_at, listing.is_demo, kind.name_id, region.name,
        province.name,
        ARRAY(SELECT subsector_id FROM stakeholders_stakeholder_subsectors link
              WHERE link.stakeholder_id = listing.id),
        ARRAY(SELECT direction || category_id FROM stakeholders_offering offering
              WHERE offering.stakeholder_id = listing.id)
    FROM best JOIN stakeholders_stakeholder listing ON listing.id = best.stakeholder_id
    JOIN stakeholders_organizationtype kind ON kind.id = listing.organization_type_id
    JOIN regions_region region ON region.id = listing.region_id
    JOIN regions_province province ON province.id = region.province_id
    ORDER BY score DESC, hashint8(best.stakeholder_id)
"""
RANK = "ts_rank(words, plainto_tsquery('indonesian_unaccent', %(word)s))"


def ask(database, word):
    """Return the seconds that both statements took."""
    found, rank = (FOUND, RANK) if word else ("", "0")
    start = time.perf_counter()
    for statement in (COUNTS, PAGE):
        database.execute(statement.format(found=found, rank=rank), {"word": word}).fetchall()
    return time.perf_counter() - start


def asked(database, words):
    seconds, end = [], time.monotonic() + LONGEST
    for number in range(len(words) + REQUESTS):
        taken = ask(database, words[number % len(words)])
        if number >= len(words):  # the first of each only warms up
            seconds.append(taken)
        if seconds and time.monotonic() > end:
            break
    return seconds


def measure():
    with psycopg.connect(os.environ["DATABASE_URL"], options=OPTIONS) as database:
        return {name: summary(asked(database, words)) for name, words in REFERENCE_WORDS.items()}
