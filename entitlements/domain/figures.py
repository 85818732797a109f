"""Set a county's own figure of a policy from a year on, and switch a policy off."""

from decimal import Decimal
from typing import Final

from django.utils.translation import gettext_lazy as _

from entitlements.definitions import Policy
from entitlements.definitions.policies import ENABLED, PENDING_DAYS, SETTLED_DAYS
from entitlements.models import PolicyFigure
from entitlements.queries.policies import find_known, own_figures_of
from registry.access import require
from registry.audit import record
from registry.domain.versions import stale_version
from registry.lib.errors import DomainError, NotFound
from registry.tenancy.context import Actor

_FIRST_YEAR: Final = 2014
_LAST_YEAR: Final = 2100
_MOST: Final = Decimal(10) ** 9
_MOST_SOURCE: Final = 200
_MOST_DAYS: Final = 1100
# Figures that are a yes or a no.
_SWITCHES: Final = frozenset({ENABLED, "province_only"})


def find_policy(code: str) -> Policy:
    """Give a policy. Raises: NotFound."""
    found = find_known(code)
    if found is None:
        raise NotFound("policy.not_found", _("There is no such policy."))
    return found


def set_figure(
    policy_code: str,
    name: str,
    *,
    from_year: int,
    value: Decimal,
    source: str,
    actor: Actor,
    version: int | None = None,
) -> PolicyFigure:
    """Set the county's own figure of a policy from a year on, with the paper it stands in; `enabled` 0 switches it off.

    `version` is what `version_of` gave when the figures were read. Locks: the county's figures of the policy.
    Raises: NotAllowed, NotFound, StaleVersion, DomainError.
    """
    require(actor, "entitlements.set_figures")
    policy = find_policy(policy_code)
    source = source.strip()[:_MOST_SOURCE]
    _check(policy, name, from_year, value, source)
    rows = list(PolicyFigure.objects.select_for_update(of=("self",)).filter(policy_code=policy.code))
    if version is not None and version != version_of(rows):
        raise stale_version()
    row = next((row for row in rows if (row.name, row.from_year) == (name, from_year)), None)
    before = row.value if row else None
    if row is None:
        row = PolicyFigure.objects.create(
            scope_code=actor.tenant_code,
            policy_code=policy.code,
            name=name,
            from_year=from_year,
            value=value,
            source=source,
        )
    else:
        row.value, row.source = value, source
        row.touch().save(update_fields=["value", "source", "version", "updated_at"])
    changes = {name: (before, value), "from_year": (None, from_year), "policy_code": (None, policy.code)}
    record("entitlements.set_figure", row, actor=actor, changes=changes, reason=source)
    return row


def version_of(rows: list[PolicyFigure]) -> int:
    """Give the version of a policy's figures: it grows with each that is set."""
    return sum(row.version for row in rows)


def figures_version(policy: Policy) -> int:
    """Give the version of the figures of a policy as they stand."""
    return version_of(own_figures_of(policy))


def _check(policy: Policy, name: str, from_year: int, value: Decimal, source: str) -> None:
    if not source:
        raise DomainError("figure.no_source", _("Name the paper that the figure stands in."), field="source")
    if not _FIRST_YEAR <= from_year <= _LAST_YEAR:
        raise DomainError("figure.year", _("Enter a year from 2014 to 2100."), field="from_year")
    if name not in {*policy.figures, ENABLED}:
        raise DomainError("figure.unknown", _("The policy has no such figure."), field="name")
    if name in _SWITCHES and value not in {0, 1}:
        raise DomainError("figure.switch", _("This figure is 1 or 0."), field="value")
    if name in {PENDING_DAYS, SETTLED_DAYS} and not (1 <= value <= _MOST_DAYS and value == int(value)):
        message = _("Enter a number of days from 1 to %(most)s.") % {"most": _MOST_DAYS}
        raise DomainError("figure.days", message, field="value")
    if name == "until" and not (value == int(value) and 201401 <= value <= 210012 and 1 <= value % 100 <= 12):
        raise DomainError("figure.month", _("Enter the month as yyyymm, as 202312."), field="value")
    if not 0 <= value < _MOST or value != round(value, 2):
        raise DomainError(
            "figure.value", _("Enter a figure that is not negative, with two decimals at most."), field="value"
        )
