"""Read requests from a workbook or a .csv file, by the headings of its columns."""

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext_lazy as _

from concerns.enums import RequestColumn
from concerns.queries.filed import FiledLine
from registry.lib.errors import DomainError
from registry.lib.headed import headed_rows

MOST_BYTES: Final = 1024 * 1024
# Headings as the lists on the site have them, and what counties write; a house rule.
_HEADINGS: Final[Mapping[str, RequestColumn]] = {
    **dict.fromkeys(("户编号", "户号", "户编号或村代码", "村代码", "行政村代码", "村", "place"), RequestColumn.PLACE),
    **dict.fromkeys(("诉求类别", "类别", "kind"), RequestColumn.KIND),
    **dict.fromkeys(("诉求渠道", "渠道", "channel"), RequestColumn.CHANNEL),
    **dict.fromkeys(("提出日期", "日期", "told on"), RequestColumn.DAY),
    **dict.fromkeys(("诉求内容", "内容", "text"), RequestColumn.TEXT),
}


def read_requests(content: bytes) -> list[FiledLine]:
    """Give the lines of the first visible sheet that has the five headings; empty rows are left out.

    Raises: DomainError `sheet.…` for what is no table; `lines.headings`.
    """
    rows = headed_rows(content, _HEADINGS, needed=RequestColumn, most_bytes=MOST_BYTES)
    if rows is None:
        message = _(
            "No row of the file has the headings 户编号或村代码, 诉求类别, 诉求渠道, 提出日期 and 诉求内容. "
            "Write them above the columns."
        )
        raise DomainError("lines.headings", message, field="file")
    return [
        FiledLine(
            row=row.number,
            place=row.cells[RequestColumn.PLACE],
            kind=row.cells[RequestColumn.KIND],
            channel=row.cells[RequestColumn.CHANNEL],
            told_on=row.cells[RequestColumn.DAY],
            text=row.cells[RequestColumn.TEXT],
        )
        for row in rows
    ]
