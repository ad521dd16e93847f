from regions.models.profile import ProfileDraft
from regions.models.province import LATITUDES, LONGITUDES, Province
from regions.models.recognition import Recognition, RecognitionSubsector
from regions.models.region import Region, RegionSubsector, distance_km
from regions.models.subsector import BilingualName, Subsector

__all__ = [
    "LATITUDES",
    "LONGITUDES",
    "BilingualName",
    "ProfileDraft",
    "Province",
    "Recognition",
    "RecognitionSubsector",
    "Region",
    "RegionSubsector",
    "Subsector",
    "distance_km",
]
