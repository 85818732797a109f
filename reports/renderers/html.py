"""Any report as HTML, for mails and pages: styles on the elements, no scripts, every text escaped."""

from base64 import b64encode
from collections.abc import Callable, Iterable, Iterator
from typing import Final

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from reports.definitions import wording
from reports.definitions.chart import Chart
from reports.definitions.layout import Column, Fields, Layout, Row, Sheet, Table, Value
from reports.renderers.cells import CENTRED, NUMBERS, HeadCell, Words, checked, words_of
from reports.renderers.charts import alt_text, draw_png
from reports.renderers.xlsx_page import shade_of

MEDIA_TYPE: Final = "text/html"
# The address of the list behind a cell, or nothing: given by the page, which knows its own addresses.
Link = Callable[[Table, Row, Column], str]
# The address of the picture of a chart: a part of a mail (`cid:`), or the picture itself.
Picture = Callable[[Chart], str]
_CELL: Final = "border:1px solid #c9ced6;padding:5px 8px;"
_HEAD: Final = _CELL + "background:#d9e2f0;font-weight:bold;text-align:center;"
_LABEL: Final = _CELL + "background:#eef2f8;text-align:center;"
_ALIGN: Final = {
    "right": "text-align:right;white-space:nowrap;",
    "center": "text-align:center;white-space:nowrap;",
    "left": "",
}
_WHOLE: Final = "white-space:nowrap;"
_SHORT: Final = 12
_SHADES: Final = {
    "county": "background:#e8eef7;font-weight:bold;",
    "township": "background:#f5f7fa;",
    "total": "font-weight:bold;",
    "": "",
}
_DOCUMENT: Final = """<!DOCTYPE html>
<html lang="{}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>{}</title></head>
<body style="margin:16px;font-family:'PingFang SC','Microsoft YaHei','Noto Sans SC',sans-serif;font-size:14px;\
line-height:1.5;color:#1f2937;">
{}</body>
</html>
"""


def render_html(layout: Layout) -> str:
    """Write a whole page."""
    language = "en" if layout.language == "en" else "zh-CN"
    return format_html(_DOCUMENT, language, layout.title, fragment(layout))


def fragment(layout: Layout, *, link: Link | None = None, picture: Picture | None = None) -> SafeString:
    """Write the sheets of a layout one after the other, to stand inside a mail or a page.

    `link` gives the address of the list behind a cell, `picture` that of a chart, which else stands in the text itself.
    """
    words = words_of(layout)
    shown = picture or (lambda chart: _inside(chart, words))
    return _joined(_sheet(layout, sheet, words, link, shown) for sheet in layout.sheets)


def _sheet(layout: Layout, sheet: Sheet, words: Words, link: Link | None, picture: Picture) -> SafeString:
    meta = (piece for piece in words.meta(layout, sheet) if piece)
    parts = [
        format_html('<h2 style="font-size:17px;text-align:center;margin:16px 0 4px;">{}</h2>\n', sheet.title),
        format_html(
            '<p style="margin:0 0 8px;font-size:12px;color:#4b5563;text-align:center;">{}</p>\n', " · ".join(meta)
        ),
    ]
    parts += [
        table(part, words, link=link) if isinstance(part, Table) else _fields(part, words) for part in sheet.parts
    ]
    parts += [_picture(chart, words, picture) for chart in sheet.charts]
    notes = (words.say(wording.NOTE, note=note) for note in sheet.notes)
    parts += [format_html('<p style="margin:6px 0;font-size:12px;">{}</p>\n', note) for note in notes]
    if sheet.signatures:
        signed = (words.say(text) + "：" + "　" * 6 for text in sheet.signatures)
        parts.append(format_html('<p style="margin:18px 0 6px;">{}</p>\n', "".join(signed)))
    return _joined(parts)


