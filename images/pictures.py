"""A picture in the formats and widths that pages show, and the names of its files."""

import re
from dataclasses import dataclass
from io import BytesIO
from uuid import uuid4

from django.core.files.base import ContentFile
from PIL import Image, ImageOps

from images.reading import read

# Later formats are understood by more browsers; the last one holds the main file.
FORMATS = {"avif": {"quality": 60, "speed": 8}, "webp": {"quality": 80, "method": 4}}
MAIN = "webp"


@dataclass(frozen=True)
class Shape:
    """The widths a picture is kept in, and width : height of its narrowest and widest form."""

    widths: tuple[int, ...]
    ratios: tuple[float, float]
    least: tuple[int, int]  # pixels of an upload
    square: bool = False  # filled up with transparency, not cut

    def fitted(self, image):
        """Cut off what is too long, around the middle; make smaller, never larger."""
        width, height = image.size
        ratio = min(max(width / height, self.ratios[0]), self.ratios[1])
        width, height = min(width, height * ratio), min(height, width / ratio)
        scale = min(1, self.widths[-1] / (max(width, height) if self.square else width))
        size = round(width * scale), round(height * scale)
        image = ImageOps.fit(image, size, Image.Resampling.LANCZOS)
        if not self.square:
            return image
        return ImageOps.pad(image.convert("RGBA"), (max(size), max(size)), color=0)


COVER = Shape(widths=(480, 960, 1600), ratios=(16 / 7, 16 / 7), least=(480, 210))
PHOTO = Shape(widths=(480, 960), ratios=(1, 2), least=(480, 240))
LOGO = Shape(widths=(112, 224), ratios=(1 / 10, 10), least=(32, 32), square=True)


class Picture(ContentFile):
    """The main file, and in `siblings` the bytes of the others by their names."""

    @classmethod
    def of_upload(cls, upload, shape):
        image = read(upload, least=shape.least, enough=shape.widths[-1])
        return cls(shape.fitted(image), shape.widths)

    def __init__(self, image, widths):
        widths = sorted({min(width, image.width) for width in widths})
        name = f"{uuid4().hex}-{'-'.join(map(str, widths))}x{image.height}.{MAIN}"
        self.siblings = {
            file: encoded(image, file_format, width)
            for file_format, files in files_of(name).items()
            for width, file in files.items()
        }
        super().__init__(self.siblings.pop(name), name)


def encoded(image, file_format, width):
    if width < image.width:
        height = round(image.height * width / image.width)
        image = image.resize((width, height), Image.Resampling.LANCZOS)
    output = BytesIO()
    image.save(output, file_format, **FORMATS[file_format])
    return output.getvalue()


# The main file's name tells all that a page needs, so that no page has to open a file.
NAME = re.compile(
    rf"(?P<stem>(?:.*/)?[0-9a-f]{{32}})-(?P<widths>\d+(?:-\d+)*)x(?P<height>\d+)\.{MAIN}"
)


def files_of(name):
    """Return {format: {width: file}} of a picture by its main file; nothing of other files."""
    if not (match := NAME.fullmatch(name)):
        return {}
    widths = [int(width) for width in match["widths"].split("-")]
    files = {kind: {w: f"{match['stem']}-{w}.{kind}" for w in widths} for kind in FORMATS}
    files[MAIN][widths[-1]] = name
    return files


def size_of(name):
    """Return (width, height) of the widest form; nothing of other files."""
    match = NAME.fullmatch(name)
    return match and (int(match["widths"].split("-")[-1]), int(match["height"]))
