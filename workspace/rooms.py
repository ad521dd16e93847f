"""The rooms of the workspace: grouped, so that few words lead to all of them."""

from typing import NamedTuple

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Room(NamedTuple):
    name: str
    label: str

    @property
    def address(self):
        return reverse(self.name)


class Group(NamedTuple):
    label: str
    rooms: list[Room]

    @property
    def address(self):
        return self.rooms[0].address


GROUPS = [
    Group(
        pgettext_lazy("rooms", "Queue"),
        [
            Room("workspace:proposals", _("Proposals")),
            Room("workspace:reviews", pgettext_lazy("workspace", "Review")),
            Room("workspace:inquiries", _("Inquiries")),
        ],
    ),
    Group(
        pgettext_lazy("rooms", "People"),
        [
            Room("workspace:people", _("Officers")),
            Room("workspace:stewards", _("Stewards")),
        ],
    ),
    Group(
        pgettext_lazy("rooms", "Files"),
        [
            Room("transfers:imports", _("Import")),
            Room("transfers:exports", _("Export")),
        ],
    ),
    Group(_("What changed"), [Room("workspace:history", _("What changed"))]),
]


def room_of(path):
    """Return the group and the room that this path is in, or (None, None)."""
    for group in GROUPS:
        for room in group.rooms:
            if path.startswith(room.address):
                return group, room
    return None, None
