"""What a file must be before a spreadsheet library sees it.

A workbook is a ZIP archive of XML. The library unpacks it whole and lays its cells out as one dense rectangle, so that
a small file can claim any amount of memory; what the archive says of its sizes is therefore held against its content.
"""

import io
import re
import zipfile
import zlib
from dataclasses import dataclass
from typing import Final

from registry.lib.errors import DomainError
from registry.lib.messages import Message
from registry.lib.messages import gettext_lazy as _

MOST_BYTES: Final = 64 * 1024 * 1024
# A county of 250,000 persons with 42 columns unpacks to some 600 MB of XML, at a ratio of about 12.
MOST_UNPACKED_BYTES: Final = 1536 * 1024 * 1024
MOST_RATIO: Final = 120
SMALL_BYTES: Final = 4 * 1024 * 1024
MOST_ENTRIES: Final = 2_000
MOST_ROWS: Final = 400_000
# A rectangle of more cells than SMALL_EXTENT has one in MOST_EMPTY filled; 64 bytes each, so one sheet takes 1.3 GB at
# the most, and only one that is as full as a county's roster takes more than 200 MB.
ENOUGH_CELLS: Final = 400_000
SMALL_EXTENT: Final = 3_000_000
MOST_EMPTY: Final = 50

WIDE_TEXT_BOMS: Final = (b"\xff\xfe", b"\xfe\xff")  # UTF-16, which spreadsheets write as "Unicode text"
_ZIP: Final = b"PK"
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_OLE: Final = "EncryptedPackage".encode("utf-16-le")
_OTHER_SIGNATURES: Final = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"{\\rtf")
# References of rows and cells as XML allows them to be written, which is more than spreadsheets write.
_TOO_WIDE: Final = re.compile(rb"r(?<=\sr)\s*=\s*[\"'](?:[A-Za-z]{3}|[D-Zd-z][A-Za-z])[A-Za-z]*\d")
_FAR_DOWN: Final = re.compile(rb"r(?<=\sr)\s*=\s*[\"'][A-Za-z]*0*([4-9]\d{5}|\d{7,})[\"']")
_OUTSIDE: Final = re.compile(
    rb"r(?<=\sr)\s*=\s*[\"'](?:[A-Za-z]{0,2}0*(?:[4-9]\d{5}|\d{7})|[A-Za-z]{3}|[D-Zd-z][A-Za-z])"
)
_REFERENCE: Final = re.compile(rb"r(?<=\sr)\s*=\s*[\"']([A-Za-z]*)0*(\d{1,7})[\"']")
_ENCRYPTED_ENTRY: Final = 0x1
_CHUNK: Final = 1024 * 1024
_OVERLAP: Final = 256


