"""Schedules: set by the office, done by the tick, no month left out and none done twice."""

from datetime import UTC, date, datetime

import pytest

from registry import jobs
from registry.enums import Role
from registry.lib.errors import DomainError, NotAllowed, StaleVersion
from registry.models import DueWork
from registry.tenancy.context import Actor
from reports.definitions.account import REPORT_ID
from reports.domain.occasions import run_schedule
from reports.domain.schedules import SCHEDULE_DUE, ScheduleDraft, set_schedule
from reports.models import ReportRun, ReportSchedule, ScheduleRecipient
from tests.factories.tenants import TOWNSHIP_CODE, actor_of
from tests.reports.people import reader

NOW = datetime(2021, 1, 1, tzinfo=UTC)


def draft_for(*users: object, day: int = 5, hour: int = 8, active: bool = True) -> ScheduleDraft:
    """Draft a schedule of the report."""
    ids = frozenset(user.pk for user in users)  # type: ignore[attr-defined]  # any model row
    return ScheduleDraft(REPORT_ID, day, hour, is_active=active, recipient_ids=ids)


def test_schedule_is_due_work_when_set(office: Actor) -> None:
    schedule = set_schedule(draft_for(reader("leader")), actor=office, now=NOW)

    due = DueWork.objects.get(kind=SCHEDULE_DUE, key=str(schedule.pk))
    assert (due.due_at, due.tenant_id) == (datetime(2021, 1, 5, 0, tzinfo=UTC), office.tenant_id)


def test_nothing_is_due_any_more_when_a_schedule_is_switched_off(office: Actor) -> None:
    leader = reader("leader")
    schedule = set_schedule(draft_for(leader), actor=office, now=NOW)

    set_schedule(draft_for(leader, active=False), actor=office, now=NOW, schedule_id=schedule.pk, version=1)

    assert not DueWork.objects.filter(kind=SCHEDULE_DUE).exists()


def test_recipients_are_those_of_the_last_change_when_a_schedule_is_changed(office: Actor) -> None:
    first, second, third = (reader(name) for name in ("first", "second", "third"))
    schedule = set_schedule(draft_for(first, second), actor=office, now=NOW)

    set_schedule(draft_for(second, third), actor=office, now=NOW, schedule_id=schedule.pk, version=1)

    assert set(ScheduleRecipient.objects.values_list("user_id", flat=True)) == {second.pk, third.pk}


def test_change_is_refused_when_somebody_else_changed_the_schedule(office: Actor) -> None:
    leader = reader("leader")
    schedule = set_schedule(draft_for(leader), actor=office, now=NOW)
    set_schedule(draft_for(leader, day=6), actor=office, now=NOW, schedule_id=schedule.pk, version=1)

    with pytest.raises(StaleVersion):
        set_schedule(draft_for(leader, day=7), actor=office, now=NOW, schedule_id=schedule.pk, version=1)

    assert ReportSchedule.objects.get(pk=schedule.pk).day_of_month == 6


@pytest.mark.parametrize(
    ("values", "code"),
    [({"day": 32}, "schedule.day"), ({"day": 0}, "schedule.day"), ({"hour": 24}, "schedule.hour")],
)
def test_schedule_is_refused_when_day_or_hour_do_not_exist(office: Actor, values: dict[str, int], code: str) -> None:
    leader = reader("leader")
    set_schedule(draft_for(leader), actor=office, now=NOW)

    with pytest.raises(DomainError) as refused:
        set_schedule(draft_for(leader, **values), actor=office, now=NOW)  # type: ignore[arg-type]  # day and hour

    assert (refused.value.code, ReportSchedule.objects.count()) == (code, 1)


@pytest.mark.parametrize(("role", "area"), [(Role.TOWNSHIP_CLERK, TOWNSHIP_CODE), (Role.COUNTY_OFFICE, TOWNSHIP_CODE)])
def test_recipient_is_refused_when_they_may_not_read_the_whole_county(office: Actor, role: Role, area: str) -> None:
    leader, other = reader("leader"), reader("other", role=role, area=area)
    set_schedule(draft_for(leader), actor=office, now=NOW)

    with pytest.raises(DomainError) as refused:
        set_schedule(draft_for(leader, other), actor=office, now=NOW)

    assert refused.value.code == "schedule.recipient"


