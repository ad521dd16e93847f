"""Whatever bytes come: a safe picture or words, never an error, never a file."""

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from images.fields import PictureFormField
from images.pictures import LOGO
from tests.images import pictures

# Pillow warns of oddities, which tests would make errors of; the site only logs them.
pytestmark = pytest.mark.filterwarnings("ignore")

SMALL = (48, 40)
GOOD = [
    pictures.jpeg(SMALL),
    pictures.jpeg(SMALL, progressive=True),
    pictures.png(SMALL),
    pictures.png(SMALL, mode="P"),
    pictures.webp(SMALL),
    pictures.webp(SMALL, lossless=True),
    *(pictures.with_secrets(kind, SMALL) for kind in ("JPEG", "PNG", "WEBP")),
]


@st.composite
def damaged(draw):
    """A good file, cut, stretched or overwritten in up to four places."""
    data = bytearray(draw(st.sampled_from(GOOD)))
    for _time in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(data)))
        end = min(len(data), start + draw(st.integers(0, 32)))
        data[start:end] = draw(st.binary(max_size=32))
    return bytes(data)


def answer_to(data):
    """Return the safe picture, or the words of the refusal."""
    try:
        return PictureFormField(shape=LOGO).clean(SimpleUploadedFile("logo", data))
    except forms.ValidationError as error:
        return error.messages


@settings(
    max_examples=200,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],  # the folder stays empty
)
@given(st.one_of(damaged(), st.binary(max_size=400)))
def test_any_bytes(media, data):
    answer = answer_to(data)

    if isinstance(answer, list):
        assert len(answer) == 1
    else:
        with Image.open(answer) as image:
            assert image.width == image.height <= 224
    assert not media.exists()
