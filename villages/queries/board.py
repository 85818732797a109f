"""The board of full coverage (不掉一村): villages without a team, and teams that lack people or stay over their term.

It reads villages, teams and members alone, so that it takes the same time whatever the number of households.
"""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from django.db.models import Count, Exists, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from registry.lib.gbcode import Level, ancestor_at
from registry.queries.divisions import division_names
from villages.enums import FIRST_SECRETARY
from villages.models import TeamMember, Village, WorkTeam
from villages.queries.teams import in_division, later_than

if TYPE_CHECKING:
    from django.db.models import Model


class Gap(StrEnum):
    """What may be lacking; a team of which nobody is left counts as one of a single person."""

    WITHOUT_TEAM = "without-team"
    WITHOUT_FIRST_SECRETARY = "without-first-secretary"
    SINGLE_PERSON = "single-person"
    OVER_TERM = "over-term"


@dataclass(frozen=True, slots=True)
class BoardLine:
    """The figures of one township, or of the whole area: villages, and villages or teams with each gap."""

    code: str
    name: str
    villages: int
    teams: int
    without_team: int
    without_first_secretary: int
    single_person: int
    over_term: int


@dataclass(frozen=True, slots=True)
class GapRow:
    """One village or team of a figure's list; `team_id` is empty for a village without one."""

    village_id: UUID
    village_code: str
    village_name: str
    team_id: UUID | None
    unit_name: str
    starts_on: date | None
    term_ends_on: date | None


_FIGURES: Final = tuple(field.name for field in fields(BoardLine))[2:]


def board_on(day: date) -> tuple[BoardLine, list[BoardLine]]:
    """Give the figures of the area in scope on the day, and those of its townships in the order of their codes."""
    counts: dict[str, dict[str, int]] = {}
    for code, teams, has_secretary in _villages(day).values_list("code", "team_count", "has_first_secretary"):
        line = counts.setdefault(ancestor_at(code, Level.TOWNSHIP), dict.fromkeys(_FIGURES, 0))
        line["villages"] += 1
        line["teams"] += teams
        line["without_team"] += teams == 0
        line["without_first_secretary"] += not has_secretary
    for code, members, is_over in _teams(day).values_list("scope_code", "member_count", "is_over_term"):
        line = counts[ancestor_at(code, Level.TOWNSHIP)]
        line["single_person"] += members <= 1
        line["over_term"] += is_over
    names = division_names(counts)
    lines = [BoardLine(code, names.get(code, code), **counts[code]) for code in sorted(counts)]
    return _total(lines), lines


def gap_rows(gap: Gap, day: date, *, division: str = "") -> list[GapRow]:
    """List the villages, or the teams, that a figure of the board counts, in the whole area or in a division.

    Raises: DomainError `division.malformed`.
    """
    if gap in {Gap.WITHOUT_TEAM, Gap.WITHOUT_FIRST_SECRETARY}:
        lacks = {"team_count": 0} if gap == Gap.WITHOUT_TEAM else {"has_first_secretary": False}
        villages = _villages(day).filter(**lacks).order_by("code")
        if division:
            villages = in_division(villages, division)
        found = villages.values_list("id", "code", "name")
        return [GapRow(village_id, code, name, None, "", None, None) for village_id, code, name in found]
    wanted = {"member_count__lte": 1} if gap == Gap.SINGLE_PERSON else {"is_over_term": True}
    teams = _teams(day).filter(**wanted).order_by("scope_code", "id")
    if division:
        teams = in_division(teams, division)
    columns = ("village_id", "scope_code", "village__name", "id", "unit__name", "starts_on", "term_ends_on")
    return [GapRow(*row) for row in teams.values_list(*columns)]


def _total(lines: Iterable[BoardLine]) -> BoardLine:
    held = list(lines)
    return BoardLine("", "", **{name: sum(getattr(line, name) for line in held) for name in _FIGURES})


def _count(rows: "QuerySet[Model, Model]", *, by: str) -> Coalesce:
    """Count the rows of an outer row, which both name by the tenant and by a column."""
    counted = rows.order_by().values("tenant_id", by).annotate(rows=Count("id")).values("rows")
    return Coalesce(Subquery(counted, output_field=IntegerField()), Value(0))


def _villages(day: date) -> "QuerySet[Any, Any]":
    here = {"tenant_id": OuterRef("tenant_id")}
    teams = WorkTeam.objects.filter(later_than(day), starts_on__lte=day, village_id=OuterRef("id"), **here)
    secretary = _members(day).filter(scope_code=OuterRef("code"), post_codes__contains=[FIRST_SECRETARY], **here)
    return Village.objects.annotate(team_count=_count(teams, by="village_id"), has_first_secretary=Exists(secretary))


def _teams(day: date) -> "QuerySet[Any, Any]":
    members = _members(day).filter(team_id=OuterRef("id"), tenant_id=OuterRef("tenant_id"))
    term = Coalesce(F("planned_ends_on"), F("batch__planned_ends_on"))
    return (
        WorkTeam.objects.filter(later_than(day), starts_on__lte=day)
        .annotate(term_ends_on=term, member_count=_count(members, by="team_id"))
        .annotate(is_over_term=Q(term_ends_on__isnull=False, term_ends_on__lte=day))
    )


def _members(day: date) -> "QuerySet[TeamMember]":
    return TeamMember.objects.filter(later_than(day), starts_on__lte=day)
