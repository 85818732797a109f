"""A county of the demonstration: opened, its roster brought in as an office would, its teams sent, its report made."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Final
from uuid import UUID

from django.utils import timezone

from assistance.domain.helper import link_login, set_support_period
from dossiers.domain.looks import load_shipped_look_forms
from dossiers.domain.templates import load_shipped_templates
from exchange.domain.decisions import APPLY_JOB, CHECK_JOB, approve_roster, upload_roster
from exchange.enums import BatchState
from exchange.models import ImportBatch
from exchange.queries.leads import lead_of_village
from exchange.sheets.invented import Village, invented_csv
from households.domain.coefficients import take_shipped_year_lines
from registry import jobs
from registry.domain.tenants import amend_county, open_county
from registry.enums import Role
from registry.lib.errors import DomainError
from registry.lib.gbcode import Level, ancestor_at, subtree
from registry.lib.periods import Month
from registry.models import Job, Tenant, User
from registry.queries.divisions import division_names, divisions_in
from registry.queries.tenants import county_actor, platform_actor
from registry.tenancy.context import Actor
from registry.tenancy.scope import tenant_scope
from reports.definitions.account import REPORT_ID
from reports.domain.runs import start_run
from reports.domain.schedules import ScheduleDraft, set_schedule
from reports.queries.runs import RUN_JOB
from reports.queries.schedules import schedules_of
from villages.domain.teams import send_team
from villages.domain.units import add_unit
from villages.domain.villages import open_villages
from villages.queries.villages import units_on_list, villages_in_scope, villages_without_team

ORIGIN: Final = "command:load_demo"
DATA_DATE: Final = date(2020, 12, 15)
OFFICE_PHONE: Final = "17900000000"
INVENTED_HOUSEHOLDS: Final = 1_800
# Every so-manieth village has no team yet, so that the coverage list has something to show.
_WITHOUT_TEAM: Final = 12
_SUPPORT_YEARS: Final = range(2020, 2026)
_UNITS: Final = 6

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class DemoCounty:
    """One county of the demonstration; `roster` is its file, or None for an invented one."""

    code: str
    name: str
    suffix: str
    roster_name: str
    roster: bytes | None = None


def provide_county(county: DemoCounty) -> Tenant:
    """Give the county's tenant, opened when it is not there yet."""
    tenant = Tenant.objects.filter(code=county.code).first()
    if tenant is None:
        with tenant_scope(platform_actor(origin=ORIGIN)) as actor:
            tenant = open_county(code=county.code, name=county.name, opened_on=DATA_DATE, actor=actor)
            tenant = amend_county(
                tenant.pk,
                name=tenant.name,
                is_active=True,
                office_contact=f"{county.name}办公室 {OFFICE_PHONE}",
                actor=actor,
                version=tenant.version,
            )
    return tenant


def fill_county(county: DemoCounty, tenant: Tenant, *, say: Say) -> None:
    """Bring the county's roster in and what belongs to it; what is there already stays.

    Raises: DomainError when a step is refused.
    """
    actor = _office_of(tenant, county)
    with tenant_scope(actor):
        if ImportBatch.objects.filter(state=BatchState.APPLIED).exists():
            return
        villages = _open_all_villages(actor)
    say(f"{county.name}: the roster is read and checked")
    batch_id = _bring_roster(county, villages, actor)
    say(f"{county.name}: the roster is applied")
    _apply(batch_id, actor)
    say(f"{county.name}: teams, helpers and the report of December 2020")
    with tenant_scope(actor):
        _send_teams(actor)
        _look_after_helpers(county, actor)
        load_shipped_templates(actor=actor)
        load_shipped_look_forms(actor=actor)
        take_shipped_year_lines(actor=actor)
        run_id = start_run(REPORT_ID, Month(2020, 12), actor=actor).pk
        _set_schedule(actor)
    _run(actor, RUN_JOB, run_id)


def _office_of(tenant: Tenant, county: DemoCounty) -> Actor:
    """Act as the county office's clerk, so that the demonstration's history names somebody."""
    user = User.objects.get(username=f"office{county.suffix}")
    whole = county_actor(tenant, origin=ORIGIN)
    return replace(whole, user_id=user.pk, username=user.username, role=Role.COUNTY_OFFICE)


def _open_all_villages(actor: Actor) -> list[Village]:
    divisions = divisions_in(subtree(actor.tenant_code), level=Level.VILLAGE)
    named = list(divisions.values_list("code", "name"))
    open_villages(named, actor=actor)
    townships = division_names({ancestor_at(code, Level.TOWNSHIP) for code, _name in named})
    return [Village(code, name, townships.get(ancestor_at(code, Level.TOWNSHIP), "")) for code, name in named]


def _bring_roster(county: DemoCounty, villages: list[Village], actor: Actor) -> UUID:
    content = county.roster or invented_csv(county.code, villages, households=INVENTED_HOUSEHOLDS, data_date=DATA_DATE)
    with tenant_scope(actor):
        batch_id = upload_roster(content, name=county.roster_name, actor=actor).pk
    _run(actor, CHECK_JOB, batch_id)
    return batch_id


def _apply(batch_id: UUID, actor: Actor) -> None:
    with tenant_scope(actor):
        approve_roster(batch_id, actor=actor, version=None)
    _run(actor, APPLY_JOB, batch_id)


def _run(actor: Actor, kind: str, key: UUID) -> None:
    """Run a queued job here instead of waiting for a worker. Raises: DomainError when it fails."""
    with tenant_scope(actor):
        job = Job.objects.get(kind=kind, key=str(key))
    jobs.run(actor.tenant_id, job.pk)
    with tenant_scope(actor):
        job.refresh_from_db()
    if job.error_code:
        raise DomainError(job.error_code, job.error)


def _send_teams(actor: Actor) -> None:
    for number in range(1, _UNITS + 1):
        if not units_on_list().filter(name=f"示例驻村单位{number}").exists():
            add_unit({"name": f"示例驻村单位{number}", "level_code": "4"}, actor=actor)
    units = list(units_on_list().filter(name__startswith="示例驻村单位"))
    waiting = [village for number, village in enumerate(villages_without_team(DATA_DATE)) if number % _WITHOUT_TEAM]
    for number, village in enumerate(waiting):
        unit = units[number % len(units)]
        send_team(village.id, unit.pk, leader_name=f"示例队长{number + 1:02}", actor=actor, on=date(2020, 1, 1))


def _look_after_helpers(county: DemoCounty, actor: Actor) -> None:
    """Link the demonstration's helper with a login, and state for how long lifted households keep theirs."""
    first_village = villages_in_scope()[0]
    helper_id = lead_of_village(first_village.code)
    if helper_id is not None:
        link_login(helper_id, f"helper{county.suffix}", actor=actor)
    for year in _SUPPORT_YEARS:
        set_support_period(year, starts_on=date(year, 1, 1), ends_on=date(year + 1, 1, 1), actor=actor)


def _set_schedule(actor: Actor) -> None:
    if not schedules_of(REPORT_ID) and actor.user_id is not None:
        draft = ScheduleDraft(REPORT_ID, 5, 8, is_active=True, recipient_ids=frozenset({actor.user_id}))
        set_schedule(draft, actor=actor, now=timezone.now())
