from io import BytesIO

import pytest
from PIL import Image

from stakeholders.demo import logos
from stakeholders.demo.logos import MOTIFS, PALETTES, draw_logo

ROLES = ["business", "community", "media", "aggregator"]


@pytest.mark.parametrize("motif", MOTIFS, ids=lambda motif: motif.__name__)
@pytest.mark.parametrize("role", ROLES)
def test_each_motif_is_a_small_picture_in_the_colours_of_the_role(monkeypatch, motif, role):
    monkeypatch.setattr(logos, "MOTIFS", [motif])

    content = draw_logo("Sanggar Lorong Senja", role)
    picture = Image.open(BytesIO(content))

    assert (picture.format, picture.size) == ("WEBP", (160, 160))
    assert len(content) < 3072
    usual = [colour for count, colour in picture.getcolors(25_600) if count > 1500]
    assert {"#{:02x}{:02x}{:02x}".format(*colour) for colour in usual} <= set(PALETTES[role])


def test_a_name_always_has_the_same_logo_and_names_differ():
    names = [f"Studio {number}" for number in range(20)]

    first = [draw_logo(name, "media") for name in names]

    assert [draw_logo(name, "media") for name in names] == first
    assert len(set(first)) > 10


def test_a_name_of_one_word_or_with_a_digit_has_a_logo_too(monkeypatch):
    monkeypatch.setattr(logos, "MOTIFS", [logos.seal])

    assert len({draw_logo("Kopi", "business"), draw_logo("7 Muara", "business")}) == 2
