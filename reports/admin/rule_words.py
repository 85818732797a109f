"""A rule of the calendar in words."""

from django.utils.translation import gettext

from periods.enums import StageKind
from reports.admin.schedule_forms import WEEKDAYS
from reports.enums import DayRule, Rhythm, Shift
from reports.models import ReportSchedule


def words_of(schedule: ReportSchedule) -> str:
    """Say when a schedule is due, for example "Every month, day 5, 08:00"."""
    if schedule.rhythm == Rhythm.STAGE:
        parts = [
            gettext("%(count)s working days before the end of: %(stage)s")
            % {"count": schedule.working_days, "stage": StageKind(schedule.stage).label}
        ]
    elif schedule.rhythm == Rhythm.WEEKLY:
        parts = [str(Rhythm.WEEKLY.label), str(dict(WEEKDAYS)[schedule.weekday]), *_shift(schedule)]
    else:
        parts = [str(Rhythm(schedule.rhythm).label), *_month(schedule), _day(schedule), *_shift(schedule)]
    return " · ".join([*parts, f"{schedule.hour:02}:00"])


def _month(schedule: ReportSchedule) -> list[str]:
    if schedule.rhythm == Rhythm.MONTHLY:
        return []
    return [gettext("month %(number)s of the span") % {"number": schedule.month}]


def _day(schedule: ReportSchedule) -> str:
    match schedule.day_rule:
        case DayRule.WORKING_DAY:
            return gettext("working day %(number)s") % {"number": schedule.day_of_month}
        case DayRule.LAST_WORKING_DAY:
            return gettext("last working day")
        case _:
            return gettext("day %(number)s") % {"number": schedule.day_of_month}


def _shift(schedule: ReportSchedule) -> list[str]:
    is_moved = schedule.shift != Shift.NONE and (schedule.day_rule == DayRule.DAY or schedule.rhythm == Rhythm.WEEKLY)
    return [str(Shift(schedule.shift).label)] if is_moved else []
