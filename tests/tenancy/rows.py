"""Rows of one county in every table that belongs to tenants: what could leak.

The two counties hold the same numbers and the same identity documents; only ids and the marks in names and texts tell
whose a row is. Two townships of each have households, so that one township's rows could leak to the other too.
"""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from assistance.domain.exits import StandardDraft, add_standard, decide_exit
from assistance.domain.help_visits import HelpVisitDraft, record_help_visit
from assistance.domain.helper import link_login, set_support_period
from assistance.domain.measures import MeasureDraft, record_measure
from assistance.domain.visit_plans import set_visit_plan
from assistance.models import Helper
from dossiers.domain.cases import LeadDraft, raise_lead
from dossiers.domain.checks import StepFacts
from dossiers.domain.looks import Answer, load_shipped_look_forms, record_look
from dossiers.domain.opening import begin_dossier
from dossiers.domain.papers import ApplicationDraft, add_evidence, apply_for, raise_objection, record_exit_check
from dossiers.domain.procedure import set_procedure
from dossiers.domain.sessions import Minutes, add_session_file, open_session
from dossiers.domain.steps import do_step
from dossiers.domain.sweeps import SweepCounts, count_village, open_campaign
from dossiers.domain.templates import load_shipped_templates
from dossiers.models import Dossier, MonitoringCase, SweepVillage
from dossiers.queries.looks import look_form_in_use
from dossiers.queries.templates import template_in_use
from exchange.models import ImportBatch
from households.domain.amend import amend_household
from households.domain.anonymise import set_objection_period
from households.domain.change_requests import IdentityChanges, propose_identity
from households.domain.change_rules import set_change_rule
from households.domain.closed_years import close_year
from households.domain.coefficients import set_cost_coefficient, set_income_rule, set_year_line
from households.domain.drafts import PersonDraft, YearDraft
from households.domain.ending import tie
from households.domain.facts import PersonYearDraft, record_household_year, record_person_year
from households.domain.income import LineDraft
from households.domain.relocation import record_relocation
from households.domain.visits import VisitDraft, record_visit
from households.domain.work import WorkDraft, record_work
from households.enums import NearReason, TieKind, TransferDirection, TransferSubject
from households.models import DuplicateNotice, Household, Membership, MonitoringSpell, NearDuplicate, Transfer
from planning.domain.parts import publish_plan
from planning.domain.plans import make_plan
from planning.domain.proposals import make_proposal
from planning.domain.units import add_dispatch_unit
from planning.models import PlanPart, PlanVillage, Proposal
from quality.domain.findings import request_exemption
from quality.domain.running import run_rules
from quality.models import Finding, RuleParameter, SuspicionLayout, SuspicionLine, SuspicionList
from registry.crypto import Purpose, seal
from registry.enums import Role
from registry.lib.periods import Month, today
from registry.models import AuditEvent, Tally, Tenant, User
from registry.tenancy.context import Actor
from registry.tenancy.models import new_id
from registry.tenancy.scope import tenant_scope
from reports.definitions.account import REPORT_ID
from reports.domain.runs import start_run
from reports.domain.schedules import ScheduleDraft, set_schedule
from reports.models import Delivery
from tests.exchange.rosters import applied, csv_of, head, other_household, spouse
from tests.factories.assistance import HelperFactory, paired
from tests.factories.dossiers import MEETING, PDF, findings, line
from tests.factories.households import FIRST_DAY, PersonDraftFactory, document_number, registered
from tests.factories.tenants import COUNTY_CODE, OTHER_COUNTY_CODE, actor_of, county
from tests.factories.villages import UnitFactory, VillageFactory
from tests.reports.people import reader
from tests.support.workers import do_jobs
from tests.tenancy.app_lists import Ground
from tests.tenancy.apps import APPS
from villages.domain.absences import AbsenceDraft, mark_absence
from villages.domain.activities import ActivityDraft, add_material, record_activity
from villages.domain.basics import FacilityDraft, MemberDraft, PointDraft, add_facility, add_member, add_point
from villages.domain.contacts import assign_contact
from villages.domain.infrastructure import (
    InfrastructureDraft,
    MoneyDraft,
    UpkeepDraft,
    add_infrastructure,
    add_upkeep,
    advance,
    note_money,
)
from villages.domain.plans import (
    PlanProjectDraft,
    ProgressDraft,
    add_project,
    adopt_plan,
    draft_plan,
    note_progress,
)
from villages.domain.priorities import add_priority
from villages.domain.tasks import add_task
from villages.domain.teams import open_batch, send_team
from villages.domain.years import VillageYearDraft, record_village_year
from villages.models import TeamMember, Unit, Village

