"""The postings behind a figure of stock and flow."""

from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Q, QuerySet, Sum

from dashboards.queries.counts import flows_in
from households.enums import PostingKind, Stock
from households.models import Posting
from households.queries.visibility import households_visible_to, sees_villages_whole
from registry.lib.periods import Month, today
from registry.tenancy.context import Actor
from villages.queries.teams import in_division

# Kinds of flows of the monitoring that have a column of their own; `OTHER` asks for all the rest.
NAMED: Final = {
    True: (PostingKind.IDENTIFIED, PostingKind.RELAPSED),
    False: (PostingKind.RISK_REMOVED,),
}
OTHER: Final = "other"


@dataclass(frozen=True, slots=True)
class FlowAsked:
    """Which flow of a stock in a month: what came or what left, of which kind, counted in households or in persons.

    `kind` is a kind of posting, `OTHER`, or empty for all.
    """

    month: Month
    stock: Stock
    came: bool
    kind: str = ""
    division: str = ""
    by_persons: bool = False


def postings_of(asked: FlowAsked, actor: Actor) -> "QuerySet[Posting]":
    """Give the postings that move households, or persons, that way, as the actor sees them, by their days.

    Raises: DomainError `division.malformed`.
    """
    rows = Posting.objects.filter(
        stock=asked.stock,
        effective_on__gte=asked.month.first_day,
        effective_on__lte=min(asked.month.last_day, today()),
    )
    if not sees_villages_whole(actor):
        rows = rows.filter(household__in=households_visible_to(actor).values("id"))
    if asked.kind == OTHER:
        rows = rows.filter(~Q(kind__in=NAMED[asked.came]))
    elif asked.kind:
        rows = rows.filter(kind=asked.kind)
    if asked.division:
        rows = in_division(rows, asked.division)
    counted, way = "persons_delta" if asked.by_persons else "households_delta", "gt" if asked.came else "lt"
    rows = rows.filter(**{f"{counted}__{way}": 0})
    return flows_in(rows).select_related("household").order_by("effective_on", "scope_code", "id")


def sums_of(rows: "QuerySet[Posting]") -> tuple[int, int]:
    """Give how many households and persons the postings move, without their sign."""
    found: dict[str, Any] = rows.order_by().aggregate(households=Sum("households_delta"), persons=Sum("persons_delta"))
    return abs(found["households"] or 0), abs(found["persons"] or 0)
