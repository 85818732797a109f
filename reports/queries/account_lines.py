"""From the lines of the ledger to the account, and the proof that it is right."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Final

from registry.lib.errors import DomainError
from registry.lib.messages import gettext_lazy as _
from reports.definitions.account import FILED_STOCKS, NOT_LIFTED, STOCKS, StockDefinition
from reports.definitions.figures import (
    NOTHING,
    AccountLine,
    CategoryCell,
    CategoryLine,
    CauseCell,
    CauseLine,
    Count,
    Division,
)
from reports.queries.account import LedgerLine, Section

_NO_LINES: Final[Mapping[str, LedgerLine]] = MappingProxyType({})


class AccountDoesNotClose(DomainError):
    """The ledger and the rows disagree, or the ledger holds what no column shows: no figure may go out."""


class Ledger:
    """The lines of a month, found by section, stock and division."""

    def __init__(self, lines: Iterable[LedgerLine]) -> None:
        """Sort the lines for look-up."""
        self._lines: defaultdict[tuple[str, str, str], dict[str, LedgerLine]] = defaultdict(dict)
        for line in lines:
            self._lines[line.section, line.stock, line.code][line.item] = line

    def items_of(self, section: Section, stock: str, code: str) -> Mapping[str, LedgerLine]:
        """Give the lines of a stock in a division by kind of posting, cause or cover; none where there is no line."""
        return self._lines.get((section, stock, code), _NO_LINES)

    def count(self, section: Section, stock: str, item: str, code: str) -> Count:
        """Give what came in of one sum, nothing where there is no line."""
        return _came(self.items_of(section, stock, code).get(item))

    def net(self, stock: str) -> Mapping[str, Count]:
        """Give in minus out by division, over all kinds of postings that were booked, late ones too."""
        sums: defaultdict[str, Count] = defaultdict(Count)
        for (section, of, code), lines in self._lines.items():
            if of == stock and section in {Section.FLOW, Section.LATE}:
                for line in lines.values():
                    sums[code] = sums[code] + _came(line) - _went(line)
        return sums

    def items(self, section: Section) -> set[str]:
        """Name the kinds of postings, or the causes, that occur."""
        return {item for (of, _stock, _code), lines in self._lines.items() if of == section for item in lines}

    def codes(self) -> set[str]:
        """Name the divisions that occur."""
        return {code for _section, _stock, code in self._lines}


def _came(line: LedgerLine | None) -> Count:
    return NOTHING if line is None else Count(line.households_in, line.persons_in)


def _went(line: LedgerLine | None) -> Count:
    return NOTHING if line is None else Count(line.households_out, line.persons_out)


def account_of(ledger: Ledger, divisions: Sequence[Division], *, chained: bool) -> dict[str, tuple[AccountLine, ...]]:
    """Draw up the account of all stocks for the divisions.

    A `chained` account opens with the picture that closed the month before; another one with what is left of its
    closing when its flows are taken away. The freeze proved, village by village, that either is what the ledger says.
    Raises: AccountDoesNotClose when a posting has no column, or a closing figure is not the count of the picture.
    """
    accounts = {
        definition.stock: tuple(_line(ledger, definition, division, chained=chained) for division in divisions)
        for definition in STOCKS
    }
    for definition in STOCKS:
        _check(ledger, definition, accounts[definition.stock], chained=chained)
    return accounts


def _line(ledger: Ledger, definition: StockDefinition, division: Division, *, chained: bool) -> AccountLine:
    flows, late = (
        _flows(definition, ledger.items_of(section, definition.stock, division.code))
        for section in (Section.FLOW, Section.LATE)
    )
    closing = ledger.count(Section.COUNTED, definition.stock, "", division.code)
    opening = ledger.count(Section.OPENING, definition.stock, "", division.code)
    if not chained:
        opening = closing - _net(definition, flows) - _net(definition, late)
    return AccountLine(division, opening, flows, closing, late)


def _flows(definition: StockDefinition, lines: Mapping[str, LedgerLine]) -> tuple[Count, ...]:
    if not lines:
        return (NOTHING,) * len(definition.columns)
    return tuple(
        (_came if column.direction == "in" else _went)(lines.get(column.kind)) for column in definition.columns
    )


def _net(definition: StockDefinition, flows: Sequence[Count]) -> Count:
    net = NOTHING
    for column, flow in zip(definition.columns, flows, strict=True):
        if flow is not NOTHING:
            net = net + flow if column.direction == "in" else net - flow
    return net


def _check(ledger: Ledger, definition: StockDefinition, lines: Sequence[AccountLine], *, chained: bool) -> None:
    """See that the columns leave no posting out, that no division is left out, and that each line adds up."""
    shown = {line.division.code: _net(definition, line.flows) + _net(definition, line.late) for line in lines}
    booked = {code: count for code, count in ledger.net(definition.stock).items() if count != NOTHING}
    if {code: count for code, count in shown.items() if count != NOTHING} != booked:
        raise AccountDoesNotClose(
            "report.posting_without_column",
            _(
                "The ledger holds postings that this report has no column for, so its columns do not add up. "
                "Nothing was reported. Tell the system administrator."
            ),
        )
    if any(line.opening + shown[line.division.code] != line.closing for line in lines):
        raise AccountDoesNotClose(
            "report.does_not_close",
            _("Opening, flows and closing of this period do not add up. Nothing was reported. Verify its picture."),
        )


def causes_of(ledger: Ledger, divisions: Sequence[Division], causes: Sequence[str]) -> tuple[CauseLine, ...]:
    """Count the filed households of each division by main and by other cause.

    `causes` is the list of the month in its order; causes that only households name follow it, "not stated" comes last.
    """
    order = cause_order(ledger, causes)
    return tuple(CauseLine(division, _cause_cells(ledger, order, division.code)) for division in divisions)


def cause_order(ledger: Ledger, causes: Sequence[str]) -> list[str]:
    """Give the causes to show: those of the list, others that occur, and "not stated"."""
    occurring = ledger.items(Section.MAIN_CAUSE) | ledger.items(Section.OTHER_CAUSE)
    return [*causes, *sorted(occurring - {*causes, ""}), ""]


def _cause_cells(ledger: Ledger, order: Sequence[str], code: str) -> tuple[CauseCell, ...]:
    main = {stock: ledger.items_of(Section.MAIN_CAUSE, stock, code) for stock in FILED_STOCKS}
    other = [ledger.items_of(Section.OTHER_CAUSE, stock, code) for stock in FILED_STOCKS]
    return tuple(_cause_cell(cause, main, other) for cause in order)


def _cause_cell(
    cause: str, main: Mapping[str, Mapping[str, LedgerLine]], other: Sequence[Mapping[str, LedgerLine]]
) -> CauseCell:
    all_of_them = _sum(lines.get(cause) for lines in main.values())
    not_lifted, others = _came(main[NOT_LIFTED.stock].get(cause)), _sum(lines.get(cause) for lines in other)
    return CauseCell(
        cause,
        all_of_them.households,
        not_lifted.households,
        others.households,
        all_of_them.persons,
        not_lifted.persons,
        others.persons,
    )


def _sum(lines: Iterable[LedgerLine | None]) -> Count:
    return sum((_came(line) for line in lines if line is not None), NOTHING)


def categories_of(ledger: Ledger, divisions: Sequence[Division], order: Sequence[str]) -> tuple[CategoryLine, ...]:
    """Count the monitored households of each division by category, and the filed ones among them."""
    return tuple(
        CategoryLine(division, tuple(_category_cell(ledger, category, division.code) for category in order))
        for division in divisions
    )


def category_order(ledger: Ledger, categories: Sequence[str]) -> list[str]:
    """Give the categories to show: those of the list, others that occur, and "not stated"."""
    return [*categories, *sorted(ledger.items(Section.CATEGORY) - {*categories, ""}), ""]


def _category_cell(ledger: Ledger, category: str, code: str) -> CategoryCell:
    filed = sum((ledger.count(Section.CATEGORY, stock, category, code) for stock in FILED_STOCKS), NOTHING)
    return CategoryCell(category, filed + ledger.count(Section.CATEGORY, "", category, code), filed)
