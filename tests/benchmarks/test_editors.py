"""A few editors and an import whose worker is killed, and whether the proof would notice a loss."""

import sys
from urllib.parse import urlsplit

import pytest
from django.db import connection

from benchmarks import crowd
from stakeholders import actions
from stakeholders.content import Merged
from tests import factories

WORKER = """
import sys
from django.conf import settings
settings.DATABASES["default"]["NAME"] = sys.argv[1]
import django
django.setup()
from procrastinate.contrib.django import app
app.periodic_registry.periodic_tasks.clear()
with app.replace_connector(app.connector.get_worker_connector()):
    app.run_worker()
"""


@pytest.fixture
def region(queue):
    factories.OrganizationTypeFactory(name_id="Sanggar", role="community")
    factories.OfferingCategoryFactory()
    factories.SubsectorFactory.create_batch(5)
    return factories.RegionFactory()


def begin(region, size, live_server):
    command = [sys.executable, "-c", WORKER, connection.settings_dict["NAME"]]
    worker = crowd.Worker(command, DJANGO_SETTINGS_MODULE="tests.settings", DEBUG="1")
    scene = crowd.set_scene(region, size)
    try:
        log = crowd.run(scene, size, urlsplit(live_server.url).netloc, worker)
    finally:
        worker.stop()
    return crowd.result(log, scene)


def test_nothing_is_lost_though_the_worker_is_killed(region, live_server):
    size = crowd.Size(editors=8, edited=3, rounds=4, imports=1, rows=60, kills=1)

    numbers, found = begin(region, size, live_server)

    assert found == []
    assert (numbers["imports killed"], numbers["violations"]) == (1, 0)
    assert numbers["accepted edits"] > 10


def test_the_proof_sees_what_is_overwritten(region, live_server, monkeypatch):
    """As a site would do that knows nothing of others."""
    monkeypatch.setattr(actions, "merge", lambda base, theirs, mine: Merged(mine, [], []))
    size = crowd.Size(editors=5, edited=1, rounds=2, imports=0, rows=0, kills=0)

    _numbers, found = begin(region, size, live_server)

    assert any("lost update" in each for each in found)
