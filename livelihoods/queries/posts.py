"""Seats of posts, months that stand, terms that end, and holders over age."""

from calendar import monthrange
from datetime import date, timedelta
from typing import Any

from django.db.models import BooleanField, Case, Exists, F, OuterRef, Q, QuerySet, Value, When

from livelihoods.models import PostHolding, PostMonth, WelfarePost
from livelihoods.queries.figures import post_figures_of
from livelihoods.queries.training import present_spells
from registry.lib.periods import months_after, today


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


def last_day_of(month: date) -> date:
    """Give the last day of the month that begins on this day."""
    return month.replace(day=monthrange(month.year, month.month)[1])


def terms_due(rows: "QuerySet[PostHolding]", day: date | None = None) -> "QuerySet[Any, Any]":
    """Give the terms that run on the day and end soon without a next one, by the county's figures, or must be ended.

    That is where the holder is over age, or died or left: `has_left`.
    """
    on = day or today()
    figures = post_figures_of(on.year)
    born_before = months_after(on, -12 * (figures.oldest_age + 1))
    later = PostHolding.objects.filter(
        person=OuterRef("person"), tenant=OuterRef("tenant_id"), starts_on__gte=OuterRef("ends_on")
    ).exclude(ends_on=F("starts_on"))
    ending = Q(~Exists(later), ends_on__lte=on + timedelta(days=figures.asked_days))
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
