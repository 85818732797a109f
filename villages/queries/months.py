"""The month of a work team, drawn from what its members entered in the register.

The team writes no log. Counted are the details of the audit trail that carry a member's login on the member's days in
the team, and the village: numbers of the team as a whole, never of one person, of a place or of a time of day.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, F, Q

from registry.domain.codes import code_list
from registry.lib.gbcode import subtree
from registry.lib.periods import Month, start_of
from registry.models import AuditDetail
from villages.enums import TASK_SCHEME, Task
from villages.models import TeamMember, TeamTask, WorkTeam

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


@dataclass(frozen=True, slots=True)
class Counted:
    """What a figure of the month counts: the records that verbs touched, or each time for `each_time`."""

    key: str
    task: Task
    label: "str | _StrPromise"
    verbs: tuple[str, ...]
    each_time: bool


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of a month."""

    key: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class TaskMonth:
    """What was entered under one kind of task; `names` are the county's own words for its tasks."""

    code: str
    label: str
    names: tuple[str, ...]
    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class TeamMonth:
    """The month of a team; of members without a login nothing can be drawn."""

    members: int
    members_without_login: int
    tasks: tuple[TaskMonth, ...]


_counted: dict[str, Counted] = {}


def count_in_month(key: str, task: Task, label: "str | _StrPromise", *verbs: str, each_time: bool = False) -> None:
    """Let a figure of each team's month count what the verbs touched; apps above name their own."""
    if key in _counted:
        raise ValueError(f"The figure {key} is named twice.")
    _counted[key] = Counted(key, task, label, verbs, each_time)


def counted() -> list[Counted]:
    """Give what is counted, in the order in which it was named."""
    return list(_counted.values())


def month_of_team(team: WorkTeam, month: Month) -> TeamMonth:
    """Draw the month of a team: a handful of queries, whatever the size of the county."""
    rows = TeamMember.objects.filter(
        Q(ends_on=None) | Q(ends_on__gt=month.first_day), team=team, starts_on__lte=month.last_day
    ).exclude(ends_on=F("starts_on"))
    members = list(rows.select_related("user"))
    entered = _entered(team, members, month)
    names: dict[str, list[str]] = {}
    for code, name in (
        TeamTask.objects.filter(is_active=True).order_by("position", "name").values_list("kind_code", "name")
    ):
        names.setdefault(code, []).append(name)
    kinds = code_list(TASK_SCHEME)
    tasks = (
        TaskMonth(task, kinds.label_of(task), tuple(names.get(task, ())), tuple(_figures(task, entered)))
        for task in Task
    )
    without = len({(one.unit_id, one.name) for one in members if one.user is None})
    return TeamMonth(len({(one.unit_id, one.name) for one in members}), without, tuple(tasks))


def _entered(team: WorkTeam, members: Iterable[TeamMember], month: Month) -> dict[str, dict[object, int]]:
    """Give how often each verb touched each record of the village by a member's login on the member's days."""
    asked = Q()
    for member in members:
        if member.user is not None:
            first = max(member.starts_on, month.first_day)
            last = min(member.ends_on or month.next.first_day, month.next.first_day)
            asked |= Q(username=member.user.username, at__gte=start_of(first), at__lt=start_of(last))
    if not asked:
        return {}
    village = subtree(team.scope_code)
    rows = (
        AuditDetail.objects.filter(asked, scope_code__gte=village.lo, scope_code__lt=village.hi)
        .values("verb", "object_id")
        .annotate(times=Count("id"))
        .order_by()
    )
    found: dict[str, dict[object, int]] = {}
    for row in rows:
        found.setdefault(row["verb"], {})[row["object_id"]] = row["times"]
    return found


def _figures(task: Task, entered: dict[str, dict[object, int]]) -> Iterable[Figure]:
    for one in counted():
        if one.task == task:
            found = [entered.get(verb, {}) for verb in one.verbs]
            count = sum(sum(each.values()) for each in found) if one.each_time else len(set().union(*found))
            yield Figure(one.key, str(one.label), count)
