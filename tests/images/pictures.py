"""Files that people and attackers upload, made on the spot."""

import struct
import zipfile
import zlib
from io import BytesIO

from PIL import Image, ImageCms, PngImagePlugin

WIDE = (900, 600)
# Top left, top right, bottom left, bottom right: tells how a picture lies.
RED, GREEN, BLUE, WHITE = (220, 20, 20), (20, 180, 20), (20, 20, 220), (250, 250, 250)
ORIENTATION, GPS = 0x0112, 0x8825
HTML = b"<!doctype html><script>alert(document.domain)</script>"
SVG = (
    b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><rect width="9" height="9"/></svg>'
)


def drawing(size=WIDE, mode="RGB"):
    corners = Image.new("RGB", (2, 2))
    corners.putdata([RED, GREEN, BLUE, WHITE])
    return corners.resize(size, Image.Resampling.NEAREST).convert(mode)


def saved(image, kind, **options):
    output = BytesIO()
    image.save(output, kind, **options)
    return output.getvalue()


def jpeg(size=WIDE, **options):
    return saved(drawing(size), "JPEG", **{"quality": 92} | options)


def png(size=WIDE, mode="RGB", **options):
    return saved(drawing(size, mode), "PNG", **options)


def webp(size=WIDE, **options):
    return saved(drawing(size), "WEBP", **options)


def animated(kind):
    frames = [drawing().rotate(turn) for turn in (0, 90)]
    return saved(frames[0], kind, save_all=True, append_images=frames[1:], duration=80)


def with_secrets(kind, size=WIDE):
    """A picture that tells where and by whom it was taken, in every way its kind knows."""
    exif = Image.Exif()
    exif[0x010F] = "SECRET camera"
    exif.get_ifd(GPS).update({1: "S", 2: (7.0, 34.0, 12.0), 3: "E", 4: (110.0, 49.0, 33.0)})
    xmp = b"<x:xmpmeta xmlns:x='adobe:ns:meta/'>SECRET author</x:xmpmeta>"
    own = {
        "JPEG": {"xmp": xmp, "comment": "SECRET comment"},
        "WEBP": {"xmp": xmp},
        "PNG": {"pnginfo": png_texts()},
    }
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return saved(drawing(size), kind, exif=exif, icc_profile=profile, **own[kind])


def png_texts():
    texts = PngImagePlugin.PngInfo()
    texts.add_text("Author", "SECRET author")
    texts.add_text("Comment", "SECRET comment", zip=True)
    texts.add_itxt("XML:com.adobe.xmp", "SECRET packet")
    return texts


def turned(orientation):
    """A JPEG that looks like `drawing()` once the reader obeys its orientation."""
    undo = [
        None,
        Image.Transpose.FLIP_LEFT_RIGHT,
        Image.Transpose.ROTATE_180,
        Image.Transpose.FLIP_TOP_BOTTOM,
        Image.Transpose.TRANSPOSE,
        Image.Transpose.ROTATE_90,
        Image.Transpose.TRANSVERSE,
        Image.Transpose.ROTATE_270,
    ][orientation - 1]
    image = drawing() if undo is None else drawing().transpose(undo)
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    return saved(image, "JPEG", exif=exif, quality=92)


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png_with(kind, data):
    """A good PNG with one more chunk before its pixels."""
    good = png()
    return good[:33] + chunk(kind, data) + good[33:]


def png_that_says(width, height):
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + png()[33:]


def jpeg_that_says(width, height):
    good = jpeg()
    start = good.index(b"\xff\xc0") + 5
    return good[:start] + struct.pack(">HH", height, width) + good[start + 4 :]


def text_bomb():
    """16 MB of text in 16 KB."""
    return png_with(b"zTXt", b"Comment\0\0" + zlib.compress(bytes(16 * 2**20), 9))


def profile_bomb():
    return png_with(b"iCCP", b"sRGB\0\0" + zlib.compress(bytes(16 * 2**20), 9))


def scan_bomb(scans=1000):
    """A small progressive JPEG whose last scan is repeated: a pass over all pixels each time."""
    good = jpeg((5000, 4999), progressive=True)
    scan = good[good.rindex(b"\xff\xda") : -2]
    return good[:-2] + scan * scans + good[-2:]


def with_zip(data):
    """A picture for one reader, an archive for another."""
    output = BytesIO(data)
    output.seek(0, 2)
    with zipfile.ZipFile(output, "a") as archive:
        archive.writestr("Evil.class", "SECRET payload")
    return output.getvalue()


def two_in_one():
    """What many phones write: a JPEG with a second picture behind it."""
    return saved(drawing(), "MPO", save_all=True, append_images=[drawing((64, 64))])


def palette_with_hole():
    image = drawing().quantize(4)
    return saved(image, "PNG", transparency=image.getpixel((0, 0)))


def sixteen_bits():
    return saved(Image.new("I;16", WIDE, 40_000), "PNG")


def swapped_profile():
    """A profile whose red is blue: pixels of pure red must come out blue."""
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    profile = bytes(profile).replace(b"rXYZ", b"tEMP").replace(b"bXYZ", b"rXYZ")
    return saved(
        Image.new("RGB", WIDE, (255, 0, 0)), "PNG", icc_profile=profile.replace(b"tEMP", b"bXYZ")
    )
