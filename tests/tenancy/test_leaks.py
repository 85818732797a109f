"""Two counties and two townships over HTTP: what one asks of the other's rows looks as if they did not exist."""

import base64
import json
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any
from uuid import UUID

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from assistance.models import ExitStandard, HelpVisit, Measure, Pairing
from dossiers.models import Dossier, ListSession, LookForm, MonitoringCase, StepTemplate, SweepCampaign, SweepVillage
from dossiers.models.papers import ASSURED
from exchange.models import ImportBatch
from households.models import (
    ChangeRequest,
    ClosedYear,
    CostCoefficient,
    DuplicateNotice,
    Household,
    IncomeRule,
    NearDuplicate,
    Person,
    Transfer,
    WorkRecord,
    YearLine,
)
from planning.models import DispatchPlan, DispatchUnit, PlanPart
from quality.models import Finding
from registry.enums import Role
from registry.tenancy.models import VersionedModel
from registry.tenancy.scope import tenant_scope
from tests.factories.dossiers import PDF
from tests.factories.tenants import VILLAGE_CODE, actor_of, county
from tests.registry.people import PEOPLE, SITE_ROLES
from tests.tenancy import matrix
from tests.tenancy.addresses import ADDRESSES, UNKNOWN, address, roles_of
from tests.tenancy.apps import APPS
from tests.tenancy.rows import CLOSED
from tests.tenancy.test_matrix import PUBLISHED
from tests.tenancy.world import TABLES, World
from villages.models import (
    CommitteeMember,
    InfrastructureProject,
    PlanProject,
    PriorityCategory,
    ProjectUpkeep,
    SettlementPoint,
    TeamAbsence,
    TeamBatch,
    TeamMember,
    TeamTask,
    Unit,
    Village,
    VillageActivity,
    VillageContact,
    VillageFacility,
    VillagePlan,
    WorkTeam,
)

pytestmark = pytest.mark.slow

