"""The invented listings; a fixed seed makes every load invent the same ones."""

from datetime import timedelta
from itertools import cycle, islice
from random import Random

from django.utils import timezone
from django.utils.text import slugify

from regions.models import Subsector
from stakeholders.demo.entry import Entry, ReferenceRows
from stakeholders.demo.logos import draw_logo
from stakeholders.demo.materials import homes, read_offerings, read_patterns, read_places
from stakeholders.demo.phrases import (
    ASIDES,
    CRAFTS,
    DISCLAIMER,
    FOUNDERS,
    HABITS,
    HOPES,
    MARK,
    ORIGINS,
    WORDS,
)
from stakeholders.models import (
    Freshness,
    Offering,
    OfferingCategory,
    OrganizationType,
    Stakeholder,
)

SEED = 17
COUNTS = {"business": 390, "community": 260, "media": 112, "aggregator": 150}
LONGEST_SUMMARY = Stakeholder._meta.get_field("summary").max_length

Status = Stakeholder.Status
# Staff should meet every status: the last three of every 228 listings are not published.
STATUSES = [Status.PUBLISHED] * 225 + [Status.DRAFT, Status.PENDING, Status.ARCHIVED]
FRESHNESS_SHARES = {
    Freshness.FRESH: 50,
    Freshness.DUE: 15,
    Freshness.STALE: 20,
    Freshness.UNVERIFIED: 15,
}


