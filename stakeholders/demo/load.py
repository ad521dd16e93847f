"""Storing and removing the entries of the first look; what is there is never changed."""

from contextlib import contextmanager
from itertools import islice

from django.core.files.base import ContentFile
from django.utils.translation import gettext as _

from images.pictures import files_of
from stakeholders.demo.institutions import governments, universities
from stakeholders.demo.inventor import Inventor
from stakeholders.models import Offering, Stakeholder

CHUNK = 200


def load_demo(files):
    """Store what is missing; yields what was done so far and adds to `files` what it saved."""
    yield from add(_("Universities and institutes"), universities(), files)
    yield from add(_("Regional governments"), governments(), files)
    # All demo listings or none: one that staff deleted or renamed must not come back.
    invented = [] if Stakeholder.objects.demo().exists() else Inventor().entries()
    yield from add(_("Demo listings"), invented, files)


def add(label, entries, files):
    known = set(Stakeholder.objects.values_list("slug", flat=True))
    known |= set(Stakeholder.objects.values_list("name", flat=True))
    missing = (e for e in entries if not {e.listing.slug, e.listing.name} & known)
    added = 0
    while chunk := list(islice(missing, CHUNK)):
        store(chunk, files)
        added += len(chunk)
        yield _("%(label)s: %(added)d added") % {"label": label, "added": added}
    if not added:
        yield _("%(label)s: already there") % {"label": label}


def store(entries, files):
    for listing, _subsectors, _offerings, logo in entries:
        if logo:
            listing.logo.save(f"{listing.slug}.webp", ContentFile(logo), save=False)
            files.append(listing.logo)
    Stakeholder.objects.bulk_create(entry.listing for entry in entries)
    store_links(Stakeholder, "stakeholder", [(e.listing, e.subsectors) for e in entries])
    store_offerings(entries)


def store_offerings(entries):
    offerings = []
    for entry in entries:
        for offering in entry.offerings:
            offering.stakeholder = entry.listing
            offerings.append((offering, entry.subsectors[:1]))
    Offering.objects.bulk_create(offering for offering, _subsectors in offerings)
    store_links(Offering, "offering", offerings)


def store_links(model, name, rows):
    link = model.subsectors.through
    link.objects.bulk_create(
        link(**{name: row}, subsector=subsector)
        for row, subsectors in rows
        for subsector in subsectors
    )


def remove_demo():
    """Delete the demo listings with all that hangs on them; returns how many there were.

    Their pictures stay for an undo to find them, until `clean_media` takes them.
    """
    demo = Stakeholder.objects.demo()
    # Those merged into each other would protect one another.
    demo.filter(merged_into__isnull=False).update(merged_into=None)
    _total, by_model = demo.delete()
    return by_model.get(Stakeholder._meta.label, 0)


@contextmanager
def files_undone_on_error():
    """Yield a list for saved files: the database rolls back, their storage does not."""
    files = []
    try:
        yield files
    except BaseException:
        for file in files:
            siblings = [name for names in files_of(file.name).values() for name in names.values()]
            for name in {file.name, *siblings}:
                file.storage.delete(name)
        raise