NOON = datetime(2021, 1, 1, 4, tzinfo=UTC)
# A year that the county has closed, and of which nothing is on file.
CLOSED = 2010


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
        head, member = (Membership.objects.get(household=household, relation_code=code) for code in ("01", "02"))
        year = YearDraft(year=2020, is_declared=True, net_per_head_yuan=6000, source=mark, safe_water=True)  # type: ignore[arg-type]  # a whole number of yuan
        for one in (household, far):
            amend_household(one.pk, {"group_name": f"{mark}新组"}, actor=actor, version=1)
        record_household_year(household.pk, year, actor=actor)
        record_person_year(member.person_id, PersonYearDraft(year=2020, work_place=mark), actor=actor)
        work = record_work(member.person_id, WorkDraft(starts_on=date(2020, 3, 1), employer=mark), actor=actor)
        lead = Membership.objects.get(household=far, relation_code="01")
        record_work(lead.person_id, WorkDraft(starts_on=date(2020, 3, 1), employer=mark), actor=actor)
        draft = MeasureDraft(category_code="40", state_code="1", starts_on=FIRST_DAY, note=mark)
        measure = record_measure(household.pk, draft, actor=actor)
        record_measure(far.pk, draft, actor=actor)
        figures = _figures(actor)
        for visited in (household, far):
            _visit(visited, mark, actor)
        record_village_year(household.village_id, VillageYearDraft(year=2020, has_water=True), actor=actor)
        basics = _basics(household.village_id, mark, actor)
        unit = UnitFactory.create(name=f"{mark}单位", scope_code=actor.tenant_code)
        planned = _planning(household.village_id, mark, actor)
        helper: Helper = HelperFactory.create(name=f"{mark}干部", unit=unit, scope_code=actor.tenant_code)
        pairing = paired(household, helper=helper, actor=actor, on=FIRST_DAY)
        link_login(helper.pk, helper_login, actor=actor)
        teams = _teams(household.village_id, unit, mark, actor)
        plan = set_visit_plan(today().year, visits=12, actor=actor)
        Tally.objects.create(scope_code=household.scope_code, day=today(), figures={"coverage": {"without": 1}})
        came = HelpVisitDraft(visited_on=FIRST_DAY, place_code="1", confirmation_code="1", found=mark)
        help_visit = record_help_visit(household.pk, came, actor=actor, helper_id=helper.pk)
        far_pairing = paired(far, helper=HelperFactory.create(scope_code=actor.tenant_code), actor=actor, on=FIRST_DAY)
        record_help_visit(far.pk, came, actor=actor, helper_id=far_pairing.helper_id)
        period = set_support_period(2021, starts_on=date(2021, 1, 1), ends_on=date(2022, 1, 1), actor=actor)
        papers = _dossiers(household, far, mark, actor)
        tie(household, TieKind.SPLIT_OFF, f"{mark}户", on=FIRST_DAY)
        transfer, offered, arriving = _transfers(household, mark, actor)
        ground = Ground(household, far, member.person_id, helper.pk, measure.pk, mark, actor)
        written = [app.write(ground) for app in APPS]
        objections = set_objection_period(date(2021, 1, 1), days=30, actor=actor)
        batch = _batch(village_code, mark, actor)
        notice = _notice(member)
        near = _near(member, head)
        changes = _changes(household, far, mark, actor)
    schedule_id, delivery = _report(actor, mark)
    with tenant_scope(actor_of(Role.AUDIT_ADMINISTRATOR, tenant=Tenant.objects.get(pk=actor.tenant_id))):
        event: UUID = AuditEvent.objects.latest("seq").pk
        # A list from above doubts one household that is paired and one that is not.
        finding, line = _quality([household, Dossier.objects.get(pk=papers["dossier_id"]).household], mark, actor)
    ids = {
        "finding_id": finding.pk,
        "list_id": line.suspicion_list_id,
        "line_id": line.pk,
        "household_id": household.pk,
        "year": 2021,
        "kind": "minutes",
        "person_id": member.person_id,
        "village_id": household.village_id,
        "priority_id": basics["villages_prioritycategory"],
        "facility_id": basics["villages_villagefacility"],
        "dispatch_unit_id": planned["planning_dispatchunit"],
        "dispatch_plan_id": planned["planning_dispatchplan"],
        "proposal_id": planned["planning_proposal"],
        "part_id": planned["planning_planpart"],
        "village_code": village_code,
        "committee_id": basics["villages_committeemember"],
        "point_id": basics["villages_settlementpoint"],
        "activity_id": basics["villages_villageactivity"],
        "material_id": basics["villages_activitymaterial"],
        "infrastructure_id": basics["villages_infrastructureproject"],
        "upkeep_id": basics["villages_projectupkeep"],
        "standard_id": basics["assistance_exitstandard"],
        "plan_id": basics["villages_villageplan"],
        "plan_project_id": basics["villages_planproject"],
        "unit_id": unit.pk,
        "team_id": teams["villages_workteam"],
        "member_id": teams["villages_teammember"],
        "absence_id": teams["villages_teamabsence"],
        "team_batch_id": teams["villages_teambatch"],
        "task_id": teams["villages_teamtask"],
        "contact_id": teams["villages_villagecontact"],
        "pairing_id": pairing.pk,
        "record_id": work.pk,
        "measure_id": measure.pk,
        "help_visit_id": help_visit.pk,
        **papers,
        "batch_id": batch.pk,
        "transfer_id": transfer.pk,
        "incoming_id": offered.pk,
        "arriving_id": arriving.pk,
        "far_id": far.pk,
        "head_id": head.person_id,
        "notice_id": notice.pk,
        "change_request_id": changes["households_changerequest"],
        "closed_year_id": changes["households_closedyear"],
        "coefficient_id": figures["households_costcoefficient"],
        "income_rule_id": figures["households_incomerule"],
        "year_line_id": figures["households_yearline"],
        "near_id": near.pk,
        "run_id": delivery.run_id,
        "file_format": "csv",
        "schedule_id": schedule_id,
        "delivery_id": delivery.pk,
        **{name: value for of in written for name, value in of.ids.items()},
    }
    objects = {
        "registry_auditevent": event,
        "villages_village": household.village_id,
        **basics,
        **planned,
        "villages_unit": unit.pk,
        **teams,
        "households_household": household.pk,
        "households_person": member.person_id,
        "households_workrecord": work.pk,
        "assistance_measure": measure.pk,
        "assistance_helpvisit": help_visit.pk,
        "assistance_visitplan": plan.pk,
        "households_transfer": transfer.pk,
        "households_objectionperiod": objections.pk,
        **figures,
        **{name: row_id for of in written for name, row_id in of.objects.items()},
        "households_duplicatenotice": notice.pk,
        "households_nearduplicate": near.pk,
        **changes,
        "assistance_helper": helper.pk,
        "assistance_pairing": pairing.pk,
        "assistance_supportperiod": period.pk,
        "dossiers_dossier": papers["dossier_id"],
        "dossiers_listsession": papers["session_id"],
        "dossiers_monitoringcase": papers["case_id"],
        "dossiers_sweepcampaign": papers["campaign_id"],
        "dossiers_sweepvillage": papers["sweep_village_id"],
        "dossiers_steptemplate": papers["template_id"],
        "dossiers_countyprocedure": papers["procedure_id"],
        "dossiers_lookform": papers["form_id"],
    }
    return CountyRows(ids, objects, far.pk)


