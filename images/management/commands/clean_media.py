from datetime import timedelta

from django.apps import apps
from django.core.management.base import BaseCommand
from django.db.models import F, Window
from django.db.models.functions import Coalesce, Lead
from django.utils import timezone
from django.utils.translation import gettext as _

from images.fields import PictureField
from images.pictures import files_of

A_MOMENT = timedelta(hours=1)  # longer than any request that has stored its files, but not its row


class Command(BaseCommand):
    help = "Delete the picture files that no row shows and that no row showed for some days."

    def add_arguments(self, parser):
        parser.add_argument(
            "--days",
            type=int,
            default=90,
            help="how long a replaced picture stays, for an undo to find it (default: 90)",
        )

    def handle(self, *, days, **options):
        fields = [f for m in apps.get_models() for f in m._meta.fields if is_picture(f)]
        since = timezone.now() - timedelta(days=days)
        needed = {file for field in fields for name in names(field, since) for file in files(name)}
        deleted = 0
        for field in fields:
            for path in old_files(field):
                if path not in needed:
                    field.storage.delete(path)
                    deleted += 1
        self.stdout.write(_("Picture files deleted: %d") % deleted)


def is_picture(field):
    return isinstance(field, PictureField)


def files(name):
    """Return all files of a picture by its main file; of another file, itself."""
    found = {file for by_width in files_of(name).values() for file in by_width.values()}
    return found | {name}


def names(field, since):
    """Yield what the rows of a field show, have shown since then, or shall show."""
    yield from field.model._base_manager.values_list(field.name, flat=True)
    for model in apps.get_models():
        if hasattr(model, "picture_names"):
            yield from filter(None, model.picture_names(field.name))
        if getattr(model, "pgh_tracked_model", None) is field.model:
            yield from names_shown(model, field.name, since)


def names_shown(event_model, column, since):
    """An event holds a row until the next one; a deleted row has none after it."""
    next_event = Window(Lead("pgh_created_at"), partition_by="pgh_obj_id", order_by="pgh_id")
    events = event_model.objects.annotate(until=Coalesce(next_event, F("pgh_created_at")))
    return events.filter(until__gte=since).values_list(column, flat=True)


def old_files(field):
    folder, storage = field.upload_to, field.storage
    try:
        _folders, found = storage.listdir(folder)
    except FileNotFoundError:  # nothing was ever uploaded
        return
    for name in found:
        path = f"{folder}{name}"
        if storage.get_modified_time(path) < timezone.now() - A_MOMENT:
            yield path
