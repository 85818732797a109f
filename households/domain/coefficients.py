"""The county's own figures that income is computed with: shares of cost, what counts, and the lines of the years."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any, Final, TypeVar
from uuid import UUID

from django.db import IntegrityError
from django.utils.translation import gettext_lazy as _

from households.definitions.income_items import BUSINESS, CLASSES, shipped_year_lines
from households.domain.locking import require_reason
from households.domain.refusals import constraint_refused
from households.models import CostCoefficient, IncomeRule, YearLine
from households.models.income import CountysFigure
from households.queries.derivation import class_of
from households.queries.income import items_of
from registry.access import require
from registry.audit import record
from registry.domain.versions import lock_version
from registry.lib.errors import Conflict, DomainError
from registry.lib.periods import today
from registry.tenancy.context import Actor
from registry.tenancy.models import VersionedModel
from registry.tenancy.scope import savepoint

Figure = TypeVar("Figure", bound=CountysFigure)
MANAGE: Final = "households.manage_coefficients"
# What the source of a line begins with that the county has to check.
UNCONFIRMED: Final = "待核实"


def set_cost_coefficient(
    year: int, item_code: str, product: str, *, cost_ratio: Decimal, actor: Actor
) -> CostCoefficient:
    """Enter the share of gross income that a product costs in a year; years already recorded keep their figures.

    Raises: NotAllowed, Conflict for a product that has its share already, DomainError.
    """
    require(actor, MANAGE)
    if class_of(item_code, items_of(year)) != BUSINESS or item_code in CLASSES:
        message = _("Only items of business have a cost. Choose one of them.")
        raise DomainError("code.unknown", message, field="item_code")
    row = CostCoefficient(
        scope_code=actor.tenant_code, year=year, item_code=item_code, product=product.strip(), cost_ratio=cost_ratio
    )
    _insert(row)
    changes = {name: (None, getattr(row, name)) for name in ("year", "item_code", "product", "cost_ratio")}
    record("households.set_cost_coefficient", row, actor=actor, changes=changes)
    return row


def amend_cost_coefficient(row_id: UUID, *, cost_ratio: Decimal, actor: Actor, version: int) -> CostCoefficient:
    """Correct a share of cost. Locks: its row. Raises: NotFound, NotAllowed, StaleVersion, Conflict."""
    require(actor, MANAGE)
    row = _in_force(CostCoefficient, row_id, version)
    changes = _amend(row, {"cost_ratio": cost_ratio})
    if changes:
        record("households.amend_cost_coefficient", row, actor=actor, changes=changes)
    return row


def set_income_rule(item_code: str, from_year: int, *, counts_toward_net: bool, actor: Actor) -> IncomeRule:
    """Say from a year on whether an item counts towards the net, for lines that are recorded from now on.

    Raises: NotAllowed, Conflict for an item that has its rule of that year already, DomainError.
    """
    require(actor, MANAGE)
    if not class_of(item_code, items_of(from_year)) or item_code in CLASSES:
        message = _("The item of income is not in its list. Choose one below its class.")
        raise DomainError("code.unknown", message, field="item_code")
    row = IncomeRule(
        scope_code=actor.tenant_code, item_code=item_code, from_year=from_year, counts_toward_net=counts_toward_net
    )
    _insert(row)
    changes = {name: (None, getattr(row, name)) for name in ("item_code", "from_year", "counts_toward_net")}
    record("households.set_income_rule", row, actor=actor, changes=changes)
    return row


def amend_income_rule(row_id: UUID, *, counts_toward_net: bool, actor: Actor, version: int) -> IncomeRule:
    """Correct a rule of income. Locks: its row. Raises: NotFound, NotAllowed, StaleVersion, Conflict."""
    require(actor, MANAGE)
    row = _in_force(IncomeRule, row_id, version)
    changes = _amend(row, {"counts_toward_net": counts_toward_net})
    if changes:
        record("households.amend_income_rule", row, actor=actor, changes=changes)
    return row


def set_year_line(
    year: int,
    *,
    poverty_line_yuan: Decimal | None,
    monitoring_line_yuan: Decimal | None,
    valid_from: date,
    source: str,
    actor: Actor,
) -> YearLine:
    """Enter the lines of a year. Raises: NotAllowed, Conflict for a year that has its lines already, DomainError."""
    require(actor, MANAGE)
    values = {
        "poverty_line_yuan": poverty_line_yuan,
        "monitoring_line_yuan": monitoring_line_yuan,
        "valid_from": valid_from,
        "source": source.strip(),
    }
    row = YearLine(scope_code=actor.tenant_code, year=year, **values)
    _insert(row)
    changes = {name: (None, value) for name, value in {"year": year, **values}.items()}
    record("households.set_year_line", row, actor=actor, changes=changes)
    return row


def amend_year_line(
    row_id: UUID,
    *,
    poverty_line_yuan: Decimal | None,
    monitoring_line_yuan: Decimal | None,
    valid_from: date,
    source: str,
    actor: Actor,
    version: int,
) -> YearLine:
    """Correct the lines of a year. Locks: their row. Raises: NotFound, NotAllowed, StaleVersion, Conflict."""
    require(actor, MANAGE)
    row = _in_force(YearLine, row_id, version)
    values: dict[str, Any] = {
        "poverty_line_yuan": poverty_line_yuan,
        "monitoring_line_yuan": monitoring_line_yuan,
        "valid_from": valid_from,
        "source": source.strip(),
    }
    changes = _amend(row, values)
    if changes:
        record("households.amend_year_line", row, actor=actor, changes=changes)
    return row


def withdraw_cost_coefficient(row_id: UUID, *, actor: Actor, version: int, reason: str) -> CostCoefficient:
    """Take a share of cost out of force from today on; it stays on file.

    Locks: its row. Raises: NotFound, NotAllowed, StaleVersion, Conflict, DomainError without a reason.
    """
    row = _withdraw(CostCoefficient, row_id, actor=actor, version=version)
    changes = {"withdrawn_on": (None, row.withdrawn_on)}
    record("households.withdraw_cost_coefficient", row, actor=actor, changes=changes, reason=require_reason(reason))
    return row


def withdraw_income_rule(row_id: UUID, *, actor: Actor, version: int, reason: str) -> IncomeRule:
    """Take a rule of income out of force from today on; what held before it holds again.

    Locks: its row. Raises: NotFound, NotAllowed, StaleVersion, Conflict, DomainError without a reason.
    """
    row = _withdraw(IncomeRule, row_id, actor=actor, version=version)
    changes = {"withdrawn_on": (None, row.withdrawn_on)}
    record("households.withdraw_income_rule", row, actor=actor, changes=changes, reason=require_reason(reason))
    return row


def withdraw_year_line(row_id: UUID, *, actor: Actor, version: int, reason: str) -> YearLine:
    """Take the lines of a year out of force from today on; they stay on file.

    Locks: their row. Raises: NotFound, NotAllowed, StaleVersion, Conflict, DomainError without a reason.
    """
    row = _withdraw(YearLine, row_id, actor=actor, version=version)
    changes = {"withdrawn_on": (None, row.withdrawn_on)}
    record("households.withdraw_year_line", row, actor=actor, changes=changes, reason=require_reason(reason))
    return row


def take_shipped_year_lines(*, actor: Actor) -> int:
    """Enter the lines that come with the product for years that have none yet, and tell how many.

    They are the county's own from then on. One that no published text confirms says so in its source.
    Raises: NotAllowed.
    """
    require(actor, MANAGE)
    present = set(YearLine.objects.values_list("year", flat=True))
    rows = [
        YearLine(
            scope_code=actor.tenant_code,
            year=line.year,
            poverty_line_yuan=Decimal(line.poverty_line_yuan) if line.poverty_line_yuan else None,
            monitoring_line_yuan=Decimal(line.monitoring_line_yuan) if line.monitoring_line_yuan else None,
            valid_from=date(line.year, 1, 1),
            source=line.source if line.is_confirmed else f"[{UNCONFIRMED}] {line.source}",
        )
        for line in shipped_year_lines()
        if line.year not in present
    ]
    _guarded(lambda: YearLine.objects.bulk_create(rows))
    if rows:
        record(
            "households.take_year_lines",
            actor=actor,
            changes={"years": (None, [row.year for row in rows])},
            count=len(rows),
            object_type="households.yearline",
        )
    return len(rows)


def _in_force(model: type[Figure], row_id: UUID, version: int) -> Figure:
    """Lock a figure that is in force. Raises: NotFound, StaleVersion, Conflict for one that was withdrawn."""
    row = lock_version(model.objects.all(), row_id, version)
    if row.withdrawn_on is not None:
        raise Conflict("figure.withdrawn", _("This figure was withdrawn. Enter a new one."))
    return row


def _withdraw(model: type[Figure], row_id: UUID, *, actor: Actor, version: int) -> Figure:
    require(actor, MANAGE)
    row = _in_force(model, row_id, version)
    row.withdrawn_on = today()
    row.touch().save(update_fields=["withdrawn_on", "version", "updated_at"])
    return row


def _insert(row: VersionedModel) -> None:
    _guarded(row.save)


def _amend(row: VersionedModel, values: dict[str, Any]) -> dict[str, tuple[Any, Any]]:
    changes = {name: (getattr(row, name), value) for name, value in values.items() if getattr(row, name) != value}
    if changes:
        for name, (_before, value) in changes.items():
            setattr(row, name, value)
        row.touch()
        _guarded(lambda: row.save(update_fields=[*changes, "version", "updated_at"]))
    return changes


def _guarded(write: Callable[[], object]) -> None:
    try:
        with savepoint():
            write()
    except IntegrityError as error:
        raise constraint_refused(error) from error
