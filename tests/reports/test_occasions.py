"""Times of schedules: rules of every kind, reminders before stages, nobody, refusals, and sending by hand."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from django.utils import timezone

from periods.enums import PeriodKind, StageKind
from periods.models import Period, PeriodStage
from registry import jobs
from registry.enums import Role
from registry.lib.errors import Conflict, DomainError, NotAllowed
from registry.lib.periods import Month, today
from registry.models import DueWork, Membership
from registry.tenancy.context import Actor
from registry.tenancy.scope import tenant_scope
from reports.definitions.account import REPORT_ID
from reports.definitions.calendar import moment_on
from reports.domain.occasions import run_schedule, send_now
from reports.domain.runs import start_run
from reports.domain.schedules import SCHEDULE_DUE, ScheduleDraft, set_schedule
from reports.domain.stages import coming_times
from reports.enums import About, DayRule, MailForm, OccasionState, Rhythm, RunState, Shift
from reports.models import Delivery, ReportRun, ReportSchedule, ScheduleOccasion, ScheduleRecipient
from tests.factories.households import registered
from tests.factories.tenants import COUNTY_CODE, TOWNSHIP_CODE, VILLAGE_CODE, actor_of, service
from tests.reports.people import reader
from tests.support.workers import do_jobs

NOW = datetime(2021, 1, 1, tzinfo=UTC)
OFFICE_OF_COUNTY = frozenset({(Role.COUNTY_OFFICE.value, COUNTY_CODE)})


def draft(*users: object, **values: object) -> ScheduleDraft:
    """Draft a schedule of the account on the fifth at eight."""
    ids = frozenset(user.pk for user in users)  # type: ignore[attr-defined]  # any model row
    return replace(ScheduleDraft(REPORT_ID, 5, 8, is_active=True, recipient_ids=ids), **values)  # type: ignore[arg-type]  # its fields


def work(actor: Actor) -> None:
    """Make the runs that wait."""
    do_jobs(actor, "periods.freeze", "reports.run")


def campaign(last_day: date, *, first_day: date = date(2020, 10, 1)) -> PeriodStage:
    """Open a campaign whose data entry ends on a day."""
    period = Period.objects.create(
        scope_code=COUNTY_CODE, kind=PeriodKind.CAMPAIGN, name="示例", first_day=first_day, last_day=last_day
    )
    return PeriodStage.objects.create(
        scope_code=COUNTY_CODE, period=period, kind=StageKind.ENTRY, first_day=first_day, last_day=last_day
    )


def test_schedule_is_due_on_its_working_day_when_its_rule_counts_them(office: Actor) -> None:
    wanted = draft(reader("leader"), day_rule=DayRule.WORKING_DAY, day_of_month=3)

    schedule = set_schedule(wanted, actor=office, now=NOW)

    # 1 January 2021 is a holiday, 4 to 6 January are the first three working days.
    assert schedule.next_due_at == moment_on(date(2021, 1, 6), 8)
    assert run_schedule(schedule.pk, actor=office) == moment_on(date(2021, 2, 3), 8)
    assert ReportRun.objects.get().month == date(2020, 12, 1)


def test_schedule_of_the_upgrade_goes_on_as_before_when_nothing_of_its_rule_was_set(office: Actor) -> None:
    schedule = set_schedule(draft(reader("leader")), actor=office, now=NOW)

    schedule.refresh_from_db()

    values = (schedule.rhythm, schedule.day_rule, schedule.shift, schedule.about, schedule.form)
    assert values == (Rhythm.MONTHLY, DayRule.DAY, Shift.NONE, About.MONTH, MailForm.ATTACHMENT)


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"rhythm": "daily"}, "schedule.rhythm"),
        ({"rhythm": Rhythm.QUARTERLY}, "schedule.about"),
        ({"about": About.QUARTER}, "schedule.about"),
        ({"rhythm": Rhythm.WEEKLY}, "schedule.about"),
        ({"month": 2}, "schedule.month"),
        ({"weekday": 8}, "schedule.weekday"),
        ({"day_rule": DayRule.WORKING_DAY, "day_of_month": 24}, "schedule.day"),
        ({"stage": StageKind.ENTRY}, "schedule.stage"),
        ({"rhythm": Rhythm.STAGE, "about": About.DAY}, "schedule.stage"),
        ({"working_days": 61}, "schedule.working_days"),
        ({"report_id": "no-such"}, "report.unknown"),
        ({"area_code": "110101000000"}, "schedule.area"),
        ({"area_code": VILLAGE_CODE}, "schedule.area"),
        ({"posts": frozenset({(Role.TOWNSHIP_CLERK.value, TOWNSHIP_CODE)})}, "schedule.role"),
        ({"posts": frozenset({("nobody", COUNTY_CODE)})}, "schedule.role"),
        ({"recipient_ids": frozenset()}, "schedule.no_recipient"),
    ],
)
def test_rule_is_refused_with_its_field_when_it_cannot_be(office: Actor, values: dict[str, object], code: str) -> None:
    leader = reader("leader")
    set_schedule(draft(leader), actor=office, now=NOW)

    with pytest.raises(DomainError) as refused:
        set_schedule(draft(leader, **values), actor=office, now=NOW)

    assert (refused.value.code, bool(refused.value.field), ReportSchedule.objects.count()) == (code, True, 1)


def test_holders_of_a_role_get_the_mail_when_they_hold_it_on_the_day(office: Actor) -> None:
    leaves, stays, township = reader("leaves"), reader("stays"), reader("below", area=TOWNSHIP_CODE)
    registered(status="lifted")
    schedule = set_schedule(draft(posts=OFFICE_OF_COUNTY), actor=office, now=NOW)
    Membership.objects.filter(user=leaves).update(ends_on=date(2020, 12, 31))
    comes = reader("comes")
    run_schedule(schedule.pk, actor=office)

    work(office)

    names = set(Delivery.objects.values_list("recipient__username", flat=True))
    assert {stays.username, comes.username} <= names
    assert not {leaves.username, township.username} & names


def test_somebody_gets_one_mail_when_named_and_holding_the_role(office: Actor) -> None:
    leader = reader("leader")
    registered(status="lifted")
    schedule = set_schedule(draft(leader, posts=OFFICE_OF_COUNTY), actor=office, now=NOW)
    run_schedule(schedule.pk, actor=office)

    work(office)

    assert Delivery.objects.filter(recipient=leader).count() == 1


def test_time_says_nobody_when_the_rules_find_nobody(office: Actor) -> None:
    registered(status="lifted")
    schedule = set_schedule(draft(posts=OFFICE_OF_COUNTY), actor=office, now=NOW)
    Membership.objects.update(ends_on=date(2020, 12, 31))
    with tenant_scope(service()):
        run_schedule(schedule.pk, actor=service())

    work(office)

    occasion = ScheduleOccasion.objects.get(schedule=schedule)
    assert (occasion.state, ReportRun.objects.get().state) == (OccasionState.NOBODY, RunState.FINISHED)
    assert not Delivery.objects.exists()


def test_time_says_why_and_the_next_is_set_when_there_can_be_no_report(office: Actor) -> None:
    schedule = set_schedule(draft(reader("leader")), actor=office, now=NOW)
    next_month = Month.of(today()).next
    ahead = moment_on(next_month.next.first_day, 8)
    ReportSchedule.objects.filter(pk=schedule.pk).update(next_due_at=ahead)

    after = run_schedule(schedule.pk, actor=office, now=ahead)

    occasion = ScheduleOccasion.objects.get(schedule=schedule)
    assert after is not None
    assert (occasion.state, occasion.error_code) == (OccasionState.REFUSED, "report.month_not_ended")
    assert (str(next_month) in str(occasion.error), after > ahead) == (True, True)


def test_time_to_come_is_not_taken_when_the_schedule_was_set_anew_while_the_tick_had_it(office: Actor) -> None:
    schedule = set_schedule(draft(reader("leader")), actor=office, now=timezone.now())

    after = run_schedule(schedule.pk, actor=office)

    assert (after, ScheduleOccasion.objects.exists()) == (schedule.next_due_at, False)


def test_month_made_before_times_were_kept_gets_no_second_run_when_due(office: Actor) -> None:
    schedule = set_schedule(draft(reader("leader")), actor=office, now=NOW)
    start_run(REPORT_ID, Month(2020, 12), actor=office, schedule=schedule)

    run_schedule(schedule.pk, actor=office)

    assert (ReportRun.objects.count(), ScheduleOccasion.objects.count()) == (1, 0)


# --- stages of a campaign ---------------------------------------------------------------------------------------------
def reminder(actor: Actor, **values: object) -> ReportSchedule:
    """Keep a schedule that reminds three working days before data entry ends; the account is of months, so by hand."""
    schedule = ReportSchedule.objects.create(
        scope_code=COUNTY_CODE,
        report_id=REPORT_ID,
        rhythm=Rhythm.STAGE,
        stage=StageKind.ENTRY,
        working_days=3,
        hour=9,
        about=About.DAY,
        **values,
    )
    ScheduleRecipient.objects.create(schedule=schedule, scope_code=COUNTY_CODE, user=reader("leader"))
    return schedule


@pytest.mark.parametrize(
    ("now", "done", "wakes"),
    [
        # 20 November 2020 is a Friday; three working days before it is the 17th.
        (moment_on(date(2020, 11, 16), 9), 0, moment_on(date(2020, 11, 17), 5)),
        (moment_on(date(2020, 11, 17), 6), 0, moment_on(date(2020, 11, 17), 9)),
        (moment_on(date(2020, 11, 17), 9), 1, moment_on(date(2020, 11, 18), 5)),
        (moment_on(date(2020, 11, 19), 9), 1, moment_on(date(2020, 11, 20), 5)),
        (moment_on(date(2020, 11, 21), 9), 0, moment_on(date(2020, 11, 22), 5)),
    ],
)
def test_reminder_goes_out_once_while_the_stage_lasts_when_its_day_has_come(
    office: Actor, now: datetime, done: int, wakes: datetime
) -> None:
    campaign(date(2020, 11, 20))
    schedule = reminder(office)

    looked = [run_schedule(schedule.pk, actor=office, now=now) for _ in range(2)]

    assert looked == [wakes, wakes]
    assert ScheduleOccasion.objects.filter(schedule=schedule).count() == done


def test_reminder_is_made_up_for_when_the_servers_were_off_until_the_stage_was_over(office: Actor) -> None:
    campaign(date(2020, 11, 20))
    schedule = reminder(office, next_due_at=moment_on(date(2020, 11, 17), 9))

    run_schedule(schedule.pk, actor=office, now=moment_on(date(2020, 12, 1), 9))

    assert ScheduleOccasion.objects.get(schedule=schedule).last_day == date(2020, 11, 16)


def test_reminder_is_not_repeated_when_the_stage_is_moved_after_it(office: Actor) -> None:
    stage = campaign(date(2020, 11, 20))
    schedule = reminder(office)
    run_schedule(schedule.pk, actor=office, now=moment_on(date(2020, 11, 17), 9))
    PeriodStage.objects.filter(pk=stage.pk).update(last_day=date(2020, 11, 30))

    run_schedule(schedule.pk, actor=office, now=moment_on(date(2020, 11, 27), 9))

    assert ScheduleOccasion.objects.filter(schedule=schedule).count() == 1


@pytest.mark.parametrize(
    ("now", "times"),
    [
        (moment_on(date(2020, 11, 16), 9), [moment_on(date(2020, 11, 17), 9)]),
        (moment_on(date(2020, 11, 19), 11), [moment_on(date(2020, 11, 19), 11)]),  # at once while it lasts
    ],
)
def test_next_times_leave_out_what_was_done_and_show_nothing_of_the_past(
    office: Actor, now: datetime, times: list[datetime]
) -> None:
    campaign(date(2020, 11, 20))
    schedule = reminder(office)

    before = [moment.at for moment in coming_times(schedule, now=now)]
    run_schedule(schedule.pk, actor=office, now=moment_on(date(2020, 11, 19), 12))

    assert (before, coming_times(schedule, now=moment_on(date(2020, 11, 19), 13))) == (times, [])


# --- by hand ----------------------------------------------------------------------------------------------------------
def test_report_goes_out_at_once_and_its_day_adds_nothing_when_sent_by_hand(office: Actor) -> None:
    leader = reader("leader")
    registered(status="lifted")
    schedule = set_schedule(draft(leader), actor=office, now=NOW)
    run = send_now(schedule.pk, actor=office, now=datetime(2021, 1, 2, tzinfo=UTC))
    work(office)

    again = send_now(schedule.pk, actor=office, now=datetime(2021, 1, 3, tzinfo=UTC))
    run_schedule(schedule.pk, actor=office)

    assert (again.pk, ReportRun.objects.count(), Delivery.objects.count()) == (run.pk, 1, 1)


def test_who_was_added_since_gets_it_alone_when_sent_by_hand_again(office: Actor) -> None:
    first, second = reader("first"), reader("second")
    registered(status="lifted")
    schedule = set_schedule(draft(first), actor=office, now=NOW)
    send_now(schedule.pk, actor=office, now=NOW)
    work(office)
    set_schedule(draft(first, second), actor=office, now=NOW, schedule_id=schedule.pk, version=schedule.version)

    send_now(schedule.pk, actor=office, now=NOW)

    assert set(Delivery.objects.values_list("recipient__username", flat=True)) == {"first", "second"}
    assert Delivery.objects.count() == 2


def test_run_is_made_again_when_the_former_one_failed(office: Actor) -> None:
    schedule = set_schedule(draft(reader("leader")), actor=office, now=NOW)
    run = send_now(schedule.pk, actor=office, now=NOW)
    ReportRun.objects.filter(pk=run.pk).update(state=RunState.FAILED, error="示例")

    again = send_now(schedule.pk, actor=office, now=NOW)

    assert (again.pk == run.pk, ScheduleOccasion.objects.get().run_id) == (False, again.pk)


def test_sending_by_hand_is_refused_and_keeps_nothing_when_nobody_agreed_to_the_many_months_before(
    office: Actor,
) -> None:
    start_run(REPORT_ID, Month(2020, 12), actor=office)
    work(office)
    schedule = set_schedule(draft(reader("leader")), actor=office, now=NOW)

    def press() -> Conflict:
        with pytest.raises(Conflict) as refused:
            send_now(schedule.pk, actor=office, now=datetime(2022, 2, 1, tzinfo=UTC))
        return refused.value

    for said in (press(), press()):
        told = [words in str(said) for words in ("2021-01 to 2022-01", "on the page of accounts")]
        assert (said.code, told) == ("period.long_gap", [True, True])
    assert (ReportRun.objects.count(), Delivery.objects.count(), ScheduleOccasion.objects.count()) == (1, 0, 0)


@pytest.mark.parametrize("role", [Role.MACHINE_CLIENT, Role.TOWNSHIP_CLERK])
def test_sending_by_hand_is_refused_when_the_role_may_not(office: Actor, role: Role) -> None:
    schedule = set_schedule(draft(reader("leader")), actor=office, now=NOW)

    with pytest.raises(NotAllowed):
        send_now(schedule.pk, actor=actor_of(role), now=NOW)

    assert not ReportRun.objects.exists()


def test_nothing_is_looked_at_any_more_when_a_reminder_is_switched_off(office: Actor) -> None:
    schedule = reminder(office)
    jobs.schedule_due(office.tenant_id, SCHEDULE_DUE, str(schedule.pk), timezone.now())
    ReportSchedule.objects.filter(pk=schedule.pk).update(is_active=False)

    jobs.tick()

    assert not DueWork.objects.filter(kind=SCHEDULE_DUE).exists()
