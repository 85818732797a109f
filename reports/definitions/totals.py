"""Sums over the columns of an account: what came in, what went out, and the filed households as a whole."""

from dataclasses import dataclass
from typing import Final

from reports.definitions.account import FILED_STOCKS, STOCK_BY_NAME, StockDefinition
from reports.definitions.figures import AccountLine, Count, Figures

# These move a household between the two filed stocks: in their total they cancel.
_BETWEEN_FILED_STOCKS: Final = frozenset({"lifted", "returned"})


@dataclass(frozen=True, slots=True)
class Totals:
    """One line in short: opening + came - went = closing."""

    opening: Count
    came: Count
    went: Count
    closing: Count


def totals_of(definition: StockDefinition, line: AccountLine) -> Totals:
    """Add up the columns of one stock's line."""
    pairs = list(zip(definition.columns, line.flows, strict=True))
    came = sum((flow for column, flow in pairs if column.direction == "in"), Count())
    went = sum((flow for column, flow in pairs if column.direction == "out"), Count())
    return Totals(line.opening, came, went, line.closing)


def filed_totals(figures: Figures, code: str) -> Totals:
    """Add up the filed households of a division, lifted or not: a change of category is no flow here."""
    lines = {stock: _line(figures, stock, code) for stock in FILED_STOCKS}
    opening = sum((line.opening for line in lines.values()), Count())
    closing = sum((line.closing for line in lines.values()), Count())
    kept = [
        (column.direction, flow)
        for stock, line in lines.items()
        for column, flow in zip(STOCK_BY_NAME[stock].columns, line.flows, strict=True)
        if column.kind not in _BETWEEN_FILED_STOCKS
    ]
    came = sum((flow for direction, flow in kept if direction == "in"), Count())
    went = sum((flow for direction, flow in kept if direction == "out"), Count())
    return Totals(opening, came, went, closing)


def _line(figures: Figures, stock: str, code: str) -> AccountLine:
    return next(line for line in figures.accounts[stock] if line.division.code == code)
