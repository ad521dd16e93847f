"""The invented profiles of three regions, published like any other.

They are confirmed by an account of their own, with which nobody can sign in: it tells them from
what staff wrote, and while it is there a profile that staff took off the site stays away.
"""

import tomllib
from pathlib import Path

from django.utils.translation import gettext as _

from accounts.models import User
from images.pictures import COVER, Picture
from regions.models import ProfileDraft, Region
from regions.models.texts import ProfileTexts
from stakeholders.demo.covers import draw_cover
from stakeholders.demo.entry import ReferenceRows
from stakeholders.demo.phrases import MARK

PROFILES = Path(__file__).parent / "profiles.toml"
EMAIL = "profil-contoh@example.invalid"
NAME = f"Staf jejaring ({MARK})"
NOTE = "Profil ini contoh: teks dan gambarnya dikarang untuk menunjukkan profil yang sudah ditulis."


def load_profiles(files):
    """Publish them where nothing is written yet; yields what was done, adds to `files`."""
    label = _("Region profiles")
    if User.objects.filter(email=EMAIL).exists():
        yield _("%(label)s: already there") % {"label": label}
        return
    author = User.objects.create_user(EMAIL, name=NAME, is_active=False, is_staff=True)
    regions = ReferenceRows(Region.objects.all(), "code")
    rows = tomllib.loads(PROFILES.read_text(encoding="utf-8"))["profile"]
    written = [row for row in rows if is_blank(regions[row["region"]])]
    for row in written:
        publish(row, regions[row["region"]], author, files)
    yield _("%(label)s: %(added)d added") % {"label": label, "added": len(written)}


def is_blank(region):
    """Whether nobody has written anything about the region, not even a draft."""
    is_written = any(getattr(region, name) for name in ProfileTexts.field_names())
    return not is_written and not ProfileDraft.objects.filter(region=region).exists()


def publish(row, region, author, files):
    draft = ProfileDraft(
        region=region,
        tagline=f"{row['tagline']} ({MARK})",
        story=f"{NOTE}\n\n{row['story'].strip()}",
        **{name: row[name] for name in ("identity", "liveability", "participation", "cover_alt")},
    )
    picture = Picture(draw_cover(row["cover"]), COVER.widths)
    draft.cover.save(picture.name, picture, save=False)
    files.append(draft.cover)
    draft.full_clean()
    draft.save()
    draft.publish(author)


def remove_profiles():
    """Take off what the demo published and nobody has changed; returns how many there were."""
    author = User.objects.filter(email=EMAIL).first()
    regions = list(Region.objects.filter(profile_verified_by=author)) if author else []
    for region in regions:
        region.unpublish()
        for name in ProfileTexts.field_names():
            setattr(region, name, "")
        region.save()
    if author:
        author.delete()
    return len(regions)
