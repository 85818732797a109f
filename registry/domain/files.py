"""Tell what a file is by its content, and refuse one that is not what its name says."""

import io
import struct
import zipfile
from typing import Final

from django.utils.translation import gettext_lazy as _

from registry.lib.errors import DomainError
from registry.lib.pictures import size_of_jpeg, size_of_png

# A scanned page or a photograph of a phone; more is a film or an archive.
MOST_BYTES: Final = 10 * 1024 * 1024
# A letter or workbook of an office has some dozens; the list of parts is read whole, at hundreds of bytes each.
MOST_PARTS: Final = 2_000
# Unpacked, a workbook is ten to twenty times as large; what is more would stop the machine of whoever opens it.
MOST_UNPACKED_BYTES: Final = 256 * 1024 * 1024
# A sheet of A3 scanned at 600 dots an inch has 70 million; a picture of 50,000 × 50,000 is made to stop a machine.
MOST_PIXELS: Final = 120_000_000
_PART: Final = b"PK\x01\x02"
_ZIP: Final = b"PK\x03\x04"
_OFFICE: Final = "application/vnd.openxmlformats-officedocument."
MEDIA_TYPES: Final = {
    "pdf": "application/pdf",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "png": "image/png",
    "docx": f"{_OFFICE}wordprocessingml.document",
    "xlsx": f"{_OFFICE}spreadsheetml.sheet",
}
_MAIN_PART: Final = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml"}


def media_type_of(content: bytes, name: str) -> str:
    """Give the media type of a file whose content is what its name says.

    Raises: DomainError `file.…`.
    """
    if not content:
        raise DomainError("file.empty", _("The file is empty. Choose it again."), field="file")
    if len(content) > MOST_BYTES:
        message = _("The file is larger than 10 MB. Take the photograph in a smaller size, or send fewer pages.")
        raise DomainError("file.too_large", message, field="file")
    _stem, dot, ending = name.lower().rpartition(".")
    if not dot or ending not in MEDIA_TYPES:
        message = _("Files of this kind are not taken. Send a photograph (.jpg, .png), .pdf, .docx or .xlsx.")
        raise DomainError("file.kind", message, field="file")
    if not _is(ending, content):
        message = _("The content of the file is not what its name says. Open it, save it again, and choose that file.")
        raise DomainError("file.not_what_it_says", message, field="file")
    _require_readable_size(ending, content)
    return MEDIA_TYPES[ending]


def neutral_name(kind_code: str, sha256: str, media_type: str) -> str:
    """Give the name under which a file goes out: its kind and the beginning of its hash.

    The name that it came with may name a person, and would stand in the browser's list and on the disk.
    """
    ending = next((ending for ending, known in MEDIA_TYPES.items() if known == media_type), "bin")
    return f"{kind_code}-{sha256[:8]}.{ending}"


def _is(ending: str, content: bytes) -> bool:
    match ending:
        case "pdf":
            # Nothing but blanks follows the end mark: a page or an archive behind it would be a second file.
            return content.startswith(b"%PDF-") and content[-2048:].rstrip(b"\x00\t\r\n ").endswith(b"%%EOF")
        case "jpg" | "jpeg" | "png":
            return _size_of_picture(ending, content) is not None
        case _:
            return _is_office(content, _MAIN_PART[ending])


def _size_of_picture(ending: str, content: bytes) -> tuple[int, int] | None:
    return size_of_png(content) if ending == "png" else size_of_jpeg(content)


def _require_readable_size(ending: str, content: bytes) -> None:
    """Refuse a small file that unpacks to more than a machine can show. Raises: DomainError `file.bomb`."""
    if ending in _MAIN_PART:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            is_bomb = sum(part.file_size for part in archive.infolist()) > MOST_UNPACKED_BYTES
    else:
        width, height = _size_of_picture(ending, content) or (1, 1)  # a .pdf has no size of its own
        is_bomb = not 0 < width * height <= MOST_PIXELS
    if is_bomb:
        message = _("The file is small but unpacks to far more than a paper can be. Save it again in a smaller size.")
        raise DomainError("file.bomb", message, field="file")


def _is_office(content: bytes, main_part: str) -> bool:
    """Read the list of parts only; macros are refused by their name, and so is a foreign head or tail."""
    if not content.startswith(_ZIP) or content.count(_PART) > MOST_PARTS:
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = set(archive.namelist()) if not archive.comment else set()
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError, struct.error):
        return False  # a list of parts that is broken, of a later format, or not in the letters that it claims
    return {"[Content_Types].xml", main_part} <= parts and not any("vbaProject" in part for part in parts)
