import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.forms import modelform_factory
from django.utils import translation

from stakeholders.models import Stakeholder


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    return settings.MEDIA_ROOT


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def upload():
    """Return the bound form that gets a file for a listing's photo or logo."""

    def upload(data, name="photo.jpg", field="photo", instance=None):
        form_class = modelform_factory(Stakeholder, fields=[field])
        return form_class({}, {field: SimpleUploadedFile(name, data)}, instance=instance)

    return upload