PAPER = base64.b64encode(PDF).decode()
LINES = {"poverty_line_yuan": None, "monitoring_line_yuan": "6300"}
EFFECTIVE = {"on": "2021-03-01", "reason": "trial"}
ACTIVITY = {"kind_code": "2", "held_on": "2021-03-01", "subject": "trial", "participant_count": 9}
UPKEEP = {"keeper": "trial", "source_code": "6", "yearly_yuan": "5.00", "starts_on": "2020-12-01"}
PROJECT = {"name": "trial", "kind_code": "2", "planned_yuan": "500.00"}
TERM = {"name": "trial", "post_code": "3", "starts_on": "2021-01-01"}
LEAD = {"lead_on": "2020-12-01", "lead_channel_code": "2", "category_code": "1", "risk_codes": ["01"]}
# A body that does what each address is for, in the first county; `{name}` stands for an id of the world.
BODIES: dict[tuple[str, str], Mapping[str, Any]] = {
    **{of: body for app in APPS for of, body in app.bodies.items()},
    ("api:village", "PATCH"): {"name": "trial"},
    ("api:village-years", "PUT"): {"year": 2021, "has_water": True},
    ("api:village-years", "PATCH"): {"year": 2021, "person_count": 300},
    ("api:village-facilities", "POST"): {"village_id": "{village_id}", "facility_code": "road", "goal": "trial"},
    ("api:village-facility", "PUT"): {"facility_code": "water", "goal": "trial"},
    ("api:committee-members", "POST"): {"village_id": "{village_id}", **TERM},
    ("api:committee-member", "PUT"): TERM,
    ("api:settlement-points", "POST"): {"village_id": "{village_id}", "name": "trial", "kind_code": "2"},
    ("api:settlement-point", "PUT"): {"name": "trial", "kind_code": "2"},
    ("api:village-priority", "PUT"): {"name": "trial", "is_offered": False},
    ("api:village-plans", "POST"): {"village_id": "{village_id}", "year": 2020, "goals": "trial"},
    ("api:village-plan", "PUT"): {"goals": "trial"},
    ("api:village-plan-projects", "POST"): PROJECT,
    ("api:village-plan-adopt", "POST"): EFFECTIVE,
    ("api:village-plan-close", "POST"): {"on": "2021-03-01", "result": "trial"},
    ("api:plan-project", "PUT"): PROJECT,
    ("api:plan-project-drop", "POST"): EFFECTIVE,
    ("api:plan-progress", "POST"): {"noted_on": "2021-03-01", "note": "trial", "spent_yuan": "5.00"},
    ("api:village-activities", "POST"): {"village_id": "{village_id}", **ACTIVITY},
    ("api:village-activity", "PUT"): ACTIVITY,
    ("api:village-activity-withdrawal", "POST"): {"reason": "trial"},
    ("api:village-activity-materials", "POST"): {"title": "trial", "name": "a.pdf", "content": PAPER},
    ("api:infrastructure-projects", "POST"): {"village_id": "{village_id}", "name": "trial", "kind_code": "2"},
    ("api:infrastructure-project", "PUT"): {"name": "trial", "kind_code": "2"},
    ("api:infrastructure-stage", "POST"): {"change": "accept", "on": "2021-03-01", "note": "trial"},
    ("api:infrastructure-money", "POST"): {"source_code": "2", "noted_on": "2021-03-01", "arrived_yuan": "5.00"},
    ("api:infrastructure-upkeep", "POST"): {**UPKEEP, "starts_on": "2021-03-01"},
    ("api:project-upkeep", "PUT"): UPKEEP,
    ("api:exit-standard", "PUT"): {
        "from_year": 2021,
        "poverty_ratio_below": "0.0300",
        "collective_income_least_yuan": "1.00",
        "source": "trial",
    },
    ("api:village-exits", "POST"): {"village_id": "{village_id}", "is_exit": False, **EFFECTIVE},
    ("api:unit", "PATCH"): {"level_code": "3"},
    ("api:work-teams", "POST"): {
        "village_id": "{village_id}",
        "unit_id": "{unit_id}",
        "leader_name": "示例乙",
        "on": "2010-01-01",
    },
    ("api:work-team", "PUT"): {"planned_ends_on": "2099-01-01"},
    ("api:work-team-end", "POST"): {"on": "2099-01-01"},
    ("api:work-team-members", "POST"): {"name": "示例乙", "post_codes": ["3"], "starts_on": "2021-03-01"},
    ("api:team-member", "PATCH"): {"name": "示例乙"},
    ("api:team-member-posts", "POST"): {"post_codes": ["2", "3"], "on": "2099-01-01"},
    ("api:team-member-end", "POST"): {"on": "2099-01-01"},
    ("api:team-member-absences", "POST"): {"starts_on": "2099-01-01", "reason_code": "1"},
    ("api:team-absence", "PUT"): {"starts_on": "2099-01-01", "reason_code": "2"},
    ("api:team-batch", "PUT"): {
        "number": 9,
        "name": "trial",
        "starts_on": "2021-03-01",
        "planned_ends_on": "2099-01-01",
    },
    ("api:team-task", "PUT"): {"kind_code": "1", "name": "trial"},
    ("api:village-contacts", "POST"): {
        "village_id": "{village_id}",
        "name": "示例丙",
        "post_title": "trial",
        "on": "2021-03-01",
    },
    ("api:village-contact-end", "POST"): {"on": "2099-01-01"},
    ("api:dispatch-unit", "PUT"): {"name": "trial", "level_code": "4"},
    ("api:dispatch-plan", "PUT"): {"title": "trial", "starts_on": "2099-01-01", "ends_on": "2100-01-01"},
    ("api:dispatch-plan-withdraw", "POST"): {"reason": "trial"},
    ("api:dispatch-proposal-changes", "POST"): {
        "choices": [{"village_code": "{village_code}", "unit_id": None}],
        "reason": "trial",
    },
    ("api:dispatch-proposal-publish", "POST"): {"reason": "trial"},
    ("api:dispatch-part-decline", "POST"): {"reason": "trial"},
    ("api:dispatch-part-teams", "POST"): {"teams": [{"village_code": "{village_code}", "leader_name": "示例队长"}]},
    ("api:household", "PATCH"): {"group_name": "trial"},
    ("api:household-status", "POST"): {"transition": "return", **EFFECTIVE},
    ("api:household-monitoring", "POST"): {"transition": "remove_risk", "code": "1", **EFFECTIVE},
    ("api:household-village", "POST"): {"village_code": "549901201200", **EFFECTIVE},
    ("api:household-years", "PUT"): {"year": 2021, "is_declared": True, "net_per_head_yuan": "1", "source": "trial"},
    ("api:household-reveal", "POST"): {"field": "phone", "reason": "trial"},
    ("api:household-members", "POST"): {
        "on": "2021-03-01",
        "reason_code": "11",
        "person": {"name": "示例人", "relation_code": "03", "sex_code": "1"},
    },
    ("api:household-member-end", "POST"): {"on": "2021-03-01", "reason_code": "21"},
    ("api:household-head", "POST"): {"person_id": "{person_id}", "former_head_relation": "02", **EFFECTIVE},
    ("api:person", "PATCH"): {"phone": "17900000009"},
    ("api:person-years", "PUT"): {"year": 2021, "work_place": "trial"},
    ("api:work-records", "POST"): {"records": [{"person_id": "{person_id}", "starts_on": "2021-03-01"}]},
    ("api:work-record", "PUT"): {"starts_on": "2020-03-01", "employer": "trial"},
    ("api:work-record-withdrawal", "POST"): {"reason": "trial"},
    ("api:measures", "POST"): {"household_id": "{household_id}", "category_code": "39", "state_code": "0"},
    ("api:measure", "PUT"): {"category_code": "39", "state_code": "0"},
    ("api:measure-withdrawal", "POST"): {"reason": "trial"},
    ("api:help-visits", "POST"): {
        "household_id": "{household_id}",
        "helper_id": "{helper_id}",
        "visited_on": "2021-03-01",
        "place_code": "1",
        "confirmation_code": "1",
    },
    ("api:help-visit", "PUT"): {"visited_on": "2021-03-01", "place_code": "1", "confirmation_code": "1"},
    ("api:help-visit-withdrawal", "POST"): {"reason": "trial"},
    ("api:person-reveal", "POST"): {"field": "document", "reason": "trial"},
    ("api:change-request-approve", "POST"): {"reason": "trial"},
    ("api:change-request-refuse", "POST"): {"reason": "trial"},
    ("api:change-request-withdraw", "POST"): {"reason": "trial"},
    ("api:change-request-rebase", "POST"): {},
    ("api:person-change-requests", "POST"): {"name": "示例改名", "reason": "trial"},
    ("api:household-change-requests", "POST"): {"account": "6217000000000000009", "reason": "trial"},
    ("api:household-status-requests", "POST"): {"transition": "close_gone", **EFFECTIVE},
    ("api:household-figure-requests", "POST"): {
        "year": CLOSED,
        "is_declared": True,
        "net_per_head_yuan": "1",
        "source": "trial",
        "reason": "trial",
    },
    ("api:household-income-requests", "POST"): {
        "year": CLOSED,
        "period_start": "2010-01-01",
        "period_end": "2011-01-01",
        "person_count": 2,
        "lines": [{"item_code": "101", "amount_yuan": "1"}],
        "reason": "trial",
    },
    ("api:person-figure-requests", "POST"): {"year": CLOSED, "work_place": "trial", "reason": "trial"},
    ("api:closed-year-reopen", "POST"): {"reason": "trial"},
    ("api:duplicate-settle", "POST"): {"state": "both_right", "reason": "trial"},
    ("api:cost-coefficient", "PUT"): {"cost_ratio": "0.6"},
    ("api:cost-coefficient-withdraw", "POST"): {"reason": "trial"},
    ("api:income-rule-withdraw", "POST"): {"reason": "trial"},
    ("api:year-line-withdraw", "POST"): {"reason": "trial"},
    ("api:income-rule", "PUT"): {"counts_toward_net": True},
    ("api:year-line", "PUT"): {"valid_from": "2021-01-01", **LINES},
    ("api:household-member-reinstate", "POST"): {"reason": "trial"},
    ("api:person-take-back", "POST"): {
        "household_id": "{household_id}",
        "on": "2021-03-01",
        "reason_code": "15",
        "relation_code": "99",
    },
    ("api:near-duplicate-settle", "POST"): {"state": "different", "reason": "trial"},
    ("api:pairings", "POST"): {
        "household_id": "{household_id}",
        "helper_id": "{helper_id}",
        "on": "2021-03-01",
        "is_lead": False,
    },
    ("api:pairing-hand-over", "POST"): {"helper_id": "{helper_id}", **EFFECTIVE},
    ("api:pairing-end", "POST"): EFFECTIVE,
    ("api:dossiers", "POST"): {"household_id": "{household_id}", "template_key": "return-short", "on": "2021-03-01"},
    ("api:dossier-steps", "POST"): {
        "position": 1,
        "ends_on": "2021-03-01",
        "is_passed": False,
        "remark": "trial",
        "entitled_count": 9,
        "present_count": 9,
        "votes_for": 1,
        "votes_against": 8,
    },
    ("api:dossier-evidence", "POST"): {"name": "a.pdf", "content": PAPER, "kind_code": "31", "on": "2021-03-01"},
    ("api:dossier-application", "POST"): {"applied_on": "2021-03-01"},
    ("api:dossier-application", "PUT"): {"applied_on": "2021-03-01", "reason": "trial"},
    ("api:dossier-consent-withdraw", "POST"): {"on": "2021-03-01"},
    ("api:dossier-session-files", "POST"): {
        "name": "a.pdf",
        "content": PAPER,
        "kind_code": "31",
        "on": "2021-03-01",
    },
    ("api:dossier-consent", "POST"): {"on": "2021-03-01", "sectors": ["01"]},
    ("api:dossier-exit-check", "PUT"): {
        "checked_on": "2021-03-01",
        **dict.fromkeys(ASSURED, True),
        "year": 2020,
        "net_per_head_yuan": "6000",
    },
    ("api:dossier-objections", "POST"): {"on": "2021-03-01", "text": "trial"},
    ("api:dossier-answers", "POST"): {
        "objection_id": "{objection_id}",
        "on": "2021-03-01",
        "answer": "trial",
        "is_upheld": False,
    },
    ("api:dossier-withdraw", "POST"): EFFECTIVE,
    ("api:dossier-refuse", "POST"): EFFECTIVE,
    ("api:dossier-finish", "POST"): {"reason": "trial"},
    ("api:dossier-sessions", "POST"): {
        "form": "meeting",
        "title": "trial",
        "starts_on": "2021-03-01",
        "dossier_ids": ["{dossier_id}"],
    },
    ("api:dossier-session-take-out", "POST"): {"dossier_id": "{listed_dossier_id}", **EFFECTIVE},
    ("api:dossier-session-close", "POST"): {
        "ends_on": "2021-03-01",
        "is_passed": False,
        "remark": "trial",
        "entitled_count": 9,
        "present_count": 9,
        "votes_for": 1,
        "votes_against": 8,
        "name": "a.pdf",
        "content": PAPER,
        "kind_code": "33",
    },
    ("api:monitoring-cases", "POST"): {
        "household_id": "{household_id}",
        "is_monitored": True,
        "campaign_id": "{campaign_id}",
        **LEAD,
    },
    ("api:monitoring-case", "PUT"): LEAD,
    ("api:monitoring-case-confirm", "POST"): EFFECTIVE,
    ("api:monitoring-case-drop", "POST"): EFFECTIVE,
    ("api:monitoring-case-check", "PUT"): {
        "checked_on": "2021-03-01",
        "checked_year": 2021,
        "net_per_head_yuan": "9000",
        **dict.fromkeys(("has_schooling", "has_medical_care", "has_safe_housing", "has_safe_water"), True),
    },
    ("api:monitoring-case-remove", "POST"): {"manner_code": "2", **EFFECTIVE},
    ("api:sweep-campaign-close", "POST"): EFFECTIVE,
    ("api:sweep-village", "PUT"): {"counted_on": "2021-03-01", "to_visit_count": 9, "visited_count": 3},
    ("api:dossier-session-cancel", "POST"): EFFECTIVE,
    ("api:household-looks", "POST"): {
        "form_key": "nine-look-farming",
        "looked_on": "2021-03-01",
        "answers": [{"choice": 1}] * 9,
    },
    ("api:look-form", "PUT"): {
        "name": "trial",
        "terrain": "mixed",
        "full_score": 100,
        "bounds": ["0"],
        "outcomes": ["trial"],
        "items": [{"name": "trial", "weight": "1", "choices": ["trial", "other"]}],
    },
    ("api:step-template", "PUT"): {
        "name": "trial",
        "steps": [
            {"name": "trial", "form": form, "role_codes": ["county_office"], "minimum_days": 7}
            for form in ("mark", "signature", "notice", "announcement")
        ],
    },
    ("api:household-split", "POST"): {
        "number": "B1",
        "members": [{"person_id": "{person_id}", "relation_code": "01"}],
        **EFFECTIVE,
    },
    ("api:household-merge", "POST"): {
        "into_id": "{far_id}",
        "members": [
            {"person_id": "{head_id}", "relation_code": "99"},
            {"person_id": "{person_id}", "relation_code": "99"},
        ],
        **EFFECTIVE,
    },
    ("api:household-income", "PUT"): {
        "period_start": "2020-10-01",
        "period_end": "2021-10-01",
        "person_count": 2,
        "source": "trial",
        "lines": [{"item_code": "201", "amount_yuan": "100.00"}],
    },
    ("api:household-visits", "POST"): {"year": 2021, "visited_on": "2021-11-01", "source": "trial"},
    ("api:household-relocation", "PUT"): {"room": "trial"},
    ("api:finding-assign", "POST"): {"role": "village_team", "due_on": "2099-12-31"},
    ("api:findings-assign", "POST"): {
        "findings": [{"id": "{finding_id}", "version": 1}],
        "role": "village_team",
        "due_on": "2099-12-31",
    },
    ("api:finding-as-recorded", "POST"): {"note": "trial"},
    ("api:finding-answer-line", "POST"): {"answer": "fixed", "note": "trial"},
    ("api:suspicion-line-match", "POST"): {"household_id": "{household_id}"},
    ("api:finding-exemption", "POST"): {"reason": "trial", "expires_on": "2099-12-31"},
    ("api:finding-exemption-decide", "POST"): {"approves": False, "reason": "trial"},
    ("api:transfer-accept", "POST"): {"village_code": VILLAGE_CODE, "reason": "trial"},
    ("api:transfer-accept-person", "POST"): {
        "household_id": "{household_id}",
        "relation_code": "99",
        "joining_code": "13",
        "reason": "trial",
    },
    ("api:transfer-decline", "POST"): {"reason": "trial"},
    ("api:household-offer", "POST"): {"county_code": "549902000000", **EFFECTIVE},
    ("api:household-member-offer", "POST"): {"county_code": "549902000000", "leaving_code": "22", **EFFECTIVE},
    ("api:transfer-withdraw", "POST"): {"reason": "test"},
    ("api:import-batch-apply", "POST"): {},
    ("api:import-batch-reject", "POST"): {},
}
VERSIONED: dict[str, type[VersionedModel]] = {
    **{parameter: model for app in APPS for parameter, model in app.versioned.items()},
    "household_id": Household,
    "person_id": Person,
    "village_id": Village,
    "standard_id": ExitStandard,
    "infrastructure_id": InfrastructureProject,
    "upkeep_id": ProjectUpkeep,
    "activity_id": VillageActivity,
    "plan_id": VillagePlan,
    "plan_project_id": PlanProject,
    "dispatch_unit_id": DispatchUnit,
    "dispatch_plan_id": DispatchPlan,
    "part_id": PlanPart,
    "priority_id": PriorityCategory,
    "facility_id": VillageFacility,
    "committee_id": CommitteeMember,
    "point_id": SettlementPoint,
    "unit_id": Unit,
    "team_id": WorkTeam,
    "member_id": TeamMember,
    "absence_id": TeamAbsence,
    "team_batch_id": TeamBatch,
    "task_id": TeamTask,
    "contact_id": VillageContact,
    "batch_id": ImportBatch,
    "pairing_id": Pairing,
    "transfer_id": Transfer,
    "finding_id": Finding,
    "dossier_id": Dossier,
    "session_id": ListSession,
    "template_id": StepTemplate,
    "case_id": MonitoringCase,
    "campaign_id": SweepCampaign,
    "sweep_village_id": SweepVillage,
    "form_id": LookForm,
    "record_id": WorkRecord,
    "measure_id": Measure,
    "help_visit_id": HelpVisit,
    "notice_id": DuplicateNotice,
    "change_request_id": ChangeRequest,
    "closed_year_id": ClosedYear,
    "coefficient_id": CostCoefficient,
    "income_rule_id": IncomeRule,
    "year_line_id": YearLine,
    "near_id": NearDuplicate,
}
ABOVE = {name for app in APPS for name in app.above}
# Every address that names a row, in itself or in its body.
NAMING = [
    (name, method, action)
    for name, lines in matrix.API.items()
    for method, action in lines.items()
    if ((name, method) in BODIES or set(ADDRESSES[name]) - {"code"}) and name not in ABOVE
]
LISTS = [name for name, lines in matrix.API.items() if "GET" in lines and not ADDRESSES[name]]
# Lists of figures alone, which name no row.
FIGURES = {
    *(name for app in APPS for name in app.figures),
    "api:ledger-stock",
    "api:quality-rules",
    "api:county-procedure",
    "api:change-rule",
    "api:income-recomputations",
    "api:team-board",
}
Ids = dict[str, Any]


