"""The regions that people name in an address or a form field."""

from functools import cached_property
from typing import NamedTuple

from regions.facets import Ignored
from regions.models import Region

LONGEST = 80  # letters: no region is called more
CANDIDATES = 5


class Field(NamedTuple):
    """What somebody typed, the region it means, and if that is not clear what it may mean."""

    text: str = ""
    region: Region | None = None
    candidates: tuple = ()

    @property
    def is_wrong(self):
        return bool(self.text) and not self.region


class RegionChoice:
    """Up to `most` regions, each by its address word, its name or words of its names."""

    def __init__(self, texts, label, most=3):
        texts = [text.replace("\x00", "").strip()[:LONGEST] for text in texts]
        texts = [text for text in dict.fromkeys(texts) if text]
        self.texts, self.label, self.most = texts[:most], label, most
        self.ignored = [Ignored(label, text) for text in texts[most:]]

    @cached_property
    def names(self):
        """Return {address word: name} of all regions, in the order of the names."""
        return dict(Region.objects.order_by("short_name", "kind").values_list("slug", "name"))

    @cached_property
    def fields(self):
        """One for each text, then empty ones."""
        meant = {text: self._meant(text) for text in self.texts}
        clear = [slugs[0] for slugs in meant.values() if len(slugs) == 1]
        found = Region.objects.for_profile().with_badges().filter(slug__in=clear)
        regions = {region.slug: region for region in found}
        fields = [
            Field(text, regions[slugs[0]])
            if len(slugs) == 1
            else Field(text, candidates=tuple(self.names[slug] for slug in slugs))
            for text, slugs in meant.items()
        ]
        return fields + [Field()] * (self.most - len(fields))

    @property
    def regions(self):
        """The regions that are clear, each once."""
        return list(dict.fromkeys(field.region for field in self.fields if field.region))

    def _meant(self, text):
        """Return the address words that a text may mean."""
        wanted = text.casefold()
        for slug, name in self.names.items():
            if wanted in (slug, name.casefold()):
                return [slug]
        return list(Region.objects.named(text).values_list("slug", flat=True)[:CANDIDATES])
