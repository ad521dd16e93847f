"""The site as in production, on this machine only: one gunicorn worker, one request at a time."""

import logging
import os
import re
import secrets
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from typing import NamedTuple

import django
import environ

from benchmarks import synthetic
from iccn_network.embedded_database import embedded_database_url

ROOT = Path(__file__).parent.parent
RESULTS = ROOT / "benchmarks/results"
SLOWEST = 180  # seconds until a request is given up


def be_production(database=""):
    """Set Django up for one database; return the number of synthetic listings, 0 for the demo.

    With the name of a `database` that one begins empty, and is not filled.
    """
    listings = int(os.environ.get("LISTINGS", "demo").replace("demo", "0") or 0)
    listings = 0 if database else listings
    environ.Env.read_env(ROOT / ".env")
    if not os.environ.get("DATABASE_URL"):
        os.environ["DATABASE_URL"] = embedded_database_url(ROOT / ".data/postgres")
    if size := database or listings:
        os.environ["DATABASE_URL"] = synthetic.prepare(os.environ["DATABASE_URL"], size)
    os.environ.update(
        DJANGO_SETTINGS_MODULE="iccn_network.settings",
        DEBUG="0",
        SECRET_KEY=secrets.token_hex(32),
        ALLOWED_HOSTS="127.0.0.1,testserver",
        SITE_URL="http://127.0.0.1",
        EMAIL_URL="smtp://localhost",
        DEFAULT_FROM_EMAIL="bench@example.org",
        SECURE_SSL_REDIRECT="0",
        LOG_LEVEL="ERROR",
    )
    django.setup()
    logging.getLogger("django.request").setLevel("ERROR")  # a page that is not there is no news
    if listings:
        synthetic.fill(os.environ["DATABASE_URL"], listings)
    return listings


class Site(NamedTuple):
    port: int
    process: subprocess.Popen

    def fetch(self, address):
        """Return the seconds one request took, its status and the bytes of its body."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=SLOWEST)
        start = time.perf_counter()
        connection.request("GET", address, headers={"Accept-Encoding": "gzip"})
        response = connection.getresponse()
        body = response.read()
        seconds = time.perf_counter() - start
        connection.close()
        return seconds, response.status, body

    def memory(self):
        """Return the resident megabytes of the worker, 0 where the system does not tell."""
        found = re.search(r"VmRSS:\s+(\d+)", self._told("status"))
        return int(found[1]) / 1024 if found else 0

    def cpu(self):
        """Return the seconds that the worker has computed, in steps of a hundredth."""
        fields = self._told("stat").rpartition(")")[2].split()
        return sum(map(int, fields[11:13])) / os.sysconf("SC_CLK_TCK") if fields else 0

    def _told(self, file):
        """Return what the system tells of the worker, or of a server that has none."""
        pid = self.process.pid
        try:
            children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
            return Path(f"/proc/{children[-1] if children else pid}/{file}").read_text()
        except OSError:
            return ""


def gunicorn(*options, **environment):
    """Serve the site; `environment` is added to that of this process."""
    options = options or ["--workers=1"]
    command = ["gunicorn", "iccn_network.wsgi", *options, "--log-level=error"]
    command += ["--limit-request-line=0", "--bind=127.0.0.1:{port}"]
    return serving(command, **environment)


@contextmanager
def serving(command, **environment):
    """Run a Python module that serves on a free port; yield it as a `Site`."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    arguments = [argument.format(port=port) for argument in command]
    RESULTS.mkdir(exist_ok=True)
    with (RESULTS / f"{command[0]}.log").open("w") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", *arguments],
            cwd=ROOT,
            env=os.environ | environment,
            stdout=log,
            stderr=log,
        )
    try:
        wait_for(port, process)
        yield Site(port, process)
    finally:
        process.terminate()
        process.wait(timeout=SLOWEST)


def wait_for(port, process):
    end = time.monotonic() + 60
    while time.monotonic() < end and process.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    sys.exit(f"{process.args[2]} did not start; see its log in {RESULTS.relative_to(ROOT)}")


def asked_in_process(address):
    """Return the status of a page and the number of its SQL queries."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as queries:
        response = Client().get(address)
    return response.status_code, len(queries)