def send(client: Client, name: str, method: str, ids: Ids) -> HttpResponse:
    """Send a body that would do something, at the version that the row has."""
    where = reverse(name, kwargs={parameter: ids[parameter] for parameter in ADDRESSES[name]})
    text = json.dumps(BODIES.get((name, method), {}))
    for key, value in ids.items():
        text = text.replace(f"{{{key}}}", str(value))
    return client.generic(  # type: ignore[return-value]  # what it gives is one
        method, where, text.encode(), "application/json", headers={"If-Match": f'"{ids["version"]}"'}
    )


def looks(answer: HttpResponse, ids: Ids) -> tuple[int, str]:
    """Give status and body, without the ids that were asked for."""
    body = answer.content.decode("utf-8", "replace")
    for value in map(str, ids.values()):
        body = body.replace(value, "id") if len(value) > 30 else body
    return answer.status_code, body


def asked_for(world: World, name: str, **changes: object) -> Ids:
    """Give the ids of the first county with the version of the row that the address names."""
    ids = {**world.ids, "helper_id": world.objects["assistance_helper"], "version": 1} | changes
    if name in {"api:transfer-accept", "api:transfer-decline"}:
        ids["transfer_id"] = ids["incoming_id"]
    if name == "api:transfer-accept-person":
        ids["transfer_id"] = ids["arriving_id"]
    parameter = next(iter(ADDRESSES[name]), "")
    if parameter in VERSIONED:
        with tenant_scope(actor_of(Role.COUNTY_OFFICE)):
            ids["version"] = VERSIONED[parameter].objects.get(pk=ids[parameter]).version
    if name == "api:household-relocation":
        ids["version"] = 1  # its own
    if ids["household_id"] == ids["far_id"]:
        ids["far_id"] = world.ids["household_id"]
    return ids


