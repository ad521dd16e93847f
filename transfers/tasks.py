"""What the job worker does for imports (docs/adr/0022-import-and-export.md)."""

from django.core.exceptions import ValidationError
from django.utils import translation
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from transfers import work
from transfers.files import UnreadableError
from transfers.models import Import


@app.task(priority=10)  # somebody is looking at the progress
def check(an_import):
    _run(work.check, an_import)


@app.task(priority=10)
def save(an_import):
    _run(work.save, an_import)


@app.task(priority=10)
def undo(an_import):
    _run(work.undo, an_import)


def _run(what, key):
    """Do it, or say on the page why not; a killed job is begun again by the queue or by hand."""
    an_import = Import.objects.select_related("user").filter(pk=key).first()
    if an_import is None:  # deleted meanwhile
        return
    with translation.override(an_import.language):
        try:
            what(an_import)
        except UnreadableError as problem:
            work.fail(an_import, str(problem))
        except ValidationError as problem:
            work.fail(an_import, " ".join(problem.messages))
        except Exception:
            work.fail(an_import, _("That did not work; nothing was changed. Please try again."))
            raise


@app.periodic(cron="40 19 * * *")  # the small hours in Indonesia
@app.task(queueing_lock="forget_imports")
def forget_imports(timestamp):
    """Delete files, rows and reports that have been kept long enough."""
    Import.objects.forgotten().delete()
