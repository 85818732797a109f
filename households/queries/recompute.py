"""What was counted and done when incomes of a year were computed again."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from households.queries.income import figures_mark
from registry.enums import JobState
from registry.models import Job

# The kind of the work, as `households.domain.recompute` queues it.
KIND: Final = "households.recompute_incomes"
_LATEST: Final = 6


@dataclass(frozen=True, slots=True)
class Recomputation:
    """One count of what would change, or one change; `may_apply` says that the count holds still and was not used."""

    id: UUID
    year: int
    is_preview: bool
    state: str
    result: dict[str, Any]
    error: str
    progress_done: int
    progress_total: int
    created_at: datetime
    may_apply: bool

    @property
    def state_label(self) -> str:
        """Say the state in words."""
        return str(JobState(self.state).label)


def recomputations_of(year: int) -> list[Recomputation]:
    """Give the latest counts and changes of a year, the newest first."""
    rows = list(Job.objects.filter(kind=KIND, arguments__year=str(year)).order_by("-created_at", "-id")[:_LATEST])
    mark = figures_mark(year)
    return [_of(row, mark, {one.key for one in rows}) for row in rows]


def recomputation(job: Job) -> Recomputation:
    """Give one count or change."""
    year = int(job.arguments["year"])
    used = set(Job.objects.filter(kind=KIND, key=f"apply:{job.pk}").values_list("key", flat=True))
    return _of(job, figures_mark(year), used)


def _of(row: Job, mark: str, used: set[str]) -> Recomputation:
    is_preview = "apply" not in row.arguments
    changes = is_preview and row.state == JobState.DONE and bool(row.result.get("changed"))
    return Recomputation(
        row.pk,
        int(row.arguments["year"]),
        is_preview,
        row.state,
        row.result,
        str(row.error),
        row.progress_done,
        row.progress_total,
        row.created_at,
        changes and row.arguments["mark"] == mark and f"apply:{row.pk}" not in used,
    )
