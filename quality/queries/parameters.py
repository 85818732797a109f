"""What each rule's parameters are in a year: the county's own values before the defaults of the data."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from quality.definitions import Rule, rules
from quality.definitions.rules import ENABLED
from quality.models import RuleParameter
from registry.tenancy.context import current_tenant_id

Values = dict[str, Any]


Own = dict[tuple[str, str], Decimal]


def own_values(year: int) -> Own:
    """Give the county's own value of each (rule, parameter) in the year: the latest that has begun."""
    return _latest(_steps(year), year)


def rules_with_values(on: date) -> tuple[list[Rule], Values]:
    """Give the rules that are switched on, and what stands for every name in their statements; one query."""
    own, values = own_values(on.year), Values(tenant=current_tenant_id(), on=on, year=on.year)
    active = [rule for rule in rules().values() if own.get((rule.code, ENABLED), 1) != 0]
    for rule in active:
        for name, default in rule.defaults(on.year).items():
            values[rule.place(name)] = own.get((rule.code, name), default)
    return active, values


def figures_of(years: Collection[int]) -> Callable[[str, int], dict[str, Decimal]]:
    """Give what gives the figures of a rule in one of these years; one query for all of them."""
    steps = _steps(max(years)) if years else []
    own = {year: _latest(steps, year) for year in years}

    def figures(rule_code: str, year: int) -> dict[str, Decimal]:
        defaults = rules()[rule_code].defaults(year)
        return {name: own[year].get((rule_code, name), default) for name, default in defaults.items()}

    return figures


def _steps(year: int) -> list[tuple[str, str, int, Decimal]]:
    rows = RuleParameter.objects.filter(from_year__lte=year).order_by("from_year")
    return list(rows.values_list("rule_code", "name", "from_year", "value"))


def _latest(steps: Iterable[tuple[str, str, int, Decimal]], year: int) -> Own:
    return {(code, name): value for code, name, begins, value in steps if begins <= year}


@dataclass(frozen=True, slots=True)
class Figure:
    """A parameter of a rule in a year: what the data has, and what counts in the county."""

    name: str
    default: Decimal
    value: Decimal
    is_own: bool


@dataclass(frozen=True, slots=True)
class RuleShown:
    """A rule as it stands in the county in a year."""

    rule: Rule
    is_enabled: bool
    figures: tuple[Figure, ...]

    @property
    def values(self) -> dict[str, Decimal]:
        """Give the figures by their names, for the sentence."""
        return {figure.name: figure.value for figure in self.figures}


def values_of(rule: Rule, year: int) -> dict[str, Decimal]:
    """Give the parameters of one rule in a year."""
    return figures_of({year})(rule.code, year)


def rules_shown(year: int) -> list[RuleShown]:
    """Give every rule as it stands in the county in a year; one query."""
    own = own_values(year)
    return [_shown(rule, own, year) for rule in rules().values()]


def parameters_of(rule: Rule) -> list[RuleParameter]:
    """Give the county's own figures of a rule, the latest year first."""
    return list(RuleParameter.objects.filter(rule_code=rule.code).order_by("name", "-from_year"))


def _shown(rule: Rule, own: Own, year: int) -> RuleShown:
    figures = tuple(
        Figure(name, default, own.get((rule.code, name), default), (rule.code, name) in own)
        for name, default in rule.defaults(year).items()
    )
    return RuleShown(rule, own.get((rule.code, ENABLED), 1) != 0, figures)