def _teams(village_id: UUID, unit: Unit, mark: str, actor: Actor) -> dict[str, UUID]:
    """Send a team of a batch whose leader is away, word a task, and enter a contact of the village."""
    batch = open_batch(
        {"number": 7, "name": f"{mark}批", "starts_on": FIRST_DAY, "planned_ends_on": date(2099, 1, 1)}, actor=actor
    )
    team = send_team(village_id, unit.pk, leader_name=f"{mark}队长", actor=actor, on=FIRST_DAY, batch_id=batch.pk)
    member = TeamMember.objects.get(team=team)
    away = AbsenceDraft(starts_on=FIRST_DAY, ends_on=FIRST_DAY + timedelta(days=3), reason_code="1")
    contact = assign_contact(village_id, name=f"{mark}联系人", post_title=f"{mark}职务", on=FIRST_DAY, actor=actor)
    return {
        "villages_workteam": team.pk,
        "villages_teammember": member.pk,
        "villages_teamabsence": mark_absence(member.pk, away, actor=actor).pk,
        "villages_teambatch": batch.pk,
        "villages_teamtask": add_task({"kind_code": "2", "name": f"{mark}任务"}, actor=actor).pk,
        "villages_villagecontact": contact.pk,
    }


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


def _basics(village_id: UUID, mark: str, actor: Actor) -> dict[str, UUID]:
    """Enter what belongs to a village besides its years."""
    priority = add_priority("L1", name=f"{mark}类", actor=actor)
    facility = add_facility(village_id, FacilityDraft(facility_code="water", goal=mark), actor=actor)
    member = MemberDraft(name=f"{mark}主任", post_code="2", starts_on=FIRST_DAY)
    point = PointDraft(name=f"{mark}点", kind_code="1", household_count=3)
    plan = draft_plan(village_id, year=2021, goals=mark, actor=actor)
    wanted = PlanProjectDraft(name=f"{mark}项目", kind_code="1", planned_yuan=Decimal(1000))
    project = add_project(plan.pk, wanted, actor=actor)
    adopt_plan(plan.pk, on=FIRST_DAY, actor=actor)
    note_progress(project.pk, ProgressDraft(noted_on=FIRST_DAY, note=mark, arrived_yuan=Decimal(10)), actor=actor)
    own = StandardDraft(
        from_year=2020,
        poverty_ratio_below=Decimal("0.02"),
        collective_income_least_yuan=Decimal(50000),
        source=mark,
    )
    standard = add_standard(own, actor=actor)
    decision = decide_exit(village_id, on=FIRST_DAY, is_exit=False, reason=mark, actor=actor)
    held = ActivityDraft(kind_code="1", held_on=FIRST_DAY, subject=mark, participant_count=20)
    activity = record_activity(village_id, held, actor=actor)
    material = add_material(activity.pk, PDF, name="a.pdf", title=mark, actor=actor)
    point_id = add_point(village_id, point, actor=actor).pk
    built, kept = _infrastructure(village_id, point.name, mark, actor)
    return {
        "villages_infrastructureproject": built,
        "villages_projectupkeep": kept,
        "villages_villageactivity": activity.pk,
        "villages_activitymaterial": material.pk,
        "assistance_exitstandard": standard.pk,
        "assistance_villageexit": decision.pk,
        "villages_villageplan": plan.pk,
        "villages_planproject": project.pk,
        "villages_prioritycategory": priority.pk,
        "villages_villagefacility": facility.pk,
        "villages_committeemember": add_member(village_id, member, actor=actor).pk,
        "villages_settlementpoint": point_id,
    }