class Inventor:
    def __init__(self):
        self.random = Random(SEED)  # noqa: S311 - must be predictable
        self.now = timezone.now()
        self.patterns = read_patterns()
        self.places = read_places()
        self.offerings = read_offerings()
        self.types = ReferenceRows(OrganizationType.objects.all(), "slug")
        self.categories = ReferenceRows(OfferingCategory.objects.all(), "slug")
        self.subsectors = ReferenceRows(Subsector.objects.all(), "slug")
        self.homes = [home for home in homes() if home.province.code in self.places]
        self.home_deal = self.deal(self.homes)
        self.homes_leading_in = {
            slug: [home for home in self.homes if subsector in home.lead_subsectors]
            for slug, subsector in self.subsectors.items()
        }
        self.taken_slugs = set()

    def entries(self):
        for pattern, status in zip(self.dealt_patterns(), cycle(STATUSES), strict=False):
            yield self.entry(pattern, status)

    def dealt_patterns(self):
        """Return one pattern for each listing to invent, the roles mixed."""
        dealt = []
        for role, number in COUNTS.items():
            patterns = [p for p in self.patterns if self.types[p["type"]].role == role]
            dealt += islice(self.deal(patterns), number)
        self.random.shuffle(dealt)
        return dealt

    def deal(self, items):
        """Yield the items in random order, all of them before any comes again."""
        while items:
            yield from self.random.sample(items, len(items))

    def chance(self, percent):
        return self.random.random() * 100 < percent

    def entry(self, pattern, status):
        region, words = self.place(pattern)
        subsectors = self.some_subsectors(pattern)
        words["subsektor"] = subsectors[0].name_id.lower()
        name = f"{words['name']} ({MARK})"
        organization_type = self.types[pattern["type"]]
        listing = Stakeholder(
            name=name,
            slug=slugify(name),
            role=organization_type.role,
            organization_type=organization_type,
            region=region,
            is_demo=True,
            **self.dates(status),
        )
        if self.chance(7):  # a bare listing: pages must look good with those too
            return Entry(listing, subsectors)
        self.describe(listing, pattern, words)
        logo = draw_logo(words["name"], listing.role) if self.chance(85) else b""
        return Entry(listing, subsectors, self.some_offerings(listing, words), logo)

    def place(self, pattern):
        """Return a region and the words for it, with a name that no other listing has."""
        while True:
            region = self.home(pattern)
            words = self.words(region)
            words["name"] = pattern["name"].format_map(words)
            slug = slugify(words["name"])
            if slug not in self.taken_slugs:
                self.taken_slugs.add(slug)
                return region, words

    def home(self, pattern):
        """Return a region; a lead subsector draws more of its kind."""
        leading = self.homes_leading_in[pattern["subsectors"][0]]
        if leading and self.chance(35):
            return self.random.choice(leading)
        return next(self.home_deal)

    def words(self, region):
        local = self.places[region.province.code]
        return {
            "kata": self.random.choice(WORDS),
            "tempat": region.short_name,
            **local,
            **{key.capitalize(): capitals(text) for key, text in local.items()},
        }

    def some_subsectors(self, pattern):
        slugs = pattern["subsectors"][: self.random.randint(1, 3)]
        return [self.subsectors[slug] for slug in slugs]

    def dates(self, status):
        if status in (Status.DRAFT, Status.PENDING):
            return {"status": status}
        rhythm = self.random.choice([90, 180, 180, 180, 365])
        confirmed = self.days_since_confirmation(rhythm)
        listed = (confirmed or 0) + self.random.randint(1, 60)
        return {
            "status": status,
            "rhythm_days": rhythm,
            "verified_at": self.ago(confirmed) if confirmed else None,
            "published_at": self.ago(listed),
        }

    def days_since_confirmation(self, rhythm):
        """Return a number of days, or None; never so close to a limit that it tips tomorrow."""
        days = {
            Freshness.FRESH: self.random.randint(1, rhythm - 35),
            Freshness.DUE: rhythm - self.random.randint(4, 28),
            Freshness.STALE: rhythm + self.random.randint(3, 400),
            Freshness.UNVERIFIED: None,
        }
        [state] = self.random.choices(list(FRESHNESS_SHARES), list(FRESHNESS_SHARES.values()))
        return days[state]

    def ago(self, days):
        return self.now - timedelta(days=days, minutes=self.random.randint(0, 600))

    def describe(self, listing, pattern, words):
        listing.summary = self.summary(pattern, words, listing.role)
        if self.chance(85):
            listing.description = self.description(pattern, words, listing.role)
        if self.chance(45):
            listing.website = f"https://example.org/{listing.slug}/"
        if self.chance(12):
            listing.public_email = "halo@example.org"

    def summary(self, pattern, words, role):
        summary = sentence(pattern["summary"], words)
        longer = f"{summary} {self.random.choice(ASIDES[role])}"
        return longer if self.chance(45) and len(longer) <= LONGEST_SUMMARY else summary

    def description(self, pattern, words, role):
        facts = {"year": self.random.randint(2004, 2024), "founders": self.random.choice(FOUNDERS)}
        origin = sentence(self.random.choice(ORIGINS), {**words, **facts})
        habit = self.random.choice(HABITS.get(role) or [CRAFTS[pattern["subsectors"][0]]])
        hope = self.random.choice(HOPES[role])
        return f"{origin} {habit}\n\n{hope}\n\n{DISCLAIMER}"

    def some_offerings(self, listing, words):
        owner = {listing.role, listing.organization_type.slug}
        chosen = []
        for direction in Offering.Direction.values:
            fitting = [
                row
                for row in self.offerings
                if row["direction"] == direction and owner & set(row["owners"])
            ]
            drawn = self.random.sample(fitting, self.random.choice([0, 1, 1, 2, 2, 3]))
            chosen += {row["category"]: row for row in drawn}.values()
        return [self.offering(row, words) for row in chosen]

    def offering(self, row, words):
        return Offering(
            direction=row["direction"],
            category=self.categories[row["category"]],
            reach=self.random.choice(Offering.Reach.values),
            description=sentence(row["description"], words),
            valid_until=self.last_day(),
        )

    def last_day(self):
        """Return None for most, else a day to come or, for some, a day gone by."""
        if self.chance(55):
            return None
        days = self.random.randint(-120, -5) if self.chance(30) else self.random.randint(10, 240)
        return timezone.localdate(self.now) + timedelta(days=days)


def capitals(text):
    return " ".join(word[0].upper() + word[1:] for word in text.split())


def sentence(pattern, words):
    text = pattern.format_map(words)
    return text[0].upper() + text[1:]
