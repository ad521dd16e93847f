import os
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pghistory
import pgtrigger
import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.db.models import F

from history import undo
from images.management.commands.clean_media import files
from images.pictures import LOGO, Picture
from stakeholders.models import Stakeholder
from tests import factories
from tests.images import pictures

pytestmark = pytest.mark.django_db

StakeholderEvent = Stakeholder._meta.get_field("events").related_model


DAY = timedelta(days=1)


@pytest.fixture
def listing():
    """A listing whose logo is a year old."""
    listing = factories.StakeholderFactory(logo=picture())
    let_pass(365 * DAY)
    return listing


def picture():
    return Picture.of_upload(ContentFile(pictures.png()), LOGO)


def replace(listing):
    old, listing.logo = listing.logo.name, picture()
    listing.save()
    return old


def clean(**options):
    output = StringIO()
    call_command("clean_media", stdout=output, **options)
    return output.getvalue().strip()


def paths():
    return [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]


def let_pass(time):
    """Move all that happened so far into the past, on disk and in the history."""
    for path in paths():
        moment = path.stat().st_mtime - time.total_seconds()
        os.utime(path, (moment, moment))
    with pgtrigger.ignore():
        StakeholderEvent.objects.update(pgh_created_at=F("pgh_created_at") - time)


def kept(name):
    """Whether all files of a logo are there (True), none (False) or only some of them."""
    there = {path.name for path in paths()}
    states = {Path(file).name in there for file in files(name)}
    return states.pop() if len(states) == 1 else states


def test_what_is_shown_stays(listing):
    assert clean() == "Picture files deleted: 0"
    assert kept(listing.logo.name) is True


def test_a_replaced_picture_stays_while_an_undo_may_need_it(listing, superuser):
    with pghistory.context() as change:
        old = replace(listing)
    let_pass(89 * DAY)

    assert clean() == "Picture files deleted: 0"
    undo.undo(str(change.id), superuser)
    listing.refresh_from_db()
    assert listing.logo.name == old
    assert kept(old) is True


def test_then_it_goes_with_all_its_files(listing):
    old = replace(listing)
    let_pass(91 * DAY)

    assert clean() == "Picture files deleted: 4"
    assert (kept(old), kept(listing.logo.name)) == (False, True)


@pytest.mark.parametrize(("days", "there"), [(89, True), (91, False)])
def test_the_picture_of_a_deleted_row(listing, days, there):
    name = listing.logo.name
    listing.delete()
    let_pass(days * DAY)

    clean()

    assert kept(name) is there


def test_a_picture_taken_away_can_go_at_once(listing):
    name = listing.logo.name
    listing.logo = ""
    listing.save()
    let_pass(DAY)

    clean(days=0)

    assert kept(name) is False


def test_a_file_without_a_row_goes_unless_its_row_may_still_come():
    old = factories.StakeholderFactory.build(logo=picture())
    old.logo.save(old.logo.name, old.logo.file, save=False)
    let_pass(timedelta(hours=2))
    new = factories.StakeholderFactory.build(logo=picture())
    new.logo.save(new.logo.name, new.logo.file, save=False)

    assert clean(days=0) == "Picture files deleted: 4"
    assert (kept(old.logo.name), kept(new.logo.name)) == (False, True)


def test_a_drawn_logo_of_the_demo_stays():
    listing = factories.StakeholderFactory()
    listing.logo.save("batik-laras.webp", ContentFile(pictures.webp((160, 160))))
    let_pass(365 * DAY)

    assert clean() == "Picture files deleted: 0"
    assert kept(listing.logo.name) is True


def test_nothing_was_ever_uploaded():
    assert clean() == "Picture files deleted: 0"
