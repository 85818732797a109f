"""What every format shares: the wording of a value, and the head of a table."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from itertools import groupby
from typing import Final, Protocol

from registry.lib.periods import TIME_ZONE, LooseDate, Precision
from reports.definitions import wording
from reports.definitions.layout import CellKind, Column, Layout, Row, Sheet, Table, Value
from reports.definitions.text import Language, Text

NUMBERS: Final = frozenset({CellKind.COUNT, CellKind.DECIMAL, CellKind.YUAN, CellKind.RATIO})
CENTRED: Final = frozenset({CellKind.IDENTIFIER, CellKind.DAY, CellKind.MONTH, CellKind.YES_NO})


class Described(Protocol):
    """What says how a value is written: a column, or an item of a card."""

    @property
    def kind(self) -> CellKind:
        """How values are written."""

    @property
    def scheme(self) -> str:
        """The code list of codes."""

    @property
    def labels(self) -> Mapping[str, Text]:
        """Wordings of values that stand in no code list."""


@dataclass(frozen=True, slots=True)
class HeadCell:
    """A cell of a table's head, in rows and columns of that head."""

    text: str
    row: int
    column: int
    rows: int
    columns: int


@dataclass(frozen=True, slots=True)
class Words:
    """Puts values and wordings of a layout into its language; code lists are those of the report's day."""

    language: Language
    as_of: date

    def say(self, text: Text, **places: object) -> str:
        """Give a wording."""
        return text.in_language(self.language, **places)

    def shown(self, described: Described, value: Value) -> str:
        """Give a value as people read it; nothing where it is not known."""
        return self.shower(described)(value)

    def shower(self, described: Described) -> Callable[[Value], str]:
        """Give the function that puts the values of a column into words, made once for all its rows."""
        write = _NUMBER_WRITERS.get(described.kind) or self._label_writer(described)
        return lambda value: "" if value is None else write(value)

    def _label_writer(self, described: Described) -> Callable[[Value], str]:
        if described.kind in (CellKind.CODE, CellKind.CODES) or described.labels:
            labels = self.labels_of(described)
            if described.kind is not CellKind.CODES:
                return lambda value: labels.get(str(value), str(value))
            sign = self.say(wording.ENUMERATION)
            return lambda value: sign.join(labels.get(code, code) for code in codes_in(value))
        return self.plain

    def labels_of(self, described: Described) -> dict[str, str]:
        """Give the wording of each code that a column may hold."""
        return self._listed(described.scheme) | {code: self.say(text) for code, text in described.labels.items()}

    def _listed(self, scheme: str) -> dict[str, str]:
        if not scheme:
            return {}
        # What renders a layout without code lists needs neither the models nor a database.
        from registry.domain.codes import code_list  # noqa: PLC0415  (as above)

        english = self.language == "en"
        entries = code_list(scheme, on=self.as_of).entries.values()
        return {entry.code: entry.label_en if english else entry.label_zh for entry in entries}

    def plain(self, value: Value) -> str:
        """Give a value that needs no kind: a text as it is, a day in digits."""
        if isinstance(value, bool):
            return self.say(wording.YES if value else wording.NO)
        if isinstance(value, datetime):
            return local_moment(value).strftime("%Y-%m-%d %H:%M")
        if isinstance(value, LooseDate):
            return value.on.isoformat()[: 7 if value.precision is Precision.MONTH else 10]
        return value.isoformat() if isinstance(value, date) else str(value)

    def day(self, day: date) -> str:
        """Give a day in words."""
        return self.say(wording.DATE, year=day.year, month=day.month, day=day.day, iso=day.isoformat())

    def meta(self, layout: Layout, sheet: Sheet) -> tuple[str, str, str]:
        """Give what stands below a title: the area, the day with what was known, the unit."""
        day = layout.as_of
        dated = self.say(wording.AS_OF, year=day.year, month=day.month, day=day.day, iso=day.isoformat())
        if layout.known_at is not None:
            dated += self.say(wording.KNOWN_AT, moment=self.plain(layout.known_at))
        area = self.say(wording.COMPILED_IN, name=layout.area_name) if layout.area_name else ""
        return area, dated, self.say(sheet.unit) if sheet.unit else ""

    def head(self, columns: Sequence[Column]) -> list[HeadCell]:
        """Give the cells of a head: one row, or two where columns stand in groups."""
        depth = depth_of(columns)
        cells: list[HeadCell] = []
        for group, members in groupby(enumerate(columns), key=lambda pair: pair[1].group):
            numbered = list(members)
            if group is not None:
                cells.append(HeadCell(self.say(group), 0, numbered[0][0], 1, len(numbered)))
            top = 1 if group is not None else 0
            cells += [HeadCell(self.say(column.label), top, place, depth - top, 1) for place, column in numbered]
        return sorted(cells, key=lambda cell: (cell.row, cell.column))

    def full_label(self, column: Column) -> str:
        """Give the label of a column with its group in front, for formats with one row of heads."""
        label = self.say(column.label)
        return f"{self.say(column.group)} {label}" if column.group else label


def words_of(layout: Layout) -> Words:
    """Give the words of a layout."""
    return Words(layout.language, layout.as_of)


def depth_of(columns: Sequence[Column]) -> int:
    """Give the number of rows of a head."""
    return 2 if any(column.group is not None for column in columns) else 1


def checked(table: Table, row: Row) -> Row:
    """Give the row back when it has a value for each column.

    Raises: ValueError: a report that loses or shifts a column must not become a file.
    """
    if len(row) != len(table.columns):
        raise ValueError(f"The table {table.key} has {len(table.columns)} columns and a row of {len(row)} values.")
    return row


def codes_in(value: Value) -> list[str]:
    """Give the codes in a value of several, which are parted by commas."""
    return [code for code in str(value).replace(" ", "").split(",") if code]


def local_moment(moment: datetime) -> datetime:
    """Give a moment by the clock of Asia/Shanghai, without its zone: spreadsheets know none."""
    return moment.astimezone(TIME_ZONE).replace(tzinfo=None) if moment.tzinfo else moment


def month_of(value: Value) -> str:
    """Give a month in digits; a text stays as it is."""
    return value.strftime("%Y-%m") if isinstance(value, date) else str(value)


def _count(value: Value) -> str:
    return f"{value:,}" if isinstance(value, int | Decimal) else str(value)


def _decimal(value: Value) -> str:
    return f"{value:,.2f}" if isinstance(value, int | float | Decimal) else str(value)


def _ratio(value: Value) -> str:
    return f"{value:.1%}" if isinstance(value, int | float | Decimal) else str(value)


_NUMBER_WRITERS: Final[dict[CellKind, Callable[[Value], str]]] = {
    CellKind.COUNT: _count,
    CellKind.DECIMAL: _decimal,
    CellKind.YUAN: _decimal,
    CellKind.RATIO: _ratio,
    CellKind.MONTH: month_of,
}
