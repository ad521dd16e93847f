from stakeholders.models.freshness import DUE_WINDOW, Freshness, freshness_now
from stakeholders.models.lists import OfferingCategory, OrganizationType
from stakeholders.models.merge import LikelyDuplicate, Merge
from stakeholders.models.offering import Offering, OfferingSubsector
from stakeholders.models.search_entry import MOST_RANKED, SearchEntry, SearchWord
from stakeholders.models.search_term import SearchTerm, SearchTermSubsector, SearchTermType
from stakeholders.models.stakeholder import Stakeholder, StakeholderSubsector
from stakeholders.models.stakeholder_queryset import (
    ACROSS,
    FRESHEST_FIRST,
    MOST_DOUBTFUL_FIRST,
    RESERVED_SLUGS,
)
from stakeholders.models.stewardship import Stewardship
from stakeholders.models.unpublished import ListingChange, ListingDraft
from stakeholders.models.vain_search import VainSearch

__all__ = [
    "ACROSS",
    "DUE_WINDOW",
    "FRESHEST_FIRST",
    "MOST_DOUBTFUL_FIRST",
    "MOST_RANKED",
    "RESERVED_SLUGS",
    "Freshness",
    "LikelyDuplicate",
    "ListingChange",
    "ListingDraft",
    "Merge",
    "Offering",
    "OfferingCategory",
    "OfferingSubsector",
    "OrganizationType",
    "SearchEntry",
    "SearchTerm",
    "SearchTermSubsector",
    "SearchTermType",
    "SearchWord",
    "Stakeholder",
    "StakeholderSubsector",
    "Stewardship",
    "VainSearch",
    "freshness_now",
]