def _infrastructure(village_id: UUID, point: str, mark: str, actor: Actor) -> tuple[UUID, UUID]:
    """Bring a project to where its work is complete, with money and upkeep."""
    draft = InfrastructureDraft(name=f"{mark}路", kind_code="1", points=(point,))
    project = add_infrastructure(village_id, draft, actor=actor)
    for change in ("approve", "begin", "complete"):
        advance(project.pk, change, on=FIRST_DAY, note=mark, actor=actor)
    money = MoneyDraft(source_code="1", noted_on=FIRST_DAY, planned_yuan=Decimal(1000), note=mark)
    note_money(project.pk, money, actor=actor)
    upkeep = UpkeepDraft(keeper=mark, source_code="6", yearly_yuan=Decimal(100), starts_on=FIRST_DAY)
    return project.pk, add_upkeep(project.pk, upkeep, actor=actor).pk


def _planning(village_id: UUID, mark: str, actor: Actor) -> dict[str, UUID]:
    """Plan twice for the village: a draft with a proposal, and a plan whose part waits for the county."""
    village = Village.objects.get(pk=village_id)
    unit = add_dispatch_unit({"name": f"{mark}派出单位", "level_code": "4", "capacity": 2}, actor=actor)

    def proposed(title: str) -> Proposal:
        plan = make_plan({"title": title, "starts_on": date(2099, 1, 1), "ends_on": date(2100, 1, 1)}, actor=actor)
        PlanVillage(
            scope_code=plan.scope_code,
            plan=plan,
            code=village.code,
            name=village.name,
            county_code=actor.tenant_code,
            county_name=mark,
            difficulty=Decimal("0.5"),
        ).save()
        return make_proposal(plan.pk, 1, actor=actor)

    publish_plan(proposed(f"{mark}方案一").pk, actor=actor, reason=mark)
    draft = proposed(f"{mark}方案二")
    return {
        "planning_dispatchunit": unit.pk,
        "planning_dispatchplan": draft.plan_id,
        "planning_proposal": draft.pk,
        "planning_planpart": PlanPart.objects.get().pk,
    }


