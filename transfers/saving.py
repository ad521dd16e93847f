"""Writing the rows of an import: a few statements for some hundred listings."""

from django.utils import timezone
from django.utils.text import slugify

from regions.models import Region
from stakeholders.content import KEYS, PLAIN, content_of
from stakeholders.models import RESERVED_SLUGS, ListingChange, Stakeholder
from transfers.models import Outcome

Link = Stakeholder.subsectors.through
Status = Stakeholder.Status
COLUMN_OF = {"organization_type": "organization_type_id", "region": "region_id"}
VERIFIED = ["verified_at", "verified_by", "verified_via"]


class Writer:
    """Writes verdicts for a user, or for nobody in particular where a command asks."""

    def __init__(self, an_import, regions):
        self.user, self.an_import, self.now = an_import.user, an_import, timezone.now()
        self.may_all = self.user is None or self.user.has_perm("regions.edit_all")
        self.slugs, self.waiting = FreeSlugs(), 0
        self.reviewed = {*regions.filter(review=Region.Review.ALL).values_list("pk", flat=True)}

    def write(self, verdicts):
        new = [verdict for verdict in verdicts if verdict.outcome == Outcome.CREATE]
        known = [verdict for verdict in verdicts if verdict.outcome != Outcome.CREATE]
        self._create(new)
        self._update(known)

    def _create(self, verdicts):
        slugs = self.slugs.take([verdict.values["name"] for verdict in verdicts])
        new = [self._new(each.values, slug) for each, slug in zip(verdicts, slugs, strict=True)]
        listings = Stakeholder.objects.bulk_create(new)
        for verdict, listing in zip(verdicts, listings, strict=True):
            verdict.row.listing = listing.pk
        Link.objects.bulk_create(
            Link(stakeholder_id=verdict.row.listing, subsector_id=subsector)
            for verdict in verdicts
            for subsector in verdict.values.get("subsectors", ())
        )
        pending = [listing for listing in listings if listing.status == Status.PENDING]
        ListingChange.objects.bulk_create(
            ListingChange(stakeholder=listing, **self._as_author()) for listing in pending
        )
        self.waiting += len(pending)

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
        return Status.PENDING if self._waits(listing.region_id) else Status.PUBLISHED

    def _waits(self, *regions):
        """Whether somebody else looks at it first; staff are that somebody themselves."""
        return not self.may_all and not self.reviewed.isdisjoint(regions)

    def _confirm(self, listing):
        if self.an_import.confirms and listing.status != Status.ARCHIVED:
            listing.verified_at, listing.verified_by = self.now, self.user
            listing.verified_via = ""

    def _update(self, verdicts):
        verdicts = [self._proposed(verdict) for verdict in verdicts]
        for verdict in verdicts:
            _set(verdict.listing, verdict.values)
            self._confirm(verdict.listing)
        columns = {key for verdict in verdicts for key in verdict.values} - {"subsectors"}
        columns |= {*VERIFIED} if self.an_import.confirms else set()
        upsert([verdict.listing for verdict in verdicts], columns)
        _relink([verdict for verdict in verdicts if "subsectors" in verdict.values])

    def _proposed(self, verdict):
        """Where a region says so, a change of what is public waits, and nothing is written."""
        listing, values = verdict.listing, verdict.values
        region = values.get("region", listing.region_id)
        if not (values and listing.is_published and self._waits(listing.region_id, region)):
            return verdict
        own = listing.changes.filter(author=self.user).exclude(content={}).first()
        base = own.base if own else content_of(listing)
        content = {**(own.content if own else base), **_as_content(values, listing)}
        version = {**self._as_author(), "base": base, "content": content}
        version |= {"sent_back_at": None, "sent_back_by": None, "reason": ""}
        listing.changes.update_or_create(author=self.user, defaults=version)
        self.waiting += 1
        return verdict._replace(values={})

    def _as_author(self):
        return {"author": self.user, "via": "import", "submitted_at": self.now}


def _as_content(values, listing):
    """The values as `stakeholders.content` keeps them; what is no content does not wait."""
    place = [values.get(key, getattr(listing, key)) for key in ("latitude", "longitude")]
    content = {key: value for key, value in values.items() if key in {*PLAIN, *KEYS}}
    content |= {"subsectors": list(values["subsectors"])} if "subsectors" in values else {}
    content |= {"point": None if None in place else place}
    return {key: list(value) if _is_list(value) else value for key, value in content.items()}


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
