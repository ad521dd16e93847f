import pytest
from django.utils import translation

from regions.models import ProfileDraft
from tests import factories
from tests.regions.reference_files import write_files


@pytest.fixture
def in_english():
    """Messages as the code words them."""
    with translation.override("en"):
        yield


@pytest.fixture
def data_folder(tmp_path):
    write_files(tmp_path)
    return tmp_path


@pytest.fixture
def published_region(db):
    return factories.RegionFactory(
        slug="kota-uji", tagline="Semboyan lama", story="Cerita lama", profile_status="published"
    )


@pytest.fixture
def draft(published_region):
    return ProfileDraft.objects.create(
        region=published_region, tagline="Semboyan baru", story="Cerita baru"
    )
