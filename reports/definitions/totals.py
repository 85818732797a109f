"""Sums over the columns of an account: what came in, what went out, and the filed households as a whole."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from reports.definitions.account import FILED_STOCKS, STOCK_BY_NAME, FlowColumn, StockDefinition
from reports.definitions.figures import AccountLine, Count, Figures

NOTHING: Final = Count()
# These move a household between the two filed stocks: in their total they cancel.
_BETWEEN_FILED_STOCKS: Final = frozenset({"lifted", "returned"})


@dataclass(frozen=True, slots=True)
class Totals:
    """One line in short: opening + came - went + late_came - late_went = closing.

    What came and went late took effect before the period and was recorded after that month was frozen.
    """

    opening: Count
    came: Count
    went: Count
    closing: Count
    late_came: Count = NOTHING
    late_went: Count = NOTHING


def totals_of(definition: StockDefinition, line: AccountLine) -> Totals:
    """Add up the columns of one stock's line."""
    came, went = _both_ways(definition.columns, line.flows)
    late_came, late_went = _both_ways(definition.columns, line.late)
    return Totals(line.opening, came, went, line.closing, late_came, late_went)


def _both_ways(columns: Sequence[FlowColumn], flows: Sequence[Count]) -> tuple[Count, Count]:
    """Sum what came in and what went out; an account without late columns has nothing there."""
    pairs = list(zip(columns, flows, strict=True)) if flows else []
    came = sum((flow for column, flow in pairs if column.direction == "in"), Count())
    went = sum((flow for column, flow in pairs if column.direction == "out"), Count())
    return came, went


def filed_totals(figures: Figures, code: str) -> Totals:
    """Add up the filed households of a division, lifted or not: a change of category is no flow here."""
    lines = {stock: _line(figures, stock, code) for stock in FILED_STOCKS}
    opening = sum((line.opening for line in lines.values()), Count())
    closing = sum((line.closing for line in lines.values()), Count())
    columns = [column for stock in lines for column in STOCK_BY_NAME[stock].columns]
    came, went = _both_ways(*_kept(columns, [flow for line in lines.values() for flow in line.flows]))
    late_came, late_went = _both_ways(*_kept(columns, [flow for line in lines.values() for flow in line.late]))
    return Totals(opening, came, went, closing, late_came, late_went)


def _kept(columns: Sequence[FlowColumn], flows: Sequence[Count]) -> tuple[list[FlowColumn], list[Count]]:
    """Leave out what moves households between the filed stocks."""
    pairs = zip(columns, flows, strict=True) if flows else ()
    kept = [(column, flow) for column, flow in pairs if column.kind not in _BETWEEN_FILED_STOCKS]
    return [column for column, _flow in kept], [flow for _column, flow in kept]


def _line(figures: Figures, stock: str, code: str) -> AccountLine:
    return next(line for line in figures.accounts[stock] if line.division.code == code)
