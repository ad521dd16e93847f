import pytest

from tests.rights.world import World


@pytest.fixture(scope="module")
def world(rows_of_the_module):
    return World()
