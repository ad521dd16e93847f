from django.core.management.base import BaseCommand
from django.db import connection, transaction

from stakeholders.models import Stakeholder

BATCH = 20_000


class Command(BaseCommand):
    help = (
        "Write the search table anew, for example after a restore without triggers: "
        "searching goes on meanwhile."
    )

    def handle(self, **options):
        keys = list(Stakeholder.objects.order_by("pk").values_list("pk", flat=True))
        with connection.cursor() as cursor:
            for start in range(0, len(keys), BATCH):
                cursor.execute("SELECT index_stakeholders(%s)", [keys[start : start + BATCH]])
                done = min(start + BATCH, len(keys))
                self.stdout.write(f"{done} / {len(keys)}")
            self._forget_words(cursor)
            cursor.execute("ANALYZE stakeholders_searchentry, stakeholders_searchword")

    @transaction.atomic
    def _forget_words(self, cursor):
        """Drop words whose last listing has gone; nothing else ever takes a word away."""
        cursor.execute("LOCK TABLE stakeholders_searchword IN SHARE ROW EXCLUSIVE MODE")
        cursor.execute(
            "DELETE FROM stakeholders_searchword WHERE lexeme NOT IN ("
            "SELECT word FROM ts_stat('SELECT words FROM stakeholders_searchentry'))"
        )
