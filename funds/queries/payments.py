"""What was paid: to one household, and in one village by sums alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import F, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from funds.models import PaymentLine
from households.models import Household
from villages.models import Village


@dataclass(frozen=True, slots=True)
class ProgrammeSum:
    """What a programme paid in a village in a year, less what banks returned. Units: yuan."""

    programme_id: UUID
    name: str
    paid_yuan: Decimal


@dataclass(frozen=True, slots=True)
class VillageSum:
    """What was paid in a village in a year, less what banks returned. Units: yuan."""

    village_id: UUID
    name: str
    paid_yuan: Decimal


def payments_of(household: Household) -> "QuerySet[PaymentLine]":
    """Give the paid lines of a household, the latest first, those of the county's own lists too."""
    rows = PaymentLine.objects.select_related("programme", "person")
    return rows.filter(household=household, paid_on__isnull=False).order_by("-paid_on", "-id")


def payment_rows(rows: "QuerySet[PaymentLine]") -> "QuerySet[Any, Any]":
    """Give the columns of payments: no account among them."""
    found: QuerySet[Any, Any] = rows.values(
        "id",
        "programme_id",
        "period",
        "person_id",
        "amount_yuan",
        "reason_code",
        "paid_on",
        "returned_on",
        "return_code",
        programme_name=F("programme__name"),
    )
    return found


def sums_of_village(code: str, year: int) -> list[ProgrammeSum]:
    """Add up by programme what was paid in a village in a year and not returned; names and numbers of nobody."""
    standing = Sum("amount_yuan", filter=Q(returned_on__isnull=True))
    rows = (
        PaymentLine.objects.filter(_in_year(year), village_code=code)
        .order_by("programme__name")
        .values("programme_id", "programme__name")
        .annotate(paid=Coalesce(standing, Decimal("0.00")))
    )
    return [ProgrammeSum(row["programme_id"], row["programme__name"], row["paid"]) for row in rows]


def villages_in_scope() -> list[Village]:
    """Give the villages in scope by their codes."""
    return list(Village.objects.order_by("code"))


def sums_by_village(villages: Sequence[Village], year: int) -> list[VillageSum]:
    """Add up by village what was paid in a year and not returned, for those of the villages that got something."""
    codes = [village.code for village in villages]
    lines = PaymentLine.objects.filter(_in_year(year), village_code__in=codes, returned_on__isnull=True).order_by()
    sums = dict(lines.values_list("village_code").annotate(paid=Sum("amount_yuan")))
    return [VillageSum(one.pk, one.name, sums[one.code]) for one in villages if one.code in sums]


def _in_year(year: int) -> Q:
    return Q(paid_on__gte=date(year, 1, 1), paid_on__lt=date(year + 1, 1, 1))