def nothing_there(ids: Ids) -> Ids:
    """Give ids that nothing has, each another."""
    first = UUID(UNKNOWN).int
    return {
        name: str(UUID(int=first + number)) if len(str(value)) > 30 else value
        for number, (name, value) in enumerate(ids.items())
    }


def fingerprints(world: World, tenant_id: int) -> dict[str, tuple[int, str | None]]:
    """Give number and digest of a county's rows of each table, read by the role that no policy holds."""
    each = " UNION ALL ".join(
        f"""SELECT '{table}', count(*), md5(string_agg(t::text, chr(10) ORDER BY id))
        FROM "{table}" t WHERE tenant_id = {int(tenant_id)}"""
        for table in TABLES
    )
    return {table: (number, digest) for table, number, digest in world.backup.execute(each).fetchall()}


@pytest.mark.parametrize(("name", "method", "action"), NAMING, ids=str)
def test_our_row_is_reached_when_the_own_office_asks(world: World, name: str, method: str, action: str) -> None:
    able = roles_of(action) & {Role.COUNTY_OFFICE, Role.TOWNSHIP_CLERK, Role.VILLAGE_TEAM, Role.SECTOR_CLERK}
    able = able or roles_of(action)  # what an administrator alone may do
    # The county's office asked for the exemption, so that it may not decide on it.
    role = Role.TOWNSHIP_CLERK if name == "api:finding-exemption-decide" else min(able)

    with transaction.atomic():
        answer = send(world.program(role), name, method, asked_for(world, name))
        transaction.set_rollback(True)

    # Conflict: a roster that is decided, a pairing that must have a successor. Both were found.
    assert answer.status_code in {200, 201, 202, 409}, answer.content


