"""What is accepted is made anew: upright, in sRGB, without a byte of the upload."""

import re

import pytest
from PIL import Image

from stakeholders.models import Stakeholder
from tests import factories
from tests.images import pictures
from tests.images.pictures import BLUE, GREEN, RED, WHITE

pytestmark = pytest.mark.django_db

ODD = {
    "a JPEG": pictures.jpeg,
    "a PNG": pictures.png,
    "a WebP": pictures.webp,
    "JPEG with secrets": lambda: pictures.with_secrets("JPEG"),
    "PNG with secrets": lambda: pictures.with_secrets("PNG"),
    "WebP with secrets": lambda: pictures.with_secrets("WEBP"),
    "JPEG and archive": lambda: pictures.with_zip(pictures.jpeg()),
    "PNG and archive": lambda: pictures.with_zip(pictures.png()),
    "JPEG and HTML": lambda: pictures.jpeg() + b"SECRET" + pictures.HTML,
    "progressive JPEG": lambda: pictures.jpeg(progressive=True),
    "two pictures in a JPEG": pictures.two_in_one,
    "JPEG for print": lambda: pictures.saved(pictures.drawing(mode="CMYK"), "JPEG"),
    "PNG with a palette": lambda: pictures.png(mode="P"),
    "PNG with half a profile": lambda: pictures.png(icc_profile=b"SECRET" * 40),
}


@pytest.fixture
def kept(upload, media):
    """Upload a file for a listing; return the pictures stored, by the end of their names."""

    def kept(data, field="photo", name="photo.jpg"):
        form = upload(data, name, field, instance=factories.StakeholderFactory())
        assert form.errors == {}
        form.save()
        return {path.name[33:]: path for path in media.rglob("*") if path.is_file()}

    return kept


def colours(path):
    with Image.open(path) as image:
        image = image.convert("RGB")
        width, height = image.size
        return [
            image.getpixel((x, y))
            for y in (height // 4, height * 3 // 4)
            for x in (width // 4, width * 3 // 4)
        ]


def near(one, other):
    return all(abs(a - b) < 40 for a, b in zip(one, other, strict=True))


def lies_right(path):
    return all(map(near, colours(path), [RED, GREEN, BLUE, WHITE]))


@pytest.mark.parametrize("kind", ODD)
def test_made_safe(kept, kind):
    files = kept(ODD[kind]())

    assert set(files) == {"480.avif", "480.webp", "900.avif", "480-900x600.webp"}
    for path in files.values():
        assert b"SECRET" not in path.read_bytes()
        with Image.open(path) as image:
            assert image.size == ((480, 320) if path.name[33:].startswith("480.") else (900, 600))
            assert image.format == path.suffix[1:].upper()
            assert {"exif", "xmp", "icc_profile", "comment"} & set(image.info) == set()
            assert dict(image.getexif()) == {}
        assert lies_right(path)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_the_picture_stands_upright(kept, orientation):
    files = kept(pictures.turned(orientation))

    assert lies_right(files["480-900x600.webp"])


def test_a_large_jpeg_stands_upright_too(kept):
    exif = Image.Exif()
    exif[pictures.ORIENTATION] = 6
    lying = pictures.drawing((4000, 6000)).transpose(Image.Transpose.ROTATE_90)

    files = kept(pictures.saved(lying, "JPEG", exif=exif), field="logo")

    assert lies_right(files["112-224x224.webp"])
    with Image.open(files["112-224x224.webp"]) as image:
        assert image.getchannel("A").getbbox() == (38, 0, 187, 224)


def test_colours_of_another_profile_become_srgb(kept):
    files = kept(pictures.swapped_profile())

    assert near(colours(files["480-900x600.webp"])[0], (0, 0, 255))


@pytest.mark.parametrize(
    ("data", "lightness"),
    [
        (pictures.sixteen_bits(), 40_000 // 256),
        (pictures.saved(Image.new("1", pictures.WIDE, 1), "PNG"), 255),
        (pictures.saved(Image.new("L", pictures.WIDE, 90), "JPEG"), 90),
    ],
    ids=["16 bits", "one bit", "grey"],
)
def test_greys_keep_their_lightness(kept, data, lightness):
    files = kept(data)

    assert near(colours(files["480-900x600.webp"])[0], (lightness,) * 3)


@pytest.mark.parametrize(
    "data",
    [
        pictures.saved(Image.new("RGBA", (300, 100), (200, 0, 0, 0)), "PNG"),
        pictures.saved(Image.new("LA", (300, 100), (200, 0)), "PNG"),
        pictures.saved(Image.new("RGB", (300, 100), (9, 9, 9)), "PNG", transparency=(9, 9, 9)),
        pictures.saved(Image.new("RGBA", (300, 100), (200, 0, 0, 0)), "WEBP"),
    ],
    ids=["RGBA", "LA", "one colour", "WebP"],
)
def test_transparency_stays(kept, data):
    files = kept(data, field="logo")

    assert set(files) == {"112.avif", "112.webp", "224.avif", "112-224x224.webp"}
    for path in files.values():
        with Image.open(path) as image:
            assert image.getchannel("A").getextrema() == (0, 0)


def test_a_palette_with_a_hole_keeps_the_hole(kept):
    files = kept(pictures.palette_with_hole())

    with Image.open(files["480-900x600.webp"]) as image:
        assert [image.getpixel(spot)[3] for spot in [(20, 20), (880, 20)]] == [0, 255]


@pytest.mark.parametrize(
    ("field", "size", "names"),
    [
        ("logo", (64, 32), {"64.avif", "64x64.webp"}),
        ("logo", (5000, 40), {"112.avif", "112.webp", "224.avif", "112-224x224.webp"}),
        ("photo", (480, 240), {"480.avif", "480x240.webp"}),
        ("photo", (600, 1200), {"480.avif", "480.webp", "600.avif", "480-600x600.webp"}),
        ("photo", (4000, 500), {"480.avif", "480.webp", "960.avif", "480-960x480.webp"}),
    ],
)
def test_never_larger_and_never_out_of_shape(kept, field, size, names):
    assert set(kept(pictures.png(size), field)) == names


@pytest.mark.parametrize(
    "name",
    [
        "../../../etc/cron.d/evil.jpg",
        "..\\..\\evil.jpg",
        "evil\0.jpg",
        "photo.php",
        "photo.jpg.html",
        "\u202egpj.exe",
        "x" * 250 + ".jpg",
        "<img src=x onerror=alert(1)>.jpg",
        ".htaccess",
        "tanpa akhiran",
    ],
)
def test_nothing_of_a_name_is_kept(upload, media, name):
    listing = factories.StakeholderFactory()
    form = upload(pictures.jpeg(), name, instance=listing)

    assert form.errors == {}
    form.save()

    own = r"stakeholders/photos/[0-9a-f]{32}-480-900x600\.webp"
    assert re.fullmatch(own, Stakeholder.objects.get().photo.name)
    folders = {path.parent for path in media.parent.rglob("*") if path.is_file()}
    assert folders == {media / "stakeholders" / "photos"}


def test_the_names_of_two_uploads_differ(upload):
    listing = factories.StakeholderFactory()
    names = [upload(pictures.jpeg(), instance=listing).save().photo.name for _time in range(2)]

    assert len(set(names)) == 2
