"""Lines of income, and what a year's income is derived from."""

import json
from collections.abc import Iterable
from dataclasses import asdict, replace
from datetime import date
from decimal import Decimal
from hashlib import sha256
from typing import Any, Final
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from households.definitions.income_items import default_of
from households.models import (
    ClosedYear,
    CostCoefficient,
    Household,
    HouseholdYear,
    IncomeLine,
    IncomeRule,
    MonitoringSpell,
)
from households.queries.derivation import Derivation, LedgerLine, Ratios, derive, monitoring_reference
from registry.domain.codes import CodeList, code_list
from registry.lib.errors import NotFound
from registry.lib.periods import today

HAS_LINES: Final = "has_lines"
IS_CLOSED: Final = "is_closed"
LINE_COLUMNS: Final = (
    "item_code",
    "product",
    "quantity",
    "unit",
    "amount_yuan",
    "own_consumed_yuan",
    "counts_toward_net",
    "month",
    "source",
)


def with_has_lines(rows: "QuerySet[HouseholdYear]") -> "QuerySet[HouseholdYear]":
    """Add to each year whether its income is recorded line by line, and whether the county has closed it."""
    lines = IncomeLine.objects.filter(
        household_id=OuterRef("household_id"), tenant_id=OuterRef("tenant_id"), year=OuterRef("year")
    )
    closed = ClosedYear.objects.filter(tenant_id=OuterRef("tenant_id"), year=OuterRef("year"))
    return rows.annotate(**{HAS_LINES: Exists(lines), IS_CLOSED: Exists(closed.filter(reopened_on__isnull=True))})


def items_on(day: date | None = None) -> CodeList:
    """Give the items of income as they hold on a day (today)."""
    return code_list("income_item", on=day)


def items_of(year: int) -> CodeList:
    """Give the items of income as they held at the end of the year, of this year as they hold today."""
    return items_on(min(today(), date(year, 12, 31)))


def lines_of(household_id: UUID, year: int) -> "QuerySet[IncomeLine]":
    """Give the lines of a year in the order of the form."""
    return IncomeLine.objects.filter(household=household_id, year=year).order_by("item_code", "product", "month", "id")


def line_rows(household_id: UUID, year: int) -> list[dict[str, Any]]:
    """Give the lines of a year as plain values, for a form or REST."""
    return list(lines_of(household_id, year).values(*LINE_COLUMNS))


def told(line: IncomeLine) -> dict[str, Any]:
    """Give a line as the audit trail and a change request keep it; without what follows from the visit."""
    shown = {name: getattr(line, name) for name in LINE_COLUMNS}
    decimals = {name: f"{value:.2f}" for name, value in shown.items() if isinstance(value, Decimal)}
    return {name: value for name, value in (shown | decimals).items() if value not in {None, ""}}


def told_lines(household_id: UUID, year: int) -> list[dict[str, Any]]:
    """Give the lines of a year as a change request keeps them."""
    return [told(line) for line in IncomeLine.objects.filter(household=household_id, year=year).order_by("id")]


def cost_ratios(years: Iterable[int]) -> dict[int, dict[tuple[str, str], Decimal]]:
    """Give the county's shares of cost by year, item and product."""
    found: dict[int, dict[tuple[str, str], Decimal]] = {year: {} for year in years}
    for row in CostCoefficient.objects.filter(year__in=list(found), withdrawn_on=None):
        found[row.year][row.item_code, row.product] = row.cost_ratio
    return found


def counting_rules(years: Iterable[int]) -> dict[int, dict[str, bool]]:
    """Give by year what the county itself says of items; an item that is not there has the product's default."""
    found: dict[int, dict[str, bool]] = {year: {} for year in years}
    for row in IncomeRule.objects.filter(withdrawn_on=None).order_by("from_year"):
        for year, rules in found.items():
            if row.from_year <= year:
                rules[row.item_code] = row.counts_toward_net
    return found


