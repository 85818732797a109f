"""Payment lists and their lines, and what stands against paying a line."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Sum
from django.utils.translation import gettext_lazy as _

from funds.enums import LineProblem
from funds.models import BankFile, PaymentCorrection, PaymentLine, PaymentList
from households.enums import HouseholdStatus
from households.models import Household, Membership
from registry.lib.errors import NotFound


@dataclass(frozen=True, slots=True)
class Problem:
    """What stands against one line of a list."""

    line_id: UUID
    number: int
    problem: LineProblem


@dataclass(frozen=True, slots=True)
class Balance:
    """What the lines that stand give, beside what the paper says. Units: yuan."""

    stated_yuan: Decimal
    stated_count: int
    total_yuan: Decimal
    count: int

    @property
    def difference_yuan(self) -> Decimal:
        """The lines less the paper."""
        return self.total_yuan - self.stated_yuan

    @property
    def is_even(self) -> bool:
        """Tell whether both total and number are those of the paper."""
        return (self.total_yuan, self.count) == (self.stated_yuan, self.stated_count)


def find_list(list_id: UUID) -> PaymentList:
    """Give one list with its programme. Raises: NotFound for an unknown one and for one outside the scope."""
    rows = PaymentList.objects.select_related("programme", "allocation__budget")
    row = rows.filter(pk=list_id).first()
    if row is None:
        raise NotFound("registry.not_found", _("There is no such record, or it lies outside your area."))
    return row


def find_line(line_id: UUID) -> PaymentLine:
    """Give one line. Raises: NotFound for an unknown one and for one outside the scope."""
    row = PaymentLine.objects.select_related("household", "programme").filter(pk=line_id).first()
    if row is None:
        raise NotFound("registry.not_found", _("There is no such record, or it lies outside your area."))
    return row


def is_list_in_scope(line: PaymentLine) -> bool:
    """Tell whether the scope shows the list of a line: a township sees lines of the county's lists, but not these."""
    return PaymentList.objects.filter(pk=line.payment_list_id).exists()


def live_lines(list_id: UUID) -> "QuerySet[PaymentLine]":
    """Give the lines of a list that stand, by their numbers."""
    return PaymentLine.objects.filter(payment_list=list_id, is_live=True).order_by("number")


def balance_of(row: PaymentList) -> Balance:
    """Add the lines up that stand and that the scope shows; verbs ask it of the whole county."""
    found = live_lines(row.pk).order_by().aggregate(total=Sum("amount_yuan"), count=Count("id"))
    return Balance(row.stated_yuan, row.stated_count, found["total"] or Decimal("0.00"), found["count"])


def problems_of(list_id: UUID) -> list[Problem]:
    """Give what stands against each line that stands, in the order of their numbers.

    Asked of the whole county, since another household of the same account may live in another township; nothing of
    that one is given.
    """
    shared = (
        Household.objects.filter(~Q(status=HouseholdStatus.CLOSED), account_index__isnull=False)
        .order_by()
        .values("account_index")
        .annotate(homes=Count("id"))
        .filter(homes__gt=1)
    )
    present = Membership.objects.filter(
        tenant_id=OuterRef("tenant_id"),
        household_id=OuterRef("household_id"),
        person_id=OuterRef("person_id"),
        ends_on__isnull=True,
    )
    conditions = (
        (LineProblem.CLOSED, Q(household__status=HouseholdStatus.CLOSED)),
        (LineProblem.NOT_A_MEMBER, Q(person__isnull=False) & ~Q(Exists(present))),
        (LineProblem.NO_ACCOUNT, Q(household__account_sealed__isnull=True)),
        (LineProblem.SHARED_ACCOUNT, Q(household__account_index__in=shared.values("account_index"))),
    )
    return [
        Problem(line_id, number, problem)
        for line_id, number, problem in sorted(
            (
                (line_id, number, problem)
                for problem, condition in conditions
                for line_id, number in live_lines(list_id).filter(condition).values_list("id", "number")
            ),
            key=lambda found: found[1],
        )
    ]


def list_rows(rows: "QuerySet[PaymentList]") -> "QuerySet[Any, Any]":
    """Give the columns of lists, by one query."""
    made = BankFile.objects.filter(tenant_id=OuterRef("tenant_id"), payment_list_id=OuterRef("pk"))
    found: QuerySet[Any, Any] = rows.annotate(has_bank_file=Exists(made))
    return found.values(
        "id",
        "programme_id",
        "allocation_id",
        "period",
        "stated_yuan",
        "stated_count",
        "state",
        "decision_reason",
        "paid_on",
        "paid_paper",
        "returned_yuan",
        "has_bank_file",
        "file_taken_at",
        "bank_word",
        "version",
        programme_name=F("programme__name"),
        division_code=F("scope_code"),
    )


def line_rows(rows: "QuerySet[PaymentLine]") -> "QuerySet[Any, Any]":
    """Give the columns of lines with the number of their household; the sealed account is there to be masked."""
    found: QuerySet[Any, Any] = rows.values(
        "id",
        "payment_list_id",
        "programme_id",
        "period",
        "number",
        "household_id",
        "person_id",
        "amount_yuan",
        "reason_code",
        "account_sealed",
        "bank_name",
        "is_live",
        "strike_reason",
        "paid_on",
        "returned_on",
        "return_code",
        "repays_id",
        "version",
        household_number=F("household__number"),
    )
    return found


def correction_rows(rows: "QuerySet[PaymentCorrection]") -> "QuerySet[Any, Any]":
    """Give the columns of corrections."""
    found: QuerySet[Any, Any] = rows.values(
        "id",
        "payment_list_id",
        "line_id",
        "kind",
        "amount_yuan",
        "was_on",
        "was_paper",
        "was_code",
        "reason",
        "corrected_at",
    )
    return found
