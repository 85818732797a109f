"""Files that are no rosters: each is refused by a sentence before anything is kept."""

import io
import struct
import zipfile

import pytest

from registry.lib import sheet_guard as guard
from registry.lib.errors import DomainError
from registry.lib.sheets import check_file
from tests.exchange.rosters import csv_of, head, spouse, table, xlsx_of

MOST = 1024 * 1024
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
WORKBOOK = {"xl/workbook.xml": b"<workbook/>"}


def archive(entries: dict[str, bytes], *, flag: int = 0) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as written:
        for name, content in entries.items():
            written.writestr(name, content)
    packed = bytearray(stream.getvalue())
    struct.pack_into("<H", packed, packed.rindex(b"PK\x01\x02") + 8, flag)
    return bytes(packed)


def with_sheet(xml: bytes) -> bytes:
    return archive(WORKBOOK | {"xl/worksheets/sheet1.xml": xml})


def lying_about_its_size() -> bytes:
    content = bytearray(with_sheet(b"<row/>" * 100_000))
    directory = content.rindex(b"PK\x01\x02")
    struct.pack_into("<I", content, directory + 24, 12)
    return bytes(content)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "sheet.empty_file"),
        (b"x" * (MOST + 1), "sheet.too_large"),
        (b"%PDF-1.7 a form", "sheet.not_a_workbook"),
        (b"\x00\x01\x02\x03", "sheet.not_a_workbook"),
        (OLE + bytes(600), "sheet.old_workbook"),
        (OLE + bytes(100) + "EncryptedPackage".encode("utf-16-le"), "sheet.encrypted"),
        (archive({"word/document.xml": b"<w/>"}), "sheet.not_a_workbook"),
        (archive(WORKBOOK, flag=1), "sheet.encrypted"),
        (archive(WORKBOOK)[:-30], "sheet.not_a_workbook"),
        (with_sheet(bytes(30 * MOST)), "sheet.bomb"),
        (archive(WORKBOOK | {f"xl/{number}": b"" for number in range(2_001)}), "sheet.bomb"),
        (
            archive(WORKBOOK | {"xl/worksheets/sheet1.xml": b'<row r="1"><c r="XFD1"><v>1</v></c></row>'}),
            "sheet.too_wide",
        ),
        (with_sheet(b"<row spans='1:1' r='1048576'/>"), "sheet.too_long"),
        (with_sheet(b'<row><c r="A1048576"><v>1</v></c></row>'), "sheet.too_long"),
        (with_sheet(b'<row r="1"><c r="xfd1"><v>1</v></c></row>'), "sheet.too_wide"),
        (with_sheet(b'<row r="1"><c\tr = "XFD1"><v>1</v></c></row>'), "sheet.too_wide"),
        (with_sheet(b'<row r="1"><c r="A1"/></row><row r="400000"><c r="CZ400000"/></row>'), "sheet.bomb"),
        (archive(WORKBOOK | {"xl/elsewhere.xml": b'<row r="1"><c r="XFD1"/></row>'}), "sheet.too_wide"),
        (lying_about_its_size(), "sheet.not_a_workbook"),
        ("数据日期".encode() + b"\xff\xff", "sheet.unreadable_text"),
    ],
)
def test_check_refuses_when_the_file_is_no_roster(content: bytes, code: str) -> None:
    with pytest.raises(DomainError) as refused:
        check_file(content, most_bytes=MOST)

    assert refused.value.code == code
    assert str(refused.value).endswith(".")


@pytest.mark.parametrize("content", [csv_of(head(), spouse()), xlsx_of(table(head(), spouse()))])
def test_check_accepts_when_the_file_is_a_roster(content: bytes) -> None:
    check_file(content, most_bytes=MOST)


def test_check_of_the_extent_sees_what_lies_across_two_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard, "_CHUNK", 40)
    sheet = b"<row r='1'>" + b" " * 22 + b"<c r='ZZZ1'/></row>"

    with pytest.raises(DomainError) as refused:
        check_file(with_sheet(sheet), most_bytes=MOST)

    assert refused.value.code == "sheet.too_wide"