def counts_by_default(item_code: str, rules: dict[str, bool]) -> bool:
    """Tell whether an item counts towards the net where its line does not say."""
    return rules.get(item_code, default_of(item_code).counts_toward_net)


def ledger_line(line: IncomeLine) -> LedgerLine:
    """Give a line as the derivation reads it."""
    return LedgerLine(
        item_code=line.item_code,
        product=line.product,
        amount_yuan=line.amount_yuan,
        own_consumed_yuan=line.own_consumed_yuan,
        counts_toward_net=line.counts_toward_net,
        month=line.month,
    )


def income_derivation(household: Household, year: int) -> Derivation | None:
    """Show how the net income of a year comes about; nothing where the year has no lines."""
    row = HouseholdYear.objects.filter(household=household, year=year).first()
    lines = [ledger_line(line) for line in lines_of(household.id, year)]
    if row is None or not lines or row.person_count is None:
        return None
    found = derive(lines, items=items_of(year), ratios=_ratios_of(year), person_count=row.person_count)
    return with_monitoring(found, row)


def with_monitoring(found: Derivation, row: HouseholdYear) -> Derivation:
    """Add the reference income where claims or cost paid are known."""
    if row.period_start is None or row.period_end is None:
        return found
    if row.claims_yuan is None and row.self_paid_cost_yuan is None:
        return found
    reference = monitoring_reference(
        found.net_yuan,
        found.person_count,
        claims_yuan=row.claims_yuan or Decimal(0),
        self_paid_cost_yuan=row.self_paid_cost_yuan or Decimal(0),
        period=(row.period_start, row.period_end),
        identified_on=_identified_on(row.household_id),
    )
    return replace(found, monitoring=reference)


def figures_mark(year: int) -> str:
    """Give a mark of all the county's figures that incomes of a year are computed with: it changes with any of them."""
    ratios, rules = cost_ratios([year])[year], counting_rules([year])[year]
    stated = sorted((item, product, f"{ratio:f}") for (item, product), ratio in ratios.items())
    return sha256(json.dumps([stated, sorted(rules.items())]).encode()).hexdigest()[:16]


def _ratios_of(year: int) -> Ratios:
    return cost_ratios([year])[year]


def _identified_on(household_id: UUID) -> date | None:
    spells = MonitoringSpell.objects.filter(household=household_id, starts_on__isnull=False)
    return spells.order_by("-starts_on").values_list("starts_on", flat=True).first()


def income_row(household: Household, year: int) -> dict[str, Any]:
    """Give the lines of a year and the derivation of its net income as plain values.

    Raises: NotFound for a year without lines.
    """
    found = income_derivation(household, year)
    row = HouseholdYear.objects.filter(household=household, year=year).first()
    if found is None or row is None:
        raise NotFound("income.not_found", _("No income is recorded line by line for this year."))
    return {
        "year": year,
        "period_start": row.period_start,
        "period_end": row.period_end,
        "person_count": found.person_count,
        "source": row.source,
        "lines": line_rows(household.id, year),
        "claims_yuan": row.claims_yuan,
        "self_paid_cost_yuan": row.self_paid_cost_yuan,
        "classes": dict(found.classes),
        "not_counted_yuan": found.not_counted_yuan,
        "costs": [
            {
                "item_code": step.item_code,
                "gross_yuan": step.gross_yuan,
                "cost_yuan": step.cost_yuan,
                "is_own_figure": step.is_own_figure,
                "is_unknown": step.is_unknown,
            }
            for step in found.costs
        ],
        "other_cost_yuan": found.other_cost_yuan,
        "cost_yuan": found.cost_yuan,
        "gross_yuan": found.gross_yuan,
        "net_yuan": found.net_yuan,
        "net_per_head_yuan": found.net_per_head_yuan,
        "recorded_net_per_head_yuan": row.net_per_head_yuan,
        "monitoring": None if found.monitoring is None else asdict(found.monitoring),
    }
