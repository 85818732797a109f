"""Where the figures come from: each source counts some kinds by village, as the list of each shows them."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any, Final

from django.db.models import Count, Q

from assistance.queries.coverage import coverage_today
from assistance.queries.plans import without_plan_of
from assistance.queries.visits_due import due_today
from concerns.enums import WAITING
from concerns.queries.requests import requests_visible_to
from dashboards.definitions.figures import KINDS
from dossiers.enums import NextDue
from dossiers.queries.cases import deadlines
from economy.queries.goals import goal_of
from economy.queries.ledger import villages_of_year
from quality.enums import OPEN_STATES, Severity
from quality.queries.findings import OLD, findings_visible_to
from registry.access import role_may
from registry.tenancy.context import Actor
from villages.queries.board import Gap, gap_rows

ByVillage = dict[str, int]
Counts = dict[str, ByVillage]
Source = Callable[[Actor, date], Counts]


def counts_of(actor: Actor, day: date) -> Counts:
    """Give all figures that are not of the register itself, each by village, where the actor may open its list."""
    found: Counts = {}
    for action, source in _SOURCES:
        if role_may(actor, action):
            found |= source(actor, day)
    return found


def _by_columns(rows: Iterable[Mapping[str, Any]], keys: Iterable[str]) -> Counts:
    found: Counts = {key: {} for key in keys}
    for row in rows:
        for key, column in found.items():
            column[row["scope_code"]] = row[key]
    return found


def _monitoring(actor: Actor, day: date) -> Counts:
    kinds = [due.value for due in NextDue if due.value]
    counted = (
        deadlines(actor)
        .order_by()
        .values("scope_code")
        .annotate(
            due=Count("id"),
            overdue=Count("id", filter=Q(next_due_on__lt=day)),
            **{f"due_{kind}": Count("id", filter=Q(next_due=kind)) for kind in kinds},
        )
    )
    return _by_columns(counted, ["due", "overdue", *(f"due_{k}" for k in kinds)])


def _coverage(actor: Actor, day: date) -> Counts:
    return {"uncovered": {one.village_code: one.open for one in coverage_today()}}


def _visits(actor: Actor, day: date) -> Counts:
    counts = due_today(actor=actor)
    return {
        "visits_due": {one.village_code: one.overdue + one.due for one in counts},
        "visits_late": {one.village_code: one.overdue for one in counts},
    }


def _plans(actor: Actor, day: date) -> Counts:
    counts = without_plan_of(day.year, actor=actor)
    return {"without_plan": {one.village_code: one.risky + one.not_lifted + one.lifted for one in counts}}


def _findings(actor: Actor, day: date) -> Counts:
    counted = (
        findings_visible_to(actor)
        .filter(state__in=sorted(OPEN_STATES))
        .order_by()
        .values("scope_code")
        .annotate(
            findings=Count("id"),
            findings_late=Count("id", filter=Q(due_on__lt=day)),
            findings_old=Count("id", filter=Q(first_seen_on__lt=day - OLD)),
            **{f"findings_{one.value}": Count("id", filter=Q(severity=one)) for one in Severity},
        )
    )
    keys = [key for key in KINDS if key.startswith("findings")]
    return _by_columns(counted, keys)


def _requests(actor: Actor, day: date) -> Counts:
    counted = (
        requests_visible_to(actor)
        .filter(state__in=WAITING)
        .order_by()
        .values("scope_code")
        .annotate(requests=Count("id"), requests_late=Count("id", filter=Q(due_on__lt=day)))
    )
    return _by_columns(counted, ["requests", "requests_late"])


def _teams(actor: Actor, day: date) -> Counts:
    found: Counts = {}
    for gap in Gap:
        column = found.setdefault(gap.value.replace("-", "_"), {})
        for row in gap_rows(gap, day):
            column[row.village_code] = column.get(row.village_code, 0) + 1
    return found


def _incomes(actor: Actor, day: date) -> Counts:
    under = villages_of_year(day.year, goal_of(day.year)).filter(meets_goal=False)
    return {"under_goal": dict.fromkeys(under.values_list("code", flat=True), 1)}


_SOURCES: Final[tuple[tuple[str, Source], ...]] = (
    ("dossiers.view", _monitoring),
    ("assistance.view_coverage", _coverage),
    ("assistance.view_visits_due", _visits),
    ("assistance.view", _plans),
    ("quality.view", _findings),
    ("concerns.view_requests", _requests),
    ("villages.view_board", _teams),
    ("economy.view", _incomes),
)
