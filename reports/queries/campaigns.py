"""The dated stages of campaigns, for schedules that remind of their end."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from periods.enums import PeriodKind
from periods.models import PeriodStage


@dataclass(frozen=True, slots=True)
class StageEnd:
    """The last day of one stage of one campaign."""

    period_id: UUID
    kind: str
    last_day: date

    @property
    def key(self) -> str:
        """Give the text under which a schedule remembers that it reminded; moving the stage does not remind again."""
        return f"stage:{self.period_id}:{self.kind}"


def stage_ends(kind: str, *, since: date) -> list[StageEnd]:
    """Give the stages of a kind that end on a day or later, the first to end first."""
    rows = PeriodStage.objects.filter(kind=kind, last_day__gte=since, period__kind=PeriodKind.CAMPAIGN)
    found = rows.order_by("last_day").values_list("period_id", "kind", "last_day")
    return [StageEnd(*row) for row in found]
