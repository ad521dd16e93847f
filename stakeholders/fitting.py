"""Open needs and offers that fit what somebody looks for."""

from functools import reduce
from operator import or_

from django.contrib.postgres.search import SearchQuery, SearchVector
from django.db.models import Case, Exists, OuterRef, Q, Value, When

from stakeholders.models import Offering, OfferingSubsector, StakeholderSubsector
from stakeholders.models.offering import NEWEST_FIRST
from stakeholders.search import SEARCH_CONFIG

NEWEST = 150  # of a kind, that are looked into: to read them all would take seconds


def fitting_offerings(*, subsectors, offered, needed, words, regions):
    """Return those that fit most, the newest of equals; from `regions` alone if that is all."""
    here = [Q(stakeholder__region__slug__in=regions)] if regions else []
    fits = _fits(subsectors, offered, needed, words)
    if not (fits or here):
        return Offering.objects.none()
    said = SearchVector(
        "description", "category__name_id", "category__name_en", config=SEARCH_CONFIG
    )
    fit = sum((Case(When(each, then=1), default=0) for each in fits + here), start=Value(0))
    found = Offering.objects.filter(pk__in=_newest(here)).alias(said=said)
    fitting = found.filter(reduce(or_, fits or here)).for_cards().prefetch_related(None)
    return fitting.order_by(fit.desc(), *NEWEST_FIRST)


def _fits(subsectors, offered, needed, words):
    """Return the conditions that were asked for; one is enough."""
    in_subsectors = {"subsector__slug__in": subsectors}
    own = OfferingSubsector.objects.filter(offering=OuterRef("pk"), **in_subsectors)
    of_listing = StakeholderSubsector.objects.filter(
        stakeholder=OuterRef("stakeholder"), **in_subsectors
    )
    of_category = Q(direction="offer", category__slug__in=offered) | Q(
        direction="need", category__slug__in=needed
    )
    query = SearchQuery(" or ".join(words), config=SEARCH_CONFIG, search_type="websearch")
    fits = [
        (subsectors, Q(Exists(own)) | Q(Exists(of_listing))),
        (offered or needed, of_category),
        (words, Q(said=query)),
    ]
    return [condition for asked, condition in fits if asked]


def _newest(here):
    """Return the keys of the newest needs and offers, and of some in the regions asked for."""
    opened = Offering.objects.open().order_by()
    slices = [
        opened.filter(direction=direction).order_by(*NEWEST_FIRST).values("pk")[:NEWEST]
        for direction in Offering.Direction.values
    ]
    slices += [opened.filter(condition).values("pk")[:NEWEST] for condition in here]
    return slices[0].union(*slices[1:], all=True)
