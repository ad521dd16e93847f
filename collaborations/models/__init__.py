from collaborations.models.adoption import Adoption
from collaborations.models.inquiry import Inquiry
from collaborations.models.practice import (
    CostBand,
    GoodPractice,
    Pillar,
    PracticeStakeholder,
    PracticeSubsector,
)
from collaborations.models.saved_search import Rhythm, SavedSearch, Subscriber
from collaborations.models.steward_invitation import StewardInvitation
from collaborations.models.suggestion import Suggestion, SuggestionAnswer, SuggestionSubsector

__all__ = [
    "Adoption",
    "CostBand",
    "GoodPractice",
    "Inquiry",
    "Pillar",
    "PracticeStakeholder",
    "PracticeSubsector",
    "Rhythm",
    "SavedSearch",
    "StewardInvitation",
    "Subscriber",
    "Suggestion",
    "SuggestionAnswer",
    "SuggestionSubsector",
]
