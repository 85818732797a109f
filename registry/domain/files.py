"""Tell what a file is by its content, and refuse one that is not what its name says."""

import io
import struct
import zipfile
from typing import Final

from django.utils.translation import gettext_lazy as _

from registry.lib.errors import DomainError

# A scanned page or a photograph of a phone; more is a film or an archive.
MOST_BYTES: Final = 10 * 1024 * 1024
# A letter or workbook of an office has some dozens; the list of parts is read whole, at hundreds of bytes each.
MOST_PARTS: Final = 2_000
_PART: Final = b"PK\x01\x02"
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
            return content.startswith(b"%PDF-") and b"%%EOF" in content[-2048:]
        case "jpg" | "jpeg":
            return content.startswith(b"\xff\xd8\xff")
        case "png":
            return content.startswith(b"\x89PNG\r\n\x1a\n")
        case _:
            return _is_office(content, _MAIN_PART[ending])


def _is_office(content: bytes, main_part: str) -> bool:
    """Read the list of parts only; a workbook with macros is refused by its name."""
    if content.count(_PART) > MOST_PARTS:
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = set(archive.namelist())
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError, struct.error):
        return False  # a list of parts that is broken, of a later format, or not in the letters that it claims
    return {"[Content_Types].xml", main_part} <= parts and not any("vbaProject" in part for part in parts)
