"""Turn a layout into a file."""

import csv
import io
from typing import Final

from registry.domain.codes import code_list
from registry.lib.text import safe_cell
from reports.definitions.layout import CellKind, Column, Layout, Table, Value
from reports.definitions.text import language_of
from reports.enums import Format

_CSV: Final = "text/csv; charset=utf-8"


def render(layout: Layout, format_: Format) -> tuple[bytes, str, str]:
    """Give content, media type and suffix of a layout in a format."""
    text = io.StringIO()
    writer = csv.writer(text)
    for sheet in layout.sheets:
        for part in sheet.parts:
            if isinstance(part, Table):
                writer.writerow([column.label.in_language(language_of(layout.language)) for column in part.columns])
                for row in part.rows:
                    cells = zip(part.columns, row, strict=True)
                    writer.writerow([safe_cell(_shown(column, value, layout)) for column, value in cells])
    return text.getvalue().encode("utf-8-sig"), _CSV, str(format_)


def _shown(column: Column, value: Value, layout: Layout) -> str:
    if value is None:
        return ""
    if column.kind in {CellKind.CODE, CellKind.CODES} and column.scheme:
        labels = code_list(column.scheme, on=layout.as_of).labels
        return "、".join(labels.get(code, code) for code in str(value).split(","))
    return str(value)
