"""The income card of a household for a year, and its register of income by month."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, ClassVar, Final

from typing_extensions import override

from households.queries.derivation import Derivation, LedgerLine, class_of, derive
from households.queries.income import cost_ratios, items_of
from registry.lib.gbcode import Level
from registry.lib.money import rounded_yuan
from reports.catalogue.base import Picture, Subject, enter
from reports.catalogue.household_cards import HouseholdCards, fields_of, table_of_lines
from reports.catalogue.register_list import Line, Making
from reports.definitions import income_card as definitions
from reports.definitions.layout import Sheet, Table
from reports.definitions.text import Text
from reports.queries import household_cards as queries
from reports.queries.register_rows import Statement

_READ: Final = {"incomes": queries.INCOMES, "lines": queries.INCOME_LINES, "helpers": queries.HELPERS}
_ZERO: Final = Decimal("0.00")


class _OfYear(HouseholdCards):
    """A card of the latest year up to the picture's in which an income of the household is on file."""

    read: ClassVar[dict[str, Statement]] = _READ

    def year(self, lines: dict[str, list[Line]], picture: Picture) -> int:
        """Give the year of a household's card."""
        return int(max((line["year"] for line in lines["incomes"]), default=picture.as_of.year))

    def heading(self, family: Line, year: int, title: Text, making: Making) -> str:
        """Write the title of a card."""
        written = title.in_language(making.language)
        number = family["household_number"]
        return f"{written} {year} {number}" if making.language == "en" else f"{year}年{written} {number}"


@enter
class IncomeCard(_OfYear):
    """The income of a household in a year by items, its cost, and the net income per person as it is on file."""

    id = "income-card"
    title = definitions.TITLE

    @override
    def card(self, family: Line, lines: dict[str, list[Line]], making: Making, picture: Picture) -> Sheet:
        year = self.year(lines, picture)
        income = next((line for line in lines["incomes"] if line["year"] == year), None)
        items = [line for line in lines["lines"] if line["year"] == year]
        found = _derived(items, income, year)
        notes = _notes(income, found)
        return Sheet(
            key=family["household_number"],
            name=definitions.TITLE,
            title=self.heading(family, year, definitions.TITLE, making),
            parts=(
                fields_of(definitions.HOUSEHOLD, _head(family, lines, income, making)),
                table_of_lines(
                    "items", definitions.LINES, _classed(items, year), making, title=definitions.LINES_TITLE
                ),
                table_of_lines("costs", definitions.COSTS, _costs(found), making, title=definitions.COSTS_TITLE),
                fields_of(definitions.TOTALS, _totals(income), title=definitions.TOTALS_TITLE),
            ),
            unit=definitions.UNIT,
            notes=tuple(note.in_language(making.language, **places) for note, places in notes),
            signatures=definitions.SIGNATURES,
        )


@enter
class VillageIncomeCards(IncomeCard):
    """The income cards of all households of a village."""

    id = "income-cards"
    title = definitions.OF_VILLAGE
    subject = Subject.AREA
    area_level = Level.VILLAGE


@enter
class IncomeRegister(_OfYear):
    """The income of a household in a year, item by item and month by month."""

    id = "income-register"
    title = definitions.REGISTER_TITLE

    @override
    def card(self, family: Line, lines: dict[str, list[Line]], making: Making, picture: Picture) -> Sheet:
        year = self.year(lines, picture)
        income = next((line for line in lines["incomes"] if line["year"] == year), None)
        items = [line for line in lines["lines"] if line["year"] == year]
        return Sheet(
            key=family["household_number"],
            name=definitions.REGISTER_TITLE,
            title=self.heading(family, year, definitions.REGISTER_TITLE, making),
            parts=(
                fields_of(definitions.HOUSEHOLD, _head(family, lines, income, making)),
                _months(items, making),
            ),
            unit=definitions.UNIT,
            notes=() if items else (definitions.NOTHING.in_language(making.language),),
            signatures=definitions.SIGNATURES,
        )


@enter
class VillageIncomeRegisters(IncomeRegister):
    """The registers of income of all households of a village."""

    id = "income-registers"
    title = definitions.REGISTER_OF_VILLAGE
    subject = Subject.AREA
    area_level = Level.VILLAGE


def _head(family: Line, lines: dict[str, list[Line]], income: Line | None, making: Making) -> Line:
    """Give what stands above the items: the household of the day, and the period of its income."""
    day: date = making.asked.values["day"]
    helpers = [line["helper_name"] for line in lines["helpers"] if line["ends_on"] is None or line["ends_on"] > day]
    until = income["period_end"] if income else None
    return family | {
        "village": making.places.of(family["village_code"])[2],
        "helper_names": "、".join(name for name in helpers if name),
        "person_count": income["person_count"] if income else None,
        "period_start": income["period_start"] if income else None,
        "period_last": until - timedelta(days=1) if until else None,
    }


def _classed(items: list[Line], year: int) -> list[Line]:
    """Give the items with their class, in the order of the form."""
    codes = items_of(year)
    return [line | {"kind": class_of(line["item_code"], codes)} for line in items]


def _derived(items: list[Line], income: Line | None, year: int) -> Derivation | None:
    """Derive the year from its items; nothing without items or persons."""
    if not items or income is None or not income["person_count"]:
        return None
    names = ("item_code", "product", "amount_yuan", "own_consumed_yuan", "counts_toward_net", "month")
    ledger = [LedgerLine(**{name: line[name] for name in names}) for line in items]
    return derive(ledger, items=items_of(year), ratios=cost_ratios([year])[year], person_count=income["person_count"])


def _costs(found: Derivation | None) -> list[Line]:
    steps = found.costs if found else ()
    return [
        {
            "item_code": step.item_code,
            "gross_yuan": step.gross_yuan,
            "cost_yuan": step.cost_yuan,
            "basis": "own" if step.is_own_figure else "unknown" if step.is_unknown else "coefficient",
        }
        for step in steps
    ]


def _totals(income: Line | None) -> Mapping[str, Any]:
    return income or dict.fromkeys(column.key for column in definitions.TOTALS)


def _notes(income: Line | None, found: Derivation | None) -> list[tuple[Text, dict[str, Any]]]:
    if income is None:
        return [(definitions.NOTHING, {})]
    if income["is_declared"]:
        return [(definitions.DECLARED, {})]
    if found is not None and found.net_per_head_yuan != income["net_per_head_yuan"]:
        return [(definitions.DIFFERS, {"yuan": f"{rounded_yuan(found.net_per_head_yuan):,.2f}"})]
    return []


def _months(items: list[Line], making: Making) -> Table:
    """Lay the items out by month, with what has no month and the sum; own use is counted in."""
    sums: dict[tuple[str, str], dict[str, Decimal]] = defaultdict(lambda: defaultdict(lambda: _ZERO))
    for line in items:
        worth = line["amount_yuan"] + line["own_consumed_yuan"]
        month = f"month_{line['month']}" if line["month"] else "without_month"
        for key in (month, "total_yuan"):
            sums[line["item_code"], line["product"]][key] += worth
    rows: list[Line] = [
        {column.key: found.get(column.key) for column in definitions.MONTHS} | {"item_code": item, "product": product}
        for (item, product), found in sums.items()
    ]
    return table_of_lines("months", definitions.MONTHS, rows, making, title=definitions.LINES_TITLE)
