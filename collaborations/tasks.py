"""What the job worker does, and when (docs/adr/0017-job-queue.md).

A job carries keys, never an address: its arguments are logged and kept.
"""

from asgiref.sync import sync_to_async
from django.db import transaction
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued, UniqueViolation
from procrastinate.jobs import Status

from collaborations import sending
from collaborations.models import SavedSearch, Subscriber

# Pauses of 4 s, 16 s, 1 min, 4 min, 17 min, 1 h, 5 h, 18 h.
PATIENTLY = RetryStrategy(max_attempts=8, exponential_wait=4)
KEEP_FAILED = 30 * 24  # hours


@app.task(retry=PATIENTLY, priority=10)  # somebody is waiting for it
def send_confirmation(search):
    sending.send_confirmation(search)


@app.task(retry=PATIENTLY)
def send_digest(subscriber):
    sending.send_digest(subscriber)


@app.periodic(cron="5 * * * *")
@app.task(queueing_lock="queue_digests")
def queue_digests(timestamp):
    """Who is due stands in the tables, so a job that got lost or failed is made anew here."""
    for subscriber in Subscriber.objects.due().values_list("pk", flat=True):
        job = send_digest.configure(queueing_lock=f"digest-{subscriber}")
        try:
            with transaction.atomic():
                job.defer(subscriber=subscriber)
        except AlreadyEnqueued:
            pass  # it waits for its next try


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
@app.task(queueing_lock="forget", pass_context=True)
async def forget(context, timestamp):
    """Delete what must not be kept: wishes nobody confirmed, jobs that failed long ago."""
    await sync_to_async(SavedSearch.objects.forgotten().stop)()
    await context.app.job_manager.delete_old_jobs(
        nb_hours=KEEP_FAILED, include_failed=True, include_cancelled=True, include_aborted=True
    )