def check_size(byte_count: int, *, most: int = MOST_BYTES) -> None:
    """Refuse an empty file and one that is too large, by its size alone.

    Raises: DomainError `sheet.empty_file`, `sheet.too_large`.
    """
    if byte_count == 0:
        raise DomainError("sheet.empty_file", _("The file is empty (0 bytes). Save the table again and upload it."))
    if byte_count > most:
        message = _("The file has more than %(megabytes)s MB. Divide the table by township and upload the parts.")
        raise DomainError("sheet.too_large", message % {"megabytes": most // (1024 * 1024)})


def is_workbook(content: bytes) -> bool:
    """Tell whether the content is a workbook (.xlsx); any other text is read as .csv.

    Raises: DomainError for what is neither.
    """
    if content.startswith(_OLE):
        raise DomainError("sheet.encrypted", _ENCRYPTED) if _ENCRYPTED_OLE in content else _old_workbook()
    if content.startswith(_ZIP):
        return True
    is_text = content.startswith(WIDE_TEXT_BOMS) or b"\0" not in content[:4096]
    if content.startswith(_OTHER_SIGNATURES) or not is_text:
        raise _no_workbook()
    return False


def check_workbook(content: bytes) -> None:
    """Refuse an archive that is no workbook, is encrypted, or unpacks to more than a table of a county can be.

    Raises: DomainError `sheet.not_a_workbook`, `sheet.encrypted`, `sheet.bomb`, `sheet.too_wide`, `sheet.too_long`.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            _check_directory(entries, len(content))
            for entry in entries:
                _check_entry(archive, entry)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise _no_workbook() from error


def _check_directory(entries: list[zipfile.ZipInfo], byte_count: int) -> None:
    if any(entry.flag_bits & _ENCRYPTED_ENTRY for entry in entries):
        raise DomainError("sheet.encrypted", _ENCRYPTED)
    if len(entries) > MOST_ENTRIES:
        raise DomainError("sheet.bomb", _BOMB)
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > MOST_UNPACKED_BYTES or (unpacked > SMALL_BYTES and unpacked > byte_count * MOST_RATIO):
        raise DomainError("sheet.bomb", _BOMB)
    if not any(entry.filename == "xl/workbook.xml" for entry in entries):
        raise _no_workbook()


def _check_entry(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
    """Read the entry to its end: one that is longer than it claims fails its checksum there.

    Any entry can be a sheet, whatever its name, so each is read as one.
    """
    extent, tail = _Extent(), b""
    with archive.open(entry) as stream:
        while chunk := stream.read(_CHUNK):
            extent.see(tail + chunk)
            tail = chunk[-_OVERLAP:]
    if extent.is_bomb:
        raise DomainError("sheet.bomb", _BOMB)


@dataclass(slots=True)
class _Extent:
    """How far the cells of one entry reach, and how many there are until that is no question any more."""

    cells: int = 0
    last_row: int = 0
    last_column: bytes = b""

    def see(self, xml: bytes) -> None:
        """Look at a piece. Raises: DomainError `sheet.too_wide`, `sheet.too_long`."""
        if _OUTSIDE.search(xml):  # one look at what is nearly always in order
            self._refuse(xml)
        if self.cells < ENOUGH_CELLS:
            for column, row in _REFERENCE.findall(xml):
                self.cells += 1
                self.last_row = max(self.last_row, int(row))
                self.last_column = max(self.last_column, column.upper().rjust(2))

    @staticmethod
    def _refuse(xml: bytes) -> None:
        if _TOO_WIDE.search(xml):
            message = _(
                "A sheet of the file uses columns beyond %(column)s. Delete what stands there and save it again."
            )
            raise DomainError("sheet.too_wide", message % {"column": "CZ"})
        if any(int(row) > MOST_ROWS for row in _FAR_DOWN.findall(xml)):
            raise too_many_rows()

    @property
    def is_bomb(self) -> bool:
        """Tell whether few cells span a rectangle that a spreadsheet library lays out as millions."""
        if self.cells >= ENOUGH_CELLS:
            return False
        high, low = self.last_column.rjust(2)  # CZ at the most, or b" C"; a blank counts nothing
        width = max(high - 64, 0) * 26 + max(low - 64, 0)
        return self.last_row * width > max(SMALL_EXTENT, self.cells * MOST_EMPTY)


def too_many_rows() -> DomainError:
    """Give the refusal of a sheet that is too long."""
    message = _("A sheet of the file has more than %(rows)s rows. Divide the table by township and upload the parts.")
    return DomainError("sheet.too_long", message % {"rows": f"{MOST_ROWS:,}"})


def _no_workbook() -> DomainError:
    message = _("This is not a workbook. Save the table as an Excel workbook (.xlsx) or as .csv, and upload that file.")
    return DomainError("sheet.not_a_workbook", message)


def _old_workbook() -> DomainError:
    message = _("This is a workbook of the old kind (.xls). Open it, save it as .xlsx, and upload that file.")
    return DomainError("sheet.old_workbook", message)


_ENCRYPTED: Final[Message] = _("The workbook is protected by a password. Save it without one, and upload it again.")
_BOMB: Final[Message] = _(
    "The file unpacks to far more than a table holds, so it was not opened. Copy the rows into a new workbook."
)