@pytest.mark.parametrize(("name", "method", "action"), NAMING, ids=str)
def test_our_row_looks_unknown_and_stays_when_the_other_county_asks(
    world: World, name: str, method: str, action: str
) -> None:
    ours = asked_for(world, name)
    before = fingerprints(world, county().pk)

    answers = {role: send(world.program(role, other=True), name, method, ours) for role in PEOPLE}

    unknown = {
        role: looks(send(world.program(role, other=True), name, method, nothing_there(ours)), ours) for role in PEOPLE
    }
    assert {role: looks(answer, ours) for role, answer in answers.items()} == unknown
    assert {status for status, _body in unknown.values()} == {403, 404}
    assert fingerprints(world, county().pk) == before


@pytest.mark.parametrize("role", [Role.TOWNSHIP_CLERK, Role.VILLAGE_TEAM, Role.HELPER])
@pytest.mark.parametrize(
    ("name", "method"),
    [(name, method) for name, method, _action in NAMING if "household_id" in ADDRESSES[name]],
    ids=str,
)
def test_household_looks_unknown_when_it_lies_in_another_township(
    world: World, name: str, method: str, role: Role
) -> None:
    far = asked_for(world, name, household_id=world.rows[False].far_household_id)

    answer = send(world.program(role), name, method, far)

    unknown = send(world.program(role), name, method, nothing_there(far))
    assert looks(answer, far) == looks(unknown, far)
    assert answer.status_code in {403, 404}


