"""Times the main pages over HTTP, from gunicorn with production settings, on this machine only.

One worker, one request after another: server time, not load. Prints a table and keeps the
numbers in benchmarks/results/, which git ignores.
"""

import gzip
import json
import os
import random
import secrets
import socket
import statistics
import subprocess
import sys
import time
from contextlib import contextmanager
from datetime import UTC, datetime
from http.client import HTTPConnection
from pathlib import Path

import django
import environ

from benchmarks import synthetic
from iccn_network.embedded_database import embedded_database_url

ROOT = Path(__file__).parent.parent
WARM_UP = 3
REQUESTS = 60
LONGEST = 20  # seconds a page
PROFILES = 120  # regions whose profile is asked for once: no region stands for the others
LISTINGS = int(os.environ.get("LISTINGS") or 0)  # synthetic ones; without it the demo is timed
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


def be_production():
    environ.Env.read_env(ROOT / ".env")
    if not os.environ.get("DATABASE_URL"):
        os.environ["DATABASE_URL"] = embedded_database_url(ROOT / ".data/postgres")
    if LISTINGS:
        os.environ["DATABASE_URL"] = synthetic.prepare(os.environ["DATABASE_URL"], LISTINGS)
    os.environ.update(
        DJANGO_SETTINGS_MODULE="iccn_network.settings",
        DEBUG="0",
        SECRET_KEY=secrets.token_hex(32),
        ALLOWED_HOSTS="127.0.0.1,testserver",
        SECURE_SSL_REDIRECT="0",
        LOG_LEVEL="WARNING",
    )
    django.setup()
    if LISTINGS:
        synthetic.fill(LISTINGS)


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


def query_count(address):
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as queries:
        response = Client().get(address)
    if response.status_code != 200:
        sys.exit(f"{address} answers {response.status_code}")
    return len(queries)


@contextmanager
def server():
    """Run gunicorn on a free port of this machine; yield the port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", "iccn_network.wsgi", "--workers=1"]
    command += [f"--bind=127.0.0.1:{port}", "--log-level=warning", "--limit-request-line=0"]
    process = subprocess.Popen(command, cwd=ROOT)
    try:
        wait_for(port, process)
        yield port
    finally:
        process.terminate()
        process.wait(timeout=30)


def wait_for(port, process):
    end = time.monotonic() + 30
    while time.monotonic() < end and process.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    sys.exit("gunicorn did not start")


def fetch(port, address):
    """Return the seconds one request took, and the bytes of its body."""
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    start = time.perf_counter()
    connection.request("GET", address, headers={"Accept-Encoding": "gzip"})
    body = connection.getresponse().read()
    seconds = time.perf_counter() - start
    connection.close()
    return seconds, body


def measure(port, address):
    for _ in range(WARM_UP):
        _, body = fetch(port, address)
    seconds, end = [], time.monotonic() + LONGEST
    while len(seconds) < REQUESTS and time.monotonic() < end:
        seconds.append(fetch(port, address)[0])
    return row(address, address, seconds, body)


def measure_each(port, name, pages):
    """Time one request to each of the pages, as one row."""
    for page in pages[:WARM_UP]:
        _, body = fetch(port, page)
    seconds = [fetch(port, page)[0] for page in pages]
    return row(f"{name} ({len(pages)} of them)", pages[0], seconds, body)


def row(name, address, seconds, body):
    return {
        "page": name,
        "requests": len(seconds),
        "p50_ms": round(statistics.median(seconds) * 1000, 1),
        "p95_ms": round(statistics.quantiles(seconds, n=20, method="inclusive")[-1] * 1000, 1),
        "gzip_bytes": len(body),
        "html_bytes": len(gzip.decompress(body)),
        "queries": query_count(address),
    }


def report(rows, listings):
    print(f"\n{listings} published listings; one gunicorn worker, {os.cpu_count()} cores\n")
    print(f"{'p50 ms':>8}{'p95 ms':>8}{'queries':>9}{'gzip kB':>9}{'HTML kB':>9}  page")
    for row in rows:
        print(
            f"{row['p50_ms']:8.1f}{row['p95_ms']:8.1f}{row['queries']:9}"
            f"{row['gzip_bytes'] / 1000:9.1f}{row['html_bytes'] / 1000:9.1f}  {row['page']}"
        )


def keep(rows, listings):
    now = datetime.now(UTC)
    folder = ROOT / "benchmarks/results"
    folder.mkdir(exist_ok=True)
    file = folder / f"pages-{now:%Y%m%d-%H%M%S}.json"
    file.write_text(json.dumps({"at": now.isoformat(), "listings": listings, "pages": rows}))
    print(f"\nKept in {file.relative_to(ROOT)}")


def main():
    be_production()
    pages, listings = addresses()
    with server() as port:
        rows = [measure(port, page) for page in pages]
        rows.append(measure_each(port, "region profiles", profiles()))
    report(rows, listings)
    keep(rows, listings)


if __name__ == "__main__":
    main()
