"""Runs of catalogue reports: made in the name of who asked, and handed out to nobody else or without the right."""

import csv
import io
from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.utils import timezone
from pytest_django.fixtures import Settings

from periods.enums import PeriodState
from registry.enums import Role, Sector
from registry.lib.errors import DomainError, NotAllowed, NotFound
from registry.lib.periods import today
from registry.models import AuditEvent, Membership
from registry.tenancy.context import Actor
from registry.tenancy.scope import tenant_scope
from reports.catalogue.base import reports
from reports.definitions.roster import PERSONS_ID
from reports.domain.asking import ReportDraft, start_report
from reports.domain.making import file_of_run, require_still
from reports.domain.reading import catalogue_runs
from reports.enums import RunState
from reports.models import ReportRun, RunFile
from tests.factories.households import registered
from tests.factories.tenants import (
    FAR_VILLAGE_CODE,
    OTHER_COUNTY_CODE,
    TOWNSHIP_CODE,
    VILLAGE_CODE,
    actor_of,
    county,
    county_office,
    employed,
)
from tests.reports.catalogue.pictures import frozen_period, made


def rows_of_csv(run: ReportRun, *, actor: Actor) -> list[list[str]]:
    """Give the lines of the run's text table, its title and notes left out."""
    _name, _media_type, content = file_of_run(run.pk, "csv", actor=actor)
    return [line for line in csv.reader(io.StringIO(content.decode("utf-8-sig"))) if len(line) > 1]


def roster(period_id: object, **values: object) -> ReportDraft:
    """Ask for the roster of all filed persons as a text table."""
    filed = {"formats": ("csv",), "options": (("which", "filed"),), "language": "zh-hans"}
    return ReportDraft(PERSONS_ID, period_id=period_id, **filed, **values)  # type: ignore[arg-type]


def test_roster_lists_the_persons_of_the_picture_when_made(office: Actor) -> None:
    home, far = registered(status="lifted"), registered(village_code=FAR_VILLAGE_CODE)
    period = frozen_period(office)

    run = made(roster(period.pk), actor=office)

    head, *lines = rows_of_csv(run, actor=office)
    names = [line[head.index("姓名")] for line in lines]
    expected = [
        person.person.name
        for household in (home, far)
        for person in household.memberships.select_related("person").order_by("relation_code")
    ]
    assert (run.state, names) == (RunState.FINISHED, expected)
    assert {line[head.index("户类型")] for line in lines} == {"脱贫户", "贫困户"}


def test_roster_of_a_township_leaves_out_the_others_when_its_clerk_asks(office: Actor) -> None:
    home, _far = registered(), registered(village_code=FAR_VILLAGE_CODE)
    period = frozen_period(office)
    clerk = employed(actor_of(Role.TOWNSHIP_CLERK, area=TOWNSHIP_CODE))

    with tenant_scope(clerk):
        run = made(roster(period.pk), actor=clerk)
        head, *lines = rows_of_csv(run, actor=clerk)

    assert (run.area_code, run.scope_code) == (TOWNSHIP_CODE, TOWNSHIP_CODE)
    assert {line[head.index("户编号")] for line in lines} == {home.number}


def test_document_numbers_are_masked_when_nobody_gave_a_reason(office: Actor) -> None:
    registered()
    period = frozen_period(office)

    masked = rows_of_csv(made(roster(period.pk), actor=office), actor=office)
    shown = rows_of_csv(made(roster(period.pk, reveal_reason="核对证件"), actor=office), actor=office)

    place = masked[0].index("证件号码")
    assert all("********" in line[place] for line in masked[1:])
    assert all(len(line[place]) == 18 and "*" not in line[place] for line in shown[1:])


def test_revealed_list_leaves_its_reason_in_the_trail_when_asked_for(db: None) -> None:
    with tenant_scope(county_office()) as office:
        period = frozen_period(office)
        run = made(roster(period.pk, reveal_reason="核对证件"), actor=office)
        file_of_run(run.pk, "csv", actor=office)

    with tenant_scope(actor_of(Role.AUDIT_ADMINISTRATOR)):
        events = AuditEvent.objects.filter(object_id=run.pk).order_by("verb").values_list("verb", "reason")
        assert list(events) == [
            ("reports.ask_report", ""),
            ("reports.download_file", ""),
            ("reports.finish_run", ""),
            ("reports.reveal_in_list", "核对证件"),
        ]


def test_run_with_persons_is_hidden_when_another_of_the_office_looks(office: Actor) -> None:
    run = made(roster(frozen_period(office).pk), actor=office)
    colleague = actor_of(Role.COUNTY_OFFICE, user_id=uuid4())

    with tenant_scope(colleague):
        seen = catalogue_runs(colleague).count()
        with pytest.raises(NotFound):
            file_of_run(run.pk, "csv", actor=colleague)

    assert (catalogue_runs(office).count(), seen) == (1, 0)


