"""The real queue in PostgreSQL and the real worker, for tests with `queue` and `mail_server`."""

from django.db import connection
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob


def work():
    """Let the worker do all that can be done now."""
    with app.replace_connector(app.connector.get_worker_connector()):
        app.run_worker(wait=False, install_signal_handlers=False, listen_notify=False)


def let_time_pass():
    """Make due what waits for its next try."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET scheduled_at = now()")


def waiting():
    """Return (name, attempts) of each job that waits."""
    jobs = ProcrastinateJob.objects.filter(status="todo").order_by("id")
    return [(job.task_name.rpartition(".")[2], job.attempts) for job in jobs]
