import os
from io import StringIO
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command

from regions.models import Region
from stakeholders.models import Offering, Stakeholder
from tests.factories import OfferingFactory, StakeholderFactory
from tests.stakeholders.demo.loading import files, load_demo


def clean_media(**options):
    call_command("clean_media", stdout=StringIO(), **options)


def let_two_hours_pass(folder):
    """Files just stored are never cleaned away: their rows may still come."""
    for path in filter(Path.is_file, folder.rglob("*")):
        moment = path.stat().st_mtime - 7200
        os.utime(path, (moment, moment))


def test_remove_takes_exactly_the_demo_away(demo, media):
    ours = StakeholderFactory(name="Milik kami (Contoh)", region=Region.objects.first())
    ours.logo.save("kami.webp", ContentFile(b"x"))
    offering = OfferingFactory(stakeholder=ours)
    merged, replacement = demo[:2]
    demo.filter(pk=merged.pk).update(merged_into=replacement, status="archived")

    assert "912 demo listings removed" in load_demo(remove=True)

    assert Stakeholder.objects.count() == 132 + 514 + 1
    assert list(Offering.objects.all()) == [offering]
    assert "0 demo listings removed" in load_demo(remove=True)


def test_the_pictures_stay_for_an_undo_and_go_when_it_is_too_late(demo, media):
    ours = StakeholderFactory(region=Region.objects.first())
    ours.logo.save("kami.webp", ContentFile(b"x"))
    pictures = files(media)
    load_demo(remove=True)
    let_two_hours_pass(media)

    clean_media()
    assert files(media) == pictures
    clean_media(days=0)
    assert files(media) == {"kami.webp"}


def test_remove_explains_what_is_in_the_way(demo, media):
    pictures = files(media)
    ours = StakeholderFactory(name="Sanggar Kami", region=Region.objects.first())
    Stakeholder.objects.filter(pk=ours.pk).update(merged_into=demo.first(), status="archived")

    with pytest.raises(CommandError) as error:
        load_demo(remove=True)

    assert str(error.value) == (
        "Nothing was removed: “Sanggar Kami” refer to demo listings. Point them elsewhere first."
    )
    assert (demo.count(), files(media)) == (912, pictures)


def snapshot(demo, media):
    """All that does not depend on the day of loading."""
    return {
        listing.slug: (
            listing.name,
            listing.region.code,
            listing.summary,
            listing.description,
            [subsector.slug for subsector in listing.subsectors.all()],
            [(o.direction, o.category.slug, o.description) for o in listing.offerings.all()],
            listing.logo and (media / listing.logo.name).read_bytes(),
        )
        for listing in demo.for_page()
    }


def test_the_same_demo_comes_back_after_removing_it(demo, media):
    first = snapshot(demo, media)
    load_demo(remove=True)
    load_demo()

    assert len(first) == 912
    assert snapshot(demo, media) == first
