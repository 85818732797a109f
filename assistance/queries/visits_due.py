"""Which households are to be visited by when, and which were not: from the county's plan and the visits on file.

The plan cuts the year into equal parts of whole months. In each part a household that must have a helper is owed one
visit, of whichever of its helpers, where it had a lead helper when the part began: so a hand-over lets no visit lapse,
and whoever is paired in the middle of a part begins with the next one. The visit falls due on the last day of the part,
and is overdue until somebody comes.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID

from django.db.models import BooleanField, Case, Count, DateField, F, Q, QuerySet, Value, When

from assistance.models import HelpVisit, Pairing, VisitPlan
from assistance.queries.keeping import must_keep_condition
from assistance.queries.pairings import leads_on
from households.models import Household, MonitoringSpell
from households.queries.history import covering
from households.queries.lists import HEAD_NAME, with_head_name
from households.queries.visibility import households_visible_to
from registry.tenancy.context import Actor

ON_A_PAGE: Final = 50


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a year in which one visit is owed; `due_on` is its last day."""

    starts_on: date
    due_on: date


@dataclass(frozen=True, slots=True)
class VillageDue:
    """The households of a village that are owed a visit now: overdue, due by the end of this part, visited."""

    village_code: str
    overdue: int
    due: int
    visited: int


@dataclass(frozen=True, slots=True)
class DueVisit:
    """A household that somebody is to visit."""

    id: UUID
    number: str
    head_name: str
    group_name: str
    helper_name: str
    last_visited_on: date | None
    due_on: date
    is_overdue: bool


@dataclass(frozen=True, slots=True)
class DuePage:
    """A page of the worklist."""

    visits: list[DueVisit]
    count: int
    page: int
    page_count: int


def part_of(day: date, visits: int) -> Part:
    """Give the part of its year in which the day lies, where `visits` parts make the year."""
    months = 12 // visits
    first = (day.month - 1) // months * months + 1
    after = date(day.year, first + months, 1) if first + months <= 12 else date(day.year + 1, 1, 1)
    return Part(date(day.year, first, 1), after - timedelta(days=1))


def has_plan(day: date) -> bool:
    """Tell whether the county stated the visits of the day's year."""
    return VisitPlan.objects.filter(year=day.year).exists()


def households_owed(day: date, *, actor: Actor) -> "QuerySet[Any, Any]":
    """Give the households of the actor that are owed a visit now, with `is_overdue`, `due_on` and `is_visited`.

    None where the year has no plan. Overdue stays what was due in the part before, also of the former year.
    """
    plans = {plan.year: plan for plan in VisitPlan.objects.filter(year__in=[day.year - 1, day.year])}
    if day.year not in plans:
        nothing = Value(None, output_field=DateField())
        rows = households_visible_to(actor).none()
        return rows.annotate(is_overdue=_told(Q(pk__in=[])), is_visited=_told(Q(pk__in=[])), due_on=nothing)
    risky = Q(id__in=MonitoringSpell.objects.filter(covering(day)).values("household_id"))
    owed, overdue, due_on, visited = Q(pk__in=[]), Q(pk__in=[]), [], Q(pk__in=[])
    for kind, name in ((risky, "risk_visits"), (~risky, "visits")):
        now = part_of(day, getattr(plans[day.year], name) or plans[day.year].visits)
        missed = Q(pk__in=[])
        yesterday = now.starts_on - timedelta(days=1)
        if yesterday.year in plans:
            before = part_of(yesterday, getattr(plans[yesterday.year], name) or plans[yesterday.year].visits)
            missed = kind & _led_since(before.starts_on) & ~_visited_since(before.starts_on, day)
            due_on.append(When(missed, then=Value(before.due_on)))
        here = kind & _led_since(now.starts_on)
        owed |= here | missed
        overdue |= missed
        visited |= here & _visited_since(now.starts_on, day)
        due_on.append(When(kind, then=Value(now.due_on)))
    rows = households_visible_to(actor).filter(must_keep_condition(day), owed, id__in=_led_on(day))
    return rows.annotate(
        is_overdue=_told(overdue), is_visited=_told(visited), due_on=Case(*due_on, output_field=DateField())
    )


def visits_due(day: date, *, actor: Actor) -> "QuerySet[Any, Any]":
    """Give the households that somebody is to visit: overdue ones, and those that are due by the end of this part."""
    return households_owed(day, actor=actor).filter(is_visited=False)


def due_by_village(day: date, *, actor: Actor) -> list[VillageDue]:
    """Count by village what is overdue, due and done, by one query beside that of the plan."""
    rows = (
        households_owed(day, actor=actor)
        .order_by()
        .values("scope_code")
        .annotate(
            overdue=Count("id", filter=Q(is_overdue=True)),
            due=Count("id", filter=Q(is_overdue=False, is_visited=False)),
            visited=Count("id", filter=Q(is_visited=True)),
        )
        .order_by("scope_code")
    )
    return [VillageDue(row["scope_code"], row["overdue"], row["due"], row["visited"]) for row in rows]


def due_page(day: date, *, actor: Actor, village_code: str, page: int, count: int) -> DuePage:
    """Give a page of the worklist, of one village or of all, what is overdue first; `count` is how many there are."""
    rows = visits_due(day, actor=actor)
    if village_code:
        rows = rows.filter(scope_code=village_code)
    pages = max(1, -(-count // ON_A_PAGE))
    page = min(max(page, 1), pages)
    ordered = rows.order_by("due_on", "scope_code", "number").values_list("id", "due_on", "is_overdue")
    return DuePage(list(_lines(ordered[(page - 1) * ON_A_PAGE : page * ON_A_PAGE], day)), count, page, pages)


def due_rows(rows: "QuerySet[Any, Any]") -> "QuerySet[Any, Any]":
    """Give the columns of what is due, by one query."""
    return rows.values("id", "number", "due_on", "is_overdue", village_code=F("scope_code"))


def _lines(chosen: "QuerySet[Any, Any]", day: date) -> Iterator[DueVisit]:
    due = list(chosen)
    ids: Sequence[UUID] = [row[0] for row in due]
    households = {one.pk: one for one in with_head_name(Household.objects.filter(id__in=ids))}
    helpers = dict(leads_on(day).filter(household__in=ids).values_list("household_id", "helper__name"))
    last = dict(
        _counting().filter(household__in=ids).order_by("household_id", "-visited_on").distinct("household_id")
        .values_list("household_id", "visited_on")
    )  # fmt: skip
    for household_id, due_on, is_overdue in due:
        one = households[household_id]
        yield DueVisit(
            household_id,
            one.number,
            str(getattr(one, HEAD_NAME) or ""),
            one.group_name,
            helpers.get(household_id) or "",
            last.get(household_id),
            due_on,
            is_overdue,
        )


def _counting() -> "QuerySet[HelpVisit]":
    return HelpVisit.objects.filter(withdrawn_on__isnull=True)


def _visited_since(since: date, day: date) -> Q:
    """Condition on households that a helper came on a day since then."""
    return Q(id__in=_counting().filter(visited_on__gte=since, visited_on__lte=day).values("household_id"))


def _led_since(day: date) -> Q:
    """Condition on households that a helper led when that day began."""
    return Q(id__in=_led_on(day))


def _led_on(day: date) -> "QuerySet[Pairing, Any]":
    return leads_on(day).filter(helper__isnull=False).values("household_id")


def _told(condition: Q) -> Case:
    return Case(When(condition, then=Value(value=True)), default=Value(value=False), output_field=BooleanField())
