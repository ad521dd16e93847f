from itertools import chain

import pghistory
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from collaborations.demo.load import load_practices, remove_practices
from regions.reference_files import BadRowError
from stakeholders.demo.entry import MissingReferenceError
from stakeholders.demo.load import files_undone_on_error, load_demo, remove_demo
from stakeholders.demo.profiles import load_profiles, remove_profiles

NAME = "load_demo"


class Command(BaseCommand):
    help = "Add universities and regional governments, and an invented demo."

    def add_arguments(self, parser):
        parser.add_argument(
            "--remove",
            action="store_true",
            help="take what is invented away again; universities and governments stay",
        )

    def handle(self, *, remove, **options):
        if remove:
            self._remove()
        else:
            self._load()

    def _load(self):
        try:
            with (
                files_undone_on_error() as files,
                transaction.atomic(),
                pghistory.context(command=NAME),
            ):
                for line in chain(load_demo(files), load_profiles(files), load_practices()):
                    self.stdout.write(line)
        except MissingReferenceError as error:
            problem = _("Nothing was loaded. %s Run load_reference_data first.")
            raise CommandError(problem % error) from error
        except BadRowError as error:
            raise CommandError(error) from error

    def _remove(self):
        try:
            with transaction.atomic(), pghistory.context(command=NAME):
                practices = remove_practices()
                listings = remove_demo()
                profiles = remove_profiles()
        except ProtectedError as error:
            names = ", ".join(sorted(f"“{row}”" for row in error.protected_objects))
            problem = _(
                "Nothing was removed: %s refer to demo listings. Point them elsewhere first."
            )
            raise CommandError(problem % names) from error
        told = ngettext("%d demo listing removed", "%d demo listings removed", listings)
        self.stdout.write(told % listings)
        told = ngettext("%d demo practice removed", "%d demo practices removed", practices)
        self.stdout.write(told % practices)
        told = ngettext("%d demo profile removed", "%d demo profiles removed", profiles)
        self.stdout.write(told % profiles)
