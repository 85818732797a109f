"""The campaign of dynamic management that runs today, with its next stage."""

from dataclasses import dataclass
from datetime import date

from periods.models import PeriodStage
from periods.queries.periods import StageToday, campaigns_on


@dataclass(frozen=True, slots=True)
class CampaignToday:
    """Where the campaign stands today, and the stage that begins next; none after the last one."""

    now: StageToday
    next_stage: PeriodStage | None


def campaign_on(day: date) -> CampaignToday | None:
    """Give the campaign that runs on the day, by at most two queries; two of them never share a day."""
    found = next(iter(campaigns_on(day)), None)
    if found is None:
        return None
    following = (stage for stage in found.period.stages.all() if stage.first_day > day)
    return CampaignToday(found, min(following, key=lambda stage: stage.first_day, default=None))
