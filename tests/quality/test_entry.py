"""What a save of one household does: refuse what newly breaks a rule, keep warnings, close what is right."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from households.domain.drafts import YearDraft
from households.domain.facts import record_household_year
from households.domain.members import amend_relation
from households.models import Household, Membership
from quality.domain.running import RuleBroken, check_household, run_rules
from quality.enums import FindingState
from quality.models import Finding
from registry.lib.periods import today
from registry.tenancy.context import Actor
from registry.tenancy.scope import savepoint
from tests.factories.households import PersonDraftFactory, document_number, registered

pytestmark = pytest.mark.django_db


def family() -> tuple[Household, Membership]:
    """Register a head, his wife and his son."""
    kin = (("01", 11), ("02", 12), ("03", 13))
    members = [
        PersonDraftFactory.build(relation_code=code, document_number=document_number(serial, birth="19800101"))
        for code, serial in kin
    ]
    household = registered(members=tuple(members), status="lifted", phone="17900000001")
    return household, Membership.objects.get(household=household, relation_code="03")


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
        check_household(household.pk)
    with CaptureQueriesContext(connection) as again:
        check_household(None, person_id=son.person_id)

    assert (len(first), len(again), Finding.objects.count() > 0) == (3, 2, True)


def test_findings_of_another_household_stay_when_one_is_checked(office: Actor) -> None:
    family()
    other = registered(phone="17900000002")
    run_rules(actor=office)
    before = list(Finding.objects.filter(household=other).values_list("id", "state"))

    check_household(Household.objects.exclude(pk=other.pk).get().pk)

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
