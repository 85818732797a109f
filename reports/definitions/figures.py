"""The figures of one finished report: frozen, and the same again from their JSON."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Final

# 1: until periods were frozen; an account had no late flows, and causes counted households alone. 2: since then.
FORMAT: Final = 2
READABLE: Final = (1, 2)


@dataclass(frozen=True, slots=True, order=True)
class Division:
    """A line's division: the county, one of its townships, or one of its villages."""

    code: str
    name: str
    level: str


@dataclass(frozen=True, slots=True)
class Count:
    """So many households with so many persons."""

    households: int = 0
    persons: int = 0

    def __add__(self, other: "Count") -> "Count":
        return Count(self.households + other.households, self.persons + other.persons)

    def __sub__(self, other: "Count") -> "Count":
        return Count(self.households - other.households, self.persons - other.persons)


NOTHING: Final = Count()


@dataclass(frozen=True, slots=True)
class AccountLine:
    """One division's line in the account of one stock; `flows` follow the columns of the stock's definition.

    `late` follows the same columns: what took effect before the period and was recorded after that month was frozen.
    Opening + flows + late = closing. An account of format 1 has none.
    """

    division: Division
    opening: Count
    flows: tuple[Count, ...]
    closing: Count
    late: tuple[Count, ...] = ()


@dataclass(frozen=True, slots=True)
class CauseCell:
    """Filed households with one cause in one division: as the main cause (of them not lifted), and among the others.

    An empty `cause_code` means that no main cause is stated. The persons of these households stand beside them, but in
    format 1.
    """

    cause_code: str
    main: int
    main_not_lifted: int
    other: int
    main_persons: int | None = None
    main_not_lifted_persons: int | None = None
    other_persons: int | None = None


@dataclass(frozen=True, slots=True)
class CauseLine:
    """The causes of one division."""

    division: Division
    cells: tuple[CauseCell, ...]


@dataclass(frozen=True, slots=True)
class CategoryCell:
    """Monitored households, risk not removed, of one category in one division, and the filed among them.

    An empty `category_code` means that no category is stated.
    """

    category_code: str
    monitored: Count
    of_them_filed: Count


@dataclass(frozen=True, slots=True)
class CategoryLine:
    """The monitored households of one division by category."""

    division: Division
    cells: tuple[CategoryCell, ...]


@dataclass(frozen=True, slots=True)
class CoverageLine:
    """How well one division is covered: households that must have a helper, and villages that must have a team."""

    division: Division
    households: int
    households_without_helper: int
    households_with_stand_in: int
    villages: int
    villages_without_team: int


@dataclass(frozen=True, slots=True)
class CauseLabel:
    """The words for a cause code on the day of the report."""

    code: str
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class CarryOver:
    """A stock of the county whose opening is not the closing of the last report: earlier months were changed since."""

    stock: str
    former_closing: Count
    opening: Count


@dataclass(frozen=True, slots=True)
class Figures:
    """All figures of a report for one county and period, as of its last day.

    `month` is the period's name by the calendar (2020-12, 2020-Q4, 2020-H2, 2020) or that of a campaign; `kind` says
    which. The carried-over figures stand in format 1 alone: since then an opening is the closing before it, and what
    was recorded late has its columns. `picture` is the checksum of the frozen picture that the figures count.
    """

    report_id: str
    county: Division
    month: str
    as_of: date
    accounts: Mapping[str, tuple[AccountLine, ...]]
    cause_labels: tuple[CauseLabel, ...]
    causes: tuple[CauseLine, ...]
    coverage: tuple[CoverageLine, ...]
    carried_over: tuple[CarryOver, ...] = ()
    carried_over_below: int = 0
    kind: str = "month"
    category_labels: tuple[CauseLabel, ...] = ()
    categories: tuple[CategoryLine, ...] = ()
    picture: str = ""
    format: int = FORMAT

    def county_line(self, stock: str) -> AccountLine:
        """Give the county's own line of a stock."""
        return next(line for line in self.accounts[stock] if line.division.code == self.county.code)

    def lines(self, stock: str, *levels: str) -> tuple[AccountLine, ...]:
        """Give the lines of a stock at some levels."""
        return tuple(line for line in self.accounts[stock] if line.division.level in levels)

    @property
    def shows_late(self) -> bool:
        """Tell whether the account has columns for what was recorded late."""
        return self.format > 1

    def category_lines(self, *levels: str) -> tuple[CategoryLine, ...]:
        """Give the categories at some levels."""
        return tuple(line for line in self.categories if line.division.level in levels)

    def cause_lines(self, *levels: str) -> tuple[CauseLine, ...]:
        """Give the causes at some levels."""
        return tuple(line for line in self.causes if line.division.level in levels)


def to_json(figures: Figures) -> dict[str, Any]:
    """Give the figures as plain values, for a jsonb column."""
    plain = asdict(figures)
    return {**plain, "as_of": figures.as_of.isoformat()}


def checksum(plain: Mapping[str, Any]) -> str:
    """Give the SHA-256 of the figures in canonical JSON: the same figures, the same text."""
    text = json.dumps(plain, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def from_json(plain: Mapping[str, Any]) -> Figures:
    """Make the figures again from `to_json`.

    Raises: ValueError for another format.
    """
    if plain["format"] not in READABLE:
        raise ValueError(f"Figures of format {plain['format']} cannot be read.")
    return Figures(
        report_id=plain["report_id"],
        county=Division(**plain["county"]),
        month=plain["month"],
        as_of=date.fromisoformat(plain["as_of"]),
        accounts={stock: tuple(_account_line(line) for line in lines) for stock, lines in plain["accounts"].items()},
        cause_labels=tuple(CauseLabel(**label) for label in plain["cause_labels"]),
        causes=tuple(_cause_line(line) for line in plain["causes"]),
        coverage=tuple(_coverage_line(line) for line in plain["coverage"]),
        carried_over=tuple(_carry_over(item) for item in plain["carried_over"]),
        carried_over_below=plain["carried_over_below"],
        kind=plain.get("kind", "month"),
        category_labels=tuple(CauseLabel(**label) for label in plain.get("category_labels", ())),
        categories=tuple(_category_line(line) for line in plain.get("categories", ())),
        picture=plain.get("picture", ""),
        format=plain["format"],
    )


def _account_line(plain: Mapping[str, Any]) -> AccountLine:
    return AccountLine(
        Division(**plain["division"]),
        Count(**plain["opening"]),
        tuple(Count(**flow) for flow in plain["flows"]),
        Count(**plain["closing"]),
        tuple(Count(**flow) for flow in plain.get("late", ())),
    )


def _category_line(plain: Mapping[str, Any]) -> CategoryLine:
    cells = tuple(
        CategoryCell(cell["category_code"], Count(**cell["monitored"]), Count(**cell["of_them_filed"]))
        for cell in plain["cells"]
    )
    return CategoryLine(Division(**plain["division"]), cells)


def _cause_line(plain: Mapping[str, Any]) -> CauseLine:
    return CauseLine(Division(**plain["division"]), tuple(CauseCell(**cell) for cell in plain["cells"]))


def _coverage_line(plain: Mapping[str, Any]) -> CoverageLine:
    return CoverageLine(**{**plain, "division": Division(**plain["division"])})


def _carry_over(plain: Mapping[str, Any]) -> CarryOver:
    return CarryOver(plain["stock"], Count(**plain["former_closing"]), Count(**plain["opening"]))
