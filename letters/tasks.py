"""How jobs are tried again and cleared away (docs/adr/0017-job-queue.md).

A job carries keys, never an address: its arguments are logged and kept.
"""

from contextlib import suppress

from django.db import transaction
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued, UniqueViolation
from procrastinate.jobs import Status

# Pauses of 4 s, 16 s, 1 min, 4 min, 17 min, 1 h, 5 h, 18 h.
PATIENTLY = RetryStrategy(max_attempts=8, exponential_wait=4)
KEEP_FAILED = 30 * 24  # hours


def defer_once(task, **arguments):
    """Queue a job unless the same waits already: the same task with the same arguments.

    Of a task that has a lock of its own only one waits, whatever its arguments.
    """
    lock = task.queueing_lock or "-".join(map(str, [task.name, *arguments.values()]))
    job = task.configure(queueing_lock=lock)
    with suppress(AlreadyEnqueued), transaction.atomic():
        job.defer(**arguments)


@app.periodic(cron="*/10 * * * *")
@app.task(queueing_lock="resume_stalled_jobs", pass_context=True)
async def resume_stalled_jobs(context, timestamp):
    """Begin again what a worker left behind when it was killed."""
    manager = context.app.job_manager
    for job in await manager.get_stalled_jobs():
        try:
            await manager.retry_job(job)
        except UniqueViolation:  # the same is waiting already
            await manager.finish_job(job, status=Status.ABORTED, delete_job=True)


@app.periodic(cron="30 19 * * *")  # the small hours in Indonesia
@app.task(queueing_lock="forget_jobs", pass_context=True)
async def forget_jobs(context, timestamp):
    """Delete jobs that failed long ago."""
    await context.app.job_manager.delete_old_jobs(
        nb_hours=KEEP_FAILED, include_failed=True, include_cancelled=True, include_aborted=True
    )