# What the own office finds in each list: ids of rows, or nothing where a list is of no county or of another role.
OF_NO_COUNTY = {"api:divisions", "api:codes", "api:sector-facts", "api:published-figures", "api:import-template"} | {
    # Nobody has published any here; who sees what of published needs is held by tests/planning.
    "api:village-needs",
}


@pytest.mark.parametrize("name", sorted(set(LISTS) - OF_NO_COUNTY - FIGURES))
def test_list_holds_our_own_rows_when_the_office_reads_it(world: World, name: str) -> None:
    answer = world.program(Role.COUNTY_OFFICE).get(reverse(name))

    assert world.leaks_in(answer.content, other=False) != []


@pytest.mark.parametrize(
    "query",
    ["members/?household={household_id}", "members/?person={person_id}", "households/?division=549901000000"],
)
def test_list_is_empty_when_the_other_county_narrows_it_to_ours(world: World, query: str) -> None:
    where = f"/api/v1/{query.format(**world.ids)}"

    ours = world.program(Role.COUNTY_OFFICE).get(where).json()["results"]
    theirs = world.program(Role.COUNTY_OFFICE, other=True).get(where).json()["results"]

    assert (bool(ours), theirs) == (True, [])


# --- the admin site ---------------------------------------------------------------------------------------------------
HISTORIES = {f"admin:{model}_history": view for model, (view, _add, _verbs) in matrix.MODELS.items()}
RIGHTS = {**matrix.PAGES, **matrix.model_pages(), **HISTORIES}
SITE = sorted(RIGHTS)


