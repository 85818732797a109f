"""From the lines of the ledger to the account, and the proof that it is right."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from registry.lib.errors import DomainError
from registry.lib.messages import gettext_lazy as _
from reports.definitions.account import FILED_STOCKS, NOT_LIFTED, STOCKS, StockDefinition
from reports.definitions.figures import AccountLine, CategoryCell, CategoryLine, CauseCell, CauseLine, Count, Division
from reports.queries.account import LedgerLine, Section


class AccountDoesNotClose(DomainError):
    """The ledger and the rows disagree, or the ledger holds what no column shows: no figure may go out."""


class Ledger:
    """The lines of a month, found by section, stock, item and division."""

    def __init__(self, lines: Iterable[LedgerLine]) -> None:
        """Sort the lines for look-up."""
        self._lines: dict[tuple[str, str, str, str], LedgerLine] = {
            (line.section, line.stock, line.item, line.code): line for line in lines
        }

    def count(self, section: Section, stock: str, item: str, code: str, *, out: bool = False) -> Count:
        """Give one sum, nothing where there is no line."""
        line = self._lines.get((section, stock, item, code))
        if line is None:
            return Count()
        return Count(line.households_out, line.persons_out) if out else Count(line.households_in, line.persons_in)

    def net(self, stock: str) -> Mapping[str, Count]:
        """Give in minus out by division, over all kinds of postings that were booked, late ones too."""
        sums: defaultdict[str, Count] = defaultdict(Count)
        for line in self._lines.values():
            if line.stock == stock and line.section in {Section.FLOW, Section.LATE}:
                came, went = Count(line.households_in, line.persons_in), Count(line.households_out, line.persons_out)
                sums[line.code] = sums[line.code] + came - went
        return sums

    def items(self, section: Section) -> set[str]:
        """Name the kinds of postings, or the causes, that occur."""
        return {line.item for line in self._lines.values() if line.section == section}

    def codes(self) -> set[str]:
        """Name the divisions that occur."""
        return {line.code for line in self._lines.values()}


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
        tuple(
            ledger.count(section, definition.stock, column.kind, division.code, out=column.direction == "out")
            for column in definition.columns
        )
        for section in (Section.FLOW, Section.LATE)
    )
    closing = ledger.count(Section.COUNTED, definition.stock, "", division.code)
    opening = ledger.count(Section.OPENING, definition.stock, "", division.code)
    if not chained:
        opening = closing - _net(definition, flows) - _net(definition, late)
    return AccountLine(division, opening, flows, closing, late)


def _net(definition: StockDefinition, flows: Sequence[Count]) -> Count:
    net = Count()
    for column, flow in zip(definition.columns, flows, strict=True):
        net = net + flow if column.direction == "in" else net - flow
    return net


def _check(ledger: Ledger, definition: StockDefinition, lines: Sequence[AccountLine], *, chained: bool) -> None:
    """See that the columns leave no posting out, that no division is left out, and that each line adds up."""
    shown = {line.division.code: _net(definition, line.flows) + _net(definition, line.late) for line in lines}
    booked = {code: count for code, count in ledger.net(definition.stock).items() if count != Count()}
    if {code: count for code, count in shown.items() if count != Count()} != booked:
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
    return tuple(
        CauseLine(division, tuple(_cause_cell(ledger, cause, division.code) for cause in order))
        for division in divisions
    )


def cause_order(ledger: Ledger, causes: Sequence[str]) -> list[str]:
    """Give the causes to show: those of the list, others that occur, and "not stated"."""
    occurring = ledger.items(Section.MAIN_CAUSE) | ledger.items(Section.OTHER_CAUSE)
    return [*causes, *sorted(occurring - {*causes, ""}), ""]


def _cause_cell(ledger: Ledger, cause: str, code: str) -> CauseCell:
    main = [ledger.count(Section.MAIN_CAUSE, stock, cause, code) for stock in FILED_STOCKS]
    other = sum((ledger.count(Section.OTHER_CAUSE, stock, cause, code) for stock in FILED_STOCKS), Count())
    not_lifted, all_of_them = main[FILED_STOCKS.index(NOT_LIFTED.stock)], sum(main, Count())
    return CauseCell(
        cause,
        all_of_them.households,
        not_lifted.households,
        other.households,
        all_of_them.persons,
        not_lifted.persons,
        other.persons,
    )


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
    filed = sum((ledger.count(Section.CATEGORY, stock, category, code) for stock in FILED_STOCKS), Count())
    return CategoryCell(category, filed + ledger.count(Section.CATEGORY, "", category, code), filed)
