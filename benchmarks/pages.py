"""Times the main pages over HTTP, from gunicorn with production settings, on this machine only.

One worker, one request after another: server time, not load. Prints a table and keeps the
numbers in benchmarks/results/, which git ignores.
"""

import gzip
import os
import random
import sys
import time

from benchmarks.measure import keep, summary
from benchmarks.server import RESULTS, ROOT, asked_in_process, be_production, gunicorn

WARM_UP = 3
REQUESTS = 60
LONGEST = 8  # seconds a page
PROFILES = 120  # regions whose profile is asked for once: no region stands for the others
PAGES = [
    "/",
    "/wilayah/",
    "/wilayah/?q=solo",
    "{region}",
    "{region}lembar-data/",
    "/wilayah/banding/?r=kota-malang&r=kota-bandung&r=kota-pekalongan",
    "/jejaring/",
    "/mitra/",
    "/mitra/?q=batik",
    "/mitra/?q=universitas",
    "/mitra/?subsektor=kriya&peran=media&provinsi=33",
    "/mitra/?q=studio&peran=business&peran=community&urut=terbaru",
    "{listing}",
]


def addresses():
    """Return the pages to time; the region and the listing are those with most to show."""
    from django.db.models import Count

    from regions.models import Region
    from stakeholders.models import Stakeholder

    published = Stakeholder.objects.published()
    region = Region.objects.annotate(size=Count("stakeholders")).latest("size")
    listing = published.annotate(size=Count("offerings")).latest("size", "pk")
    found = {"region": region.get_absolute_url(), "listing": listing.get_absolute_url()}
    return [page.format(**found) for page in PAGES], published.count()


def profiles():
    """Return the profiles of the largest and the smallest regions, and of others at random."""
    from django.db.models import Count

    from regions.models import Region

    by_size = list(Region.objects.annotate(size=Count("stakeholders")).order_by("size", "pk"))
    ends, middle = by_size[:5] + by_size[-5:], by_size[5:-5]
    drawn = random.Random(3)  # noqa: S311  the same ones every time
    others = drawn.sample(middle, min(len(middle), PROFILES - len(ends)))
    return [region.get_absolute_url() for region in ends + others]


def measure(site, address):
    for _ in range(WARM_UP):
        *_, body = site.fetch(address)
    seconds, end = [], time.monotonic() + LONGEST
    while not seconds or (len(seconds) < REQUESTS and time.monotonic() < end):
        seconds.append(site.fetch(address)[0])
    return row(address, address, seconds, body)


def measure_each(site, name, pages):
    """Time one request to each of the pages, as one row."""
    for page in pages[:WARM_UP]:
        *_, body = site.fetch(page)
    seconds = [site.fetch(page)[0] for page in pages]
    return row(f"{name} ({len(pages)} of them)", pages[0], seconds, body)


def row(name, address, seconds, body):
    status, queries = asked_in_process(address)
    if status != 200:
        sys.exit(f"{address} answers {status}")
    return {
        "page": name,
        **summary(seconds),
        "gzip_bytes": len(body),
        "html_bytes": len(gzip.decompress(body)),
        "queries": queries,
    }


def report(rows, listings):
    print(f"\n{listings:,} published listings; one gunicorn worker, {os.cpu_count()} cores\n")
    print(f"{'p50 ms':>8}{'p95 ms':>8}{'queries':>9}{'gzip kB':>9}{'HTML kB':>9}  page")
    for row in rows:
        print(
            f"{row['p50_ms']:8.1f}{row['p95_ms']:8.1f}{row['queries']:9}"
            f"{row['gzip_bytes'] / 1000:9.1f}{row['html_bytes'] / 1000:9.1f}  {row['page']}"
        )


def main():
    be_production()
    pages, listings = addresses()
    with gunicorn() as site:
        rows = [measure(site, page) for page in pages]
        rows.append(measure_each(site, "region profiles", profiles()))
    report(rows, listings)
    file = keep(RESULTS, f"pages-{listings}", {"listings": listings, "pages": rows})
    print(f"\nKept in {file.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
