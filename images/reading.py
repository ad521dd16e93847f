"""From an uploaded file to plain pixels, or to a message that says what is wrong with it.

The order matters: what a header tells is checked before anything costs memory or time.
"""

import re
from contextlib import suppress
from io import BytesIO

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

MAX_MEGABYTES = 10
# Decoding a WebP takes 15 bytes for each pixel, the others 4 to 10. A JPEG of most phones
# holds a second picture (MPO): the first one is taken.
MAX_MEGAPIXELS = {"JPEG": 25, "MPO": 25, "PNG": 25, "WEBP": 10}
# Each scan of a progressive JPEG passes over all its pixels. Editors write about ten, but
# a file of 140 KB can hold a thousand, which take half a minute.
MAX_SCANS = 50
SCAN = re.compile(rb"\xff\xda\x00[\x08\x0a\x0c\x0e][\x01-\x04]")

TOO_HEAVY = _("The file is too large: at most %(limit)d MB are possible.")
OTHER_KIND = _("This is not a JPEG, PNG or WebP picture, or its very beginning is damaged.")
TOO_MANY_PIXELS = _("The picture is too large: at most %(limit)d megapixels are possible.")
TOO_SMALL = _("The picture is too small: at least %(width)d × %(height)d pixels are needed.")
MOVING = _("Moving pictures are not possible here: upload a still one.")
DAMAGED = _("The picture is damaged or incomplete: save or export it again and upload that.")

SRGB = ImageCms.createProfile("sRGB")


def read(upload, *, least, enough):
    """Return the picture upright, in sRGB and bare of metadata; `enough` pixels a side will do."""
    if upload.size > MAX_MEGABYTES * 2**20:
        raise ValidationError(TOO_HEAVY, params={"limit": MAX_MEGABYTES})
    image = _decoded(upload.read(), enough)
    if image.width < least[0] or image.height < least[1]:
        raise ValidationError(TOO_SMALL, params={"width": least[0], "height": least[1]})
    return image


def _decoded(data, enough):
    try:
        with Image.open(BytesIO(data), formats=["JPEG", "PNG", "WEBP"]) as image:
            _check_costs(image, data)
            return _plain(image, enough)
    except ValidationError:
        raise
    except UnidentifiedImageError as error:
        raise ValidationError(OTHER_KIND) from error
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise ValidationError(TOO_MANY_PIXELS, params={"limit": MAX_MEGAPIXELS["PNG"]}) from error
    except Exception as error:  # decoders raise whatever a broken file leads them to
        raise ValidationError(DAMAGED) from error


def _check_costs(image, data):
    limit = MAX_MEGAPIXELS[image.format]
    if image.width * image.height > limit * 1_000_000:
        raise ValidationError(TOO_MANY_PIXELS, params={"limit": limit})
    if image.format != "MPO" and getattr(image, "is_animated", False):
        raise ValidationError(MOVING)
    if len(SCAN.findall(data)) > MAX_SCANS:
        raise ValidationError(DAMAGED)


def _plain(image, enough):
    image.draft(None, (enough, enough))  # a JPEG is decoded smaller where that is enough
    image = _scalable(image)
    if (factor := min(image.size) // enough) > 1:
        image = image.reduce(factor)
    ImageOps.exif_transpose(image, in_place=True)
    image = _in_srgb(image)
    image.info = {}
    return image


def _scalable(image):
    """Pixels of a palette, of one bit or of 16 bits cannot be averaged."""
    if image.mode == "I;16":
        image = image.point(lambda value: value / 256).convert("L")
    if image.mode in {"L", "RGB", "RGBA", "CMYK"} and "transparency" not in image.info:
        image.load()
        return image  # not a copy: it may have 100 MB
    return image.convert("RGBA" if image.has_transparency_data else "RGB")


def _in_srgb(image):
    mode = "RGBA" if image.mode == "RGBA" else "RGB"
    if profile := image.info.get("icc_profile"):
        with suppress(ImageCms.PyCMSError):  # a broken profile is as good as none
            return ImageCms.profileToProfile(image, BytesIO(profile), SRGB, outputMode=mode)
    return image.convert(mode)