def test_figures_of_a_sector_are_seen_in_that_sector_alone_when_runs_are_listed(office: Actor) -> None:
    draft = ReportDraft("finding-counts", as_of=date(2020, 12, 31))
    whole = start_report(draft, actor=office)
    water = replace(actor_of(Role.SECTOR_CLERK, user_id=office.user_id), sector=Sector.WATER)
    with tenant_scope(water):
        part = start_report(draft, actor=water)

        seen = [run.pk for run in catalogue_runs(water)]
        moved = replace(water, sector=Sector.HOUSING)
        after = catalogue_runs(moved).count()
        with pytest.raises(NotAllowed):
            require_still(part, reports()["finding-counts"], actor=moved)

    assert (seen, after) == ([part.pk], 0)
    assert [run.pk for run in catalogue_runs(office)] == [whole.pk]


def test_run_is_hidden_when_another_county_looks(office: Actor) -> None:
    run = made(roster(frozen_period(office).pk), actor=office)
    other = employed(actor_of(Role.COUNTY_OFFICE, tenant=county(OTHER_COUNTY_CODE)))

    with tenant_scope(other), pytest.raises(NotFound):
        file_of_run(run.pk, "csv", actor=other)

    assert file_of_run(run.pk, "csv", actor=office)[0].endswith(".csv")


def test_file_is_refused_when_the_asker_has_another_role_since(office: Actor) -> None:
    clerk = employed(actor_of(Role.TOWNSHIP_CLERK, area=TOWNSHIP_CODE))
    period = frozen_period(office)
    with tenant_scope(clerk):
        run = made(roster(period.pk), actor=clerk)
    now = actor_of(Role.VILLAGE_TEAM, area=TOWNSHIP_CODE, user_id=clerk.user_id)

    with tenant_scope(now), pytest.raises(NotFound):
        file_of_run(run.pk, "csv", actor=now)

    with tenant_scope(clerk):
        assert file_of_run(run.pk, "csv", actor=clerk)[2]


def test_file_is_refused_when_the_asker_has_a_smaller_area_since(office: Actor) -> None:
    run = made(roster(frozen_period(office).pk), actor=office)
    smaller = actor_of(Role.COUNTY_OFFICE, area=VILLAGE_CODE, user_id=office.user_id)

    with tenant_scope(smaller), pytest.raises(NotFound):
        file_of_run(run.pk, "csv", actor=smaller)

    assert file_of_run(run.pk, "csv", actor=office)[2]


def test_run_fails_with_a_sentence_when_the_asker_lost_the_post_before_it_was_made(office: Actor) -> None:
    period = frozen_period(office)
    Membership.objects.filter(user__pk=str(office.user_id)).update(ends_on=date(2021, 1, 1))

    run = made(roster(period.pk), actor=office)

    assert (run.state, run.error_code) == (RunState.FAILED, "job.no_membership")
    assert not RunFile.objects.filter(run=run).exists()


def test_file_with_persons_lapses_when_its_days_are_over(office: Actor, settings: Settings) -> None:
    period = frozen_period(office)
    run = made(roster(period.pk), actor=office)
    settings.REPORT_FILE_DAYS = 0
    lapsed = made(roster(period.pk), actor=office)

    with pytest.raises(NotFound) as refused:
        file_of_run(lapsed.pk, "csv", actor=office)

    assert refused.value.code == "document.removed"
    assert RunFile.objects.get(run=run).document.expires_on == today() + timedelta(days=7)


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"report_id": "no-such-report"}, "report.unknown"),
        ({"formats": ("docx",)}, "report.format"),
        ({"formats": ()}, "report.format"),
        ({"area_code": OTHER_COUNTY_CODE}, "report.area"),
        ({"area_code": "54"}, "division.malformed"),
        ({"options": (("which", "some"),)}, "report.option"),
        ({"options": (("other", "1"),)}, "report.option"),
        ({"as_of": date(2020, 12, 1)}, "report.period_and_day"),
        ({"period_id": uuid4()}, "period.unknown"),
        ({"period_id": None, "as_of": date(2999, 1, 1)}, "report.day_to_come"),
        ({"period_id": None, "known_at": timezone.now() + timedelta(days=1)}, "report.moment_to_come"),
        ({"reveal_reason": "长" * 201}, "report.reason_too_long"),
    ],
)
def test_report_is_refused_with_a_sentence_when_asked_wrongly(
    office: Actor, values: dict[str, object], code: str
) -> None:
    asked = {"report_id": PERSONS_ID, "period_id": frozen_period(office).pk} | values

    with pytest.raises(DomainError) as refused:
        start_report(ReportDraft(**asked), actor=office)  # type: ignore[arg-type]

    assert refused.value.code == code
    assert ReportRun.objects.count() == 0


def test_report_is_refused_when_its_period_is_open(office: Actor) -> None:
    period = frozen_period(office, state=PeriodState.OPEN)

    with pytest.raises(DomainError) as refused:
        start_report(roster(period.pk), actor=office)

    assert (refused.value.code, "2020-12" in str(refused.value)) == ("report.period_not_frozen", True)


@pytest.mark.parametrize("role", [Role.HELPER, Role.PROVINCE_READER, Role.MACHINE_CLIENT, Role.SECTOR_CLERK])
def test_roster_is_refused_when_the_role_may_not_see_lists_of_persons(office: Actor, role: Role) -> None:
    period = frozen_period(office)
    start_report(roster(period.pk), actor=office)
    actor = actor_of(role)

    with tenant_scope(actor), pytest.raises(NotAllowed):
        start_report(roster(period.pk), actor=actor)
