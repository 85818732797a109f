"""Rows of one county in every table that belongs to tenants: what could leak.

The two counties hold the same numbers and the same identity documents; only ids and the marks in names and texts tell
whose a row is. Two townships of each have households, so that one township's rows could leak to the other too.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from assistance.domain.helper import link_login, set_support_period
from assistance.models import Helper
from exchange.models import ImportBatch
from households.domain.drafts import YearDraft
from households.domain.facts import PersonYearDraft, record_household_year, record_person_year
from households.models import DuplicateNotice, Household, Membership
from registry import jobs
from registry.enums import Role
from registry.lib.periods import Month
from registry.models import AuditEvent, Job, Tenant, User
from registry.tenancy.context import Actor
from registry.tenancy.scope import tenant_scope
from reports.definitions.account import REPORT_ID
from reports.domain.runs import start_run
from reports.domain.schedules import ScheduleDraft, set_schedule
from reports.models import Delivery
from tests.exchange.rosters import applied, csv_of, head, other_household, spouse
from tests.factories.assistance import HelperFactory, paired
from tests.factories.households import FIRST_DAY, PersonDraftFactory, document_number, registered
from tests.factories.tenants import COUNTY_CODE, OTHER_COUNTY_CODE, actor_of, county
from tests.factories.villages import UnitFactory, VillageFactory
from tests.reports.people import reader
from villages.domain.teams import send_team
from villages.domain.villages import VillageYearDraft, record_village_year

NOON = datetime(2021, 1, 1, 4, tzinfo=UTC)


@dataclass(frozen=True)
class CountyRows:
    """One row of each kind of a county, by the parameter of addresses and by the model's pages."""

    ids: dict[str, Any]
    objects: dict[str, Any]
    far_household_id: UUID


def write_rows(actor: Actor, *, mark: str, helper_login: str) -> CountyRows:
    """Write rows in every table, as the county's office; `mark` stands in each name and text."""
    village_code, far_code = f"{actor.tenant_code[:6]}100200", f"{actor.tenant_code[:6]}201200"
    with tenant_scope(actor):
        household = _household(village_code, mark, serial=1)
        far = _household(far_code, mark, serial=3)
        member = Membership.objects.get(household=household, relation_code="02")
        year = YearDraft(year=2020, is_declared=True, net_per_head_yuan=6000, source=mark, safe_water=True)  # type: ignore[arg-type]  # a whole number of yuan
        record_household_year(household.pk, year, actor=actor)
        record_person_year(member.person_id, PersonYearDraft(year=2020, work_place=mark), actor=actor)
        record_village_year(household.village_id, VillageYearDraft(year=2020, has_water=True), actor=actor)
        unit = UnitFactory.create(name=f"{mark}单位", scope_code=actor.tenant_code)
        helper: Helper = HelperFactory.create(name=f"{mark}干部", unit=unit, scope_code=actor.tenant_code)
        pairing = paired(household, helper=helper, actor=actor, on=FIRST_DAY)
        link_login(helper.pk, helper_login, actor=actor)
        team = send_team(household.village_id, unit.pk, leader_name=f"{mark}队长", actor=actor, on=FIRST_DAY)
        period = set_support_period(2021, starts_on=date(2021, 1, 1), ends_on=date(2022, 1, 1), actor=actor)
        batch = _batch(village_code, mark, actor)
        notice = _notice(member)
    schedule_id, delivery = _report(actor, mark)
    with tenant_scope(actor_of(Role.AUDIT_ADMINISTRATOR, tenant=Tenant.objects.get(pk=actor.tenant_id))):
        event: UUID = AuditEvent.objects.latest("seq").pk
    ids = {
        "household_id": household.pk,
        "person_id": member.person_id,
        "village_id": household.village_id,
        "pairing_id": pairing.pk,
        "batch_id": batch.pk,
        "notice_id": notice.pk,
        "run_id": delivery.run_id,
        "schedule_id": schedule_id,
        "delivery_id": delivery.pk,
    }
    objects = {
        "registry_auditevent": event,
        "villages_village": household.village_id,
        "villages_unit": unit.pk,
        "villages_workteam": team.pk,
        "households_household": household.pk,
        "households_person": member.person_id,
        "households_duplicatenotice": notice.pk,
        "assistance_helper": helper.pk,
        "assistance_pairing": pairing.pk,
        "assistance_supportperiod": period.pk,
    }
    return CountyRows(ids, objects, far.pk)


def _household(village_code: str, mark: str, *, serial: int) -> Household:
    VillageFactory.create(code=village_code, name=f"{mark}{village_code[6:]}村")
    members = tuple(
        PersonDraftFactory.build(
            name=f"{mark}人{number}",
            relation_code=relation,
            number=f"54990188{number:08}",
            document_number=document_number(number, birth="19750203"),
            phone="17900000001",
        )
        for number, relation in ((serial, "01"), (serial + 1, "02"))
    )
    return registered(
        village_code=village_code,
        number=f"5499018{serial:07}",
        status="lifted",
        monitoring_state="identified",
        monitoring_code="1",
        group_name=f"{mark}组",
        members=members,
        phone="17900000002",
    )


def _notice(member: Membership) -> DuplicateNotice:
    """Let the member be in the other county too."""
    is_first = member.tenant_id == county().pk
    elsewhere = county(OTHER_COUNTY_CODE if is_first else COUNTY_CODE)
    return DuplicateNotice.objects.create(
        scope_code=member.scope_code, person=member.person, other_tenant=elsewhere, claim_index=b"\x01" * 33
    )


def _batch(village_code: str, mark: str, actor: Actor) -> ImportBatch:
    """Take a roster over of which one household was refused."""
    here = {"village_code": village_code, "group_name": f"{mark}组", "helper_name": f"{mark}干部乙"}
    refused = other_household(**here, name="=1+1", relation="户主")
    return applied(csv_of(head(**here), spouse(**here), refused), actor)


def _report(actor: Actor, mark: str) -> tuple[UUID, Delivery]:
    """Make a scheduled run with one mail, which stays queued."""
    tenant = Tenant.objects.get(pk=actor.tenant_id)
    recipient: User = reader(f"reader-{tenant.id}", area=tenant.code, tenant=tenant)
    with tenant_scope(actor):
        draft = ScheduleDraft(REPORT_ID, 5, 8, is_active=True, recipient_ids=frozenset({recipient.pk}))
        schedule = set_schedule(draft, actor=actor, now=NOON)
        run = start_run(REPORT_ID, Month(2020, 12), actor=actor, schedule=schedule)
        job = Job.objects.get(key=str(run.pk))
    jobs.run(actor.tenant_id, job.pk)
    with tenant_scope(actor):
        return schedule.pk, Delivery.objects.get(run=run)
