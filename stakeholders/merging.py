"""Making one listing of two: what is chosen from each, and all that points to the one that goes."""

import pghistory
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from history.events import event_models
from stakeholders.models import Merge, Offering, Stakeholder
from stakeholders.models.merge import point_to

KEPT, MERGED, BOTH = "kept", "merged", "both"

# What is chosen from one listing or the other belongs together: a role and its type, a place …
GROUPS = {
    "name": ["name"],
    "role": ["role", "organization_type"],
    "region": ["region"],
    "summary": ["summary"],
    "description": ["description"],
    "logo": ["logo"],
    "photo": ["photo"],
    "website": ["website"],
    "social_links": ["social_links"],
    "public_email": ["public_email"],
    "public_phone": ["public_phone"],
    "contact_email": ["contact_email"],
    "address": ["address", "latitude", "longitude"],
    "source": ["source", "source_url"],
}
IDENTITY = {"name", "role", "region"}  # of the kept one, unless somebody says otherwise
UNITED = {"social_links", "subsectors"}
CONFIRMATION = ["verified_at", "verified_by", "verified_via"]
# Follow from the merge itself, or belong to a row and not to what it says.
BY_RULE = {
    *("id", "slug", "aliases", "status", "published_at", "rhythm_days", "stale_at", "is_demo"),
    *("merged_into", "created_at", *CONFIRMATION),
}
LONGEST_ALIAS = 80

# Whatever points to a listing either goes along or stays; a test names what has no rule yet.
GOES = {
    "stakeholders.Offering.stakeholder": Q(),
    "stakeholders.Stewardship.stakeholder": Q(),
    "stakeholders.ListingDraft.stakeholder": Q(),
    "stakeholders.ListingChange.stakeholder": Q(),
    "collaborations.GoodPractice_stakeholders.stakeholder": Q(),
    "collaborations.Suggestion.stakeholder": Q(),
    "collaborations.Suggestion.about": Q(),
    "collaborations.Suggestion.duplicate_of": Q(),
    "collaborations.StewardInvitation.stakeholder": Q(),
    "collaborations.Inquiry.stakeholder": Q(),
    "collaborations.Inquiry.sender_listing": Q(),
}
STAYS = {
    "stakeholders.Stakeholder_subsectors.stakeholder",  # chosen, as the fields are
    "stakeholders.Stakeholder.merged_into",  # `successor()` follows the chain
    "stakeholders.SearchEntry.stakeholder",  # triggers keep it
    "stakeholders.Merge.kept",
    "stakeholders.Merge.merged",
    "stakeholders.LikelyDuplicate.first",  # a merged listing is a duplicate no more
    "stakeholders.LikelyDuplicate.second",
    "upkeep.SignedLink.stakeholder",  # made for the merged one: a change revokes it
    "upkeep.ReminderSeries.stakeholder",  # an archived listing is not reminded
}


def relations():
    """Return {"app.Model.field": relation} of all that points to a listing, its history aside."""
    return {
        f"{each.related_model._meta.label}.{each.field.name}": each
        for each in Stakeholder._meta.get_fields(include_hidden=True)
        if each.auto_created and not each.concrete and not each.many_to_many
        if each.related_model not in event_models()
    }


