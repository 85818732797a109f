"""Seats of posts, terms that end, holders over age, and what a household's income ledger is offered."""

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

from django.db.models import BooleanField, Case, Exists, F, OuterRef, Q, QuerySet, Value, When

from households.models import IncomeLine, Membership
from livelihoods.definitions.posts import ASKED_DAYS, OLDEST_AGE
from livelihoods.models import PostHolding, PostMonth, WelfarePost
from livelihoods.queries.training import present_spells
from registry.lib.periods import months_after, today

_NAME_LENGTH: Final = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class PayOffer:
    """A month's pay that a visit may enter as a line of income; `is_recorded` when a line with this source is there."""

    month_id: UUID
    year: int
    month: date
    item_code: str
    amount_yuan: Decimal
    source: str
    is_recorded: bool


def free_seat(post: WelfarePost, starts_on: date, ends_on: date) -> int | None:
    """Give the lowest seat that is free for the whole term, among all terms in scope; None where none is."""
    taken = set(
        PostHolding.objects.filter(post=post, starts_on__lt=ends_on, ends_on__gt=starts_on)
        .exclude(ends_on=F("starts_on"))
        .values_list("seat_number", flat=True)
    )
    return next((number for number in range(1, post.seat_count + 1) if number not in taken), None)


def standing_months(rows: "QuerySet[PostMonth]") -> "QuerySet[PostMonth]":
    """Give the months that were confirmed and not taken back."""
    back = PostMonth.objects.filter(reverses=OuterRef("pk"), tenant=OuterRef("tenant_id"))
    return rows.filter(~Exists(back), reverses__isnull=True)


def source_of(post_name: str, month: date, month_id: UUID) -> str:
    """Write what an income line names as its source, so that it can be followed to the month."""
    return f"{post_name[:_NAME_LENGTH]} {month:%Y-%m} {str(month_id)[-8:]}"


def last_day_of(month: date) -> date:
    """Give the last day of the month that begins on this day."""
    return month.replace(day=monthrange(month.year, month.month)[1])


def pay_offers_of(household_id: UUID, year: int) -> list[PayOffer]:
    """Give the pay of those who lived in the household on the last day of each month, for its next visit.

    So a month is offered to one household alone, and nothing is written by itself.
    """
    spells = list(Membership.objects.filter(household=household_id).values_list("person_id", "starts_on", "ends_on"))
    rows = standing_months(
        PostMonth.objects.filter(
            person__in={person for person, _from, _until in spells},
            month__gte=date(year, 1, 1),
            month__lt=date(year + 1, 1, 1),
        )
    ).order_by("month", "id")
    lived = [row for row in rows if _lived_in(spells, row.person_id, last_day_of(row.month))]
    sources = [row.source for row in lived]
    known = set(IncomeLine.objects.filter(source__in=sources).values_list("source", flat=True)) if sources else set()
    return [
        PayOffer(
            month_id=row.pk,
            year=year,
            month=row.month,
            item_code=row.item_code,
            amount_yuan=row.amount_yuan,
            source=row.source,
            is_recorded=row.source in known,
        )
        for row in lived
    ]


def _lived_in(spells: "Iterable[tuple[UUID, date | None, date | None]]", person_id: UUID, day: date) -> bool:
    return any(
        person == person_id and (starts is None or starts <= day) and (ends is None or ends > day)
        for person, starts, ends in spells
    )


def terms_due(rows: "QuerySet[PostHolding]", day: date | None = None) -> "QuerySet[Any, Any]":
    """Give the terms that run on the day and end within two months without a next one, or must be ended.

    That is where the holder is over age, or died or left: `has_left`.
    """
    on = day or today()
    born_before = months_after(on, -12 * (OLDEST_AGE + 1))
    later = PostHolding.objects.filter(
        person=OuterRef("person"), tenant=OuterRef("tenant_id"), starts_on__gte=OuterRef("ends_on")
    ).exclude(ends_on=F("starts_on"))
    ending = Q(~Exists(later), ends_on__lte=on + timedelta(days=ASKED_DAYS))
    over_age = Q(person__birth_on__lte=born_before)
    running = rows.filter(starts_on__lte=on, ends_on__gt=on).annotate(has_left=~Exists(present_spells()))
    return running.filter(ending | over_age | Q(has_left=True)).annotate(
        is_over_age=Case(When(over_age, then=Value(True)), default=Value(False), output_field=BooleanField())
    )


def holding_rows(rows: "QuerySet[Any, Any]") -> "QuerySet[Any, Any]":
    """Give the columns of terms with number and name of their persons."""
    return rows.values(
        "id", "post_id", "person_id", "seat_number", "starts_on", "ends_on", "end_reason", "version",
        person_number=F("person__number"), person_name=F("person__name"), village_code=F("scope_code"),
    )  # fmt: skip


def post_rows(rows: "QuerySet[WelfarePost]") -> "QuerySet[Any, Any]":
    """Give the columns of posts."""
    return rows.values(
        "id", "village_id", "name", "kind_code", "seat_count", "monthly_yuan", "funding_code", "pay_item_code",
        "duties", "starts_on", "ends_on", "version", village_code=F("scope_code"),
    )  # fmt: skip


def month_rows(rows: "QuerySet[PostMonth]") -> "QuerySet[Any, Any]":
    """Give the columns of confirmed months and of what took some back."""
    back = PostMonth.objects.filter(reverses=OuterRef("pk"), tenant=OuterRef("tenant_id"))
    return rows.annotate(is_reversed=Exists(back)).values(
        "id", "holding_id", "person_id", "month", "amount_yuan", "item_code", "source", "reverses_id", "is_reversed",
        "recorded_at", village_code=F("scope_code"),
    )  # fmt: skip
