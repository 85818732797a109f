"""Entries, the year of one village, and all villages of a year beside the goal."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

from django.db.models import Case, DecimalField, Exists, F, OuterRef, Q, QuerySet, Subquery, Sum, Value, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from economy.enums import AID, SOURCE_SCHEME, DividendState, EntryKind
from economy.models import Dividend, LedgerEntry
from economy.queries.goals import Goal, goal_of
from registry.domain.codes import code_list
from registry.lib.errors import NotFound
from villages.models import Village, VillageYear

ZERO: Final = Decimal("0.00")
_YUAN: Final = DecimalField(max_digits=16, decimal_places=2)


@dataclass(frozen=True, slots=True, kw_only=True)
class VillageBalance:
    """The year of a village's collective.

    `own` and `aid` hold (code, sum) by source; own income alone counts towards the goal. `stated_yuan` is what the
    yearly form says, None where it says nothing; `difference_yuan` is own income less that. `carried_yuan` is what
    all earlier years left. Units: yuan.
    """

    year: int
    goal: Goal
    own: tuple[tuple[str, Decimal], ...]
    aid: tuple[tuple[str, Decimal], ...]
    own_yuan: Decimal
    aid_yuan: Decimal
    cost_yuan: Decimal
    carried_yuan: Decimal
    has_entries: bool
    stated_yuan: Decimal | None

    @property
    def balance_yuan(self) -> Decimal:
        """What the year alone left."""
        return self.own_yuan + self.aid_yuan - self.cost_yuan

    @property
    def closing_yuan(self) -> Decimal:
        """What all years up to the end of this one left."""
        return self.carried_yuan + self.balance_yuan

    @property
    def meets_goal(self) -> bool:
        """Tell whether own income reaches the goal of the year."""
        return self.own_yuan >= self.goal.goal_yuan

    @property
    def difference_yuan(self) -> Decimal | None:
        """Own income of the ledger less what the form says."""
        return None if self.stated_yuan is None else self.own_yuan - self.stated_yuan


def find_entry(entry_id: UUID) -> LedgerEntry:
    """Give one entry. Raises: NotFound for an unknown one and for one outside the scope."""
    row = LedgerEntry.objects.select_related("village", "document").filter(pk=entry_id).first()
    if row is None:
        raise NotFound("registry.not_found", _("There is no such record, or it lies outside your area."))
    return row


def entries_of_year(village_id: UUID, year: int) -> "QuerySet[LedgerEntry]":
    """Give the entries of a village's year, the latest first, each with whether it was reversed."""
    return with_reversal(LedgerEntry.objects.filter(in_year(year), village=village_id))


def with_reversal(rows: "QuerySet[LedgerEntry]") -> "QuerySet[LedgerEntry]":
    """Add `is_reversed`: another entry took this one back."""
    taken_back = LedgerEntry.objects.filter(reverses=OuterRef("pk"), tenant_id=OuterRef("tenant_id"))
    return rows.annotate(is_reversed=Exists(taken_back))


def is_booked(dividend_id: UUID) -> bool:
    """Tell whether an entry of a dividend stands."""
    return _standing_entries().filter(dividend=dividend_id).exists()


def _standing_entries() -> "QuerySet[LedgerEntry]":
    taken_back = LedgerEntry.objects.filter(reverses=OuterRef("pk"), tenant_id=OuterRef("tenant_id"))
    return LedgerEntry.objects.filter(~Exists(taken_back), reverses__isnull=True)


def unbooked_dividends(village_id: UUID) -> "QuerySet[Dividend]":
    """Give the approved dividends of a village's funds of which no entry stands, the oldest first."""
    standing = _standing_entries().filter(dividend=OuterRef("pk"), tenant_id=OuterRef("tenant_id"))
    rows = Dividend.objects.filter(~Exists(standing), fund__village=village_id, state=DividendState.APPROVED)
    return rows.select_related("fund").order_by("paid_on", "id")


def in_year(year: int) -> Q:
    """Ask for the days of a year, as a range that an index answers."""
    return Q(occurred_on__gte=date(year, 1, 1), occurred_on__lt=date(year + 1, 1, 1))


def sources_below(group: str) -> list[str]:
    """Give the sources of a group, in the order of the list."""
    return list(code_list(SOURCE_SCHEME).children_of(group))


