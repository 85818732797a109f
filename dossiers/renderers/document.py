"""Write a text document (.docx) of a title, lines and one table: what people print, sign and correct by hand.

The parts are those that every word processor needs, and no more. Nothing of the machine or the person is in them.
"""

import io
import zipfile
from collections.abc import Sequence
from typing import Final
from xml.sax.saxutils import escape

MEDIA_TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MAIN: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_HEAD: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_TYPES: Final = (
    f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{MEDIA_TYPE}.main+xml"/></Types>'
)
_LINKS: Final = (
    f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>'
)
# A4 in twentieths of a point, with margins of 2 cm.
_PAGE: Final = '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1134" w:right="1134" w:bottom="1134" \
w:left="1134" w:header="567" w:footer="567" w:gutter="0"/></w:sectPr>'
_BORDERS: Final = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)
# One fixed moment: the same list gives the same bytes.
_MOMENT: Final = (1980, 1, 1, 0, 0, 0)


def document_file(
    title: str, above: Sequence[str], columns: Sequence[str], rows: Sequence[Sequence[str]], below: Sequence[str]
) -> bytes:
    """Give the file: the title, the lines above, the table with its heading on each page, the lines below."""
    body = [_paragraph(title, size=36, bold=True, centred=True), *map(_paragraph, above)]
    body.append(_table(columns, rows))
    body += map(_paragraph, below)
    main = f'{_HEAD}<w:document xmlns:w="{_MAIN}"><w:body>{"".join(body)}{_PAGE}</w:body></w:document>'
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in (("[Content_Types].xml", _TYPES), ("_rels/.rels", _LINKS), ("word/document.xml", main)):
            archive.writestr(zipfile.ZipInfo(name, date_time=_MOMENT), text, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def _paragraph(text: str, *, size: int = 24, bold: bool = False, centred: bool = False) -> str:
    """Write a line; the size is in half points."""
    place = '<w:pPr><w:jc w:val="center"/></w:pPr>' if centred else ""
    weight = "<w:b/>" if bold else ""
    look = f'<w:rPr>{weight}<w:sz w:val="{size}"/><w:szCs w:val="{size}"/></w:rPr>'
    return f'<w:p>{place}<w:r>{look}<w:t xml:space="preserve">{_text(text)}</w:t></w:r></w:p>'


def _table(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    head = f"<w:tblPr><w:tblW w:w='5000' w:type='pct'/><w:tblBorders>{_BORDERS}</w:tblBorders></w:tblPr>"
    grid = f"<w:tblGrid>{'<w:gridCol/>' * len(columns)}</w:tblGrid>"
    heading = _row(columns, bold=True, before="<w:trPr><w:tblHeader/></w:trPr>")
    return f"<w:tbl>{head}{grid}{heading}{''.join(_row(row) for row in rows)}</w:tbl>"


def _row(cells: Sequence[str], *, bold: bool = False, before: str = "") -> str:
    return f"<w:tr>{before}{''.join(f'<w:tc>{_paragraph(cell, size=22, bold=bold)}</w:tc>' for cell in cells)}</w:tr>"


def _text(text: str) -> str:
    """Escape what has a meaning in XML, and leave out the characters that it cannot hold."""
    return escape("".join(char for char in text if char in "\t\n" or " " <= char <= "\ud7ff" or char >= "\ue000"))
