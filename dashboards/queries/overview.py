"""The first page of a post: its figures by place, the flows of a year, causes, categories and collective income."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final
from uuid import UUID

from dashboards.definitions.figures import KINDS
from dashboards.queries.counts import months_shown, standing_of
from dashboards.queries.sources import counts_of
from economy.queries.goals import Goal, goal_of
from economy.queries.ledger import villages_of_year
from households.enums import PostingKind, Stock
from registry.access import role_may
from registry.lib.gbcode import lies_in
from registry.lib.periods import Month, today
from registry.tenancy.context import Actor
from villages.queries.teams import in_division
from villages.queries.villages import villages_in_scope

_LOWEST: Final = 10
UNITS: Final = ("h", "p")


@dataclass(frozen=True, slots=True)
class VillageSpot:
    """A village of the area, with the degrees where they are known."""

    id: UUID
    code: str
    name: str
    longitude: Decimal | None
    latitude: Decimal | None


@dataclass(frozen=True, slots=True)
class Flow:
    """What came to and what left a stock in a month, by kind of posting. Units: households, or persons."""

    came: Mapping[PostingKind, int]
    left: Mapping[PostingKind, int]

    @property
    def net(self) -> int:
        """What the month changed."""
        return sum(self.came.values()) - sum(self.left.values())


@dataclass(frozen=True, slots=True)
class MonthLine:
    """One stock in one month: what it held when the month began and at its end, or today, and what moved."""

    month: Month
    stock: Stock
    opening: int
    flow: Flow
    closing: int
    persons_opening: int
    persons_flow: Flow
    persons_closing: int


@dataclass(frozen=True, slots=True)
class VillageIncome:
    """The own income of a village's collective this year. Units: yuan."""

    id: UUID
    name: str
    own_yuan: Decimal


@dataclass(frozen=True, slots=True)
class Incomes:
    """The goal of the year, how many villages reach it, and those that are lowest."""

    goal: Goal
    villages: int
    met: int
    lowest: tuple[VillageIncome, ...]


@dataclass(frozen=True, slots=True)
class Overview:
    """All figures of an area on a day; `figures` by key and village, and only those that the actor may open."""

    day: date
    division: str
    villages: tuple[VillageSpot, ...]
    figures: Mapping[str, Mapping[str, int]]
    months: tuple[MonthLine, ...]
    causes: Mapping[tuple[Stock, str], int]
    categories: Mapping[str, int]
    incomes: Incomes | None

    def total(self, key: str) -> int:
        """Give a figure of the whole area."""
        return sum(self.figures[key].values())

    def of_month(self, month: Month) -> tuple[MonthLine, ...]:
        """Give the stocks in a month."""
        return tuple(line for line in self.months if line.month == month)


def overview_of(actor: Actor, *, division: str = "") -> Overview:
    """Give the first page of the actor, of the whole area or of a division in it.

    Raises: DomainError `division.malformed`.
    """
    day = today()
    rows = in_division(villages_in_scope(), division) if division else villages_in_scope()
    villages = tuple(VillageSpot(*row) for row in rows.values_list("id", "code", "name", "longitude", "latitude"))
    standing = {code: named for code, named in standing_of(actor).items() if not division or lies_in(code, division)}
    counted = counts_of(actor, day) | _stocks(standing)
    figures = {
        key: {code: count for code, count in by.items() if count and (not division or lies_in(code, division))}
        for key, by in counted.items()
        if key in KINDS and role_may(actor, KINDS[key].action)
    }
    sums = _summed(standing.values())
    return Overview(
        day=day,
        division=division,
        villages=villages,
        figures=figures,
        months=tuple(_months(day, sums)),
        causes={(Stock(stock), code): count for (stock, code), count in _below(sums, "cause").items()},
        categories={code: count for (code,), count in _below(sums, "category").items()},
        incomes=_incomes(day.year, division) if role_may(actor, "economy.view") else None,
    )


def _stocks(standing: Mapping[str, Mapping[str, int]]) -> dict[str, dict[str, int]]:
    names = {"lifted": "stock|lifted", "not_lifted": "stock|not_lifted", "monitored": "stock|monitored"}
    names["candidate"] = "status|candidate"
    return {key: {code: named.get(name, 0) for code, named in standing.items()} for key, name in names.items()}


def _summed(standings: Iterable[Mapping[str, int]]) -> dict[str, int]:
    found: dict[str, int] = {}
    for named in standings:
        for name, count in named.items():
            found[name] = found.get(name, 0) + count
    return found


def _below(sums: Mapping[str, int], prefix: str) -> dict[tuple[str, ...], int]:
    parts = ((name.split("|"), count) for name, count in sums.items())
    return {tuple(names[1:]): count for names, count in parts if names[0] == prefix}


def _months(day: date, sums: Mapping[str, int]) -> Iterable[MonthLine]:
    """Give each month of each stock, the oldest first: from what is held today backwards, so that each month closes."""
    flows = _below(sums, "flow")
    for stock in Stock:
        held = {unit: sums.get(f"posted|{stock}|{unit}", 0) for unit in UNITS}
        lines: list[MonthLine] = []
        for month in reversed(months_shown(day)):
            moved = {unit: _flow(flows, month, stock, unit) for unit in UNITS}
            began = {unit: held[unit] - moved[unit].net for unit in UNITS}
            lines.append(MonthLine(month, stock, began["h"], moved["h"], held["h"], began["p"], moved["p"], held["p"]))
            held = began
        yield from reversed(lines)


def _flow(flows: Mapping[tuple[str, ...], int], month: Month, stock: Stock, unit: str) -> Flow:
    came, left = (
        {kind: flows[key] for kind in PostingKind if (key := (str(month), stock, kind, unit, way)) in flows}
        for way in ("in", "out")
    )
    return Flow(came, left)


def _incomes(year: int, division: str) -> Incomes:
    goal = goal_of(year)
    rows = villages_of_year(year, goal)
    rows = in_division(rows, division) if division else rows
    found: Sequence[tuple[UUID, str, Decimal, bool]] = list(
        rows.order_by("own_yuan", "code").values_list("id", "name", "own_yuan", "meets_goal")
    )
    lowest = tuple(VillageIncome(id_, name, own) for id_, name, own, _met in found[:_LOWEST])
    return Incomes(goal, len(found), sum(met for *_rest, met in found), lowest)
