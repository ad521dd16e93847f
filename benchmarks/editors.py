"""Many editors on few listings while imports into their region are killed: is anything lost?

Real HTTP to gunicorn as the README deploys it, a real worker, a database of its own that begins
empty. Who edits is signed in; each sends the form as the page gave it. Afterwards the history is
replayed: `benchmarks.replay` says what must not have happened. Exits with 1 if any of it did.
"""

import os
import sys
from io import StringIO

from benchmarks.measure import keep
from benchmarks.server import RESULTS, ROOT, be_production, gunicorn

DEPLOYED = ["--workers=3", "--threads=4"]
WORKER = [sys.executable, "manage.py", "procrastinate", "worker"]
MOST_SHOWN = 20


def main():
    be_production("editors")
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("load_reference_data", stdout=StringIO())
    from benchmarks import crowd
    from regions.models import Region

    size = size_asked(crowd.Size)
    scene = crowd.set_scene(Region.objects.order_by("code").first(), size)
    worker = crowd.Worker(WORKER)
    with gunicorn(*DEPLOYED) as site:
        log = crowd.run(scene, size, f"127.0.0.1:{site.port}", worker)
    worker.stop()
    numbers, found = crowd.result(log, scene)
    report(size, numbers, found)
    print(f"Kept in {keep(RESULTS, 'editors', {**size._asdict(), **numbers}).relative_to(ROOT)}")
    sys.exit(bool(found))


def size_asked(size):
    """EDITORS=100 ROUNDS=20 and the like ask for another size."""
    asked = {name: os.environ.get(name.upper()) for name in size._fields}
    return size(**{name: int(number) for name, number in asked.items() if number})


def report(size, numbers, found):
    print(f"\n{size.editors} editors on {size.edited} listings, {size.imports} imports\n")
    for name, number in numbers.items():
        print(f"{name:22} {number:>10}")
    print(*found[:MOST_SHOWN], sep="\n")


if __name__ == "__main__":
    main()
