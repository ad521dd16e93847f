"""Writing the rows of an import: a few statements for some hundred listings."""

from django.utils import timezone
from django.utils.text import slugify

from regions.models import Region
from stakeholders.models import RESERVED_SLUGS, Stakeholder
from transfers.models import Outcome

Link = Stakeholder.subsectors.through
Status = Stakeholder.Status
COLUMN_OF = {"organization_type": "organization_type_id", "region": "region_id"}
VERIFIED = ["verified_at", "verified_by", "verified_via"]


class Writer:
    """Writes verdicts for a user, or for nobody in particular where a command asks."""

    def __init__(self, an_import, regions):
        self.user, self.an_import, self.now = an_import.user, an_import, timezone.now()
        self.slugs = FreeSlugs()
        self.reviewed = {*regions.filter(review=Region.Review.ALL).values_list("pk", flat=True)}

    def write(self, verdicts):
        new = [verdict for verdict in verdicts if verdict.outcome == Outcome.CREATE]
        known = [verdict for verdict in verdicts if verdict.outcome != Outcome.CREATE]
        self._create(new)
        self._update(known)

    def _create(self, verdicts):
        names = [verdict.values["name"] for verdict in verdicts]
        slugs = self.slugs.take(names)
        new = [
            self._new(verdict.values, slug) for verdict, slug in zip(verdicts, slugs, strict=True)
        ]
        listings = Stakeholder.objects.bulk_create(new)
        for verdict, listing in zip(verdicts, listings, strict=True):
            verdict.row.listing = listing.pk
        Link.objects.bulk_create(
            Link(stakeholder_id=verdict.row.listing, subsector_id=subsector)
            for verdict in verdicts
            for subsector in verdict.values.get("subsectors", ())
        )

    def _new(self, values, slug):
        listing = Stakeholder(slug=slug)
        _set(listing, values)
        listing.status = self._status(listing)
        listing.published_at = self.now if listing.status == Status.PUBLISHED else None
        self._confirm(listing)
        return listing

    def _status(self, listing):
        if not self.an_import.publishes:
            return Status.DRAFT
        return Status.PENDING if self._waits(listing) else Status.PUBLISHED

    def _waits(self, listing):
        """Whether somebody else looks at it first; staff are that somebody themselves."""
        may_all = self.user is None or self.user.has_perm("regions.edit_all")
        return not may_all and listing.region_id in self.reviewed

    def _confirm(self, listing):
        if self.an_import.confirms:
            listing.verified_at, listing.verified_by = self.now, self.user
            listing.verified_via = ""

    def _update(self, verdicts):
        for verdict in verdicts:
            _set(verdict.listing, verdict.values)
            self._confirm(verdict.listing)
        columns = {key for verdict in verdicts for key in verdict.values} - {"subsectors"}
        columns |= {*VERIFIED} if self.an_import.confirms else set()
        upsert([verdict.listing for verdict in verdicts], columns)
        _relink([verdict for verdict in verdicts if "subsectors" in verdict.values])


def upsert(rows, columns):
    """Write some columns of rows that are there: one statement, as fast as adding them."""
    if rows and columns:
        type(rows[0]).objects.bulk_create(
            rows, update_conflicts=True, unique_fields=["pk"], update_fields=sorted(columns)
        )


def _set(listing, values):
    for key, value in values.items():
        if key != "subsectors":
            setattr(listing, COLUMN_OF.get(key, key), list(value) if _is_list(value) else value)


def _is_list(value):
    return isinstance(value, list | tuple)


def _relink(verdicts):
    wanted = {
        (verdict.listing.pk, subsector)
        for verdict in verdicts
        for subsector in verdict.values["subsectors"]
    }
    links = Link.objects.filter(stakeholder__in=[verdict.listing.pk for verdict in verdicts])
    rows = links.values_list("pk", "stakeholder", "subsector")
    there = {(listing, subsector): pk for pk, listing, subsector in rows}
    Link.objects.filter(pk__in=[there[pair] for pair in there.keys() - wanted]).delete()
    Link.objects.bulk_create(
        Link(stakeholder_id=listing, subsector_id=subsector)
        for listing, subsector in sorted(wanted - there.keys())
    )


class FreeSlugs:
    """Address words for many new listings at once; the taken ones are read a few times only."""

    def __init__(self):
        self._taken, self._read = {*RESERVED_SLUGS}, set()
        self._last = {}

    def take(self, names):
        words = [slugify(name)[:160].strip("-") or "mitra" for name in names]
        self._load({*words} - self._read)
        return [self._free(word) for word in words]

    def _load(self, words):
        self._read |= words
        found = Stakeholder.objects.raw(
            "SELECT id, slug FROM stakeholders_stakeholder WHERE slug = ANY(%s)"
            " OR regexp_replace(slug, '-[0-9]+$', '') = ANY(%s)",
            [list(words), list(words)],
        )
        self._taken |= {row.slug for row in found}

    def _free(self, word):
        number = self._last.get(word, 1)
        slug = word if number == 1 else f"{word}-{number}"
        while slug in self._taken:
            number += 1
            slug = f"{word}-{number}"
        self._last[word] = number
        self._taken.add(slug)
        return slug