def _figures(actor: Actor) -> dict[str, UUID]:
    """Enter the county's own figures that income is computed with."""
    share = set_cost_coefficient(2021, "201", "", cost_ratio=Decimal("0.4"), actor=actor)
    rule = set_income_rule("4192", 2021, counts_toward_net=False, actor=actor)
    lines = {"poverty_line_yuan": None, "monitoring_line_yuan": Decimal(6000)}
    line = set_year_line(2021, valid_from=date(2021, 1, 1), source="", actor=actor, **lines)
    return {
        "households_costcoefficient": share.pk,
        "households_incomerule": rule.pk,
        "households_yearline": line.pk,
    }


def _dossiers(household: Household, far: Household, mark: str, actor: Actor) -> dict[str, UUID]:
    """Write dossiers with all their papers: an exit that was withdrawn, one on a list, one that waits."""
    filed = registered(
        village_code=household.scope_code, number="54990189000001", status="filed", members=_alone(5, mark)
    )
    other = registered(
        village_code=household.scope_code, number="54990189000002", status="filed", members=_alone(6, mark)
    )
    third = registered(
        village_code=household.scope_code, number="54990189000003", status="filed", members=_alone(7, mark)
    )
    load_shipped_templates(actor=actor)
    line(2020)
    team = replace(actor, user_id=None)
    waiting, listed, done = (begin_dossier(one.pk, "exit", on=FIRST_DAY, actor=team) for one in (filed, other, third))
    session = open_session("meeting", f"{mark}会议", [listed.pk], starts_on=FIRST_DAY, actor=actor)
    photo = add_session_file(session.pk, Minutes(PDF, f"{mark}.pdf", "33"), on=FIRST_DAY, actor=actor)
    evidence = add_evidence(done.pk, PDF, name=f"{mark}.pdf", kind_code="33", on=FIRST_DAY, actor=actor)
    do_step(done.pk, StepFacts(FIRST_DAY, **MEETING, remark=mark), actor=actor)
    apply_for(done.pk, ApplicationDraft(FIRST_DAY, statement=mark), actor=actor)
    record_exit_check(done.pk, findings(checked_on=FIRST_DAY), actor=actor)
    load_shipped_look_forms(actor=actor)
    look_form = look_form_in_use("nine-look-farming")
    answers = [Answer(1, mark)] * 9
    look = record_look(filed.pk, look_form.key, answers, on=FIRST_DAY, actor=actor, dossier_id=waiting.pk)
    objection = raise_objection(waiting.pk, mark, on=FIRST_DAY, actor=actor)
    procedure = set_procedure({"lead_days": 15}, actor=actor)
    MonitoringCase.objects.create(
        scope_code=far.scope_code,
        household=far,
        dossier=None,
        spell=MonitoringSpell.objects.filter(household=far).first(),
        lead_on=FIRST_DAY,
        lead_channel_code="1",
        category_code="1",
        risk_codes=["99"],
        other_remark=mark,
        due_on=FIRST_DAY,
    )
    campaign = open_campaign(f"{mark}排查", starts_on=FIRST_DAY, ends_on=date(2099, 1, 1), actor=actor)
    found = LeadDraft(
        lead_on=FIRST_DAY,
        lead_channel_code="2",
        category_code="1",
        risk_codes=("99",),
        other_remark=mark,
        campaign_id=campaign.pk,
    )
    case = raise_lead(filed.pk, found, actor=actor)
    swept = SweepVillage.objects.get(campaign=campaign, scope_code=filed.scope_code)
    count_village(swept.pk, SweepCounts(counted_on=FIRST_DAY, to_visit_count=5, visited_count=4), actor=actor)
    return {
        "case_id": case.pk,
        "campaign_id": campaign.pk,
        "sweep_village_id": swept.pk,
        "dossier_id": waiting.pk,
        "listed_dossier_id": listed.pk,
        "session_id": session.pk,
        "template_id": template_in_use("exit").pk,
        "objection_id": objection.pk,
        "evidence_id": evidence.pk,
        "file_id": photo.pk,
        "procedure_id": procedure.pk,
        "form_id": look_form.pk,
        "look_id": look.pk,
    }


