"""What a save of one household does: refuse what newly breaks a rule, keep warnings, close what is right."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from assistance.models import Measure
from households.domain.drafts import YearDraft
from households.domain.facts import record_household_year
from households.domain.members import amend_relation
from households.domain.work import WorkDraft, record_work_of_many
from households.models import Household, Membership
from quality.domain.running import RuleBroken, check_households, run_rules
from quality.enums import FindingState
from quality.models import Finding
from registry.audit import record
from registry.enums import Role
from registry.lib.gbcode import subtree
from registry.lib.periods import today
from registry.models import Job
from registry.tenancy.context import Actor, take_notices
from registry.tenancy.scope import savepoint, tenant_scope
from tests.factories.households import PersonDraftFactory, document_number, registered
from tests.factories.tenants import COUNTY_CODE, TOWNSHIP_CODE, actor_of

pytestmark = pytest.mark.django_db

JOB = {"category_code": "40", "item_code": "4001", "is_development": True, "state_code": "1"}


def family() -> tuple[Household, Membership]:
    """Register a head, his wife and his son."""
    kin = (("01", 11), ("02", 12), ("03", 13))
    members = [
        PersonDraftFactory.build(relation_code=code, document_number=document_number(serial, birth="19800101"))
        for code, serial in kin
    ]
    household = registered(members=tuple(members), status="lifted", phone="17900000001")
    return household, Membership.objects.get(household=household, relation_code="03")


def undone_after_a_warning() -> None:
    """Register a household with a warning, and undo it."""
    with savepoint():
        registered(phone="")
        raise RuleBroken("quality.test", "undone")


def codes() -> dict[str, str]:
    return dict(Finding.objects.values_list("rule_code", "state"))


def year(**values: Any) -> YearDraft:
    stated: dict[str, Any] = {
        "year": today().year,
        "is_declared": True,
        "net_per_head_yuan": Decimal(9000),
        "source": "花名册",
        "safe_water": True,
        "dangerous_housing": False,
    }
    return YearDraft(**(stated | values))


def test_save_is_refused_with_the_sentence_when_it_newly_breaks_a_hard_rule(office: Actor) -> None:
    household, son = family()

    with pytest.raises(RuleBroken) as refused, savepoint():
        amend_relation(household.pk, son.person_id, "04", actor=office, reason="误填")

    with translation.override("zh-hans"):
        sentence = str(refused.value.message)
    son.refresh_from_db()
    assert (refused.value.code, son.relation_code) == ("quality.R07-01", "03")
    assert sentence == "与户主关系应为女性，性别却为男。请更正与户主关系，或核对证件号码。"


def test_save_is_taken_when_the_hard_rule_was_broken_before(office: Actor) -> None:
    household, son = family()
    Membership.objects.filter(pk=son.pk).update(relation_code="04")
    run_rules(actor=office)

    record_household_year(household.pk, year(), actor=office)

    assert codes()["R07-01"] == FindingState.NEW


def test_warning_is_kept_and_closed_when_saves_break_and_mend_it(office: Actor) -> None:
    household, _son = family()
    seen = []
    for water in (False, True, False):
        record_household_year(household.pk, year(safe_water=water), actor=office)
        seen.append(codes().get("R44-02"))

    assert seen == [FindingState.NEW, FindingState.FIXED, FindingState.NEW]


def test_check_costs_three_queries_at_most_when_something_changes(office: Actor) -> None:
    household, son = family()
    Household.objects.filter(pk=household.pk).update(phone_sealed=None, phone_index=None)

    with CaptureQueriesContext(connection) as first:
        check_households("households.household", [household.pk])
    with CaptureQueriesContext(connection) as again:
        check_households("households.person", [son.person_id])

    assert (len(first), len(again), Finding.objects.count() > 0) == (3, 2, True)


def test_check_costs_three_queries_at_most_when_measures_begin_or_change(office: Actor) -> None:
    households = [family()[0], *(registered(phone=f"1790000001{number}") for number in range(2))]
    rows = [Measure(household=row, scope_code=row.scope_code, starts_on=date(2024, 1, 1), **JOB) for row in households]
    measures = Measure.objects.bulk_create(rows)

    with CaptureQueriesContext(connection) as began:
        check_households("assistance.measure", [measures[0].pk])
    with CaptureQueriesContext(connection) as again:
        check_households("assistance.measure", [measures[0].pk])
    with CaptureQueriesContext(connection) as many:
        check_households("assistance.measure", [row.pk for row in measures])

    found = set(Finding.objects.filter(rule_code="R55-07").values_list("household_id", flat=True))
    assert (len(began), len(again), len(many)) == (3, 2, 3)
    assert found == {row.pk for row in households}


def test_findings_of_another_household_stay_when_one_is_checked(office: Actor) -> None:
    family()
    other = registered(phone="17900000002")
    run_rules(actor=office)
    before = list(Finding.objects.filter(household=other).values_list("id", "state"))

    check_households("households.household", [Household.objects.exclude(pk=other.pk).get().pk])

    assert (before != [], list(Finding.objects.filter(household=other).values_list("id", "state"))) == (True, before)


def test_age_is_counted_at_the_data_date_when_the_run_names_one(office: Actor) -> None:
    child = PersonDraftFactory.build(
        relation_code="03", document_number=document_number(15, birth="20100601"), skill_code="1"
    )
    head = PersonDraftFactory.build(relation_code="01")
    registered(members=(head, child), facts=year(year=2026))

    run_rules(actor=office, on=date(2026, 5, 31))
    before = codes().get("R20-01")
    run_rules(actor=office, on=date(2026, 6, 1))

    assert [before, codes().get("R20-01")] == [FindingState.NEW, FindingState.FIXED]


def test_bulk_check_costs_as_much_as_one_when_many_were_saved(office: Actor) -> None:
    households = [registered(phone=f"1790000000{number}") for number in range(3)]
    Household.objects.update(phone_sealed=None, phone_index=None)
    ids = [household.pk for household in households]

    with CaptureQueriesContext(connection) as queries:
        offences = check_households("households.household", ids)

    broken = {offence.household_id for offence in offences if offence.rule_code == "R16-01"}
    assert (len(queries), broken) == (3, set(ids))
    assert set(Finding.objects.filter(rule_code="R16-01").values_list("household_id", flat=True)) == set(ids)


def test_registration_is_refused_when_a_member_breaks_a_hard_rule(office: Actor) -> None:
    head = PersonDraftFactory.build(relation_code="01")
    daughter = PersonDraftFactory.build(relation_code="04", document_number=document_number(15))

    with pytest.raises(RuleBroken) as refused, savepoint():
        registered(members=(head, daughter))

    assert (refused.value.code, Household.objects.count()) == ("quality.R07-01", 0)


def test_warnings_are_left_for_the_door_when_a_household_is_registered(office: Actor) -> None:
    take_notices()

    household = registered(phone="")

    told = take_notices()
    assert ("quality.R16-01", codes()["R16-01"]) in {(told_one.code, FindingState.NEW) for told_one in told}
    assert Finding.objects.get(rule_code="R16-01").household_id == household.pk


def test_household_is_checked_when_work_of_its_member_is_recorded(office: Actor) -> None:
    _household, son = family()
    work = WorkDraft(starts_on=today().replace(day=1))

    record_work_of_many([(son.person_id, work)], actor=office)

    assert codes()["R33-02"] == FindingState.NEW


def test_former_household_is_checked_when_a_person_who_left_is_saved(office: Actor) -> None:
    household, son = family()
    run_rules(actor=office)
    Household.objects.filter(pk=household.pk).update(phone_sealed=None, phone_index=None)
    Membership.objects.filter(pk=son.pk).update(ends_on=today(), end_reason_code="21")

    offences = check_households("households.person", [son.person_id])

    assert "R16-01" in {offence.rule_code for offence in offences}


def test_run_after_a_roster_is_of_the_whole_county_when_a_township_brought_it() -> None:
    with tenant_scope(actor_of(Role.TOWNSHIP_CLERK, area=TOWNSHIP_CODE)) as clerk:
        record("exchange.apply_roster", actor=clerk)

        job = Job.objects.get(kind="quality.run_rules")

    assert (job.actor["role"], job.actor["ranges"]) == (Role.SERVICE, [[COUNTY_CODE, subtree(COUNTY_CODE).hi]])


def test_notices_are_gone_when_what_they_tell_of_was_undone(office: Actor) -> None:
    take_notices()

    with pytest.raises(RuleBroken):
        undone_after_a_warning()

    assert take_notices() == []
