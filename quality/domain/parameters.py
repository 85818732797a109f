"""Set a county's own figure of a rule from a year on, and switch a rule off."""

from decimal import Decimal
from typing import Final

from django.utils.translation import gettext_lazy as _

from quality.definitions import Rule, rules
from quality.definitions.rules import ENABLED
from quality.enums import Severity
from quality.models import RuleParameter
from quality.queries.parameters import values_of
from registry.access import require
from registry.audit import record
from registry.domain.versions import stale_version
from registry.lib.errors import Conflict, DomainError, NotFound
from registry.tenancy.context import Actor

_FIRST_YEAR: Final = 2014
_LAST_YEAR: Final = 2100
_MOST: Final = Decimal(10) ** 9
_MOST_REASON: Final = 300
# Parameters of which the first may not exceed the second.
_LOW, _HIGH = "lo", "hi"


def find_rule(code: str) -> Rule:
    """Give a rule. Raises: NotFound."""
    found = rules().get(code)
    if found is None:
        raise NotFound("rule.not_found", _("There is no such rule."))
    return found


def set_parameter(
    rule_code: str,
    name: str,
    *,
    from_year: int,
    value: Decimal,
    reason: str,
    actor: Actor,
    version: int | None = None,
) -> RuleParameter:
    """Set the county's own figure of a rule from a year on; `enabled` 0 switches the rule off.

    `version` is what `version_of` gave when the figures were read. Locks: the county's figures of the rule.
    Raises: NotAllowed, NotFound, StaleVersion; Conflict for a rule that refuses at entry, which no county switches
    off; DomainError.
    """
    require(actor, "quality.set_parameters")
    rule = find_rule(rule_code)
    reason = reason.strip()[:_MOST_REASON]
    _check(rule, name, from_year, value, reason)
    rows = list(RuleParameter.objects.select_for_update(of=("self",)).filter(rule_code=rule.code))
    if version is not None and version != version_of(rows):
        raise stale_version()
    row = next((row for row in rows if (row.name, row.from_year) == (name, from_year)), None)
    before = row.value if row else None
    if row is None:
        row = RuleParameter.objects.create(
            scope_code=actor.tenant_code, rule_code=rule.code, name=name, from_year=from_year, value=value
        )
    else:
        row.value = value
        row.touch().save(update_fields=["value", "version", "updated_at"])
    _check_order(rule, name, {from_year, *(other.from_year for other in rows)})
    changes = {name: (before, value), "from_year": (None, from_year), "rule_code": (None, rule.code)}
    record("quality.set_parameter", row, actor=actor, changes=changes, reason=reason)
    return row


def version_of(rows: "list[RuleParameter]") -> int:
    """Give the version of a rule's figures: it grows with each that is set."""
    return sum(row.version for row in rows)


def _check(rule: Rule, name: str, from_year: int, value: Decimal, reason: str) -> None:
    if not reason:
        raise DomainError("parameter.no_reason", _("Say why, in a sentence."), field="reason")
    if not _FIRST_YEAR <= from_year <= _LAST_YEAR:
        raise DomainError("parameter.year", _("Enter a year from 2014 to 2100."), field="from_year")
    if name == ENABLED:
        _check_switch(rule, value)
    elif name not in rule.parameters:
        raise DomainError("parameter.unknown", _("The rule has no such figure."), field="name")
    elif not 0 <= value < _MOST or value != round(value, 2):
        message = _("Enter a figure that is not negative, with two decimals at most.")
        raise DomainError("parameter.value", message, field="value")


def _check_switch(rule: Rule, value: Decimal) -> None:
    if value not in {0, 1}:
        raise DomainError("parameter.switch", _("A rule is on (1) or off (0)."), field="value")
    if value == 0 and rule.severity == Severity.REFUSE:
        message = _("This rule keeps what cannot be true out of the register. No county switches it off.")
        raise Conflict("rule.of_the_house", message, field="value")


def _check_order(rule: Rule, name: str, years: set[int]) -> None:
    """Refuse a lower end above the upper one, in any year in which a figure begins."""
    if name not in {_LOW, _HIGH} or not {_LOW, _HIGH} <= set(rule.parameters):
        return
    for year in sorted(years):
        figures = values_of(rule, year)
        if figures[_LOW] > figures[_HIGH]:
            message = _("The lower figure would exceed the upper one in %(year)s.")
            raise DomainError("parameter.order", message % {"year": year}, field="value")
