"""Many editors and importers at work on few listings, while the job worker is killed.

Needs Django to be set up: `benchmarks.editors` does it, and so do tests.
"""

import os
import subprocess
import time
from datetime import timedelta
from random import Random
from typing import NamedTuple

from django.db import connection
from django.test import Client
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob, ProcrastinateWorker

from accounts.models import OfficerAssignment, User
from benchmarks.editing import Editor, Importer, Log
from benchmarks.measure import summary
from benchmarks.replay import violations
from benchmarks.server import ROOT
from benchmarks.visiting import Browser
from letters.tasks import defer_once, resume_stalled_jobs
from regions.models import Subsector
from stakeholders.models import Offering, OfferingCategory, OrganizationType, Stakeholder
from transfers.models import Import

LONGEST = 900  # seconds until a run is given up
MOST_KILLS_EACH = 3  # of one import
LATEST_KILL = 0.5  # seconds after it was seen at work


class Size(NamedTuple):
    editors: int = 50
    edited: int = 20  # listings
    rounds: int = 12
    imports: int = 5
    rows: int = 500
    kills: int = 15
    seed: int = 5


class Scene(NamedTuple):
    region: object
    listings: list  # keys
    subsectors: list  # keys
    users: list


def set_scene(region, size):
    """Published listings of a region, each with an offering, and officers who all edit them."""
    listings = [new_listing(region, number) for number in range(size.edited)]
    users = []
    for number in range(size.editors + size.imports):
        user = User.objects.create_user(f"petugas{number}@example.org", name=f"Petugas {number}")
        OfficerAssignment.objects.create(user=user, region=region)
        users.append(user)
    subsectors = [*Subsector.objects.values_list("pk", flat=True)]
    return Scene(region, listings, subsectors, users)


def new_listing(region, number):
    """Return the key of a listing whose name is like no other one."""
    kind = OrganizationType.objects.get(name_id="Sanggar")
    name = f"{chr(65 + number) * 4} {chr(97 + number) * 6}"
    fields = {"name": name, "slug": f"mitra-{number}", "role": kind.role, "region": region}
    fields |= {"organization_type": kind, "status": "published", "published_at": timezone.now()}
    listing = Stakeholder.objects.create(**fields)
    offering = {"direction": "offer", "reach": "nation", "description": "Semula"}
    category = OfferingCategory.objects.first()
    Offering.objects.create(stakeholder=listing, category=category, **offering)
    return listing.pk


class Worker:
    """The job worker as a process, which can be killed like one."""

    def __init__(self, command, **environment):
        self.command, self.environment = command, os.environ | environment
        self.start()

    def start(self):
        self.process = subprocess.Popen(self.command, cwd=ROOT, env=self.environment)

    def kill(self):
        self.process.kill()
        self.process.wait()

    def start_anew(self):
        """The next one notices in a moment what it would notice in some minutes."""
        with connection.cursor() as cursor:
            table = ProcrastinateWorker._meta.db_table
            cursor.execute(f"UPDATE {table} SET last_heartbeat = now() - interval '1 hour'")  # noqa: S608
        defer_once(resume_stalled_jobs, timestamp=0)
        self.start()

    def stop(self):
        self.process.terminate()
        self.process.wait(timeout=60)


def everybody(scene, size, address, log):
    """Return the threads of all editors and importers."""
    browsers = [Browser(address, cookies_of(user), log) for user in scene.users]
    editors = [
        Editor(browser, user.pk, scene, size, log)
        for user, browser in zip(scene.users[: size.editors], browsers, strict=False)
    ]
    importers = [
        Importer(browser, number, scene, size, log)
        for number, browser in enumerate(browsers[size.editors :])
    ]
    return editors + importers


def cookies_of(user):
    """Sign in without the page, which lets so many from one address wait."""
    client = Client()
    client.force_login(user)
    return {name: morsel.value for name, morsel in client.cookies.items()}


def run(scene, size, address, worker):
    """Let all of them work, and kill the worker now and then; return what they did."""
    log, random = Log(), Random(size.seed)  # noqa: S311
    threads, end = everybody(scene, size, address, log), time.monotonic() + LONGEST
    for thread in threads:
        thread.start()
    while any(thread.is_alive() for thread in threads):
        if time.monotonic() > end:
            log.problems.append(f"not done after {LONGEST} s")
            break
        victim = being_saved()
        if victim and len(log.kills) < size.kills and log.kills.count(victim) < MOST_KILLS_EACH:
            time.sleep(random.uniform(0, LATEST_KILL))
            kill(victim, worker, log)
        time.sleep(0.02)
    return log


def kill(victim, worker, log):
    """Only where the import was not done does the kill count."""
    worker.kill()
    if victim in unfinished():
        log.kills.append(victim)
    worker.start_anew()


def being_saved():
    """Return the key of the import that a living worker saves now, or None."""
    alive = timezone.now() - timedelta(minutes=1)
    doing = ProcrastinateJob.objects.filter(status="doing", worker__last_heartbeat__gt=alive)
    keys = [job.args["an_import"] for job in doing.filter(task_name="transfers.tasks.save")]
    return next((key for key in keys if key in unfinished()), None)


def unfinished():
    return {*Import.objects.filter(state="saving").values_list("pk", flat=True)}


def result(log, scene):
    """Return the numbers of a run, and what must not have happened in it."""
    found, judged = violations(log, scene.listings)
    return {
        **summary(log.seconds),
        "answers 503": log.statuses.count(503),
        "told to wait": len(log.busy),
        "accepted edits": len(log.edits),
        "answered conflicts": sum(edit.conflicts for edit in log.edits),
        "silent merges": sum(edit.merged for edit in log.edits),
        "confirmations": len(log.confirmed),
        "archived or restored": len(log.moves),
        "imports": Import.objects.count(),
        "imports killed": len({*log.kills}),
        "kills": len(log.kills),
        "steps judged": judged,
        "violations": len(found),
    }, found
