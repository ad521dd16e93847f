"""By which hand something changed: whose right it was, or which part of the site did it.

A context says `via` where neither a page of the workspace nor the admin wrote (a signed link, an
import, a nightly job; other words tell only which button it was), `command` where a command did,
else the `hand` of who was signed in.
"""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

HANDS = {
    "staff": _("Network staff"),
    "officer": _("Officer"),
    "steward": _("The organisation itself"),
    "account": _("Account without a region"),
    "link": _("Signed link"),
    "import": _("Import"),
    "upkeep": _("Nightly upkeep"),
    "command": _("Command"),
    "visitor": _("Visitor"),
}
VIAS = ["link", "import", "upkeep"]
UNKNOWN = _("Unknown hand")


def hand_of(metadata):
    """Return the word in `HANDS`, or "" where nobody noted it."""
    if metadata.get("via") in VIAS:
        return metadata["via"]
    return "command" if "command" in metadata else metadata.get("hand", "")


def hand_label(metadata):
    hand = hand_of(metadata)
    return HANDS.get(hand, UNKNOWN)


def by_hand(hand):
    """Return the condition on contexts that `hand_of` reads as this hand."""
    if hand in VIAS:
        return Q(metadata__via=hand)
    elsewhere = Q(metadata__has_key="via") & Q(metadata__via__in=VIAS)
    if hand == "command":
        return Q(metadata__has_key="command") & ~elsewhere
    return Q(metadata__hand=hand) & ~Q(metadata__has_key="command") & ~elsewhere