def test_setting_is_refused_when_the_role_may_not(office: Actor) -> None:
    leader = reader("leader")
    set_schedule(draft_for(leader), actor=office, now=NOW)

    with pytest.raises(NotAllowed):
        set_schedule(draft_for(leader), actor=actor_of(Role.MACHINE_CLIENT), now=NOW)


def test_setting_is_refused_when_the_actor_covers_a_township_only(office: Actor) -> None:
    leader = reader("leader")
    set_schedule(draft_for(leader), actor=office, now=NOW)

    with pytest.raises(NotAllowed) as refused:
        set_schedule(draft_for(leader), actor=actor_of(Role.COUNTY_OFFICE, area=TOWNSHIP_CODE), now=NOW)

    assert refused.value.code == "report.not_whole_county"


def test_run_of_the_month_before_starts_when_the_tick_finds_it_due(office: Actor) -> None:
    schedule = set_schedule(draft_for(reader("leader")), actor=office, now=NOW)

    jobs.tick()

    schedule.refresh_from_db()
    runs = list(ReportRun.objects.values_list("month", "schedule_id", "state"))
    assert runs == [(date(2020, 12, 1), schedule.pk, "queued")]
    assert schedule.next_due_at == datetime(2021, 2, 5, 0, tzinfo=UTC)


def test_no_month_is_left_out_when_the_servers_were_off(office: Actor) -> None:
    schedule = set_schedule(draft_for(reader("leader")), actor=office, now=NOW)

    moments = [run_schedule(schedule.pk, actor=office) for _ in range(3)]

    months = ReportRun.objects.order_by("month").values_list("month", flat=True)
    assert moments[-1] == datetime(2021, 4, 5, 0, tzinfo=UTC)
    assert list(months) == [date(2020, 12, 1), date(2021, 1, 1), date(2021, 2, 1)]


@pytest.mark.parametrize(
    ("former_day", "changed_at", "due_at"),
    [
        (5, datetime(2021, 1, 6, tzinfo=UTC), datetime(2021, 1, 5, tzinfo=UTC)),
        (20, datetime(2021, 1, 10, tzinfo=UTC), datetime(2021, 1, 10, tzinfo=UTC)),
        (5, datetime(2021, 1, 2, tzinfo=UTC), datetime(2021, 1, 3, tzinfo=UTC)),
    ],
)
def test_no_month_is_left_out_when_a_schedule_is_changed_before_its_run(
    office: Actor, former_day: int, changed_at: datetime, due_at: datetime
) -> None:
    leader = reader("leader")
    schedule = set_schedule(draft_for(leader, day=former_day), actor=office, now=NOW)

    changed = set_schedule(
        draft_for(leader, day=3), actor=office, now=changed_at, schedule_id=schedule.pk, version=schedule.version
    )

    assert changed.next_due_at == due_at
    assert run_schedule(schedule.pk, actor=office) == datetime(2021, 2, 3, tzinfo=UTC)
    assert list(ReportRun.objects.values_list("month", flat=True)) == [date(2020, 12, 1)]


def test_month_is_left_out_when_the_schedule_was_off_at_its_time(office: Actor) -> None:
    leader = reader("leader")
    schedule = set_schedule(draft_for(leader), actor=office, now=NOW)
    set_schedule(draft_for(leader, active=False), actor=office, now=NOW, schedule_id=schedule.pk, version=1)

    on_again = datetime(2021, 3, 10, tzinfo=UTC)
    changed = set_schedule(draft_for(leader), actor=office, now=on_again, schedule_id=schedule.pk, version=2)

    assert changed.next_due_at == datetime(2021, 4, 5, 0, tzinfo=UTC)


def test_month_gets_one_run_when_the_schedule_is_moved_within_it(office: Actor) -> None:
    leader = reader("leader")
    schedule = set_schedule(draft_for(leader), actor=office, now=NOW)
    run_schedule(schedule.pk, actor=office)
    again = draft_for(leader, day=20)
    set_schedule(again, actor=office, now=NOW, schedule_id=schedule.pk, version=1)

    run_schedule(schedule.pk, actor=office)

    assert ReportRun.objects.filter(month=date(2020, 12, 1)).count() == 1