def balance_of(village: Village, year: int) -> VillageBalance:
    """Add the entries of a village's year up, by four queries however many they are."""
    rows = LedgerEntry.objects.filter(village=village)
    sums = rows.filter(in_year(year)).order_by().values("kind", "source_code").annotate(total=Sum("amount_yuan"))
    found = {(row["kind"], row["source_code"]): row["total"] for row in sums}
    earlier = rows.filter(occurred_on__lt=date(year, 1, 1)).aggregate(
        income=Sum("amount_yuan", filter=Q(kind=EntryKind.INCOME)),
        cost=Sum("amount_yuan", filter=Q(kind=EntryKind.COST)),
    )
    stated = VillageYear.objects.filter(village=village, year=year).values_list("collective_income_yuan", flat=True)
    income = {source: total for (kind, source), total in found.items() if kind == EntryKind.INCOME}
    aid_codes = set(sources_below(AID))
    own = _ordered(income, (code for code in income if code not in aid_codes))
    aid = _ordered(income, (code for code in income if code in aid_codes))
    return VillageBalance(
        year=year,
        goal=goal_of(year),
        own=own,
        aid=aid,
        own_yuan=sum((total for _code, total in own), ZERO),
        aid_yuan=sum((total for _code, total in aid), ZERO),
        cost_yuan=found.get((EntryKind.COST, ""), ZERO),
        carried_yuan=(earlier["income"] or ZERO) - (earlier["cost"] or ZERO),
        has_entries=bool(found),
        stated_yuan=stated.first(),
    )


def _ordered(totals: dict[str, Decimal], codes: Iterable[str]) -> tuple[tuple[str, Decimal], ...]:
    return tuple((code, totals[code]) for code in sorted(codes))


def villages_of_year(year: int, goal: Goal) -> "QuerySet[Any, Any]":
    """Give the villages in scope with the sums of a year and how they stand to the goal, all by one query.

    Adds `own_yuan`, `aid_yuan`, `cost_yuan`, `has_entries`, `stated_yuan` (None where the form says nothing),
    `difference_yuan` (own less stated) and `meets_goal`.
    """
    booked = LedgerEntry.objects.filter(in_year(year), village=OuterRef("pk"), tenant_id=OuterRef("tenant_id"))
    aid = Q(kind=EntryKind.INCOME, source_code__in=sources_below(AID))
    stated = VillageYear.objects.filter(village=OuterRef("pk"), tenant_id=OuterRef("tenant_id"), year=year)
    rows = Village.objects.annotate(
        has_entries=Exists(booked),
        own_yuan=_sum(booked.filter(Q(kind=EntryKind.INCOME) & ~aid)),
        aid_yuan=_sum(booked.filter(aid)),
        cost_yuan=_sum(booked.filter(kind=EntryKind.COST)),
        stated_yuan=Subquery(stated.values("collective_income_yuan")[:1], output_field=_YUAN),
    )
    return rows.annotate(
        difference_yuan=F("own_yuan") - F("stated_yuan"),
        meets_goal=Case(When(own_yuan__gte=goal.goal_yuan, then=Value(True)), default=Value(False)),
    ).order_by("code")


def _sum(rows: "QuerySet[LedgerEntry]") -> Coalesce:
    totals = rows.order_by().values("village_id").annotate(total=Sum("amount_yuan")).values("total")
    return Coalesce(Subquery(totals, output_field=_YUAN), Value(ZERO), output_field=_YUAN)


def figures_of_year(rows: "QuerySet[Village]", year: int, goal: Goal) -> "QuerySet[Any, Any]":
    """Give the same columns for villages that were chosen already."""
    return village_year_rows(villages_of_year(year, goal).filter(id__in=rows.values("id")))


def village_year_rows(rows: "QuerySet[Any, Any]") -> "QuerySet[Any, Any]":
    """Give the columns of villages with the sums of their year."""
    return rows.values(
        "id",
        "code",
        "name",
        "has_entries",
        "own_yuan",
        "aid_yuan",
        "cost_yuan",
        "stated_yuan",
        "difference_yuan",
        "meets_goal",
    )


def entry_rows(rows: "QuerySet[LedgerEntry]") -> "QuerySet[Any, Any]":
    """Give the columns of entries with the code of their village, by one query."""
    noted: QuerySet[Any, Any] = with_reversal(rows)
    return noted.values(
        "id",
        "village_id",
        "kind",
        "source_code",
        "occurred_on",
        "amount_yuan",
        "purpose",
        "project_id",
        "dividend_id",
        "reverses_id",
        "is_reversed",
        "recorded_at",
        village_code=F("scope_code"),
        has_document=Case(When(document__isnull=False, then=Value(True)), default=Value(False)),
    )
