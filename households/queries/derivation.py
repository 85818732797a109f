"""The net income of a household, derived step by step from its lines: the one place that computes it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from households.definitions.income_items import BUSINESS, CLASSES, COST, PROPERTY, TRANSFER, WAGE, default_of
from registry.domain.codes import CodeList
from registry.lib.money import net_per_head, rounded_yuan

ZERO: Final = Decimal("0.00")
# Item and product to the share of gross income that it costs; an empty product is for all of the item.
Ratios = Mapping[tuple[str, str], Decimal]


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerLine:
    """A line as the derivation reads it."""

    item_code: str
    product: str = ""
    amount_yuan: Decimal
    own_consumed_yuan: Decimal = ZERO
    counts_toward_net: bool = True
    month: int | None = None

    @property
    def gross_yuan(self) -> Decimal:
        """What was received, and what was used at home."""
        return self.amount_yuan + self.own_consumed_yuan


@dataclass(frozen=True, slots=True)
class CostStep:
    """The cost of one business item: of the household's own figures, by coefficients, or unknown and so none."""

    item_code: str
    gross_yuan: Decimal
    cost_yuan: Decimal
    is_own_figure: bool
    ratios: tuple[tuple[str, Decimal | None, Decimal], ...] = ()

    @property
    def is_unknown(self) -> bool:
        """Tell whether neither a figure nor a coefficient was there for some product."""
        return not self.is_own_figure and any(ratio is None for _product, ratio, _cost in self.ratios)


@dataclass(frozen=True, slots=True)
class Monitoring:
    """The reference income of a monitored household: net plus claims less the allowed cost that it paid itself.

    `is_before_identification` says whether the period is that of the twelve months before the identification.
    """

    claims_yuan: Decimal
    self_paid_cost_yuan: Decimal
    reference_yuan: Decimal
    reference_per_head_yuan: Decimal
    expected_start: date | None = None
    expected_end: date | None = None
    is_before_identification: bool | None = None


@dataclass(frozen=True, slots=True)
class Derivation:
    """Every step from the lines to the net income per person. Units: yuan; per person rounded half up to 0.01."""

    lines: tuple[tuple[LedgerLine, str], ...]
    classes: Mapping[str, Decimal]
    not_counted_yuan: Decimal
    costs: tuple[CostStep, ...]
    other_cost_yuan: Decimal
    cost_yuan: Decimal
    gross_yuan: Decimal
    net_yuan: Decimal
    person_count: int
    net_per_head_yuan: Decimal
    monitoring: Monitoring | None = None


def class_of(item_code: str, items: CodeList) -> str:
    """Give the class of an item, going up the list; nothing for a code that it does not hold."""
    code, seen = item_code, 0
    while code not in CLASSES and seen < len(CLASSES):
        entry = items.entries.get(code)
        code, seen = (entry.parent_code if entry else ""), seen + 1
    return code if code in CLASSES else ""


def derive(lines: Iterable[LedgerLine], *, items: CodeList, ratios: Ratios, person_count: int) -> Derivation:
    """Compute the net income per person from the lines of a period.

    A line that does not count is left out of its class. The cost of a business item is what the household states under
    the item's cost, and where it states none, the gross income of each product by the county's coefficient.
    Source: national household form, AAC081 = 071 + 072 + 073 + 085, AAC079 = 081 - 074, AAC082 per person.
    Raises: DomainError `money.no_persons`.
    """
    told = tuple((line, class_of(line.item_code, items)) for line in lines)
    counted = [(line, kind) for line, kind in told if line.counts_toward_net]
    classes = {
        name: sum((line.gross_yuan for line, kind in counted if kind == name), ZERO)
        for name in (WAGE, BUSINESS, PROPERTY, TRANSFER)
    }
    stated = [line for line, kind in counted if kind == COST]
    business = [line for line, kind in counted if kind == BUSINESS]
    costs = tuple(_cost_steps(business, stated, ratios))
    matched = {default_of(step.item_code).cost_item_code for step in costs}
    other = sum((line.gross_yuan for line in stated if line.item_code not in matched), ZERO)
    cost = sum((step.cost_yuan for step in costs), other)
    gross = sum(classes.values(), ZERO)
    return Derivation(
        told,
        classes,
        sum((line.gross_yuan for line, _kind in told if not line.counts_toward_net), ZERO),
        costs,
        other,
        cost,
        gross,
        gross - cost,
        person_count,
        net_per_head(
            wage=classes[WAGE],
            business=classes[BUSINESS],
            assets=classes[PROPERTY],
            transfer=classes[TRANSFER],
            cost=cost,
            person_count=person_count,
        ),
    )


def _cost_steps(business: list[LedgerLine], stated: list[LedgerLine], ratios: Ratios) -> Iterable[CostStep]:
    for item_code in dict.fromkeys(line.item_code for line in business):
        own = [line for line in business if line.item_code == item_code]
        gross = sum((line.gross_yuan for line in own), ZERO)
        cost_item = default_of(item_code).cost_item_code
        figures = [line.gross_yuan for line in stated if cost_item and line.item_code == cost_item]
        if figures:
            yield CostStep(item_code, gross, sum(figures, ZERO), is_own_figure=True)
            continue
        shares = tuple(_share(line, ratios) for line in own)
        yield CostStep(
            item_code, gross, sum((cost for _p, _r, cost in shares), ZERO), is_own_figure=False, ratios=shares
        )


def _share(line: LedgerLine, ratios: Ratios) -> tuple[str, Decimal | None, Decimal]:
    ratio = ratios.get((line.item_code, line.product), ratios.get((line.item_code, "")))
    return line.product, ratio, ZERO if ratio is None else rounded_yuan(line.gross_yuan * ratio)


def monitoring_reference(
    net_yuan: Decimal,
    person_count: int,
    *,
    claims_yuan: Decimal,
    self_paid_cost_yuan: Decimal,
    period: tuple[date, date],
    identified_on: date | None,
) -> Monitoring:
    """Compute the reference income over the twelve months before identification.

    Source: income section of the monitoring form; the formula is inferred from its items.
    """
    reference = net_yuan + claims_yuan - self_paid_cost_yuan
    expected = None if identified_on is None else twelve_months_before(identified_on)
    return Monitoring(
        claims_yuan,
        self_paid_cost_yuan,
        reference,
        rounded_yuan(reference / person_count),
        expected_start=expected[0] if expected else None,
        expected_end=expected[1] if expected else None,
        is_before_identification=None if expected is None else period == expected,
    )


def twelve_months_before(day: date) -> tuple[date, date]:
    """Give the twelve whole months before the month of a day, half open. Source: rules of one province, 2020."""
    end = day.replace(day=1)
    return end.replace(year=end.year - 1), end
