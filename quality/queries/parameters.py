"""What each rule's parameters are in a year: the county's own values before the defaults of the data."""

from datetime import date
from decimal import Decimal
from typing import Any

from quality.definitions import Rule, rules
from quality.definitions.rules import ENABLED
from quality.models import RuleParameter
from registry.tenancy.context import current_tenant_id

Values = dict[str, Any]


def own_values(year: int) -> dict[tuple[str, str], Decimal]:
    """Give the county's own value of each (rule, parameter) in the year: the latest that has begun."""
    rows = RuleParameter.objects.filter(from_year__lte=year).order_by("from_year")
    return {(code, name): value for code, name, value in rows.values_list("rule_code", "name", "value")}


def rules_with_values(on: date) -> tuple[list[Rule], Values]:
    """Give the rules that are switched on, and what stands for every name in their statements; one query."""
    own, values = own_values(on.year), Values(tenant=current_tenant_id(), on=on, year=on.year)
    active = [rule for rule in rules().values() if own.get((rule.code, ENABLED), 1) != 0]
    for rule in active:
        for name, default in rule.defaults(on.year).items():
            values[rule.place(name)] = own.get((rule.code, name), default)
    return active, values


def values_of(rule: Rule, year: int) -> dict[str, Decimal]:
    """Give the parameters of one rule in a year."""
    own = own_values(year)
    return {name: own.get((rule.code, name), default) for name, default in rule.defaults(year).items()}
