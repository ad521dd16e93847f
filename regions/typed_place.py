"""A region that somebody names in an address or a form field."""

from typing import NamedTuple

from regions.models import Region

LONGEST = 80  # letters: no region is called more


class TypedPlace(NamedTuple):
    """What somebody typed, the region it means, and if that is not clear those it may mean."""

    text: str = ""
    region: Region | None = None
    candidates: tuple = ()

    @property
    def is_wrong(self):
        return bool(self.text) and not self.region


def tidied(text):
    return (text or "").replace("\x00", "").strip()


def typed_places(texts, regions):
    """Return a `TypedPlace` for each of the tidied texts, found among `regions`."""
    meant = regions.meant_by([text for text in texts if len(text) <= LONGEST])
    return [_typed(text[:LONGEST], meant.get(text, [])) for text in texts]


def _typed(text, meant):
    return TypedPlace(text, meant[0]) if len(meant) == 1 else TypedPlace(text, None, tuple(meant))
