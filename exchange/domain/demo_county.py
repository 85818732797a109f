"""A county of the demonstration: opened, its roster brought in as an office would, its teams sent, its report made."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from django.utils import timezone

from assistance.domain.helper import link_login, set_support_period
from dossiers.domain.looks import load_shipped_look_forms
from dossiers.domain.templates import load_shipped_templates
from entitlements.domain.running import run_policies
from exchange.domain.decisions import APPLY_JOB, CHECK_JOB, approve_roster, upload_roster
from exchange.domain.demo_checks import show_forms, show_samples
from exchange.domain.demo_concerns import show_concerns
from exchange.domain.demo_economy import show_economy
from exchange.domain.demo_funds import show_funds
from exchange.domain.demo_helper_plans import show_helper_plans
from exchange.domain.demo_homes import show_homes
from exchange.domain.demo_livelihoods import show_livelihoods
from exchange.domain.demo_oversight import grant_look, publish_month
from exchange.domain.demo_periods import show_periods
from exchange.domain.demo_policies import show_policies
from exchange.domain.demo_settlements import show_settlements
from exchange.domain.demo_staff import ORIGIN, Staff, staff_of
from exchange.domain.demo_villages import place_villages, show_villages
from exchange.enums import BatchState
from exchange.models import ImportBatch
from exchange.queries.demo import homes_with_workers
from exchange.queries.leads import lead_of_village
from exchange.sheets.invented import Village, invented_csv
from households.domain.coefficients import take_shipped_year_lines
from periods.domain.freezes import FREEZE_JOB
from periods.queries.periods import running_freeze
from planning.domain.needs import publish_needs
from registry import jobs
from registry.domain.tenants import amend_county, open_county
from registry.lib.errors import DomainError
from registry.lib.gbcode import Level, ancestor_at, subtree
from registry.lib.periods import Month, today
from registry.lib.uscc import check_character
from registry.models import Job, Tenant
from registry.queries.divisions import division_names, divisions_in
from registry.queries.tenants import platform_actor
from registry.tenancy.context import Actor
from registry.tenancy.scope import tenant_scope
from reports.definitions.account import REPORT_ID
from reports.domain.runs import start_run
from reports.domain.schedules import ScheduleDraft, set_schedule
from reports.queries.runs import RUN_JOB
from reports.queries.schedules import schedules_of
from villages.domain.members import MemberDraft, add_member, link_member
from villages.domain.teams import open_batch, plan_team, send_team
from villages.domain.units import add_unit
from villages.domain.villages import open_villages
from villages.queries.villages import units_on_list, villages_in_scope, villages_without_team

DATA_DATE: Final = date(2020, 12, 15)
OFFICE_PHONE: Final = "17900000000"
INVENTED_HOUSEHOLDS: Final = 1_800
# Every so-manieth village has no team yet, so that the coverage list has something to show.
_WITHOUT_TEAM: Final = 12
# Every so-manieth team has no first secretary, or is one person alone and stays over its term.
_WITHOUT_SECRETARY: Final = 9
_SINGLE_PERSON: Final = 7
_UNIT_KINDS: Final = (("1", "4"), ("2", "4"), ("3", "1"))
_SUPPORT_YEARS: Final = range(2020, 2026)
_UNITS: Final = 6

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class DemoCounty:
    """One county of the demonstration; `roster` is its file, or None for an invented one.

    Where `shows_work` is not set, the pages of what is at work today are empty, as in a county that has just begun.
    """

    code: str
    name: str
    suffix: str
    roster_name: str
    roster: bytes | None = None
    shows_work: bool = False


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
    staff = staff_of(tenant, county.suffix)
    actor = staff.office
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
        _send_teams(county, actor)
        place_villages(actor)
        show_villages(actor)
        _look_after_helpers(county, actor)
        load_shipped_templates(actor=actor)
        load_shipped_look_forms(actor=actor)
        take_shipped_year_lines(actor=actor)
        run_id = start_run(REPORT_ID, Month(2020, 12), actor=actor).pk
        freeze = running_freeze()
        _set_schedule(actor)
    if freeze is not None:
        _run(actor, FREEZE_JOB, freeze.pk)
    _run(actor, RUN_JOB, run_id)
    with tenant_scope(actor):
        publish_month(Month(2020, 12), actor=actor)
        grant_look(tenant, actor=actor)
    if county.shows_work:
        say(f"{county.name}: plans, money, courses and requests of this year")
        _show_work(tenant, staff)
    with tenant_scope(actor):
        publish_needs(actor=actor)
        run_policies(actor=actor)


def _show_work(tenant: Tenant, staff: Staff) -> None:
    """Show what is at work today in the first village of the county, each step by whoever does it in service."""
    with tenant_scope(staff.office):
        first, second = villages_in_scope()[:2]
        homes = homes_with_workers(first.code, today())
    show_homes(tenant, staff, first, homes)
    show_economy(staff, first.pk, second.pk, homes)
    show_livelihoods(staff, first.pk, homes)
    show_funds(staff, tenant.code, homes)
    show_concerns(staff, first, homes)
    show_settlements(staff, second.pk, homes)
    show_helper_plans(staff, first.code, homes)
    show_policies(staff)
    show_periods(staff)
    show_forms(staff)
    show_samples(staff)


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


def _send_teams(county: DemoCounty, actor: Actor) -> None:
    first_village, suffix = villages_in_scope()[0], county.suffix
    for number in range(1, _UNITS + 1):
        if not units_on_list().filter(name=f"示例驻村单位{number}").exists():
            kind, level = _UNIT_KINDS[number % len(_UNIT_KINDS)]
            body = f"12540000MB{number:07}"
            code = body + check_character(body)
            add_unit(
                {"name": f"示例驻村单位{number}", "kind_code": kind, "level_code": level, "uscc": code}, actor=actor
            )
    batch = open_batch(
        {"number": 7, "name": "第七批", "starts_on": date(2020, 1, 1), "planned_ends_on": date(2021, 1, 1)}, actor=actor
    )
    units = list(units_on_list().filter(name__startswith="示例驻村单位"))
    waiting = [
        village for number, village in enumerate(villages_without_team(DATA_DATE)) if (number + 1) % _WITHOUT_TEAM
    ]
    for number, village in enumerate(waiting):
        unit = units[number % len(units)]
        posts = ("1", "2") if (number + 1) % _WITHOUT_SECRETARY else ("2",)
        team = send_team(
            village.id,
            unit.pk,
            leader_name=f"示例队长{number + 1:02}",
            leader_posts=posts,
            actor=actor,
            on=date(2020, 1, 1),
            batch_id=batch.pk,
        )
        if (number + 1) % _SINGLE_PERSON:
            plan_team(team.pk, batch_id=batch.pk, planned_ends_on=date(2030, 1, 1), actor=actor)
            draft = MemberDraft(name=f"示例队员{number + 1:02}", post_codes=("3",), starts_on=date(2020, 1, 1))
            member = add_member(team.pk, draft, actor=actor)
            if village.id == first_village.id:
                link_member(member.pk, f"village{suffix}", actor=actor)


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
