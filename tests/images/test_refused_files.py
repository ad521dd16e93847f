"""Each hostile or odd file is refused in words, and nothing of it stays."""

import time

import pytest
from PIL import ImageFile

from tests.images import pictures

OTHER_KIND = "This is not a JPEG, PNG or WebP picture, or its very beginning is damaged."
DAMAGED = "The picture is damaged or incomplete: save or export it again and upload that."
MOVING = "Moving pictures are not possible here: upload a still one."
TOO_MANY = "The picture is too large: at most 25 megapixels are possible."
TOO_SMALL = "The picture is too small: at least 480 × 240 pixels are needed."

REFUSED = {
    "nothing": (lambda: b"", "The submitted file is empty."),
    "HTML": (lambda: pictures.HTML, OTHER_KIND),
    "SVG": (lambda: pictures.SVG, OTHER_KIND),
    "PDF": (lambda: b"%PDF-1.7\n" + pictures.jpeg(), OTHER_KIND),
    "PostScript": (lambda: b"%!PS-Adobe-3.0 EPSF-3.0\n(/etc/passwd) run", OTHER_KIND),
    "Photoshop": (lambda: b"8BPS\0\1" + bytes(64), OTHER_KIND),
    "TIFF": (lambda: pictures.saved(pictures.drawing(), "TIFF"), OTHER_KIND),
    "BMP": (lambda: pictures.saved(pictures.drawing(), "BMP"), OTHER_KIND),
    "icon": (lambda: pictures.saved(pictures.drawing(), "ICO"), OTHER_KIND),
    "still GIF": (lambda: pictures.saved(pictures.drawing(), "GIF"), OTHER_KIND),
    "moving GIF": (lambda: pictures.animated("GIF"), OTHER_KIND),
    "moving PNG": (lambda: pictures.animated("PNG"), MOVING),
    "moving WebP": (lambda: pictures.animated("WEBP"), MOVING),
    "archive before the picture": (lambda: b"PK\3\4" + pictures.jpeg(), OTHER_KIND),
    "half a JPEG": (lambda: pictures.jpeg()[:-4000], DAMAGED),
    "half a PNG": (lambda: pictures.png()[:-1000], DAMAGED),
    "half a WebP": (lambda: pictures.webp()[:-200], DAMAGED),
    "only the start of a JPEG": (lambda: pictures.jpeg()[:3], OTHER_KIND),
    "PNG with a wrong sum": (
        lambda: pictures.png()[:29] + bytes(4) + pictures.png()[33:],
        OTHER_KIND,
    ),
    "text bomb": (pictures.text_bomb, DAMAGED),
    "bomb of a profile": (pictures.profile_bomb, DAMAGED),
    "scan bomb": (pictures.scan_bomb, DAMAGED),
    "PNG of 40,000 a side": (lambda: pictures.png_that_says(40_000, 40_000), TOO_MANY),
    "PNG of 2 thousand million": (lambda: pictures.png_that_says(2**31 - 1, 1), TOO_MANY),
    "PNG just above": (lambda: pictures.png_that_says(5001, 5000), TOO_MANY),
    "PNG between the limits": (lambda: pictures.png_that_says(10_000, 9_000), TOO_MANY),
    "JPEG of 65,000 a side": (lambda: pictures.jpeg_that_says(65_000, 65_000), TOO_MANY),
    "JPEG of 30 megapixels": (lambda: pictures.jpeg_that_says(6000, 5000), TOO_MANY),
    "WebP of 12 megapixels": (
        lambda: pictures.webp((4000, 3000)),
        "The picture is too large: at most 10 megapixels are possible.",
    ),
    "one pixel": (lambda: pictures.png((1, 1)), TOO_SMALL),
    "a line": (lambda: pictures.png((20_000, 1)), TOO_SMALL),
    "no height": (lambda: pictures.png_that_says(900, 0), OTHER_KIND),
    "more than 10 MB": (
        lambda: pictures.jpeg() + bytes(10 * 2**20),
        "The file is too large: at most 10 MB are possible.",
    ),
}


def written(folder):
    return [path.name for path in folder.rglob("*") if path.is_file()]


@pytest.mark.parametrize("kind", REFUSED)
def test_refused_in_words(upload, media, kind):
    make, message = REFUSED[kind]

    form = upload(make())

    assert form.errors == {"photo": [message]}
    assert written(media.parent) == []


def test_too_many_pixels_are_refused_before_any_is_decoded(upload, monkeypatch):
    def load(image):
        raise AssertionError("decoded")

    monkeypatch.setattr(ImageFile.ImageFile, "load", load)
    make, message = REFUSED["PNG just above"]

    assert upload(make()).errors == {"photo": [message]}


def test_a_bomb_of_scans_costs_no_time(upload):
    bomb = pictures.scan_bomb()
    start = time.process_time()

    assert not upload(bomb).is_valid()
    assert time.process_time() - start < 1  # decoding it takes half a minute