# All verbs of a model look the same where there is no record: it is looked for first.
FIRST_VERB = {model: verb for model, verb, _action in reversed(matrix.verb_pages())}
Statuses = tuple[int, int]


def askers(action: str) -> list[Role]:
    """Give who may do an action on the site, and one who may not: test_matrix asks as everybody else who may not."""
    able = roles_of(action) & {*SITE_ROLES}
    return [*sorted(able), *sorted({*SITE_ROLES} - able)[:1]]


@pytest.mark.parametrize("name", [name for name in SITE if not ADDRESSES[name]])
def test_page_holds_nothing_of_ours_when_each_role_of_the_other_county_opens_it(world: World, name: str) -> None:
    people = set(askers(RIGHTS[name])) - ({Role.DISPATCH_OFFICE} if name in PUBLISHED else set())

    answers = {role: world.browser(role, other=True).get(reverse(name)) for role in people}

    leaks = {role: world.leaks_in(answer.content, other=False) for role, answer in answers.items()}
    assert leaks == {key: [] for key in answers}


def test_refusal_says_nothing_of_the_record_when_each_role_meets_one(world: World) -> None:
    where = address(world, "admin:households_household_delete")

    answers = {
        (role, other): world.browser(role, other=other).get(where) for role in SITE_ROLES for other in (False, True)
    }

    own = {str(world.objects["households_household"])}
    held = {who: {*world.leaks_in(answer.content, other=False)} - own for who, answer in answers.items()}
    assert {answer.status_code for answer in answers.values()} == {403}
    assert {who: leaks for who, leaks in held.items() if leaks} == {}


