from io import StringIO

import pytest
from django.core.management import call_command
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


@pytest.fixture(autouse=True)
def quick_logos(monkeypatch):
    """Drawing 700 pictures takes most of the time; test_logos.py looks at the real ones."""
    monkeypatch.setattr("stakeholders.demo.inventor.draw_logo", lambda *words: repr(words).encode())


@pytest.fixture(autouse=True)
def quick_covers(monkeypatch):
    small = Image.new("RGB", COVER.least)
    monkeypatch.setattr("stakeholders.demo.profiles.draw_cover", lambda kind: small)


@pytest.fixture
def reference_data(db):
    call_command("load_reference_data", stdout=StringIO())


@pytest.fixture
def demo(reference_data):
    load_demo()
    return Stakeholder.objects.demo()
