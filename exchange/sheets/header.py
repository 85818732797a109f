"""Find the header below the title rows, and say of each column of the file what becomes of it."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from exchange.sheets.columns import BY_NAME, REQUIRED
from registry.lib.column_labels import Use, label_key, labels
from registry.lib.errors import DomainError
from registry.lib.messages import gettext_lazy as _
from registry.lib.periods import parse_date
from registry.lib.sheets import Row, Sheet
from registry.lib.text import clean

LOOK_AT_ROWS: Final = 30
LEAST_KNOWN_LABELS: Final = 3
MOST_LISTED: Final = 100
MOST_LABEL: Final = 40

_DATED: Final = re.compile(
    r"(?:数据日期|数据时间|截止日期|截至日期|截止|截至)[:：]?\s*(?P<day>\d{4}[-./年]\d{1,2}[-./月]\d{1,2})"
)


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the columns of a file stand. Positions and row numbers count from 0 and 1; `header` is its row as it is.

    `refused` and `unknown` list labels as they stand in the file, without what could be more than a label.
    """

    sheet_name: str
    header_row: int
    header: tuple[str, ...]
    positions: dict[str, int]
    refused: tuple[str, ...]
    unknown: tuple[str, ...]
    titled_date: date | None

    @property
    def width(self) -> int:
        """Give how many cells of a row are needed."""
        return max(self.positions.values()) + 1


def find_layout(sheets: Iterable[Sheet]) -> tuple[Sheet, Layout]:
    """Give the one sheet with the header of a roster, and its layout; others may hold remarks or summaries.

    Raises: DomainError `sheet.no_header`, `sheet.column_missing`, `sheet.column_twice`, `sheet.two_rosters`.
    """
    found: tuple[Sheet, Layout] | None = None
    near: DomainError | None = None
    for sheet in sheets:
        top = _top(sheet)
        header = max(range(len(top)), key=lambda number: _known_labels(top[number]), default=0)
        if not top or _known_labels(top[header]) < LEAST_KNOWN_LABELS:
            continue
        try:
            layout = _layout(sheet, top, header)
        except DomainError as error:
            near = near or error
            continue
        if found is not None:
            raise _two_rosters(found[0], sheet)
        found = sheet, layout
    if found is None:
        raise near or _no_header()
    return found


def _two_rosters(first: Sheet, second: Sheet) -> DomainError:
    """Refuse a file of which a part would be passed over in silence."""
    message = _(
        "Two sheets of the file are rosters: %(first)s and %(second)s. Put all rows into one of them, or upload each "
        "as a file of its own."
    )
    return DomainError("sheet.two_rosters", message % {"first": first.name, "second": second.name})


def _no_header() -> DomainError:
    message = _(
        "No row with the names of the columns was found. The first %(rows)s rows must contain one with at least "
        "%(labels)s; the template shows how."
    )
    return DomainError("sheet.no_header", message % {"rows": LOOK_AT_ROWS, "labels": _listed(REQUIRED)})


def _top(sheet: Sheet) -> list[Row]:
    rows = sheet.rows()
    return [row for row, _number in zip(rows, range(LOOK_AT_ROWS), strict=False)]


def _known_labels(row: Row) -> int:
    known = labels()
    return sum(1 for cell in row if cell and label_key(cell[:MOST_LABEL]) in known)


def _layout(sheet: Sheet, top: list[Row], header: int) -> Layout:
    positions: dict[str, int] = {}
    others: dict[Use | None, list[str]] = {Use.REFUSED: [], Use.KNOWN: [], None: []}
    for position, cell in enumerate(top[header]):
        if not clean(cell):
            continue
        label = labels().get(label_key(cell[:MOST_LABEL]))
        if label is None or label.use is not Use.KEPT:
            others[label.use if label else None].append(clean(cell)[:MOST_LABEL])
        elif label.column in positions:
            message = _("The column %(label)s stands twice in the header. Keep one of the two, or rename the other.")
            raise DomainError("sheet.column_twice", message % {"label": BY_NAME[label.column].label})
        else:
            positions[label.column] = position
    _require_columns(positions)
    titles = [cell for row in top[:header] for cell in row]
    refused, unknown = others[Use.REFUSED][:MOST_LISTED], others[None][:MOST_LISTED]
    return Layout(
        sheet.name, header + 1, tuple(top[header]), positions, tuple(refused), tuple(unknown), _titled_date(titles)
    )


def _require_columns(positions: dict[str, int]) -> None:
    missing = [column for column in REQUIRED if column.name not in positions]
    if missing:
        message = _("These columns are missing in row of the header: %(labels)s. Add them; the template shows how.")
        raise DomainError("sheet.column_missing", message % {"labels": _listed(missing)})
    if "village_code" not in positions and "village_name" not in positions:
        message = _("The column 行政村编码 (or 行政村) is missing. Add it; the template shows how.")
        raise DomainError("sheet.column_missing", message)


def _listed(columns: Sequence[object]) -> str:
    return "、".join(getattr(column, "label", "") for column in columns)


def _titled_date(titles: list[str]) -> date | None:
    """Give the data date that a title row states, or None; an impossible one is no date."""
    for title in titles:
        match = _DATED.search(clean(title))
        if match is not None:
            return parse_date(match["day"] + ("日" if "年" in match["day"] else "")).on
    return None
