"""Runs of the report: who may start one, what a finished one keeps and publishes, how a failed one says why."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from households.enums import PostingKind, Stock
from periods.domain.periods import open_year
from periods.domain.reopening import ask_reopening, decide_reopening
from periods.queries.periods import frozen_months, month_period, running_freeze
from registry.enums import JobState, Role
from registry.lib.errors import Conflict, DomainError, NotAllowed
from registry.lib.periods import Month, today
from registry.models import AuditEvent, Job, PublishedFigure
from registry.tenancy.context import Actor
from registry.tenancy.models import new_id
from registry.tenancy.scope import tenant_scope
from reports.definitions.account import REPORT_ID
from reports.definitions.figures import Count
from reports.domain.runs import start_period_run, start_run, workbook_of
from reports.enums import RunState
from reports.migrations import __name__ as migrations
from reports.models import ReportRun
from reports.queries.runs import figures_of
from reports.renderers.workbook import render_workbook
from reports.workflow import ADDRESS_STEPS, DELIVERY_STEPS, RUN_STEPS, Steps
from tests.factories.households import registered
from tests.factories.tenants import (
    COUNTY_CODE,
    OTHER_COUNTY_CODE,
    TOWNSHIP_CODE,
    actor_of,
    county,
    county_office,
)
from tests.periods.making import second_clerk
from tests.reports.making import made
from tests.reports.people import reader
from tests.reports.test_account import post
from tests.reports.test_deliveries import schedule_for
from tests.support.workers import do_jobs

DECEMBER = Month(2020, 12)


def test_run_keeps_figures_workbook_and_digest_when_it_finishes(office: Actor) -> None:
    registered(status="lifted")

    run = ReportRun.objects.get(pk=made(office, DECEMBER).pk)

    name, content = workbook_of(run, actor=office)
    assert (run.state, run.edition, run.error, len(run.digest)) == (RunState.FINISHED, 1, "", 64)
    assert figures_of(run).county_line("lifted").closing.households == 1
    assert (name, content) == ("示例县1-建档立卡动态管理明白账-2020-12.xlsx", render_workbook(figures_of(run)))


def test_county_totals_are_published_when_a_run_finishes(office: Actor) -> None:
    registered(status="lifted")

    made(office, DECEMBER)

    published = PublishedFigure.objects.get(tenant_id=office.tenant_id)
    one = {"households": 1, "persons": 2}
    nothing = {"households": 0, "persons": 0}
    assert published.figures["stocks"]["lifted"] == {
        "opening": nothing,
        "in": one,
        "out": nothing,
        "late_in": nothing,
        "late_out": nothing,
        "closing": one,
        "flows": {"takeover_in": one},
        "late": {},
    }
    assert set(published.figures) == {"format", "as_of", "filed", "stocks"}


def reopened(month: Month, office: Actor) -> None:
    """Open a frozen month again, as a second clerk decides."""
    period = month_period(month)
    assert period is not None
    request = ask_reopening(period.pk, reason="test", actor=office)
    decide_reopening(request.pk, approve=True, actor=second_clerk())


def test_account_is_made_once_when_it_is_asked_for_again(office: Actor) -> None:
    registered(status="lifted")
    first = made(office, DECEMBER)
    registered(status="filed")

    again = start_run(REPORT_ID, DECEMBER, actor=office)

    assert (again, ReportRun.objects.count(), PublishedFigure.objects.count()) == (first, 1, 1)


def test_account_is_a_new_edition_when_its_month_was_opened_again(office: Actor) -> None:
    registered(status="lifted")
    first = made(office, DECEMBER)
    reopened(DECEMBER, office)
    registered(status="filed")

    second = made(office, DECEMBER)

    closing = figures_of(second).county_line("not_lifted").closing
    editions = PublishedFigure.objects.order_by("edition").values_list("edition", flat=True)
    assert (second.edition, list(editions), closing.households) == (2, [1, 2], 1)
    assert workbook_of(ReportRun.objects.get(pk=first.pk), actor=office)[1] == render_workbook(figures_of(first))


def test_schedule_sends_the_same_edition_when_the_account_was_made_by_hand(office: Actor) -> None:
    registered(status="lifted")
    first = made(office, DECEMBER)
    schedule = schedule_for(office, reader("leader"))

    run = start_run(REPORT_ID, DECEMBER, actor=office, schedule=schedule)
    do_jobs(office, "reports.run")
    run.refresh_from_db()

    assert (run.pk == first.pk, run.state, run.edition, run.digest) == (False, RunState.FINISHED, 1, first.digest)
    assert (run.workbook, PublishedFigure.objects.count(), run.deliveries.count()) == (first.workbook, 1, 1)


def test_two_runs_of_one_edition_say_the_same_when_the_database_is_asked(office: Actor) -> None:
    registered(status="lifted")
    first = made(office, DECEMBER)
    copy = ReportRun.objects.get(pk=first.pk)
    copy.pk, copy.digest, copy._state.adding = new_id(), "0" * 64, True

    with pytest.raises(IntegrityError, match="_says_one"), transaction.atomic():
        copy.save()


def test_months_between_are_frozen_too_when_a_later_account_is_asked_for(office: Actor) -> None:
    registered(status="lifted")
    made(office, DECEMBER)

    march = made(office, Month(2021, 3))

    assert (march.state, [str(Month.of(row.first_day)) for row in frozen_months()]) == (
        RunState.FINISHED,
        ["2020-12", "2021-01", "2021-02", "2021-03"],
    )


def test_account_is_refused_when_it_lies_before_the_first_one(office: Actor) -> None:
    made(office, DECEMBER)

    with pytest.raises(Conflict) as refused:
        start_run(REPORT_ID, DECEMBER.previous, actor=office)

    assert (refused.value.code, ReportRun.objects.count()) == ("period.before_first", 1)


def test_scheduled_run_fails_with_its_recipients_listed_when_it_lies_before_the_first_account(office: Actor) -> None:
    made(office, DECEMBER)
    schedule = schedule_for(office, reader("leader"))

    run = start_run(REPORT_ID, DECEMBER.previous, actor=office, schedule=schedule)
    run.refresh_from_db()

    assert (run.state, run.error_code, run.deliveries.get().state) == (RunState.FAILED, "period.before_first", "failed")


def test_account_is_refused_with_all_its_months_named_when_more_than_a_year_of_them_is_not_frozen(
    office: Actor,
) -> None:
    made(office, DECEMBER)
    schedule = schedule_for(office, reader("leader"))

    with pytest.raises(Conflict) as refused:
        start_run(REPORT_ID, Month(2022, 1), actor=office)
    scheduled = start_run(REPORT_ID, Month(2022, 1), actor=office, schedule=schedule)

    scheduled.refresh_from_db()
    assert (refused.value.code, refused.value.field) == ("period.long_gap", "catch_up")
    assert "13 months one after the other, 2021-01 to 2022-01" in str(refused.value)
    assert "have 2020-12 opened again" in str(refused.value)
    assert (scheduled.state, scheduled.error_code) == (RunState.FAILED, "period.long_gap")
    assert (scheduled.deliveries.get().state, running_freeze()) == ("failed", None)


def test_many_months_are_frozen_in_turn_when_somebody_agreed(office: Actor) -> None:
    made(office, DECEMBER)
    schedule = schedule_for(office, reader("leader"))

    run = start_run(REPORT_ID, Month(2022, 1), actor=office, catch_up=True)
    scheduled = start_run(REPORT_ID, Month(2022, 1), actor=office, schedule=schedule)
    first = running_freeze()
    scheduled.refresh_from_db()

    states = (run.state, scheduled.state)
    assert (states, first and first.as_of) == ((RunState.QUEUED, RunState.QUEUED), date(2021, 1, 31))


def test_a_year_of_missing_months_is_frozen_unasked(office: Actor) -> None:
    made(office, DECEMBER)

    start_run(REPORT_ID, Month(2021, 12), actor=office)

    first = running_freeze()
    assert first is not None
    assert first.as_of == date(2021, 1, 31)


def test_runs_of_other_months_wait_for_their_turn_when_one_is_frozen(office: Actor) -> None:
    registered(status="lifted")
    runs = [start_run(REPORT_ID, month, actor=office) for month in (DECEMBER, DECEMBER.next)]
    running = running_freeze()

    do_jobs(office, "periods.freeze", "reports.run")

    states = [ReportRun.objects.get(pk=run.pk).state for run in runs]
    assert (running and running.as_of, states) == (DECEMBER.last_day, [RunState.FINISHED] * 2)


def test_quarter_and_year_have_their_account_when_their_months_are_over(office: Actor) -> None:
    registered(status="lifted", on=date(2020, 11, 15))
    rows = {row.name: row for row in open_year(2020, actor=office)}
    made(office, Month(2020, 10))

    run = start_period_run(REPORT_ID, rows["2020-Q4"].pk, actor=office)
    do_jobs(office, "periods.freeze", "reports.run")
    run.refresh_from_db()

    figures = figures_of(run)
    line = figures.county_line("lifted")
    assert (run.state, run.month, figures.month, figures.kind) == (RunState.FINISHED, None, "2020-Q4", "quarter")
    assert (line.opening, line.flows[0], line.closing) == (Count(), Count(1, 2), Count(1, 2))
    assert run.workbook is not None
    assert run.workbook.name == "示例县1-建档立卡动态管理明白账-2020-Q4.xlsx"


def test_run_fails_when_its_period_was_opened_again_meanwhile(office: Actor) -> None:
    registered(status="lifted")
    run = start_run(REPORT_ID, DECEMBER, actor=office)
    do_jobs(office, "periods.freeze")
    reopened(DECEMBER, office)

    do_jobs(office, "reports.run")
    run.refresh_from_db()

    assert (run.state, run.error_code) == (RunState.FAILED, "report.period_open")


def test_run_is_refused_when_the_month_has_not_ended(office: Actor) -> None:
    made(office, Month.of(today()).previous)

    with pytest.raises(DomainError) as refused:
        start_run(REPORT_ID, Month.of(today()), actor=office)

    assert (refused.value.code, refused.value.field) == ("report.month_not_ended", "month")
    assert str(Month.of(today())) in str(refused.value)
    assert ReportRun.objects.count() == 1


def test_run_is_refused_when_the_report_is_unknown(office: Actor) -> None:
    with pytest.raises(DomainError) as refused:
        start_run("no-such-report", DECEMBER, actor=office)

    assert refused.value.code == "report.unknown"


def test_run_is_refused_when_the_actor_covers_a_township_only(office: Actor) -> None:
    start_run(REPORT_ID, DECEMBER, actor=office)
    partly = actor_of(Role.COUNTY_OFFICE, area=TOWNSHIP_CODE)

    with pytest.raises(NotAllowed) as refused, tenant_scope(partly):
        start_run(REPORT_ID, DECEMBER, actor=partly)

    assert refused.value.code == "report.not_whole_county"


@pytest.mark.parametrize(
    "role", [Role.TOWNSHIP_CLERK, Role.VILLAGE_TEAM, Role.PROVINCE_READER, Role.SYSTEM_ADMINISTRATOR]
)
def test_run_is_refused_when_the_role_may_not(office: Actor, role: Role) -> None:
    start_run(REPORT_ID, DECEMBER, actor=office)

    with pytest.raises(NotAllowed):
        start_run(REPORT_ID, DECEMBER, actor=actor_of(role))


def test_failed_run_names_the_difference_and_publishes_nothing_when_the_ledger_is_wrong(office: Actor) -> None:
    household = registered(status="filed")
    post(household, kind=PostingKind.NATURAL_IN, stock=Stock.NOT_LIFTED)

    run = made(office, DECEMBER)

    assert (run.state, run.error_code, run.figures) == (RunState.FAILED, "period.does_not_close", None)
    assert "549901100200" in str(run.error)
    assert (PublishedFigure.objects.count(), Job.objects.get(kind="periods.freeze").state) == (0, JobState.FAILED)


def test_figures_are_refused_when_somebody_changed_them(office: Actor) -> None:
    registered(status="lifted")
    run = made(office, DECEMBER)
    figures_of(run)
    assert run.figures is not None
    run.figures["accounts"]["lifted"][0]["closing"]["households"] = 2

    with pytest.raises(DomainError) as refused:
        figures_of(run)

    assert refused.value.code == "report.figures_damaged"


def test_finished_run_stays_finished_when_the_database_is_asked_to_change_it(office: Actor) -> None:
    run = made(office, DECEMBER)

    with pytest.raises(IntegrityError), transaction.atomic():
        ReportRun.objects.filter(pk=run.pk).update(state=RunState.QUEUED, figures=None, workbook=None, digest="")

    assert ReportRun.objects.get(pk=run.pk).state == RunState.FINISHED


def test_run_is_hidden_when_asked_for_from_a_township_or_another_county(office: Actor) -> None:
    run = made(office, DECEMBER)
    other = county_office(county(OTHER_COUNTY_CODE))

    with tenant_scope(actor_of(Role.TOWNSHIP_CLERK, area=TOWNSHIP_CODE)):
        from_township = ReportRun.objects.filter(pk=run.pk).count()
    with tenant_scope(other):
        from_other_county = ReportRun.objects.filter(pk=run.pk).count()

    assert (ReportRun.objects.filter(pk=run.pk).count(), from_township, from_other_county) == (1, 0, 0)


def test_each_verb_leaves_one_event_when_a_run_is_made(db: None) -> None:
    with tenant_scope(county_office()) as office:
        run = made(office, DECEMBER)

    with tenant_scope(actor_of(Role.AUDIT_ADMINISTRATOR)):
        verbs = AuditEvent.objects.filter(object_id=run.pk).order_by("verb").values_list("verb", flat=True)
        assert list(verbs) == ["reports.finish_run", "reports.start_run"]


def test_workflow_in_the_database_is_the_one_in_python_when_compared() -> None:
    from importlib import import_module  # noqa: PLC0415  (the module's name begins with a digit)

    first = import_module(f"{migrations}.0002_arm_workflow")
    armed = import_module(f"{migrations}.0007_arm_bounces")

    tables = [RUN_STEPS, DELIVERY_STEPS, ADDRESS_STEPS]
    assert [pairs(table) for table in tables] == [
        set(first.RUN_PAIRS),
        set(armed.DELIVERY_PAIRS),
        set(armed.ADDRESS_PAIRS),
    ]


def pairs(steps: Steps) -> set[tuple[str, str]]:
    """Give the steps as pairs of states."""
    return {(source, target) for source, targets in steps.items() for target in targets}


def test_run_carries_the_countys_own_code_when_started(office: Actor) -> None:
    run = start_run(REPORT_ID, DECEMBER, actor=office)

    assert run.scope_code == COUNTY_CODE
