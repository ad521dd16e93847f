"""`manage.py serve` in a session of its own, as a terminal runs it."""

import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest
from django.db import connection

ROOT = Path(__file__).parent.parent
PATIENCE = 30  # seconds


@pytest.fixture
def port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


@contextmanager
def serving(port, database):
    command = [sys.executable, "manage.py", "serve", str(port)]
    environment = os.environ | {"DEBUG": "1", "DATABASE_URL": database, "ENV_FILE": os.devnull}
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    process = subprocess.Popen(
        command, cwd=ROOT, env=environment, start_new_session=True,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip
    try:
        yield process
    finally:
        for each in members(process):
            os.kill(each, signal.SIGKILL)
        process.wait()
        process.stdout.close()


@pytest.fixture
def database(transactional_db, settings):
    """The address of the database of this test process, which no worker uses yet."""
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE procrastinate_workers CASCADE")
    name = connection.settings_dict["NAME"]
    return urlsplit(settings.DATABASE_URL)._replace(path=f"/{name}").geturl()


def members(process):
    """The living processes of its session."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, _parent, _group, session = stat.read_text().rpartition(")")[2].split()[:4]
        except (FileNotFoundError, ProcessLookupError):
            continue
        if int(session) == process.pid and state != "Z":
            found.append(int(stat.parent.name))
    return found


def answers(port):
    try:
        return urlopen(f"http://127.0.0.1:{port}/robots.txt").status == 200
    except (URLError, ConnectionError):
        return False


def wait_for(happened):
    end = time.monotonic() + PATIENCE
    while not happened() and time.monotonic() < end:
        time.sleep(0.2)
    return happened()


def worker_is_here():
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_workers")
        return cursor.fetchone()[0] == 1


pytestmark = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks into /proc")


@pytest.mark.parametrize("how", ["Ctrl-C", "kill", "the terminal closes"])
def test_all_of_it_starts_and_stops_together(port, database, how):
    with serving(port, database) as process:
        assert wait_for(lambda: answers(port))
        assert wait_for(worker_is_here)
        assert len(members(process)) >= 3

        if how == "kill":
            process.terminate()
        else:
            number = signal.SIGINT if how == "Ctrl-C" else signal.SIGHUP
            os.killpg(process.pid, number)
        assert process.wait(PATIENCE) == 0

        assert members(process) == []
        assert not worker_is_here()


def test_when_one_ends_the_other_does_too(port, database):
    with socket.socket() as taken, serving(port, database) as process:
        taken.bind(("127.0.0.1", port))
        taken.listen()

        assert process.wait(PATIENCE) == 1
        assert members(process) == []
        assert "already in use" in process.stdout.read()
