"""Budgets, allocations and programmes, and how far the money of a year has come."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final, TypeVar
from uuid import UUID

from django.db.models import F, QuerySet, Sum
from django.utils.translation import gettext_lazy as _

from funds.enums import ListState
from funds.models import Allocation, Budget, PaymentList, PaymentProgramme
from registry.lib.errors import NotFound

ZERO: Final = Decimal("0.00")
Row = TypeVar("Row")


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far the money of one source, or of one purpose, has come. Units: yuan.

    `bound_yuan` is what lists that are submitted, approved or paid take, less what banks returned; `paid_yuan` is what
    paid lists took, with what was returned of it in `returned_yuan`. Of budgets, which are the county's,
    `unallocated_yuan` is what nobody got, also where the scope shows a part of the allocations alone.
    """

    source_code: str = ""
    purpose: str = ""
    programme_id: UUID | None = None
    programme_name: str = ""
    project_kind_code: str = ""
    budget_yuan: Decimal = ZERO
    unallocated_yuan: Decimal = ZERO
    allocated_yuan: Decimal = ZERO
    bound_yuan: Decimal = ZERO
    paid_yuan: Decimal = ZERO
    returned_yuan: Decimal = ZERO

    @property
    def free_yuan(self) -> Decimal:
        """What of the allocations no list has bound."""
        return self.allocated_yuan - self.bound_yuan


@dataclass(frozen=True, slots=True)
class YearProgress:
    """The money of a year by source and by purpose, with its sums."""

    year: int
    sources: tuple[Progress, ...]
    purposes: tuple[Progress, ...]
    total: Progress


Part = tuple[dict[str, Any], dict[str, Decimal]]
# By what is grouped, and where an allocation says it.
_KEYS: Final = {
    "source_code": "budget__source_code",
    "purpose": "purpose",
    "programme_id": "programme_id",
    "programme_name": "programme__name",
    "project_kind_code": "project_kind_code",
}
_SUMS: Final = ("budget_yuan", "unallocated_yuan", "allocated_yuan", "bound_yuan", "paid_yuan", "returned_yuan")


def find_budget(budget_id: UUID) -> Budget:
    """Give one budget. Raises: NotFound."""
    return _found(Budget.objects.filter(pk=budget_id).first())


def find_allocation(allocation_id: UUID) -> Allocation:
    """Give one allocation. Raises: NotFound for an unknown one and for one outside the scope."""
    rows = Allocation.objects.select_related("budget", "programme")
    return _found(rows.filter(pk=allocation_id).first())


def find_programme(programme_id: UUID) -> PaymentProgramme:
    """Give one programme. Raises: NotFound."""
    return _found(PaymentProgramme.objects.filter(pk=programme_id).first())


def _found(row: Row | None) -> Row:
    if row is None:
        raise NotFound("registry.not_found", _("There is no such record, or it lies outside your area."))
    return row


def allocations_free_for(programme_id: UUID | None = None) -> "QuerySet[Allocation]":
    """Give the allocations in scope that still stand, those of a programme or of an area, the latest first."""
    rows = Allocation.objects.select_related("budget", "programme").filter(
        moves_back__isnull=True, amount_yuan__gt=F("bound_yuan") + F("moved_back_yuan")
    )
    return rows if programme_id is None else rows.filter(programme=programme_id)


def progress_of(year: int) -> YearProgress:
    """Add up the money of a year by three queries: budgets are the county's, allocations and lists those in scope."""
    budgets = Budget.objects.filter(year=year, withdrawn_on__isnull=True).order_by().values("source_code")
    parts: list[Part] = [
        ({"source_code": row["source_code"]}, {"budget_yuan": row["whole"], "unallocated_yuan": row["free"]})
        for row in budgets.annotate(whole=Sum("amount_yuan"), free=Sum(F("amount_yuan") - F("allocated_yuan")))
    ]
    allocations = Allocation.objects.filter(budget__year=year).order_by().values(*_keys(""))
    parts.extend(
        (_named(row, ""), {"allocated_yuan": row["given"], "bound_yuan": row["bound"]})
        for row in allocations.annotate(given=Sum("amount_yuan"), bound=Sum("bound_yuan"))
    )
    lists = PaymentList.objects.filter(allocation__budget__year=year, state=ListState.PAID)
    paid = lists.order_by().values(*_keys("allocation__"))
    parts.extend(
        (_named(row, "allocation__"), {"paid_yuan": row["paid"], "returned_yuan": row["returned"]})
        for row in paid.annotate(paid=Sum("stated_yuan"), returned=Sum("returned_yuan"))
    )
    return YearProgress(
        year,
        _grouped(parts, ("source_code",)),
        _grouped([part for part in parts if part[0].get("purpose")], tuple(_KEYS)[1:]),
        next(iter(_grouped(parts, ())), Progress()),
    )


def _keys(prefix: str) -> list[str]:
    return [f"{prefix}{path}" for path in _KEYS.values()]


def _named(row: Mapping[str, Any], prefix: str) -> dict[str, Any]:
    return {name: row[f"{prefix}{path}"] for name, path in _KEYS.items()}


def _grouped(parts: Iterable[Part], keys: tuple[str, ...]) -> tuple[Progress, ...]:
    sums: dict[tuple[Any, ...], dict[str, Decimal]] = defaultdict(lambda: dict.fromkeys(_SUMS, ZERO))
    for key, amounts in parts:
        group = sums[tuple(key.get(name) for name in keys)]
        for name, amount in amounts.items():
            group[name] += amount
    ordered = sorted(sums.items(), key=lambda item: tuple(str(value) for value in item[0]))
    return tuple(_progress(dict(zip(keys, group, strict=True)), amounts) for group, amounts in ordered)


def _progress(key: dict[str, Any], amounts: dict[str, Any]) -> Progress:
    return Progress(**{name: value for name, value in key.items() if value is not None}, **amounts)
