from django.core.management.base import BaseCommand, CommandError

from collaborations.models import SavedSearch, Subscriber
from collaborations.sending import send_digest
from letters.mail import NotDeliveredError


class Command(BaseCommand):
    help = "Send the digests that are due, without the job worker, for example from cron."

    def handle(self, *args, **options):
        SavedSearch.objects.forgotten().stop()
        subscribers = Subscriber.objects.due().values_list("pk", flat=True)
        failed = [subscriber for subscriber in subscribers if not self._is_sent(subscriber)]
        self.stdout.write(f"{len(subscribers) - len(failed)} of {len(subscribers)} done.")
        if failed:
            raise CommandError(f"{len(failed)} digests remain due; run this again later.")

    def _is_sent(self, subscriber):
        try:
            send_digest(subscriber)
        except NotDeliveredError as problem:
            self.stderr.write(f"Subscriber #{subscriber}: {problem}")
            return False
        return True
