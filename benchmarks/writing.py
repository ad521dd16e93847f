"""What the search table costs those who write: listings made and edited with and without it.

Everything happens in transactions that are rolled back; so the time of a commit is not in it.
"""

import time
from collections import defaultdict
from contextlib import contextmanager
from itertools import islice

from benchmarks.listings import CHUNK, Inventor
from benchmarks.measure import keep, summary
from benchmarks.server import RESULTS, ROOT, be_production
from benchmarks.synthetic import COLUMNS, taxonomy

SAMPLES, TURNS = 200, 4
BUDGET, BULK_BUDGET = 50, 60  # milliseconds more a write; seconds for 10,000 listings
FIELDS = [name.strip() for name in COLUMNS["stakeholder"].split(",")]
VALUES = {"\\N": None, "{}": [], "t": True}  # of the lines for COPY
# Those of a list (a subsector, a category) run when staff change the list, not a listing.
TRIGGERS = r"""
    SELECT tgrelid::regclass::text, quote_ident(tgname) FROM pg_trigger
    WHERE NOT tgisinternal AND tgname LIKE 'search\_stakeholders\_%'
"""


class Listings:
    """New synthetic listings, as nobody saved them yet."""

    def __init__(self):
        from django.db import connection

        from stakeholders.models import Stakeholder

        last = Stakeholder.objects.latest("pk").pk
        connection.ensure_connection()
        lines = Inventor(taxonomy(connection.connection), last + CHUNK).chunk(last + 1)
        self.offerings, self.subsectors = {}, {}
        for line in lines["offering"].splitlines():
            number, direction, category, reach, *_ = line.split("\t")
            offering = {"direction": direction, "category_id": int(category), "reach": reach}
            self.offerings.setdefault(int(number), []).append(offering)
        for line in lines["stakeholder_subsectors"].splitlines():
            number, subsector = map(int, line.split("\t"))
            self.subsectors.setdefault(number, []).append(subsector)
        rows = (line.split("\t") for line in lines["stakeholder"].splitlines())
        self.rows = [dict(zip(FIELDS, map(read, row), strict=True)) for row in rows]

    def __iter__(self):
        """Yield (listing, its subsectors' ids, its offerings' fields)."""
        from stakeholders.models import Stakeholder

        for row in self.rows:
            number = int(row["id"])
            listing = Stakeholder(**(row | {"id": None}))
            yield listing, self.subsectors.get(number, []), self.offerings.get(number, [])


def read(value):
    return VALUES.get(value, value)


def save(listing, subsectors, offerings):
    from stakeholders.models import Offering

    listing.save()
    listing.subsectors.set(subsectors)
    listing.offerings.all().delete()
    for fields in offerings:
        Offering.objects.create(stakeholder=listing, **fields)


def create(listings):
    """Yield the seconds that each new listing takes, with its subsectors and offerings."""
    for listing, subsectors, offerings in listings:
        start = time.perf_counter()
        save(listing, subsectors, offerings)
        yield time.perf_counter() - start


def edit(listings):
    """Yield the seconds of giving listings all over the table other words and links."""
    from stakeholders.models import Stakeholder

    last = Stakeholder.objects.latest("pk").pk
    for place, (new, subsectors, offerings) in enumerate(listings, start=1):
        old = Stakeholder.objects.filter(pk__lte=last * place // len(listings)).latest("pk")
        old.name, old.summary, old.description = new.name, new.summary, new.description
        start = time.perf_counter()
        save(old, subsectors, offerings)
        yield time.perf_counter() - start


def bulk(listings):
    """Return the seconds that 10,000 new listings take with all that belongs to them."""
    from stakeholders.models import Offering, Stakeholder

    Link = Stakeholder.subsectors.through  # noqa: N806 - a model
    new = list(listings)
    start = time.perf_counter()
    Stakeholder.objects.bulk_create([listing for listing, _, _ in new], batch_size=1000)
    links = [Link(stakeholder=one, subsector_id=pk) for one, pks, _ in new for pk in pks]
    Link.objects.bulk_create(links, batch_size=5000)
    offers = [Offering(stakeholder=one, **fields) for one, _, many in new for fields in many]
    Offering.objects.bulk_create(offers, batch_size=5000)
    return time.perf_counter() - start


@contextmanager
def undone(*, searchable):
    """A transaction that is rolled back; without `searchable` the search table learns nothing."""
    from django.db import connection, transaction

    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # pay for the checks within the samples
        cursor.execute(TRIGGERS)
        for table, trigger in [] if searchable else cursor.fetchall():
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER {trigger}")
        yield
        transaction.set_rollback(True)


def measure(listings):
    """Return what creating, editing and bulk creation cost with the search table and without.

    They take turns, so that what else the machine does, and what is warm by then, meets both.
    """
    seconds, bulk_seconds = defaultdict(list), defaultdict(list)
    for turn in range(TURNS):
        part = list(islice(listings, turn * SAMPLES // TURNS, (turn + 1) * SAMPLES // TURNS))
        for searchable in (True, False):
            for write in (create, edit):
                with undone(searchable=searchable):
                    seconds[searchable, write] += write(part)
    for searchable in (True, False, True, False):
        with undone(searchable=searchable):
            bulk_seconds[searchable].append(bulk(listings))
    return [
        {write.__name__: summary(seconds[searchable, write]) for write in (create, edit)}
        | {"bulk_seconds": round(min(bulk_seconds[searchable]), 1)}
        for searchable in (True, False)
    ]


def report(with_search, without, listings):
    print(f"\nWriting at {listings:,} published listings, ms (p50 / p95)\n")
    for name in ("create", "edit"):
        one, other = with_search[name], without[name]
        more = one["p95_ms"] - other["p95_ms"]
        print(
            f"{name:8} with the search table {one['p50_ms']:6.1f} /{one['p95_ms']:6.1f}"
            f"   without {other['p50_ms']:6.1f} /{other['p95_ms']:6.1f}"
            f"   more {more:6.1f}{'  OVER' if more > BUDGET else ''}"
        )
    seconds = with_search["bulk_seconds"]
    print(
        f"{CHUNK:,} at once: {seconds} s, without the search table {without['bulk_seconds']} s"
        f"{'  OVER' if seconds > BULK_BUDGET else ''}"
    )


def main():
    be_production()
    from django.db import connection

    from stakeholders.models import Stakeholder

    published, listings = Stakeholder.objects.published().count(), Listings()
    with_search, without = measure(listings)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")  # what was rolled back left dead rows
    report(with_search, without, published)
    result = {"listings": published, "with_search_table": with_search, "without": without}
    print(f"Kept in {keep(RESULTS, f'writing-{published}', result).relative_to(ROOT)}")


if __name__ == "__main__":
    main()
