"""What the demonstration shows of periods: the calendar of 2020, and a campaign that runs today."""

from datetime import timedelta
from typing import Final

from exchange.domain.demo_staff import Staff
from periods.domain.periods import PeriodDraft, StageDraft, open_period, open_year
from periods.enums import PeriodKind, StageKind
from registry.lib.periods import today
from registry.tenancy.scope import tenant_scope

_YEAR: Final = 2020
# From how many days before today until how many after it each stage lasts.
_STAGES: Final = (
    (StageKind.VISIT, -25, -4),
    (StageKind.ENTRY, -25, 9),
    (StageKind.SELF_CLEAN, 10, 12),
    (StageKind.COUNTY_CHECK, 13, 14),
    (StageKind.LISTS_FROM_ABOVE, 15, 34),
    (StageKind.ANSWER, 20, 40),
)


def show_periods(staff: Staff) -> None:
    """Make the periods of a year, and a campaign with its stages around today."""
    day = today()
    stages = tuple(
        StageDraft(kind, day + timedelta(days=first), day + timedelta(days=last)) for kind, first, last in _STAGES
    )
    first, last = stages[0].first_day, stages[-1].last_day
    draft = PeriodDraft(PeriodKind.CAMPAIGN, first, last, f"{day.year}年动态管理专项", stages)
    with tenant_scope(staff.office):
        open_year(_YEAR, actor=staff.office)
        open_period(draft, actor=staff.office)
