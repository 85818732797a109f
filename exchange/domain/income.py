"""The income of a household as a roster tells it: by classes, from which the net follows, or declared."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from exchange.domain.grouping import Group
from exchange.sheets.problems import Problem
from registry.lib.money import net_per_head, rounded_yuan
from registry.lib.periods import LooseDate, Month, Precision

CLASSES: Final = ("wage_income", "business_income", "property_income", "transfer_income", "business_cost")
# The accounting year of income begins on 1 October. Source: forms of several provinces, docs/decisions/0020.
_FIRST_MONTH: Final = 10
# A class beyond this is a slip of the unit, and the sum of four still fits numeric(14,2).
_LARGEST: Final = Decimal(100_000_000)

Amounts = tuple[Decimal, Decimal, Decimal, Decimal, Decimal]


@dataclass(frozen=True, slots=True)
class Income:
    """What is kept: the classes with their period, or the declared net income per person, or nothing.

    Units: yuan; `declared` is per person and year. `period_end` is the first day after the period.
    """

    amounts: Amounts | None = None
    period_start: date | None = None
    period_end: date | None = None
    declared: Decimal | None = None


def income_of(group: Group, *, on: date) -> Income:
    """Give the classes where the roster has all of them, else the net income that it declares."""
    amounts = _amounts(group)
    if amounts is None:
        return Income(declared=_declared(group))
    start, end = _period(group, on)
    return Income(amounts, start, end)


def persons_of(group: Group) -> int:
    """Give how many persons share the income: as the roster states it, else its rows."""
    return int(group.fact("person_count") or group.rows)


def income_problems(group: Group, *, row: int) -> Iterator[Problem]:
    """Refuse classes that cannot be, and a period without two ends in their order."""
    for name in CLASSES:
        amount = group.fact(name)
        if amount is not None and amount < 0:
            yield Problem(row, name, "income.negative")
        elif amount is not None and amount > _LARGEST:
            yield Problem(row, name, "money.too_large")
    start, end = group.fact("income_from"), group.fact("income_until")
    if (start is None) != (end is None) or (start is not None and start.on > end.on):
        yield Problem(row, "income_until", "income.period")


def income_warnings(group: Group, *, row: int) -> Iterator[Problem]:
    """Warn where a class is missing beside others, and where a declared figure is not what the rest gives."""
    amounts = _amounts(group)
    if amounts is None:
        missing = [name for name in CLASSES if group.fact(name) is None]
        if len(missing) < len(CLASSES):
            yield from (Problem(row, name, "income.class_missing") for name in missing)
    computed = None if amounts is None else _computed(amounts, persons_of(group))
    said, total = group.fact("net_per_head"), group.fact("net_income")
    if computed is not None and said not in {None, computed}:
        yield Problem(row, "net_per_head", "income.differs")
    per_head = said if computed is None else computed
    if total is not None and per_head is not None and _shared(total, group) != per_head:
        yield Problem(row, "net_income", "income.differs")


def _amounts(group: Group) -> Amounts | None:
    wage, business, assets, transfer, cost = (group.fact(name) for name in CLASSES)
    if wage is None or business is None or assets is None or transfer is None or cost is None:
        return None
    return wage, business, assets, transfer, cost


def _computed(amounts: Amounts, person_count: int) -> Decimal:
    wage, business, assets, transfer, cost = amounts
    return net_per_head(
        wage=wage, business=business, assets=assets, transfer=transfer, cost=cost, person_count=person_count
    )


def _declared(group: Group) -> Decimal | None:
    said: Decimal | None = group.fact("net_per_head")
    total: Decimal | None = group.fact("net_income")
    return said if said is not None or total is None else _shared(total, group)


def _shared(total: Decimal, group: Group) -> Decimal:
    return rounded_yuan(total / persons_of(group))


def _period(group: Group, on: date) -> tuple[date, date]:
    """Give the period that the roster states, else the last accounting year that has ended on the data date."""
    start: LooseDate | None = group.fact("income_from")
    end: LooseDate | None = group.fact("income_until")
    if start is not None and end is not None:
        is_day = end.precision is Precision.DAY
        return start.on, end.on + timedelta(days=1) if is_day else Month.of(end.on).next.first_day
    year = on.year if on.month >= _FIRST_MONTH else on.year - 1
    return date(year - 1, _FIRST_MONTH, 1), date(year, _FIRST_MONTH, 1)
