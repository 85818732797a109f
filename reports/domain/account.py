"""From the lines of the ledger to the account, and the proof that it is right."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from typing_extensions import override

from registry.lib.errors import DomainError
from registry.lib.messages import gettext_lazy as _
from reports.definitions.account import FILED_STOCKS, NOT_LIFTED, STOCKS, StockDefinition
from reports.definitions.figures import AccountLine, CauseCell, CauseLine, Count, Division
from reports.queries.account import LedgerLine, Section

MOST_NAMED = 5


class AccountDoesNotClose(DomainError):
    """The ledger and the rows disagree, or the ledger holds what no column shows: no figure may go out."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One closing figure that is not what the rows say."""

    stock: StockDefinition
    division: Division
    posted: Count
    counted: Count

    @override
    def __str__(self) -> str:
        return str(
            _(
                "%(stock)s in %(division)s: the ledger closes at %(posted_households)s households and "
                "%(posted_persons)s persons, the register counts %(households)s and %(persons)s"
            )
            % {
                "stock": f"{self.stock.label.zh} ({self.stock.label.en})",
                "division": f"{self.division.name} {self.division.code}",
                "posted_households": self.posted.households,
                "posted_persons": self.posted.persons,
                "households": self.counted.households,
                "persons": self.counted.persons,
            }
        )


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
        """Give opening plus in minus out by division, over all kinds of postings: what the ledger says stands."""
        sums: defaultdict[str, Count] = defaultdict(Count)
        for line in self._lines.values():
            if line.stock == stock and line.section in {Section.OPENING, Section.FLOW}:
                came, went = Count(line.households_in, line.persons_in), Count(line.households_out, line.persons_out)
                sums[line.code] = sums[line.code] + came - went
        return sums

    def items(self, section: Section) -> set[str]:
        """Name the kinds of postings, or the causes, that occur."""
        return {line.item for line in self._lines.values() if line.section == section}

    def codes(self) -> set[str]:
        """Name the divisions that occur."""
        return {line.code for line in self._lines.values()}


def account_of(ledger: Ledger, divisions: Sequence[Division]) -> dict[str, tuple[AccountLine, ...]]:
    """Draw up the account of all stocks for the divisions.

    Raises: AccountDoesNotClose when a posting has no column, or a closing figure is not the count of the rows.
    """
    accounts = {
        definition.stock: tuple(_line(ledger, definition, division) for division in divisions) for definition in STOCKS
    }
    _check_columns(ledger, accounts)
    differences = [item for definition in STOCKS for item in _differences(ledger, definition, divisions)]
    if differences:
        raise AccountDoesNotClose("report.does_not_close", _sentence(differences))
    return accounts


def _line(ledger: Ledger, definition: StockDefinition, division: Division) -> AccountLine:
    opening = ledger.count(Section.OPENING, definition.stock, "", division.code)
    flows = tuple(
        ledger.count(Section.FLOW, definition.stock, column.kind, division.code, out=column.direction == "out")
        for column in definition.columns
    )
    closing = opening
    for column, flow in zip(definition.columns, flows, strict=True):
        closing = closing + flow if column.direction == "in" else closing - flow
    return AccountLine(division, opening, flows, closing)


def _check_columns(ledger: Ledger, accounts: Mapping[str, tuple[AccountLine, ...]]) -> None:
    """See that the columns leave no posting out, and that no division is left out either."""
    for stock, lines in accounts.items():
        shown = {line.division.code: line.closing for line in lines if line.closing != Count()}
        posted = {code: count for code, count in ledger.net(stock).items() if count != Count()}
        if shown != posted:
            raise AccountDoesNotClose(
                "report.posting_without_column",
                _(
                    "The ledger holds postings that this report has no column for, so its columns do not add up. "
                    "Nothing was reported. Tell the system administrator."
                ),
            )


def _differences(ledger: Ledger, definition: StockDefinition, divisions: Sequence[Division]) -> Iterable[Difference]:
    net = ledger.net(definition.stock)
    for division in divisions:
        posted = net.get(division.code, Count())
        counted = ledger.count(Section.COUNTED, definition.stock, "", division.code)
        if posted != counted:
            yield Difference(definition, division, posted, counted)


def _smallest_first(difference: Difference) -> tuple[bool, bool, str]:
    code = difference.division.code
    return code.endswith("000000"), code.endswith("000"), code


def _sentence(differences: Sequence[Difference]) -> object:
    """Name the differences, the smallest divisions first: that is where to look."""
    found = sorted(differences, key=_smallest_first)
    named = "; ".join(str(item) for item in found[:MOST_NAMED])
    return _(
        "The report was not made, for ledger and register disagree in %(number)s places: %(differences)s. "
        "Look at the households changed last in these places, or tell the system administrator."
    ) % {"number": len(found), "differences": named}


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
    main = [ledger.count(Section.MAIN_CAUSE, stock, cause, code).households for stock in FILED_STOCKS]
    other = [ledger.count(Section.OTHER_CAUSE, stock, cause, code).households for stock in FILED_STOCKS]
    return CauseCell(cause, sum(main), main[FILED_STOCKS.index(NOT_LIFTED.stock)], sum(other))
