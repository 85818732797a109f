"""What people answer, who sees what, and how long an answer holds."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError
from pytest_django.fixtures import DjangoAssertNumQueries

from assistance.domain.helper import link_login
from entitlements.domain.answers import answer_finding, answer_findings, withdraw_answer
from entitlements.domain.running import run_policies
from entitlements.enums import EntitlementAnswer, EntitlementKind, EntitlementState
from entitlements.models import EntitlementFinding
from entitlements.queries.findings import (
    AnswerCount,
    OpenCount,
    counts_by_answer,
    counts_by_village,
    entitlement_visible,
    entitlements_visible_to,
    worklist,
)
from entitlements.queries.words import found_of_many
from households.domain.scope import rewrite_household_scope
from households.models import Household
from registry.enums import Role, Sector
from registry.lib.errors import Conflict, DomainError, NotAllowed, NotFound, StaleVersion
from registry.lib.periods import today
from registry.tenancy.context import Actor, current_state
from registry.tenancy.scope import savepoint, tenant_scope
from tests.entitlements.test_policies import EXAMPLES
from tests.factories.assistance import HelperFactory, paired
from tests.factories.tenants import FAR_VILLAGE_CODE, VILLAGE_CODE, actor_of, county_office
from tests.quality.cases import ON, written
from tests.registry.people import at_work, person

pytestmark = pytest.mark.django_db
A = EntitlementAnswer


def one(actor: Actor, *, received: bool = False) -> EntitlementFinding:
    """Write a household that is due the low-income allowance, or has it and is not, and find it."""
    written(EXAMPLES["low_allowance"]["received" if received else "due"])
    run_policies(actor=actor, on=ON)
    return EntitlementFinding.objects.get()


def test_finding_is_answered_with_day_and_reason_when_the_household_declined(office: Actor) -> None:
    finding = one(office)

    said = answer_finding(
        finding.pk, answer=A.DECLINED, on=date(2024, 6, 3), note="户主表示不申请", actor=office, version=1
    )

    assert (said.state, said.answer, said.answered_on, said.answered_by, said.version) == (
        EntitlementState.DECIDED,
        A.DECLINED,
        date(2024, 6, 3),
        office.user_id,
        2,
    )
    assert said.ask_again_on == today() + timedelta(days=365)


@pytest.mark.parametrize(
    ("received", "answer", "on", "note", "code"),
    [
        (False, A.NOT_DUE, date(2024, 6, 3), "  ", "entitlement.no_reason"),
        (False, A.AS_RECORDED, date(2024, 6, 3), "属实", "entitlement.answer_of_another_kind"),
        (True, A.GRANTED, date(2024, 6, 3), "", "entitlement.answer_of_another_kind"),
        (False, A.GRANTED, date(2999, 1, 1), "", "entitlement.day"),
        (False, "forgotten", date(2024, 6, 3), "", "entitlement.answer"),
    ],
)
def test_answer_is_refused_when_it_does_not_fit(
    office: Actor, received: bool, answer: str, on: date, note: str, code: str
) -> None:
    finding = one(office, received=received)

    with pytest.raises(DomainError) as refused:
        answer_finding(finding.pk, answer=answer, on=on, note=note, actor=office)

    assert (refused.value.code, EntitlementFinding.objects.get().state) == (code, EntitlementState.NEW)


def test_answer_is_refused_when_the_finding_was_answered_or_changed_meanwhile(office: Actor) -> None:
    finding = one(office)
    answer_finding(finding.pk, answer=A.APPLIED, actor=office)

    with pytest.raises(StaleVersion):
        answer_finding(finding.pk, answer=A.GRANTED, actor=office, version=1)
    with pytest.raises(Conflict) as refused:
        answer_finding(finding.pk, answer=A.GRANTED, actor=office, version=2)

    assert refused.value.code == "entitlement.answered"


def test_end_is_proposed_by_an_office_and_by_no_village_team(office: Actor) -> None:
    finding = one(office, received=True)
    team = actor_of(Role.VILLAGE_TEAM)

    with pytest.raises(NotAllowed):
        answer_finding(finding.pk, answer=A.STOP_PROPOSED, note="收入已高", actor=team)
    said = answer_finding(finding.pk, answer=A.STOP_PROPOSED, note="收入已高", actor=office)

    with pytest.raises(NotAllowed):
        withdraw_answer(finding.pk, reason="写错", actor=team)
    assert said.answer == A.STOP_PROPOSED


def test_answer_is_asked_anew_when_its_time_is_over_and_nothing_changed(office: Actor) -> None:
    finding = one(office)
    answer_finding(finding.pk, answer=A.APPLIED, actor=office)
    EntitlementFinding.objects.update(answered_on=ON, ask_again_on=ON + timedelta(days=60))
    seen = []
    for day in (ON + timedelta(days=59), ON + timedelta(days=60)):
        run_policies(actor=office, on=day)
        row = EntitlementFinding.objects.get()
        seen.append((row.state, row.answer))

    answer_finding(finding.pk, answer=A.GRANTED, actor=office)
    detail = current_state().pending[-1].detail
    assert seen == [(EntitlementState.DECIDED, A.APPLIED), (EntitlementState.NEW, A.APPLIED)]
    assert detail is not None
    assert (detail.before["answer"], detail.after["answer"]) == (A.APPLIED, A.GRANTED)


def test_answered_finding_is_settled_when_the_facts_agree(office: Actor) -> None:
    finding = one(office)
    answer_finding(finding.pk, answer=A.GRANTED, actor=office)
    year = finding.household.years.get()
    year.net_per_head_yuan = 9000
    year.save()

    run_policies(actor=office, on=ON)

    row = EntitlementFinding.objects.get()
    assert (row.state, row.answer, row.closed_on) == (EntitlementState.CLOSED, A.GRANTED, ON)


def test_answer_is_taken_back_with_a_reason(office: Actor) -> None:
    finding = one(office)
    answer_finding(finding.pk, answer=A.NOT_DUE, note="有赡养人", actor=office)

    back = withdraw_answer(finding.pk, reason="看错了户", actor=office, version=2)

    with pytest.raises(Conflict):
        withdraw_answer(finding.pk, reason="再来", actor=office)
    assert (back.state, back.answer, back.note, back.answered_on) == (EntitlementState.NEW, "", "", None)


def test_many_are_answered_all_or_none_at_the_price_of_one(
    office: Actor, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for serial in range(3):
        written(EXAMPLES["low_allowance"]["due"], serial=serial)
    run_policies(actor=office, on=ON)
    chosen = dict.fromkeys(EntitlementFinding.objects.values_list("pk", flat=True), 1)
    first = dict(list(chosen.items())[:1])

    with pytest.raises(NotFound):
        answer_findings({**chosen, uuid4(): 1}, answer=A.APPLIED, actor=office)
    with django_assert_num_queries(4):
        answer_findings(first, answer=A.APPLIED, actor=office)
    with pytest.raises(StaleVersion):
        answer_findings(chosen, answer=A.APPLIED, actor=office)
    with django_assert_num_queries(4):
        answer_findings(dict(list(chosen.items())[1:]), answer=A.APPLIED, actor=office)

    told = [one.event for one in current_state().pending if one.event.verb == "entitlements.answer"]
    assert EntitlementFinding.objects.filter(answer=A.APPLIED).count() == 3
    assert {event.object_id for event in told} == set(chosen)


@pytest.mark.parametrize(
    "changes",
    [
        {"state": "decided"},
        {"answer": "as_recorded", "answered_on": ON, "answered_by": uuid4(), "ask_again_on": date(2025, 1, 1)},
        {"state": "closed"},
        {"last_seen_on": date(2000, 1, 1)},
    ],
    ids=["no answer", "answer of the other kind", "no day", "days in disorder"],
)
def test_database_refuses_what_must_not_be(office: Actor, changes: dict[str, object]) -> None:
    finding = one(office)

    with pytest.raises(IntegrityError), savepoint():
        EntitlementFinding.objects.filter(pk=finding.pk).update(**changes)

    assert EntitlementFinding.objects.get().version == 1


def test_database_refuses_a_step_that_there_is_not(office: Actor) -> None:
    finding = one(office)
    answered = {"answer": "granted", "answered_on": ON, "answered_by": uuid4(), "ask_again_on": date(2025, 1, 1)}
    EntitlementFinding.objects.filter(pk=finding.pk).update(state="closed", closed_on=ON)

    with pytest.raises(IntegrityError, match="in no step"), savepoint():
        EntitlementFinding.objects.filter(pk=finding.pk).update(state="decided", closed_on=None, **answered)

    assert EntitlementFinding.objects.get().state == EntitlementState.CLOSED


@pytest.mark.parametrize(("sector", "count"), [(Sector.CIVIL_AFFAIRS, 1), (Sector.EDUCATION, 0), ("", 0)])
def test_sector_clerk_sees_the_policies_of_the_sector_alone(office: Actor, sector: str, count: int) -> None:
    finding = one(office)
    clerk = replace(actor_of(Role.SECTOR_CLERK), sector=sector)

    seen = entitlements_visible_to(clerk)

    assert [row.pk for row in seen] == [finding.pk] * count


def test_helper_sees_nothing_and_answers_nothing_when_no_household_is_paired(office: Actor) -> None:
    finding = one(office)
    helper = actor_of(Role.HELPER)

    with pytest.raises(NotFound):
        entitlement_visible(finding.pk, actor=helper)
    with pytest.raises(NotAllowed):
        answer_finding(finding.pk, answer=A.APPLIED, actor=helper)

    assert entitlement_visible(finding.pk, actor=office) == finding


def test_finding_goes_along_and_is_seen_there_alone_when_the_household_moves(office: Actor) -> None:
    one(office)
    rewrite_household_scope(Household.objects.get(), FAR_VILLAGE_CODE)

    seen = []
    for code in (VILLAGE_CODE, FAR_VILLAGE_CODE):
        with tenant_scope(actor_of(Role.VILLAGE_TEAM, area=code)) as team:
            seen.append(worklist(team).count())

    assert seen == [0, 1]


def test_run_puts_a_finding_into_the_village_of_its_household(office: Actor) -> None:
    finding = one(office)
    EntitlementFinding.objects.update(scope_code=FAR_VILLAGE_CODE)

    run_policies(actor=office, on=ON)

    assert EntitlementFinding.objects.values_list("scope_code", "version").get() == (VILLAGE_CODE, finding.version)


def test_counts_tell_what_is_open_and_what_was_answered(office: Actor) -> None:
    written(EXAMPLES["low_allowance"]["due"], serial=0)
    written(EXAMPLES["low_allowance"]["received"], serial=1)
    run_policies(actor=office, on=ON)
    answer_finding(
        EntitlementFinding.objects.get(kind=EntitlementKind.RECEIVED_NOT_DUE).pk,
        answer=A.AS_RECORDED,
        note="重病",
        actor=office,
    )

    assert counts_by_village(office) == [OpenCount("549901100200", 1, 0)]
    assert counts_by_answer(office) == [
        AnswerCount("low_allowance", "due_not_received", "new", "", 1),
        AnswerCount("low_allowance", "received_not_due", "decided", "as_recorded", 1),
    ]


def test_helper_sees_what_is_open_of_the_paired_household_alone() -> None:
    account = person(Role.HELPER)
    with tenant_scope(county_office()) as actor:
        homes = [written(EXAMPLES["low_allowance"]["due"], serial=serial).household for serial in range(2)]
        helper = HelperFactory.create()
        paired(homes[0], helper=helper)
        link_login(helper.pk, account.username, actor=actor)
        run_policies(actor=actor, on=ON)

    with tenant_scope(at_work(account)) as actor:
        seen = list(worklist(actor).values_list("household_id", flat=True))

    assert seen == [homes[0].pk]


@pytest.mark.parametrize("count", [1, 3])
def test_worklist_costs_as_much_for_many_as_for_one(
    office: Actor, django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    for serial in range(count):
        written(EXAMPLES["low_allowance"]["due"], serial=serial)
    run_policies(actor=office, on=ON)

    with django_assert_num_queries(3):
        rows = list(worklist(office))
        words = found_of_many(rows)

    assert (len(rows), len(words), {row.household.number for row in rows} != set()) == (count, count, True)