def _alone(serial: int, mark: str) -> tuple[PersonDraft, ...]:
    return (
        PersonDraftFactory.build(
            name=f"{mark}人{serial}",
            relation_code="01",
            number=f"54990188{serial:08}",
            document_number=document_number(serial, birth="19750203"),
        ),
    )


def _transfers(household: Household, mark: str, actor: Actor) -> tuple[Transfer, Transfer, Transfer]:
    """Offer a household to the other county, which offers one too, and a person."""
    going = {"direction": TransferDirection.OUTGOING, "household": household, "scope_code": household.scope_code}
    coming = {"direction": TransferDirection.INCOMING, "household": None, "scope_code": actor.tenant_code}
    person = {**coming, "subject": TransferSubject.PERSON, "person_name": f"{mark}人", "leaving_code": "22"}
    one, other, arriving = (
        Transfer.objects.create(
            key=new_id(),
            other_county_code="549902000000" if household.scope_code < "549902" else "549901000000",
            other_county_name=f"{mark}邻县",
            household_number=number,
            head_name=f"{mark}人",
            persons_count=2,
            effective_on=FIRST_DAY,
            reason=mark,
            **side,
        )
        for side, number in ((going, household.number), (coming, "54990177000001"), (person, "54990177000002"))
    )
    return one, other, arriving


def _visit(household: Household, mark: str, actor: Actor) -> None:
    """Record a visit with a line of income, and a relocation."""
    draft = VisitDraft(
        year=2021,
        visited_on=date(2021, 11, 1),
        source=mark,
        period_start=date(2020, 10, 1),
        period_end=date(2021, 10, 1),
        person_count=2,
        lines=(LineDraft(item_code="201", amount_yuan=Decimal(3000), product=mark),),
    )
    record_visit(household.pk, draft, actor=actor)
    record_relocation(household.pk, {"site_name": mark}, actor=actor)


def _notice(member: Membership) -> DuplicateNotice:
    """Let the member be in the other county too."""
    is_first = member.tenant_id == county().pk
    elsewhere = county(OTHER_COUNTY_CODE if is_first else COUNTY_CODE)
    return DuplicateNotice.objects.create(
        scope_code=member.scope_code, person=member.person, other_tenant=elsewhere, claim_index=b"\x01" * 33
    )


