"""Which households are to be visited by when, and which were not: from the county's plan and the visits on file.

The plan cuts the year into equal parts of whole months. In each part a household that must have a helper is owed one
visit, of whichever of its helpers, where it had a lead helper when the part began: so a hand-over lets no visit lapse,
and whoever is paired in the middle of a part begins with the next one. The visit falls due on the last day of the part,
and is overdue until somebody comes.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID

from django.db.models import BooleanField, Case, Count, DateField, F, Q, QuerySet, Value, When

from assistance.models import HelpVisit, Pairing, VisitPlan
from assistance.queries.keeping import in_villages, must_keep_condition
from assistance.queries.pairings import leads_on
from households.models import Household, MonitoringSpell
from households.queries.history import covering
from households.queries.lists import HEAD_NAME, with_head_name
from households.queries.visibility import households_visible_to, sees_villages_whole
from registry.domain.tallies import tallies, tallying
from registry.lib.periods import today
from registry.lib.spans import span
from registry.tenancy.context import Actor, current_actor
from villages.queries.villages import villages_in_scope

ON_A_PAGE: Final = 50
BOARD: Final = "visits-due"


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


def households_owed(day: date, *, actor: Actor, within: Collection[str] | None = None) -> "QuerySet[Any, Any]":
    """Give the households of the actor that are owed a visit now, with `is_overdue`, `due_on` and `is_visited`.

    None where the year has no plan. Overdue stays what was due in the part before, also of the former year. `within`
    names the villages in which they lie.
    """
    plans = {plan.year: plan for plan in VisitPlan.objects.filter(year__in=[day.year - 1, day.year])}
    if day.year not in plans:
        nothing = Value(None, output_field=DateField())
        rows = households_visible_to(actor).none()
        return rows.annotate(is_overdue=_told(Q(pk__in=[])), is_visited=_told(Q(pk__in=[])), due_on=nothing)
    here = in_villages(within)
    risky = Q(id__in=MonitoringSpell.objects.filter(here, covering(day)).values("household_id"))
    owed, overdue, due_on, visited = Q(pk__in=[]), Q(pk__in=[]), [], Q(pk__in=[])
    for kind, name in ((risky, "risk_visits"), (~risky, "visits")):
        now = part_of(day, getattr(plans[day.year], name) or plans[day.year].visits)
        missed = Q(pk__in=[])
        yesterday = now.starts_on - timedelta(days=1)
        if yesterday.year in plans:
            before = part_of(yesterday, getattr(plans[yesterday.year], name) or plans[yesterday.year].visits)
            missed = kind & _led_since(before.starts_on, here) & ~_visited_since(before.starts_on, day, here)
            due_on.append(When(missed, then=Value(before.due_on)))
        due = kind & _led_since(now.starts_on, here)
        owed |= due | missed
        overdue |= missed
        visited |= due & _visited_since(now.starts_on, day, here)
        due_on.append(When(kind, then=Value(now.due_on)))
    kept = must_keep_condition(day, within=within)
    rows = households_visible_to(actor).filter(here, kept, owed, id__in=_led_on(day, here))
    return rows.annotate(
        is_overdue=_told(overdue), is_visited=_told(visited), due_on=Case(*due_on, output_field=DateField())
    )


def visits_due(day: date, *, actor: Actor, within: Collection[str] | None = None) -> "QuerySet[Any, Any]":
    """Give the households that somebody is to visit: overdue ones, and those that are due by the end of this part."""
    return households_owed(day, actor=actor, within=within).filter(is_visited=False)


def due_by_village(day: date, *, actor: Actor) -> list[VillageDue]:
    """Count by village what is overdue, due and done, by one query beside that of the plan."""
    return [VillageDue(code, **figures) for code, figures in _counts(households_owed(day, actor=actor))]


def due_today(*, actor: Actor) -> list[VillageDue]:
    """Give the same of today; for whoever sees villages whole, what did not change is not counted anew."""
    if not sees_villages_whole(actor):
        return due_by_village(today(), actor=actor)
    codes = list(villages_in_scope().values_list("code", flat=True))
    figures = tallies(BOARD, codes)
    return [VillageDue(code, **figures[code]) for code in codes if figures[code]]


@tallying(BOARD)
def _count_villages(day: date, codes: Sequence[str]) -> Mapping[str, Mapping[str, int]]:
    return dict(_counts(households_owed(day, actor=current_actor(), within=codes)))


def _counts(rows: "QuerySet[Any, Any]") -> Iterator[tuple[str, dict[str, int]]]:
    counted = (
        rows.order_by()
        .values("scope_code")
        .annotate(
            overdue=Count("id", filter=Q(is_overdue=True)),
            due=Count("id", filter=Q(is_overdue=False, is_visited=False)),
            visited=Count("id", filter=Q(is_visited=True)),
        )
        .order_by("scope_code")
    )
    for row in counted:
        yield row.pop("scope_code"), row


def due_page(day: date, counts: Sequence[VillageDue], *, actor: Actor, page: int) -> DuePage:
    """Give a page of the worklist of the villages that were counted, what is overdue first, village by village."""
    total = sum(count.overdue + count.due for count in counts)
    pages = max(1, -(-total // ON_A_PAGE))
    page = min(max(page, 1), pages)
    parts = [((True, count.village_code), count.overdue) for count in counts]
    parts += [((False, count.village_code), count.due) for count in counts]
    touched, before = span(parts, (page - 1) * ON_A_PAGE, ON_A_PAGE)
    late, due = ({code for is_late, code in touched if is_late is kind} for kind in (True, False))
    rows = visits_due(day, actor=actor, within=late | due)
    rows = rows.filter(Q(is_overdue=True, scope_code__in=late) | Q(is_overdue=False, scope_code__in=due))
    ordered = rows.order_by("-is_overdue", "scope_code", "due_on", "number")
    chosen = ordered.values_list("id", "due_on", "is_overdue")[before : before + ON_A_PAGE]
    return DuePage(list(_lines(chosen, day)), total, page, pages)


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


def _visited_since(since: date, day: date, here: Q) -> Q:
    """Condition on households that a helper came on a day since then."""
    return Q(id__in=_counting().filter(here, visited_on__gte=since, visited_on__lte=day).values("household_id"))


def _led_since(day: date, here: Q) -> Q:
    """Condition on households that a helper led when that day began."""
    return Q(id__in=_led_on(day, here))


def _led_on(day: date, here: Q) -> "QuerySet[Pairing, Any]":
    return leads_on(day).filter(here, helper__isnull=False).values("household_id")


def _told(condition: Q) -> Case:
    return Case(When(condition, then=Value(value=True)), default=Value(value=False), output_field=BooleanField())
