"""What the first page counts of households and of the ledger: kept by village from one page to the next.

The flows of a place are those of the households that are in it now: that is what whoever is at work may see. A move
within the county is no flow: its two postings cancel.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Final

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum
from django.db.models.functions import TruncMonth

from households.enums import AT_RISK, ON_REGISTER, STOCK_OF_STATUS, PostingKind, Stock
from households.models import Household, Posting
from households.queries.visibility import households_visible_to, sees_villages_whole
from registry.domain.tallies import Figures, tallies, tallying
from registry.lib.periods import Month, today
from registry.tenancy.context import Actor
from villages.queries.villages import villages_in_scope

BOARD: Final = "dashboard"
# The current month and the twelve before it.
MONTHS: Final = 13
_DELTAS: Final = (("h", "households_delta"), ("p", "persons_delta"))


def months_shown(day: date) -> list[Month]:
    """Give the months of the trend, the oldest first, the day's own last."""
    months = [Month.of(day)]
    while len(months) < MONTHS:
        months.insert(0, months[0].previous)
    return months


def standing_of(actor: Actor) -> Mapping[str, Figures]:
    """Give today's figures by village; for whoever sees villages whole, what did not change is not counted anew."""
    if sees_villages_whole(actor):
        return tallies(BOARD, list(villages_in_scope().values_list("code", flat=True)))
    homes = households_visible_to(actor)
    return _counted(today(), homes, Posting.objects.filter(household__in=homes.values("id")))


@tallying(BOARD)
def _count_villages(day: date, codes: Sequence[str]) -> Mapping[str, Figures]:
    within = Q(scope_code__in=codes)
    return _counted(day, Household.objects.filter(within), Posting.objects.filter(within))


def _counted(day: date, homes: "QuerySet[Household]", postings: "QuerySet[Posting]") -> Mapping[str, Figures]:
    """Count by village: statuses, stocks, causes, categories, and the ledger by month.

    Names: `status|…`, `stock|…`, `cause|stock|code`, `category|code`, `posted|stock|h or p` to the end of the day, and
    `flow|month|stock|kind|h or p|in or out` of the months shown.
    """
    found: dict[str, Counter[str]] = {}
    for code, status, state, category, cause, count in _homes(homes):
        village = found.setdefault(code, Counter())
        for name in _names(status, state, category, cause):
            village[name] += count
    held = postings.order_by().filter(effective_on__lte=day)
    sums = {name: Sum(column) for name, column in _DELTAS}
    for code, stock, households, persons in (
        held.values("scope_code", "stock").annotate(**sums).values_list("scope_code", "stock", *sums)
    ):
        found.setdefault(code, Counter()).update({f"posted|{stock}|h": households, f"posted|{stock}|p": persons})
    for code, name, moved in _flows(held.filter(effective_on__gte=months_shown(day)[0].first_day)):
        found.setdefault(code, Counter())[name] += moved
    return {code: {name: count for name, count in village.items() if count} for code, village in found.items()}


def _homes(homes: "QuerySet[Household]") -> Iterable[tuple[str, str, str, str, str, int]]:
    columns = ("scope_code", "status", "monitoring_state", "monitoring_code", "main_cause_code")
    yield from homes.order_by().values(*columns).annotate(count=Count("id")).values_list(*columns, "count")


def _names(status: str, state: str, category: str, cause: str) -> Iterable[str]:
    yield f"status|{status}"
    stock = STOCK_OF_STATUS.get(status)
    if stock is not None:
        yield f"stock|{stock}"
        yield f"cause|{stock}|{cause}"
    if state in AT_RISK and status in ON_REGISTER:
        yield f"stock|{Stock.MONITORED}"
        yield f"category|{category}"


def flows_in(postings: "QuerySet[Posting]") -> "QuerySet[Posting]":
    """Leave out both postings of each move within the county; a transfer of or to another county stays."""
    other = {PostingKind.MOVED_IN: PostingKind.MOVED_OUT, PostingKind.MOVED_OUT: PostingKind.MOVED_IN}
    moved = Q(pk__in=[])
    for kind, opposite in other.items():
        counterpart = Posting.objects.filter(
            tenant=OuterRef("tenant_id"),
            household=OuterRef("household_id"),
            stock=OuterRef("stock"),
            effective_on=OuterRef("effective_on"),
            kind=opposite,
        )
        moved |= Q(~Exists(counterpart), kind=kind)
    return postings.filter(~Q(kind__in=list(other)) | moved)


def _flows(postings: "QuerySet[Posting]") -> Iterable[tuple[str, str, int]]:
    sums = {
        f"{name}_{way}": Sum(column, filter=Q(**{f"{column}__{compare}": 0}))
        for name, column in _DELTAS
        for way, compare in (("in", "gt"), ("out", "lt"))
    }
    rows = (
        flows_in(postings)
        .values("scope_code", "stock", "kind", month=TruncMonth("effective_on"))
        .annotate(**sums)
        .values_list("scope_code", "stock", "kind", "month", *sums)
    )
    for code, stock, kind, month, *moved in rows:
        for name, count in zip(sums, moved, strict=True):
            unit, way = name.split("_")
            yield code, f"flow|{month:%Y-%m}|{stock}|{kind}|{unit}|{way}", abs(count or 0)
