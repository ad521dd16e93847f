from collaborations.models.adoption import Adoption
from collaborations.models.practice import (
    CostBand,
    GoodPractice,
    Pillar,
    PracticeStakeholder,
    PracticeSubsector,
)

__all__ = [
    "Adoption",
    "CostBand",
    "GoodPractice",
    "Pillar",
    "PracticeStakeholder",
    "PracticeSubsector",
]
