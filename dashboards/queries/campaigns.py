"""The campaign of dynamic management that runs today, its stage, and the days that are left."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from periods.enums import PeriodKind
from periods.models import Period, PeriodStage


@dataclass(frozen=True, slots=True)
class CampaignToday:
    """A campaign that runs on a day; `stage` is none between two stages, `next_stage` none after the last one."""

    id: UUID
    name: str
    first_day: date
    last_day: date
    day: date
    stage: PeriodStage | None
    next_stage: PeriodStage | None

    @property
    def days_left(self) -> int:
        """Days after this one until the stage ends, or between two stages the campaign."""
        return ((self.stage.last_day if self.stage else self.last_day) - self.day).days


def campaign_on(day: date) -> CampaignToday | None:
    """Give the campaign that runs on the day, by at most two queries."""
    period = Period.objects.filter(kind=PeriodKind.CAMPAIGN, first_day__lte=day, last_day__gte=day).first()
    if period is None:
        return None
    stages = list(PeriodStage.objects.filter(period=period).order_by("first_day", "last_day"))
    running = [stage for stage in stages if stage.first_day <= day <= stage.last_day]
    # Of stages that overlap, the one that ends first presses.
    stage = min(running, key=lambda one: one.last_day, default=None)
    following = next((one for one in stages if one.first_day > day), None)
    return CampaignToday(period.pk, period.name, period.first_day, period.last_day, day, stage, following)
