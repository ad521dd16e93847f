"""The regions that people name in the fields of a form."""

from functools import cached_property

from regions.facets import Ignored
from regions.models import Region
from regions.typed_place import TypedPlace, tidied, typed_places


class RegionChoice:
    """Up to `most` regions, each by its address word, its name or words of its names."""

    def __init__(self, texts, label, most=3):
        texts = [text for text in dict.fromkeys(map(tidied, texts)) if text]
        self.texts, self.label, self.most = texts[:most], label, most
        self.ignored = [Ignored(label, text) for text in texts[most:]]

    @cached_property
    def names(self):
        """Return {address word: name} of all regions, in the order of the names."""
        return dict(Region.objects.order_by("short_name", "kind").values_list("slug", "name"))

    @cached_property
    def fields(self):
        """One for each text, then empty ones."""
        regions = Region.objects.for_profile().with_badges()
        fields = typed_places(self.texts, regions) if self.texts else []
        return fields + [TypedPlace()] * (self.most - len(fields))

    @property
    def regions(self):
        """The regions that are clear, each once."""
        return list(dict.fromkeys(field.region for field in self.fields if field.region))
