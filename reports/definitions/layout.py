"""What a report looks like before it becomes a file: sheets of tables and fields, the same for every format.

A renderer turns a `Layout` into .xlsx, PDF, CSV, Parquet or HTML and knows nothing of the report; a report makes a
`Layout` and knows nothing of formats. Rows are read once, so that a hundred thousand never lie in memory.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from registry.lib.periods import LooseDate
from reports.definitions.chart import Chart
from reports.definitions.text import Language, Text

Value = str | int | Decimal | date | datetime | LooseDate | bool | None
Row = tuple[Value, ...]


class CellKind(StrEnum):
    """How the values of a column are written."""

    TEXT = "text"
    IDENTIFIER = "identifier"  # digits that are no number: always a text cell
    COUNT = "count"
    DECIMAL = "decimal"  # two places
    YUAN = "yuan"
    RATIO = "ratio"  # 0 to 1, written as a percentage
    DAY = "day"
    MONTH = "month"
    YES_NO = "yes_no"
    CODE = "code"  # of the code list `scheme`; written as its label on the day of the report
    CODES = "codes"  # several of them, parted by commas


@dataclass(frozen=True, slots=True)
class Column:
    """A column: `key` is its identifier in every format, `group` the merged head above it, `width` in characters.

    `labels` gives the wording of values that stand in no code list, such as those of a status. A day of which only the
    month is known is a `LooseDate`.
    """

    key: str
    label: Text
    kind: CellKind = CellKind.TEXT
    width: int = 12
    group: Text | None = None
    scheme: str = ""
    labels: Mapping[str, Text] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Table:
    """A table; each row has a value for each column, and `total` is written below.

    `division_key` names the column with the 12 digits of a row's division, if there is one.
    """

    key: str
    columns: tuple[Column, ...]
    rows: Iterable[Row]
    total: Row | None = None
    title: Text | None = None
    division_key: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """A label with its value, of a card."""

    label: Text
    value: Value
    kind: CellKind = CellKind.TEXT
    scheme: str = ""
    labels: Mapping[str, Text] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Fields:
    """Labels with values, several a line, of a card."""

    items: tuple[Item, ...]
    a_line: int = 3
    title: Text | None = None

    @property
    def weights(self) -> tuple[int, int]:
        """How much room a label and its value take, in parts of a line of 24: a label a sixth at most."""
        return 4, max(24 // self.a_line - 4, 4)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of a workbook, one part of a PDF: title, unit and day above, notes and signatures below.

    A report of many cards has a sheet for each. `unit` stands at the right of the line below the title. `charts` stand
    below the tables, and `watermark` lies pale across each page.
    """

    key: str
    name: Text
    title: str
    parts: tuple[Table | Fields, ...]
    unit: Text | None = None
    notes: tuple[str, ...] = ()
    signatures: tuple[Text, ...] = ()
    is_landscape: bool = True
    charts: tuple[Chart, ...] = ()
    watermark: str = ""


@dataclass(frozen=True, slots=True)
class Layout:
    """A whole report, in one language; `sheets` is read once."""

    report_id: str
    title: str
    as_of: date
    language: Language
    holds_persons: bool
    sheets: Iterable[Sheet]
    area_name: str = ""
    known_at: datetime | None = None
    file_name: str = ""
    # Texts that belong to the file and not to a sheet: who made it and from which snapshot.
    properties: dict[str, str] = field(default_factory=dict)
