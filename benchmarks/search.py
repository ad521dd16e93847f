"""Times the search over HTTP by classes of questions, beside three references.

The addresses are asked in shuffled rounds, one request at a time. Prints a table, flags what is
over its budget and keeps the numbers in benchmarks/results/. See docs/benchmarks/README.md.
"""

import gzip
import os
import time
from collections import defaultdict
from random import Random

from benchmarks import datasette, minimal, queries
from benchmarks.measure import keep, summary
from benchmarks.server import RESULTS, ROOT, asked_in_process, be_production, gunicorn

ROUNDS = 40
LONGEST = int(os.environ.get("SECONDS") or 150)  # of all rounds together
WARM_UP = ["/", "/mitra/?q=zzyyxx"]  # templates and code, but no counts that a cache would keep
EMPTY_REQUESTS = 300


def questions():
    """Return {address: SQL queries} of each class; leave out what is not there yet.

    Counted with nothing kept in memory, and again at once with all that the site keeps.
    """
    from django.core.cache import caches

    classes = defaultdict(dict)
    for name, addresses in queries.ADDRESSES.items():
        for address in addresses:
            caches["process"].clear()
            (status, cold), (_status, warm) = asked_in_process(address), asked_in_process(address)
            if status == 200:
                classes[name][address] = {"cold": cold, "warm": warm}
            else:
                print(f"Left out: {address} answers {status}")
    return classes


class Class:
    """What was measured of one class."""

    def __init__(self, name, counts):
        self.name, self.counts = name, counts
        self.seconds = {address: [] for address in counts}
        self.first, self.memory, self.cpu = [], [], []
        self.gzip_bytes, self.html_bytes = [], []

    def ask(self, site, address, is_first=False):
        before = site.cpu()
        seconds, status, body = site.fetch(address)
        if status != 200:
            raise RuntimeError(f"{address} answers {status}")
        self.cpu.append(site.cpu() - before)
        (self.first if is_first else self.seconds[address]).append(seconds)
        self.memory.append(site.memory())
        if is_first:
            html = gzip.decompress(body) if body.startswith(b"\x1f\x8b") else body
            self.gzip_bytes.append(len(body))
            self.html_bytes.append(len(html))

    def result(self, listings):
        result = {
            **summary([each for seconds in self.seconds.values() for each in seconds]),
            "worker_ms": round(1000 * sum(self.cpu) / len(self.cpu), 1),
            "first_ms": round(max(self.first) * 1000, 1),
            "queries": max(count["cold"] for count in self.counts.values()),
            "queries_warm": max(count["warm"] for count in self.counts.values()),
            "gzip_bytes": max(self.gzip_bytes),
            "html_bytes": max(self.html_bytes),
            "memory_mb": round(max(self.memory), 1),
            "budget_ms": queries.budget(self.name, listings),
            "addresses": {
                address: {"queries": self.counts[address], **summary(seconds)}
                for address, seconds in self.seconds.items()
            },
        }
        return result | {"over": over(result)}


def over(result):
    """Return what of a class is over its budget."""
    limits = {
        "p95_ms": result["budget_ms"],
        "queries": queries.MOST_QUERIES,
        "memory_mb": queries.MOST_MEMORY,
    }
    return [what for what, most in limits.items() if result[what] > most]


def measure(site, questions):
    """Ask every address once, then all of them in shuffled rounds, as long as there is time."""
    classes = [Class(name, counts) for name, counts in questions.items()]
    asked = [(each, address) for each in classes for address in each.counts]
    for page in WARM_UP:
        site.fetch(page)
    for each, address in asked:
        each.ask(site, address, is_first=True)
    random, end = Random(1), time.monotonic() + LONGEST  # noqa: S311 - must be predictable
    for round_number in range(ROUNDS):
        if round_number and time.monotonic() > end:
            break
        for each, address in random.sample(asked, len(asked)):
            each.ask(site, address)
    return classes


def empty_view():
    """Time a page that says nothing: what a request costs before any search."""
    with gunicorn(DJANGO_SETTINGS_MODULE="benchmarks.empty") as site:
        asked = [site.fetch("/empty/") for _ in range(EMPTY_REQUESTS)]
    if any(status != 200 for _seconds, status, _body in asked):
        raise RuntimeError("The empty view does not answer")
    return summary([seconds for seconds, _status, _body in asked[10:]])


def report(classes, references, listings):
    print(f"\nSearch among {listings:,} published listings (milliseconds)\n")
    print(
        f"{'class':12}{'n':>6}{'p50':>8}{'p95':>8}{'p99':>8}{'first':>8}{'budget':>8}"
        f"{'worker':>8}"
        f"{'queries':>9}{'gzip kB':>9}{'HTML kB':>9}{'MB':>6}"
    )
    for name, row in classes.items():
        print(
            f"{name:12}{row['requests']:6}{row['p50_ms']:8.1f}{row['p95_ms']:8.1f}"
            f"{row['p99_ms']:8.1f}{row['first_ms']:8.1f}{row['budget_ms']:8}"
            f"{row['worker_ms']:8.1f}"
            f"{row['queries']:6} /{row['queries_warm']:2}"
            f"{row['gzip_bytes'] / 1000:9.1f}{row['html_bytes'] / 1000:9.1f}"
            f"{row['memory_mb']:6.0f}{'  OVER: ' if row['over'] else ''}{', '.join(row['over'])}"
        )
        if "p95_ms" in row["over"]:
            slowest = max(row["addresses"].items(), key=lambda item: item[1]["p95_ms"])
            print(f"{'':12}slowest: {slowest[0]} {slowest[1]['p95_ms']:.1f}")
    print(f"\n{'reference':32}{'n':>6}{'p50':>8}{'p95':>8}")
    for reference, by_class in references.items():
        for name, row in by_class.items():
            title = f"{reference}: {name}"
            print(f"{title:32}{row['requests']:6}{row['p50_ms']:8.1f}{row['p95_ms']:8.1f}")


def main():
    be_production()
    from stakeholders.models import Stakeholder

    listings = Stakeholder.objects.published().count()
    asked = questions()
    with gunicorn() as site:
        measured = measure(site, asked)
    classes = {each.name: each.result(listings) for each in measured}
    references = {
        "SQL alone": minimal.measure(),
        "empty view": {"any": empty_view()},
        "Datasette": datasette.measure(listings),
    }
    report(classes, references, listings)
    file = keep(
        RESULTS,
        f"search-{listings}",
        {"listings": listings, "classes": classes, "references": references},
    )
    print(f"\nKept in {file.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
