"""What people do with findings, and who sees which."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest
from pytest_django.fixtures import DjangoAssertNumQueries

from households.domain.scope import rewrite_household_scope
from households.models import Household
from quality.domain.findings import (
    answer_as_recorded,
    assign_finding,
    assign_findings,
    decide_exemption,
    request_exemption,
)
from quality.domain.running import run_rules
from quality.enums import ExemptionState, FindingState
from quality.models import Exemption, Finding
from quality.queries.findings import counts_by, finding_visible, findings_visible_to, worklist
from registry.enums import Role, Sector
from registry.lib.errors import Conflict, DomainError, NotAllowed, NotFound, StaleVersion
from registry.lib.periods import today
from registry.models import Membership, User
from registry.tenancy.context import Actor
from registry.tenancy.scope import tenant_scope
from tests.factories.tenants import FAR_VILLAGE_CODE, TOWNSHIP_CODE, VILLAGE_CODE, actor_of, county_office
from tests.quality.cases import ON, written
from tests.registry.people import user

pytestmark = pytest.mark.django_db
LATER = today() + timedelta(days=30)


def one(rule_code: str = "R58-01") -> Finding:
    """Write a household with too much land and unsafe water, run the rules, and give one finding."""
    written({"household_year": {"cropland_mu": 300, "safe_water": False}})
    run_rules(actor=county_office(), on=ON)
    return Finding.objects.get(rule_code=rule_code)


def working(role: Role, area: str) -> User:
    """Make somebody who works in a division of the first county."""
    account = user(f"{role}-{area}")
    Membership.objects.create(
        user=account, tenant_id=county_office().tenant_id, role=role, division_code=area, starts_on=date(2020, 1, 1)
    )
    return account


def second() -> Actor:
    return replace(actor_of(Role.TOWNSHIP_CLERK), user_id=uuid4())


def test_finding_is_given_to_a_role_with_its_day_when_it_is_assigned(office: Actor) -> None:
    finding = one()

    given = assign_finding(finding.pk, role=Role.VILLAGE_TEAM, due_on=LATER, actor=office, version=finding.version)

    assert (given.state, given.assignee_role, given.due_on, given.version) == (
        FindingState.ASSIGNED,
        Role.VILLAGE_TEAM,
        LATER,
        finding.version + 1,
    )


@pytest.mark.parametrize(
    ("role", "due_on", "code"),
    [(Role.AUDIT_ADMINISTRATOR, LATER, "finding.assignee"), (Role.VILLAGE_TEAM, date(2020, 1, 1), "finding.due_past")],
)
def test_finding_is_not_assigned_when_role_or_day_is_wrong(office: Actor, role: str, due_on: date, code: str) -> None:
    finding = one()

    with pytest.raises(DomainError) as refused:
        assign_finding(finding.pk, role=role, due_on=due_on, actor=office)

    assert (refused.value.code, Finding.objects.get(pk=finding.pk).state) == (code, FindingState.NEW)


def test_finding_is_not_assigned_when_it_changed_meanwhile(office: Actor) -> None:
    finding = one()
    assign_finding(finding.pk, role=Role.VILLAGE_TEAM, due_on=LATER, actor=office)

    with pytest.raises(StaleVersion):
        assign_finding(finding.pk, role=Role.HELPER, due_on=LATER, actor=office, version=finding.version)


def test_suspicion_is_settled_and_stays_so_when_the_data_is_true(office: Actor) -> None:
    finding = one("R44-02")

    answer_as_recorded(finding.pk, note="入户查看，正在改水", actor=office)
    run_rules(actor=office, on=ON + timedelta(days=1))

    assert Finding.objects.get(pk=finding.pk).state == FindingState.AS_RECORDED


def test_warning_is_not_true_as_recorded_when_it_is_no_suspicion(office: Actor) -> None:
    finding = one()

    with pytest.raises(Conflict) as refused:
        answer_as_recorded(finding.pk, note="属实", actor=office)

    assert refused.value.code == "finding.not_a_suspicion"


def test_exemption_counts_until_its_day_when_a_second_person_approves(office: Actor) -> None:
    finding = one()
    request_exemption(finding.pk, reason="牧区", expires_on=LATER, actor=office)

    decide_exemption(finding.pk, approves=True, reason="同意", actor=second())

    seen = []
    for day in (LATER - timedelta(days=1), LATER):
        run_rules(actor=office, on=day)
        seen.append(Finding.objects.get(pk=finding.pk).state)
    assert seen == [FindingState.EXEMPTED, FindingState.NEW]


def test_exemption_is_not_decided_when_it_is_ones_own(office: Actor) -> None:
    finding = one()
    request_exemption(finding.pk, reason="牧区", expires_on=LATER, actor=office)

    with pytest.raises(NotAllowed):
        decide_exemption(finding.pk, approves=True, reason="同意", actor=office)

    assert Exemption.objects.get().state == ExemptionState.REQUESTED


def test_exemption_leaves_the_finding_open_when_it_is_refused(office: Actor) -> None:
    finding = one()
    request_exemption(finding.pk, reason="牧区", expires_on=LATER, actor=office)

    decided = decide_exemption(finding.pk, approves=False, reason="请更正", actor=second())

    assert (decided.state, Finding.objects.get(pk=finding.pk).state) == (ExemptionState.REFUSED, FindingState.NEW)


def test_exemption_is_asked_for_once_when_one_waits(office: Actor) -> None:
    finding = one()
    request_exemption(finding.pk, reason="牧区", expires_on=LATER, actor=office)

    with pytest.raises(Conflict) as refused:
        request_exemption(finding.pk, reason="牧区", expires_on=LATER, actor=office)

    assert refused.value.code == "exemption.waiting"


@pytest.mark.parametrize(
    ("sector", "expected"), [(Sector.WATER, {"R44-02", "R59-14"}), (Sector.HOUSING, set()), ("", set())]
)
def test_sector_clerk_sees_the_findings_of_the_sector_when_asked(
    office: Actor, sector: str, expected: set[str]
) -> None:
    one()
    clerk = replace(actor_of(Role.SECTOR_CLERK), sector=sector)

    seen = set(findings_visible_to(clerk).values_list("rule_code", flat=True))

    assert seen == expected


def test_helper_sees_no_finding_when_no_household_is_paired(office: Actor) -> None:
    finding = one()

    with pytest.raises(NotFound):
        finding_visible(finding.pk, actor=actor_of(Role.HELPER))

    assert finding_visible(finding.pk, actor=office) == finding


def test_counts_say_how_many_are_open_and_late_when_grouped(office: Actor) -> None:
    finding = one()
    Finding.objects.filter(pk=finding.pk).update(due_on=today() - timedelta(days=1))

    by_village = counts_by(office, "scope_code", on=today())
    late = worklist(office, is_late_on=today())

    assert [(count.key, count.open, count.late) for count in by_village] == [("549901100200", 3, 1)]
    assert [row.rule_code for row in late] == ["R58-01"]


def test_finding_is_given_to_a_person_when_they_work_in_its_village(office: Actor) -> None:
    finding = one()
    helper = working(Role.VILLAGE_TEAM, VILLAGE_CODE)

    given = assign_finding(finding.pk, role=Role.VILLAGE_TEAM, due_on=LATER, actor=office, assignee_id=helper.pk)

    mine = worklist(replace(actor_of(Role.VILLAGE_TEAM), user_id=helper.pk), is_mine=True)
    assert (given.assignee_id, [row.pk for row in mine]) == (helper.pk, [finding.pk])


@pytest.mark.parametrize(
    ("role", "area"), [(Role.VILLAGE_TEAM, FAR_VILLAGE_CODE), (Role.TOWNSHIP_CLERK, TOWNSHIP_CODE)]
)
def test_finding_is_not_given_to_a_person_when_they_work_elsewhere(office: Actor, role: Role, area: str) -> None:
    finding = one()
    somebody = working(role, area)

    with pytest.raises(DomainError) as refused:
        assign_finding(finding.pk, role=Role.VILLAGE_TEAM, due_on=LATER, actor=office, assignee_id=somebody.pk)

    assert (refused.value.code, Finding.objects.get(pk=finding.pk).state) == (
        "finding.assignee_elsewhere",
        FindingState.NEW,
    )


def test_assigning_many_costs_as_much_as_one_when_counted(
    office: Actor, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    one()
    chosen = dict.fromkeys(Finding.objects.values_list("pk", flat=True))
    first = dict(list(chosen.items())[:1])

    with django_assert_num_queries(2):
        assign_findings(first, role=Role.VILLAGE_TEAM, due_on=LATER, actor=office)
    with django_assert_num_queries(2):
        assign_findings(chosen, role=Role.VILLAGE_TEAM, due_on=LATER, actor=office)


@pytest.mark.parametrize(("count", "code"), [(0, "finding.none_chosen"), (501, "finding.too_many")])
def test_findings_are_not_assigned_when_none_or_too_many_are_chosen(office: Actor, count: int, code: str) -> None:
    chosen = dict.fromkeys(uuid4() for _ in range(count))

    with pytest.raises(DomainError) as refused:
        assign_findings(chosen, role=Role.VILLAGE_TEAM, due_on=LATER, actor=office)

    assert refused.value.code == code


def test_exemption_goes_along_when_the_household_moves(office: Actor) -> None:
    finding = one()
    request_exemption(finding.pk, reason="承包草场", expires_on=LATER, actor=office)
    decide_exemption(finding.pk, approves=True, reason="属实", actor=second())
    rewrite_household_scope(Household.objects.get(), FAR_VILLAGE_CODE)

    seen = []
    for code in (VILLAGE_CODE, FAR_VILLAGE_CODE):
        with tenant_scope(actor_of(Role.VILLAGE_TEAM, area=code)):
            seen.append((Finding.objects.filter(pk=finding.pk).count(), Exemption.objects.count()))

    assert seen == [(0, 0), (1, 1)]
