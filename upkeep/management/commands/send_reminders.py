from django.core.management.base import BaseCommand, CommandError

from letters.mail import NotDeliveredError
from upkeep import sending
from upkeep.retirement import archive_unanswered
from upkeep.sweep import contacts_owed, wishes_due


class Command(BaseCommand):
    help = (
        "Send the reminders and officers' digests that are due and archive what nobody answered "
        "for, without the job worker, for example daily from cron."
    )

    def handle(self, *args, **options):
        self.stdout.write(f"{archive_unanswered()} listings archived.")
        # The digest first: who would get both today has more of it.
        failed = self._send(sending.send_digest, wishes_due(), "digests")
        failed += self._send(sending.send_reminder, contacts_owed(), "reminders")
        if failed:
            raise CommandError(f"{failed} mails remain due; run this again later.")

    def _send(self, send, keys, what):
        failed = sum(not self._is_sent(send, key) for key in keys)
        self.stdout.write(f"{len(keys) - failed} of {len(keys)} {what} done.")
        return failed

    def _is_sent(self, send, key):
        try:
            send(key)
        except NotDeliveredError as problem:
            self.stderr.write(f"#{key}: {problem}")
            return False
        return True
