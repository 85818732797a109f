"""Runs of the report: who may start one, what a finished one keeps and publishes, how a failed one says why."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from households.domain.move import move_household
from households.enums import PostingKind, Stock
from registry import jobs
from registry.enums import JobState, Role
from registry.lib.errors import DomainError, NotAllowed
from registry.lib.periods import Month, today
from registry.models import AuditEvent, Job, PublishedFigure
from registry.tenancy.context import Actor
from registry.tenancy.scope import tenant_scope
from reports.definitions.account import REPORT_ID
from reports.domain.runs import start_run, workbook_of
from reports.enums import RunState
from reports.migrations import __name__ as migrations
from reports.models import ReportRun
from reports.queries.runs import figures_of
from reports.renderers.notes import carried_notes
from reports.renderers.workbook import render_workbook
from reports.workflow import ADDRESS_STEPS, DELIVERY_STEPS, RUN_STEPS, Steps
from tests.factories.households import registered
from tests.factories.tenants import (
    COUNTY_CODE,
    FAR_VILLAGE_CODE,
    OTHER_COUNTY_CODE,
    TOWNSHIP_CODE,
    actor_of,
    county,
    county_office,
)
from tests.factories.villages import VillageFactory
from tests.reports.test_account import post

DECEMBER = Month(2020, 12)


def made(actor: Actor, month: Month = DECEMBER) -> ReportRun:
    """Start a run, let a worker do it, and give it as it is then."""
    run = start_run(REPORT_ID, month, actor=actor)
    job = Job.objects.get(key=str(run.pk))
    jobs.run(actor.tenant_id, job.pk)
    run.refresh_from_db()
    return run


def test_run_keeps_figures_workbook_and_digest_when_it_finishes(office: Actor) -> None:
    registered(status="lifted")

    run = ReportRun.objects.get(pk=made(office).pk)

    name, content = workbook_of(run, actor=office)
    assert (run.state, run.edition, run.error, len(run.digest)) == (RunState.FINISHED, 1, "", 64)
    assert figures_of(run).county_line("lifted").closing.households == 1
    assert (name, content) == ("示例县1-建档立卡动态管理明白账-2020-12.xlsx", render_workbook(figures_of(run)))


def test_county_totals_are_published_when_a_run_finishes(office: Actor) -> None:
    registered(status="lifted")

    made(office)

    published = PublishedFigure.objects.get(tenant_id=office.tenant_id)
    one = {"households": 1, "persons": 2}
    nothing = {"households": 0, "persons": 0}
    assert published.figures["stocks"]["lifted"] == {
        "opening": nothing,
        "in": one,
        "out": nothing,
        "closing": one,
        "flows": {"takeover_in": one},
    }
    assert set(published.figures) == {"format", "as_of", "filed", "stocks"}


def test_second_run_is_a_new_edition_when_the_month_was_reported_before(office: Actor) -> None:
    registered(status="lifted")
    made(office)
    registered(status="filed")

    second = made(office)

    editions = PublishedFigure.objects.order_by("edition").values_list("edition", flat=True)
    assert (second.edition, list(editions)) == (2, [1, 2])


def test_next_month_says_so_when_earlier_months_were_changed_after_their_report(office: Actor) -> None:
    registered(status="lifted")
    made(office)
    registered(status="lifted")

    january = made(office, DECEMBER.next)

    (note,) = figures_of(january).carried_over
    assert (note.stock, note.former_closing.households, note.opening.households) == ("lifted", 1, 2)


def test_next_month_says_so_when_a_move_of_an_earlier_month_came_after_its_report(office: Actor) -> None:
    household = registered(status="lifted", monitoring_state="identified", monitoring_code="1")
    VillageFactory.create(code=FAR_VILLAGE_CODE)
    made(office)
    move_household(household.id, FAR_VILLAGE_CODE, actor=office, on=date(2020, 12, 28), reason="test")

    january = figures_of(made(office, DECEMBER.next))

    two_townships_and_two_villages = 4
    assert (january.carried_over, january.carried_over_below) == ((), two_townships_and_two_villages)
    assert carried_notes(january, "zh-hans")[0].startswith("注意：4个乡镇、村")


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

    run = made(office)

    assert (run.state, run.error_code, run.figures) == (RunState.FAILED, "report.does_not_close", None)
    assert "549901100200" in str(run.error)
    assert (PublishedFigure.objects.count(), Job.objects.get(key=str(run.pk)).state) == (0, JobState.FAILED)


def test_figures_are_refused_when_somebody_changed_them(office: Actor) -> None:
    registered(status="lifted")
    run = made(office)
    figures_of(run)
    assert run.figures is not None
    run.figures["accounts"]["lifted"][0]["closing"]["households"] = 2

    with pytest.raises(DomainError) as refused:
        figures_of(run)

    assert refused.value.code == "report.figures_damaged"


def test_finished_run_stays_finished_when_the_database_is_asked_to_change_it(office: Actor) -> None:
    run = made(office)

    with pytest.raises(IntegrityError), transaction.atomic():
        ReportRun.objects.filter(pk=run.pk).update(state=RunState.QUEUED, figures=None, workbook=None, digest="")

    assert ReportRun.objects.get(pk=run.pk).state == RunState.FINISHED


def test_run_is_hidden_when_asked_for_from_a_township_or_another_county(office: Actor) -> None:
    run = made(office)
    other = county_office(county(OTHER_COUNTY_CODE))

    with tenant_scope(actor_of(Role.TOWNSHIP_CLERK, area=TOWNSHIP_CODE)):
        from_township = ReportRun.objects.filter(pk=run.pk).count()
    with tenant_scope(other):
        from_other_county = ReportRun.objects.filter(pk=run.pk).count()

    assert (ReportRun.objects.filter(pk=run.pk).count(), from_township, from_other_county) == (1, 0, 0)


def test_each_verb_leaves_one_event_when_a_run_is_made(db: None) -> None:
    with tenant_scope(county_office()) as office:
        run = made(office)

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
