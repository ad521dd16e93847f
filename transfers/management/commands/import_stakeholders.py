from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from accounts.models import User
from transfers import actions, work
from transfers.files import MOST_BYTES, UnreadableError, read_table
from transfers.headers import count_understood
from transfers.reports import reason_of


class Command(BaseCommand):
    help = "Take listings in from a CSV or XLSX file: all rows that can be, in one transaction."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="only say what would happen")
        parser.add_argument("--user", help="e-mail address of the officer who wants it")
        parser.add_argument("--confirm", action="store_true", help="they are true today")
        parser.add_argument("--draft", action="store_true", help="publish nothing that is new")

    def handle(self, *, file, user, dry_run, confirm, draft, **options):
        try:
            an_import = self._taken_in(file, self._user(user))
            work.check(an_import, tell=self._tell)
            self._report(an_import)
            if not dry_run:
                choices = {"confirms": confirm, "publishes": not draft}
                actions.move_to_saving(an_import=an_import, **choices)
                an_import.refresh_from_db()
                work.save(an_import, tell=self._tell)
                self._report(an_import)
        except UnreadableError as problem:
            raise CommandError(str(problem)) from None
        except ValidationError as problem:
            raise CommandError(" ".join(problem.messages)) from None

    def _user(self, email):
        if not email:
            return None
        user = User.objects.filter(email__iexact=email).first()
        if user is None:
            raise CommandError(_("There is no user with this address."))
        return user

    def _taken_in(self, file, user):
        try:
            with file.open("rb") as opened:
                content = opened.read(MOST_BYTES + 1)
        except OSError as problem:
            raise CommandError(problem.strerror) from None
        table = read_table(content, count_understood)
        an_import = actions.keep(user=user, file_name=file.name, table=table)
        actions.move_to_checking(an_import=an_import)
        return an_import

    def _tell(self, done, total):
        self.stderr.write(f"{100 * done // total} %", ending="\r")

    def _report(self, an_import):
        for row in an_import.rows.exclude(problems=[]):
            self.stderr.write(reason_of(an_import, row))
        counts = an_import.rows.counts()
        for outcome, count in counts.items():
            if count:
                self.stdout.write(f"{outcome.label}: {count}")
