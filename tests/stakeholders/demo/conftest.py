import shutil
from io import StringIO

import pytest
from django.core.management import call_command
from django.test import override_settings
from django.utils import translation
from PIL import Image

from images.pictures import COVER
from stakeholders.models import Stakeholder
from tests.stakeholders.demo.loading import load_demo


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture(autouse=True, scope="module")
def quick_pictures():
    """Drawing 700 logos takes most of the time; test_logos.py looks at the real ones."""
    small = Image.new("RGB", COVER.least)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("stakeholders.demo.inventor.draw_logo", lambda *words: repr(words).encode())
        patch.setattr("stakeholders.demo.profiles.draw_cover", lambda kind: small)
        yield


@pytest.fixture(scope="module")
def reference_data_of_the_module(rows_of_the_module):
    call_command("load_reference_data", stdout=StringIO())


@pytest.fixture(scope="module")
def demo_of_the_module(reference_data_of_the_module, quick_pictures, tmp_path_factory):
    """Load the demo for all tests of a module; return the folder of its pictures."""
    folder = tmp_path_factory.mktemp("media")
    with translation.override("en"), override_settings(MEDIA_ROOT=folder):
        load_demo()
    return folder


@pytest.fixture
def reference_data(reference_data_of_the_module, db):
    pass


@pytest.fixture
def demo(demo_of_the_module, db, media):
    shutil.copytree(demo_of_the_module, media, dirs_exist_ok=True)
    return Stakeholder.objects.demo()
