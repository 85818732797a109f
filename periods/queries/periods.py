"""Periods of the county: where they stand, which follow each other, and what today belongs to."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext_lazy as _

from periods.definitions.calendar import UNIONS, months_between
from periods.enums import PeriodKind, PeriodState, SnapshotPurpose, SnapshotState, StageKind
from periods.models import Period, PeriodStage, Reopening, Snapshot
from periods.workflow import FIXED
from registry.lib.errors import Conflict, NotFound
from registry.lib.periods import Month
from registry.tenancy.context import Actor


@dataclass(frozen=True, slots=True)
class StageToday:
    """The campaign that a day lies in, its stage of that day, and how many days are left in it, that day included.

    Between two stages and outside them `stage` is None. `entry_open` tells whether data may still be entered by its
    calendar: until the last day of the entry stage, and as long as the county has not announced the close.
    """

    period: Period
    stage: PeriodStage | None
    days_left: int
    entry_open: bool
    entry_until: date | None


def periods() -> "QuerySet[Period]":
    """Give the periods of the county, the latest first, each with its picture that counts."""
    return Period.objects.select_related("snapshot").order_by("-last_day", "kind", "id")


def periods_of_year(year: int) -> list[Period]:
    """Give the periods that begin in a year with their stages, in the order of their first days, by two queries."""
    stages = Prefetch("stages", PeriodStage.objects.order_by("first_day", "last_day", "kind"))
    rows = Period.objects.filter(first_day__gte=date(year, 1, 1), first_day__lte=date(year, 12, 31))
    return list(rows.select_related("snapshot").prefetch_related(stages).order_by("first_day", "last_day", "kind"))


def ended_periods(day: date, kinds: Collection[str]) -> "QuerySet[Period]":
    """Give the periods of some kinds that are over on a day, the latest first."""
    return periods().filter(kind__in=list(kinds), last_day__lt=day)


def years() -> list[int]:
    """Give the years for which there are periods, the latest first."""
    return [day.year for day in Period.objects.dates("first_day", "year", order="DESC")]


def find_period(period_id: UUID) -> Period:
    """Give a period of the county. Raises: NotFound, whether it is unknown or another county's."""
    row = periods().filter(pk=period_id).first()
    if row is None:
        raise NotFound("period.no_such", _("There is no such period."))
    return row


def month_period(month: Month) -> Period | None:
    """Give the period of a month, where there is one."""
    return periods().filter(kind=PeriodKind.MONTH, first_day=month.first_day).first()


def frozen_months() -> "QuerySet[Period]":
    """Give the months whose figures stand, in their order."""
    return Period.objects.filter(kind=PeriodKind.MONTH, state__in=FIXED).order_by("first_day")


def first_frozen_month() -> Month | None:
    """Give the month with which the accounts of the county begin."""
    day = frozen_months().values_list("first_day", flat=True).first()
    return None if day is None else Month.of(day)


def latest_frozen_month() -> Period | None:
    """Give the last month whose figures stand: the only one that can be opened again."""
    return frozen_months().select_related("snapshot").last()


def months_of(period: Period) -> list[Period]:
    """Give the months of a period that have their figures, in their order."""
    days = {"first_day__gte": period.first_day, "last_day__lte": period.last_day}
    return list(frozen_months().filter(**days).select_related("snapshot", "snapshot__former"))


def missing_months(period: Period) -> list[Month]:
    """Name the months of a quarter or longer period that are not frozen yet."""
    there = {Month.of(day) for day in months_of_days(period)}
    return [month for month in months_between(period.first_day, period.last_day) if month not in there]


def months_of_days(period: Period) -> list[date]:
    """Give the first days of the frozen months of a period."""
    days = {"first_day__gte": period.first_day, "last_day__lte": period.last_day}
    return list(frozen_months().filter(**days).values_list("first_day", flat=True))


def resting_on(month: Period) -> list[Period]:
    """Give the quarters, half-years and years whose figures rest on a month."""
    rows = Period.objects.filter(kind__in=UNIONS, state__in=FIXED, first_day__lte=month.first_day)
    return list(rows.filter(last_day__gte=month.last_day).order_by("last_day", "kind"))


def running_freeze() -> Snapshot | None:
    """Give the picture that is being made of a period of the county; there is one at most."""
    rows = Snapshot.objects.filter(purpose=SnapshotPurpose.PERIOD, state=SnapshotState.MAKING)
    return rows.select_related("period").first()


def editions_of(period: Period) -> "QuerySet[Snapshot]":
    """Give all pictures that were asked for of a period, the latest first; those that failed say why."""
    return Snapshot.objects.filter(period=period).select_related("asked_by").order_by("-created_at", "-id")


def picture_of(period: Period) -> Snapshot:
    """Give the picture that counts for a frozen period. Raises: NotFound while it is open."""
    snapshot: Snapshot | None = period.snapshot
    if snapshot is None:
        raise NotFound("period.no_picture", _("This period is not frozen, so it has no picture yet."))
    return snapshot


def reopenings_of(period: Period) -> "QuerySet[Reopening]":
    """Give the reopenings of a period, the latest first."""
    return Reopening.objects.filter(period=period).select_related("asked_by", "decided_by").order_by("-asked_at", "-id")


def waiting_reopening_of(period: Period) -> Reopening:
    """Give the request to open a period again that waits for a second person. Raises: Conflict where none waits."""
    row = Reopening.objects.filter(period=period, decided_at__isnull=True).first()
    if row is None:
        raise Conflict("reopening.none_waits", _("No request to open this period again waits. Load the page again."))
    return row


def waiting_reopenings() -> "QuerySet[Reopening]":
    """Give the reopenings that wait for a second person, the oldest first."""
    rows = Reopening.objects.filter(decided_at__isnull=True).select_related("period", "asked_by")
    return rows.order_by("asked_at", "id")


def reopenings_to_decide(actor: Actor) -> "QuerySet[Reopening]":
    """Give those of them that somebody else than the actor asked for."""
    return waiting_reopenings().exclude(asked_by_id=actor.user_id)


def campaigns_on(day: date) -> list[StageToday]:
    """Give the campaigns that a day lies in, each with its stage of that day, by two queries."""
    stages = Prefetch("stages", PeriodStage.objects.order_by("first_day", "last_day", "kind"))
    rows = Period.objects.filter(kind=PeriodKind.CAMPAIGN, first_day__lte=day, last_day__gte=day)
    return [stage_on(period, list(period.stages.all()), day) for period in rows.prefetch_related(stages)]


def stage_on(period: Period, stages: Sequence[PeriodStage], day: date) -> StageToday:
    """Tell which stage of a campaign a day lies in: of those that share it the one that ends first."""
    of_day = [stage for stage in stages if stage.first_day <= day <= stage.last_day]
    stage = min(of_day, key=lambda item: item.last_day) if of_day else None
    entry_until = next((item.last_day for item in stages if item.kind == StageKind.ENTRY), None)
    return StageToday(
        period=period,
        stage=stage,
        days_left=((stage.last_day if stage else period.last_day) - day).days + 1,
        entry_open=period.state == PeriodState.OPEN and (entry_until is None or day <= entry_until),
        entry_until=entry_until,
    )
