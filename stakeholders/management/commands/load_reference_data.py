from functools import partial
from pathlib import Path

import pghistory
from django.core.management.base import BaseCommand, CommandError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from history.following import follow
from regions import reference_data as regions
from regions.reference_files import BadRowError
from stakeholders import reference_data as stakeholders

NAME = "load_reference_data"

OUTCOMES = {
    "created": gettext_lazy("%d created"),
    "updated": gettext_lazy("%d updated"),
    "removed": gettext_lazy("%d removed"),
    "unchanged": gettext_lazy("%d unchanged"),
    "kept": gettext_lazy("%d kept as people left them"),
}


class Command(BaseCommand):
    help = "Load provinces, regions, subsectors, recognitions, taxonomies and search words."

    def add_arguments(self, parser):
        parser.add_argument(
            "--data-dir", type=Path, help="a folder with other versions of all the data files"
        )

    def handle(self, *, data_dir, **options):
        try:
            region_files = regions.read_region_files(data_dir or regions.DATA)
            taxonomy_files = stakeholders.read_taxonomy_files(
                data_dir or stakeholders.DATA, region_files.subsectors
            )
        except (BadRowError, OSError) as error:
            raise CommandError(error) from error
        try:
            self._load(region_files, taxonomy_files)
        except IntegrityError as error:
            problem = _("Nothing was loaded: a row of the files clashes with one of yours. %s")
            raise CommandError(problem % error) from error

    def _load(self, region_files, taxonomy_files):
        follow_files = partial(follow, command=NAME)
        with transaction.atomic(), pghistory.context(command=NAME):
            loaded = self._report(regions.load_region_files(region_files, follow_files))
            loaded |= self._report(stakeholders.load_taxonomy_files(taxonomy_files, follow_files))
            subsectors, types = loaded["subsectors.csv"], loaded["organization_types.csv"]
            words = taxonomy_files.search_terms
            self._report(stakeholders.load_search_terms(words, subsectors, types, follow_files))

    def _report(self, steps):
        """Run the steps and tell what each did; return their rows."""
        loaded = {}
        for label, followed in steps:
            self._tell(label, followed.counts)
            loaded[label] = followed.rows
        return loaded

    def _tell(self, label, counts):
        told = [words % counts[outcome] for outcome, words in OUTCOMES.items() if counts[outcome]]
        self.stdout.write(f"{label}: {', '.join(told)}")