def _near(member: Membership, head: Membership) -> NearDuplicate:
    """Let the member look like the head of the household."""
    return NearDuplicate.objects.create(
        scope_code=member.scope_code,
        person=member.person,
        other_person_id=head.person_id,
        other_village_code=head.scope_code,
        why=NearReason.NAME_VILLAGE,
    )


def _changes(household: Household, far: Household, mark: str, actor: Actor) -> dict[str, Any]:
    """Let changes wait for a second person: somebody wants another name for the heads of both households."""
    first = replace(actor, user_id=uuid4())
    rule = set_change_rule({"identity_by_two": False, "account_by_two": False}, actor=actor)
    wanted: IdentityChanges = {"name": f"{mark}改名"}
    heads = [Membership.objects.get(household=one, relation_code="01").person for one in (far, household)]
    proposed = [propose_identity(head.pk, wanted, actor=first, version=head.version, reason=mark).pk for head in heads]
    closed = close_year(CLOSED, on=date(2020, 1, 31), actor=first)
    return {
        "households_changerule": rule.pk,
        "households_changerequest": proposed[-1],
        "households_closedyear": closed.pk,
    }


def _batch(village_code: str, mark: str, actor: Actor) -> ImportBatch:
    """Take a roster over of which one household was refused."""
    here = {"village_code": village_code, "group_name": f"{mark}组", "helper_name": f"{mark}干部乙"}
    refused = other_household(**here, name="=1+1", relation="户主")
    return applied(csv_of(head(**here), spouse(**here), refused), actor)


def _quality(households: list[Household], mark: str, actor: Actor) -> tuple[Finding, SuspicionLine]:
    """Run the rules, ask for an exemption, and write a parameter and a list from above with a line for each."""
    run_rules(actor=actor)
    finding = Finding.objects.filter(household=households[0], state="new").order_by("rule_code").first()
    assert finding is not None
    request_exemption(finding.pk, reason=mark, expires_on=today() + timedelta(days=9), actor=actor)
    RuleParameter.objects.create(
        scope_code=actor.tenant_code, rule_code="R58-01", name="most", from_year=2020, value=100
    )
    SuspicionLayout.objects.create(scope_code=actor.tenant_code, name=f"{mark}格式", headings={"rule_text": mark})
    suspicions = SuspicionList.objects.create(
        scope_code=actor.tenant_code,
        title=f"{mark}清单",
        sender=f"{mark}州",
        received_on=FIRST_DAY,
        due_on=FIRST_DAY,
        headings=["户编号"],
        top_sealed=seal("[]", Purpose.FILE, tenant_id=actor.tenant_id),
        sha256="0" * 64,
    )
    lines = [
        SuspicionLine.objects.create(
            scope_code=household.scope_code,
            suspicion_list=suspicions,
            line_number=number,
            rule_text=mark,
            household=household,
            cells_sealed=seal(f'["{mark}"]', Purpose.FILE, tenant_id=actor.tenant_id),
        )
        for number, household in enumerate(households, start=1)
    ]
    return finding, lines[0]


def _report(actor: Actor, mark: str) -> tuple[UUID, Delivery]:
    """Make a scheduled run with one mail, which stays queued."""
    tenant = Tenant.objects.get(pk=actor.tenant_id)
    recipient: User = reader(f"reader-{tenant.id}", area=tenant.code, tenant=tenant)
    with tenant_scope(actor):
        draft = ScheduleDraft(REPORT_ID, 5, 8, is_active=True, recipient_ids=frozenset({recipient.pk}))
        schedule = set_schedule(draft, actor=actor, now=NOON)
        run = start_run(REPORT_ID, Month(2020, 12), actor=actor, schedule=schedule)
    do_jobs(actor, "periods.freeze", "reports.run")
    with tenant_scope(actor):
        return schedule.pk, Delivery.objects.get(run=run)