def table(table: Table, words: Words, *, link: Link | None = None) -> SafeString:
    """Write one table, in a frame that a phone can push sideways."""
    title = _title(words.say(table.title)) if table.title else ""
    return format_html(
        '{}<div style="overflow-x:auto;"><table style="border-collapse:collapse;font-size:13px;margin:0 auto 8px;">\n'
        "<thead>{}</thead>\n<tbody>{}</tbody></table></div>\n",
        title,
        _head(words.head(table.columns)),
        _joined(_body(table, words, link)),
    )


def _head(cells: list[HeadCell]) -> SafeString:
    rows = []
    for row in range(max((cell.row for cell in cells), default=0) + 1):
        pieces = [
            format_html(
                '<th scope="col" rowspan="{}" colspan="{}" style="{}">{}</th>',
                cell.rows,
                cell.columns,
                _HEAD + _kept_whole(cell.text),
                cell.text,
            )
            for cell in cells
            if cell.row == row
        ]
        rows.append(format_html("<tr>{}</tr>", _joined(pieces)))
    return _joined(rows)


def _body(table: Table, words: Words, link: Link | None) -> Iterator[SafeString]:
    showers = [words.shower(column) for column in table.columns]
    division = next((place for place, column in enumerate(table.columns) if column.key == table.division_key), None)
    is_empty = True
    for row in table.rows:
        shade = "" if division is None else shade_of(str(row[division]))
        yield _row(table, checked(table, row), showers, shade, link)
        is_empty = False
    if is_empty:
        text = words.say(wording.NO_ROWS)
        yield format_html('<tr><td colspan="{}" style="{}">{}</td></tr>\n', len(table.columns), _CELL, text)
    if table.total is not None:
        yield _row(table, checked(table, table.total), showers, "total", link)


def _row(table: Table, row: Row, showers: list[Callable[[Value], str]], shade: str, link: Link | None) -> SafeString:
    cells = []
    for column, value, shown in zip(table.columns, row, showers, strict=True):
        align = "right" if column.kind in NUMBERS else "center" if column.kind in CENTRED else "left"
        address = link(table, row, column) if link else ""
        words = shown(value)
        text = format_html('<a href="{}">{}</a>', address, words) if address else words
        style = _CELL + _ALIGN[align] + _kept_whole(words) + _SHADES[shade]
        cells.append(format_html('<td style="{}">{}</td>', style, text))
    return format_html("<tr>{}</tr>\n", _joined(cells))


def _kept_whole(text: str) -> str:
    """Keep a name or label on one line: a wide table would else break it after each character."""
    return _WHOLE if len(text) <= _SHORT else ""


def _fields(fields: Fields, words: Words) -> SafeString:
    rows = []
    for start in range(0, len(fields.items), fields.a_line):
        items = fields.items[start : start + fields.a_line]
        pairs = [(_LABEL, words.say(item.label), _CELL, words.shown(item, item.value)) for item in items]
        cells = format_html_join("", '<th scope="row" style="{}">{}</th><td style="{}">{}</td>', pairs)
        rows.append(format_html("<tr>{}</tr>\n", cells))
    title = _title(words.say(fields.title)) if fields.title else ""
    return format_html(
        '{}<div style="overflow-x:auto;"><table style="border-collapse:collapse;font-size:13px;margin:0 auto 8px;">{}'
        "</table></div>\n",
        title,
        _joined(rows),
    )


def _picture(chart: Chart, words: Words, picture: Picture) -> SafeString:
    return format_html(
        '<p style="margin:10px 0;text-align:center;"><img src="{}" alt="{}" width="712" '
        'style="width:100%;max-width:712px;height:auto;border:0;"></p>\n',
        picture(chart),
        alt_text(chart, words.language),
    )


def _inside(chart: Chart, words: Words) -> str:
    return f"data:image/png;base64,{b64encode(draw_png(chart, words.language)).decode()}"


def _title(text: str) -> SafeString:
    return format_html('<h3 style="font-size:14px;margin:10px 0 4px;">{}</h3>\n', text)


def _joined(pieces: Iterable[SafeString]) -> SafeString:
    """Put pieces that are escaped already behind each other."""
    return format_html_join("", "{}", ((piece,) for piece in pieces))