class Pair:
    """Two listings, field by field; which of them is kept is a choice too."""

    def __init__(self, kept, merged):
        self.kept, self.merged = kept, merged

    @cached_property
    def subsectors(self):
        return {KEPT: set(self.kept.subsectors.all()), MERGED: set(self.merged.subsectors.all())}

    @property
    def differing(self):
        """The names of the groups in which the listings differ, in the order of the form."""
        names = [name for name in GROUPS if self.values(name, KEPT) != self.values(name, MERGED)]
        different = self.subsectors[KEPT] != self.subsectors[MERGED]
        return [*names, "subsectors"] if different else names

    def values(self, name, side):
        listing = self.kept if side == KEPT else self.merged
        return {field: getattr(listing, field) for field in GROUPS[name]}

    def is_empty(self, name, side):
        if name == "subsectors":
            return not self.subsectors[side]
        return not any(self.values(name, side).values())

    def default(self, name):
        """What is there before what is not, then what was confirmed last."""
        if self.is_empty(name, MERGED):
            return KEPT
        if self.is_empty(name, KEPT):
            return MERGED
        if name in UNITED:
            return BOTH
        return KEPT if name in IDENTITY else self.fresher

    @cached_property
    def fresher(self):
        kept, merged = self.kept.verified_at, self.merged.verified_at
        return MERGED if merged and (not kept or merged > kept) else KEPT

    def chosen_values(self, chosen):
        values = {}
        for name in GROUPS:
            side = chosen.get(name, KEPT)
            values |= self.values(name, MERGED if side == MERGED else KEPT)
            if side == BOTH:
                values[name] = _united(*(getattr(each, name) for each in (self.kept, self.merged)))
        fresher = self.kept if self.fresher == KEPT else self.merged
        return values | {field: getattr(fresher, field) for field in CONFIRMATION}

    def chosen_subsectors(self, chosen):
        side = chosen.get("subsectors", BOTH)
        one, other = self.subsectors[KEPT], self.subsectors[MERGED]
        return one | other if side == BOTH else self.subsectors[side]

    def aliases(self, name):
        """All names but the one that it bears: whoever knew another finds it by that."""
        names = [self.kept.name, self.merged.name]
        former = [each[:LONGEST_ALIAS] for each in names if each != name]
        return _united(self.kept.aliases, self.merged.aliases, former)

    def publication(self):
        """What was public stays so."""
        if not (self.kept.is_published or self.merged.is_published):
            return {}
        dates = [each.published_at for each in (self.kept, self.merged) if each.published_at]
        return {"status": Stakeholder.Status.PUBLISHED, "published_at": min(dates)}


def _united(*lists):
    return list(dict.fromkeys(each for values in lists for each in values))


@transaction.atomic
def merge(*, kept, merged, user, chosen=None):
    """Let `merged` go into `kept`, as one change that an undo takes back as a whole.

    `chosen` says for each group from which listing it comes, else the default does.
    """
    pair = _locked(kept, merged)
    chosen = {name: pair.default(name) for name in [*GROUPS, "subsectors"]} | (chosen or {})
    values = pair.chosen_values(chosen) | pair.publication()
    values["aliases"] = pair.aliases(values["name"])
    with pghistory.context(user=user.pk):
        gone = Stakeholder.objects.filter(pk=merged.pk)
        merged.changes.filter(content={}).delete()  # a wish to publish it, as with archiving
        gone.update(status=Stakeholder.Status.ARCHIVED, merged_into=kept)
        Stakeholder.objects.filter(pk=kept.pk).update(**values)
        kept.subsectors.set(pair.chosen_subsectors(chosen))
        moved = [_move(label, pair) for label in relations() if label in GOES]
        return Merge.objects.create(kept=kept, merged=merged, moved=[m for m in moved if m])


def _locked(kept, merged):
    rows = Stakeholder.objects.order_by("pk").select_for_update().in_bulk([kept.pk, merged.pk])
    if len(rows) < 2:
        raise ValidationError(_("Choose two different listings."))
    if any(row.merged_into_id for row in rows.values()):
        raise ValidationError(_("One of them has been merged already."))
    return Pair(rows[kept.pk], rows[merged.pk])


def _move(label, pair):
    """Move what points to the merged listing; return what of it only `Merge` can move back."""
    relation = relations()[label]
    model, field = relation.related_model, relation.field.name
    rows = model._base_manager.filter(GOES[label], **{field: pair.merged})
    if model is Offering:
        rows = rows.exclude(pk__in=_twins(pair))
    moved = point_to(model, field, list(rows.values_list("pk", flat=True)), pair.kept)
    is_tracked = any(
        event.pgh_tracked_model._meta.concrete_model is model for event in event_models()
    )
    return None if is_tracked or not moved else [model._meta.label, field, moved]


def _twins(pair):
    """Offerings of the merged listing that the kept one has in the same words."""
    said = ["direction", "category", "reach", "description", "valid_until"]
    known = set(pair.kept.offerings.values_list(*said))
    return [
        pk for pk, *words in pair.merged.offerings.values_list("pk", *said) if tuple(words) in known
    ]