@pytest.mark.usefixtures("undrawn_refusals")
@pytest.mark.parametrize("name", [name for name in SITE if ADDRESSES[name]])
def test_our_record_looks_unknown_when_the_other_county_opens_its_page(world: World, name: str) -> None:
    where, nowhere = address(world, name), address(world, name, is_unknown=True)
    people = askers(RIGHTS[name])

    answers = {role: world.browser(role, other=True).get(where) for role in people}

    unknown = {role: world.browser(role, other=True).get(nowhere).status_code for role in people}
    assert {role: answer.status_code for role, answer in answers.items()} == unknown
    assert max(unknown.values()) < 500
    assert 200 not in unknown.values()


@pytest.fixture(scope="module")
def unknown_verbs(world: World) -> Callable[[str, Role], Statuses]:
    """Give how the verbs of a model look to somebody of the other county when there is no such record, asked once."""

    @cache
    def asked(model: str, verb: str, role: Role) -> Statuses:
        nowhere = address(world, f"admin:{model}_verb", verb=verb, is_unknown=True)
        browser = world.browser(role, other=True)
        return browser.get(nowhere).status_code, browser.post(nowhere, {}).status_code

    return lambda model, role: asked(model, FIRST_VERB[model], role)


@pytest.mark.usefixtures("undrawn_refusals")
@pytest.mark.parametrize(("model", "verb", "action"), matrix.verb_pages(), ids=str)
def test_our_record_looks_unknown_and_stays_when_the_other_county_sends_a_verb(
    world: World, unknown_verbs: Callable[[str, Role], Statuses], model: str, verb: str, action: str
) -> None:
    where = address(world, f"admin:{model}_verb", verb=verb)
    before = fingerprints(world, county().pk)
    people = {role: world.browser(role, other=True) for role in askers(action)}

    tried = {role: (one.get(where).status_code, one.post(where, {}).status_code) for role, one in people.items()}

    assert tried == {role: unknown_verbs(model, role) for role in people}
    assert {status for pair in tried.values() for status in pair} <= {403, 404}
    assert fingerprints(world, county().pk) == before
