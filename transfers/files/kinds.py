"""What a file is, by its content: a name promises nothing."""

import io
import zipfile

from django.utils.translation import gettext as _

MOST_BYTES = 10 * 1024 * 1024
MOST_UNPACKED = 48 * 1024 * 1024  # twenty thousand rows need half of it
MOST_ENTRIES = 500
MOST_RATIO = 200  # a sheet that repeats itself shrinks to a hundredth, a bomb to a thousandth
AT_A_TIME = 64 * 1024

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # the container of old Office files and of locked ones
ZIP = b"PK\x03\x04"
NO_TEXT = [
    b"%PDF",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"RIFF",
    b"Rar!",
    b"7z\xbc\xaf",
    b"\x1f\x8b",
]


class UnreadableError(Exception):
    """Why a file cannot be taken in, in words for whoever brought it."""


def kind_of(content):
    """Return "csv" or "xlsx", or say what is wrong with the file."""
    if len(content) > MOST_BYTES:
        raise UnreadableError(too_large())
    if not content.strip():
        raise UnreadableError(_("This file is empty."))
    if content.startswith(OLE):
        raise UnreadableError(_words_for_ole(content))
    if content.startswith(ZIP):
        _check_package(content)
        return "xlsx"
    if content.startswith(tuple(NO_TEXT)):
        raise UnreadableError(_("This is no table. Please bring a CSV or XLSX file."))
    return "csv"


def too_large():
    megabytes = MOST_BYTES // 1024 // 1024
    return _("This file is too large: at most %(size)d MB.") % {"size": megabytes}


def _words_for_ole(content):
    if "EncryptedPackage".encode("utf-16-le") in content:
        return _("This file is locked with a password. Save it without one and try again.")
    return _("This is an old Excel file (.xls). In Excel choose “Save as” and then XLSX.")


def _check_package(content):
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            _check_size(package)
            _check_parts(package)
            _unpack(package)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError):
        raise UnreadableError(_damaged()) from None
    except zipfile.zlib.error:
        raise UnreadableError(_damaged()) from None


def _damaged():
    return _("This file is damaged. Open it in Excel or LibreOffice and save it anew as XLSX.")


def _check_size(package):
    """Before anything is unpacked: what the package says about itself."""
    entries = package.infolist()
    size = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    if len(entries) > MOST_ENTRIES or size > MOST_UNPACKED or size > MOST_RATIO * max(packed, 1):
        raise UnreadableError(_("This file unpacks to far more than a table needs."))


def _check_parts(package):
    names = [name.lower() for name in package.namelist()]
    if any(name.endswith("vbaproject.bin") for name in names):
        raise UnreadableError(
            _("This file holds macros (.xlsm). In Excel choose “Save as” and then XLSX.")
        )
    if "xl/workbook.xml" not in names:
        raise UnreadableError(_("This is no table. Please bring a CSV or XLSX file."))


def _unpack(package):
    """Count what truly comes out: a package may lie about its size."""
    left = MOST_UNPACKED
    for entry in package.infolist():
        with package.open(entry) as part:
            while chunk := part.read(AT_A_TIME):
                left -= len(chunk)
                if left < 0:
                    raise UnreadableError(_("This file unpacks to far more than a table needs."))
