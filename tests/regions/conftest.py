import pytest
from django.utils import translation

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
