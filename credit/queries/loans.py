"""Loans for lists and pages, what is due, and the figures of villages."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

from django.db.models import Count, DecimalField, F, OuterRef, Q, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from credit.definitions.limits import SOON_DAYS
from credit.enums import LoanEntryKind
from credit.models import Loan, LoanEntry, LoanExtension
from households.queries.visibility import households_visible_to
from registry.enums import Role
from registry.lib.errors import NotFound
from registry.tenancy.context import Actor

ON_A_PAGE: Final = 50
_YUAN: "DecimalField[Any, Any]" = DecimalField(max_digits=14, decimal_places=2)
_NOTHING: Final = Decimal("0.00")
# Not withdrawn, and not paid back: owed, or to be paid out still.
STANDING: Final = Q(withdrawn_on__isnull=True) & (Q(outstanding_yuan__gt=0) | Q(drawn_yuan=0))


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditFigures:
    """What households of a village owe. `overdue_yuan` is owed past its day. Units: yuan."""

    village_code: str
    households: int
    loans: int
    outstanding_yuan: Decimal
    overdue_households: int
    overdue_yuan: Decimal
    soon_count: int


def loans_visible_to(actor: Actor) -> "QuerySet[Loan]":
    """Give the loans of the households that the actor may see, with household and borrower."""
    rows = Loan.objects.select_related("household", "person")
    if actor.role != Role.HELPER:
        return rows
    return rows.filter(household__in=households_visible_to(actor).values("id"))


def entries_visible_to(actor: Actor) -> "QuerySet[LoanEntry]":
    """Give the entries of those loans."""
    rows = LoanEntry.objects.select_related("loan")
    if actor.role != Role.HELPER:
        return rows
    return rows.filter(household__in=households_visible_to(actor).values("id"))


def find_loan(loan_id: UUID, *, actor: Actor) -> Loan:
    """Give one loan. Raises: NotFound for an unknown one and for one that the actor may not see."""
    row = loans_on_list(actor).filter(pk=loan_id).first()
    if row is None:
        raise NotFound("registry.not_found", _("There is no such record, or it lies outside your area."))
    return row


def loans_on_list(actor: Actor) -> "QuerySet[Loan]":
    """Give those loans with the interest and the subsidy that were paid."""
    return loans_visible_to(actor).annotate(
        interest_yuan=_paid(LoanEntryKind.INTEREST), subsidy_yuan=_paid(LoanEntryKind.SUBSIDY)
    )


def _paid(kind: str) -> Coalesce:
    rows = LoanEntry.objects.filter(loan=OuterRef("pk"), tenant_id=OuterRef("tenant_id"), kind=kind)
    totals = rows.order_by().values("loan_id").annotate(total=Sum("amount_yuan")).values("total")
    return Coalesce(Subquery(totals, output_field=_YUAN), Value(_NOTHING, _YUAN))


def loan_rows(rows: "QuerySet[Loan]", actor: Actor) -> "QuerySet[Any, Any]":
    """Give the columns of loans out of plain rows."""
    plain: QuerySet[Any, Any] = loans_on_list(actor).filter(pk__in=rows.values("pk"))
    found: QuerySet[Any, Any] = plain.values(
        "id", "household_id", "person_id", "lender", "purpose_code", "rating", "amount_yuan", "granted_on", "due_on",
        "rate_percent", "is_subsidised", "is_guaranteed", "withdrawn_on", "drawn_yuan", "outstanding_yuan",
        "interest_yuan", "subsidy_yuan", "version", household_number=F("household__number"),
        village_code=F("scope_code"),
    )  # fmt: skip
    return found


def entry_rows(loan_id: UUID) -> "QuerySet[Any, Any]":
    """Give the entries of a loan, the latest first."""
    rows = LoanEntry.objects.filter(loan=loan_id).order_by("-occurred_on", "-id")
    return rows.values("id", "kind", "occurred_on", "amount_yuan", "reverses_id")


def extension_rows(loan_id: UUID) -> "QuerySet[Any, Any]":
    """Give the extensions of a loan in their order."""
    rows = LoanExtension.objects.filter(loan=loan_id).order_by("number")
    return rows.values("number", "agreed_on", "former_due_on", "due_on")


def loans_due(day: date, *, actor: Actor) -> "QuerySet[Loan]":
    """Give the loans with money owed that are overdue, or due within 60 days: from an index of what is owed."""
    soon = day + timedelta(days=SOON_DAYS)
    return loans_visible_to(actor).filter(outstanding_yuan__gt=0, due_on__lte=soon)


def due_page(day: date, *, actor: Actor, village_code: str, page: int) -> list[Loan]:
    """Give a page of that worklist, of one village or of all, what is overdue longest first."""
    rows = loans_due(day, actor=actor)
    if village_code:
        rows = rows.filter(scope_code=village_code)
    return list(rows.order_by("due_on", "scope_code", "id")[(page - 1) * ON_A_PAGE : page * ON_A_PAGE])


def figures_by_village(day: date, *, actor: Actor) -> list[CreditFigures]:
    """Add up by village what is owed and what is overdue, by one query over loans with money owed."""
    late = Q(due_on__lt=day)
    rows = (
        loans_visible_to(actor)
        .filter(outstanding_yuan__gt=0)
        .order_by()
        .values("scope_code")
        .annotate(
            households=Count("household_id", distinct=True),
            loans=Count("id"),
            owed=Sum("outstanding_yuan"),
            late_households=Count("household_id", distinct=True, filter=late),
            late_yuan=Sum("outstanding_yuan", filter=late),
            soon=Count("id", filter=Q(due_on__gte=day, due_on__lte=day + timedelta(days=SOON_DAYS))),
        )
        .order_by("scope_code")
    )
    return [
        CreditFigures(
            village_code=row["scope_code"],
            households=row["households"],
            loans=row["loans"],
            outstanding_yuan=row["owed"],
            overdue_households=row["late_households"],
            overdue_yuan=row["late_yuan"] or _NOTHING,
            soon_count=row["soon"],
        )
        for row in rows
    ]
