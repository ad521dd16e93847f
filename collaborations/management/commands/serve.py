import os
import signal
import subprocess
import sys
import time

from django.core.management.base import BaseCommand

MOMENT = 0.2  # seconds between two looks at the children
STOPS = [signal.SIGINT, signal.SIGTERM, *([signal.SIGHUP] if hasattr(signal, "SIGHUP") else [])]


class Command(BaseCommand):
    help = "Serve the site and work on its jobs, for development; one Ctrl-C stops both."
    requires_system_checks = []  # runserver does them

    def add_arguments(self, parser):
        parser.add_argument("port", nargs="?", default="8000")

    def handle(self, *args, port, **options):
        os.environ.setdefault("SITE_URL", f"http://localhost:{port.rpartition(':')[2]}")
        for stop in STOPS:
            signal.signal(stop, self._stop)
        children = []
        try:
            children.append(self._start("runserver", port))
            # In a group of its own: Ctrl-C in the terminal reaches it through us, and once, for
            # a second signal would tell it to drop what it is at.
            children.append(self._start("procrastinate", "worker", process_group=0))
            while all(child.poll() is None for child in children):
                time.sleep(MOMENT)
        finally:
            self._end(children)
        sys.exit(max(child.returncode or 0 for child in children))

    @staticmethod
    def _start(*command, **options):
        return subprocess.Popen([sys.executable, sys.argv[0], *command], **options)  # noqa: S603

    @staticmethod
    def _stop(number, frame):
        sys.exit(0)

    @staticmethod
    def _end(children):
        """Let both finish what they are at; a second Ctrl-C does not cut it short."""
        for stop in STOPS:
            signal.signal(stop, signal.SIG_IGN)
        for child in children:
            child.terminate()
        for child in children:
            child.wait()
