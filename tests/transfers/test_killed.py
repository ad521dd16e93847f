"""A worker that dies in the middle leaves nothing but a state, and another one begins anew."""

import os
import subprocess
import sys

from django.db import connection

from stakeholders.models import Stakeholder
from tests import factories
from tests.jobs import work
from tests.transfers.tools import checked, csv_file
from transfers import actions

DIES = """
import sys, time
from django.conf import settings
settings.DATABASES["default"]["NAME"] = sys.argv[1]
import django
django.setup()
from transfers import work
from transfers.models import Import

def write_and_hang(*args):
    from stakeholders.models import Stakeholder
    print(Stakeholder.objects.count(), flush=True)
    time.sleep(60)

work.upsert = write_and_hang
work.save(Import.objects.get())
"""


def test_killed_while_saving(queue):
    officer = factories.OfficerAssignmentFactory().user
    factories.OrganizationTypeFactory(name_id="Sanggar", role="community")
    lines = [f"Sanggar {number},Komunitas" for number in range(600)]
    an_import = checked(officer, csv_file(*lines, header="Nama,Peran"))
    actions.begin_saving(an_import=an_import, confirms=False, publishes=True)
    command = [sys.executable, "-c", DIES, connection.settings_dict["NAME"]]
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings"}
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=environment) as worker:
        written = int(worker.stdout.readline())
        an_import.refresh_from_db()
        progress = (an_import.state, an_import.done)
        worker.kill()

    assert (written, progress) == (500, ("saving", 500))
    assert not Stakeholder.objects.exists()
    work()
    an_import.refresh_from_db()
    assert (an_import.state, Stakeholder.objects.count()) == ("done", 600)
