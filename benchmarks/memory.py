"""Does the web process grow? Sends 10,000 searches, one after another, and prints its memory."""

import os
import time
from itertools import chain
from random import Random

from benchmarks.measure import keep
from benchmarks.search import questions
from benchmarks.server import RESULTS, ROOT, be_production, gunicorn

REQUESTS = int(os.environ.get("REQUESTS") or 10_000)
STEP = 1_000
LONGEST = 1_200  # seconds
GROWTH = 1.05  # flat: no more than this after the first tenth, when all is loaded


def measure(site, addresses):
    """Yield (requests, megabytes, seconds) every thousand requests."""
    random, start = Random(1), time.monotonic()  # noqa: S311 - must be predictable
    for number in range(1, REQUESTS + 1):
        site.fetch(random.choice(addresses))
        if number % STEP == 0:
            yield number, round(site.memory(), 1), round(time.monotonic() - start)
        if time.monotonic() - start > LONGEST:
            return


def main():
    be_production()
    from stakeholders.models import Stakeholder

    listings = Stakeholder.objects.published().count()
    rows = []
    print(f"{'requests':>9}{'MB':>8}{'seconds':>9}   {listings:,} published listings")
    addresses = list(chain(*questions().values()))
    with gunicorn() as site:
        for row in measure(site, addresses):
            rows.append(row)
            print(f"{row[0]:9,}{row[1]:8.1f}{row[2]:9}", flush=True)
    if not rows:
        raise SystemExit(f"Fewer than {STEP:,} requests in {LONGEST} s: nothing to tell")
    growth = rows[-1][1] / rows[0][1] if rows[0][1] else 0
    print(f"{'Flat' if growth <= GROWTH else 'GROWS'}: {growth:.3f} times the first row")
    result = {"listings": listings, "rows": rows, "growth": round(growth, 3)}
    print(f"Kept in {keep(RESULTS, f'memory-{listings}', result).relative_to(ROOT)}")


if __name__ == "__main__":
    main()
