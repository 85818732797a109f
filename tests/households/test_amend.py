"""Amending, yearly facts, revealing, and bringing households up to date from drafts."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from households.domain.amend import HouseholdChanges, amend_household, amend_person
from households.domain.drafts import YearDraft
from households.domain.facts import PersonYearDraft, record_household_year, record_person_year
from households.domain.reveal import reveal_of_household, reveal_of_person
from households.models import Household, HouseholdYear, Membership, Person, PersonYear
from registry.enums import Role
from registry.lib.errors import Conflict, DomainError, NotAllowed, StaleVersion
from registry.models import AuditDetail, AuditEvent
from registry.tenancy.context import Actor
from registry.tenancy.scope import tenant_scope
from tests.factories.households import (
    PersonDraftFactory,
    document_number,
    registered,
)
from tests.factories.tenants import actor_of, county_office

FACTS = YearDraft(year=2020, net_per_head_yuan=Decimal("6762.95"), is_declared=True, source="roster", safe_water=True)


def test_amending_writes_what_differs_when_the_version_is_right(office: Actor) -> None:
    household = registered(group_name="1组")

    amended = amend_household(household.id, {"group_name": "2组", "phone": "179 1000 0001"}, actor=office, version=1)

    assert (amended.group_name, amended.version) == ("2组", 2)
    assert reveal_of_household(household.id, "phone", actor=office, reason="入户核实") == "17910000001"


def test_amending_is_refused_when_the_version_is_old(office: Actor) -> None:
    household = registered()
    amend_household(household.id, {"group_name": "2组"}, actor=office, version=1)

    with pytest.raises(StaleVersion):
        amend_household(household.id, {"group_name": "3组"}, actor=office, version=1)

    assert Household.objects.get().group_name == "2组"


def test_amending_counts_no_version_up_when_nothing_differs(office: Actor) -> None:
    household = registered(phone="17910000001")

    amended = amend_household(household.id, {"phone": "17910000001"}, actor=office, version=1)

    assert amended.version == 1


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"main_cause_code": "77"}, "code.unknown"),
        ({"other_cause_codes": ["01"]}, "cause.twice"),
        ({"account": "12"}, "account.malformed"),
        ({"identified_on": date(2999, 1, 1)}, "date.in_future"),
        ({"number": "户 1"}, "database.household_number_has_its_shape"),
    ],
)
def test_amending_is_refused_when_a_value_is_impossible(office: Actor, changes: HouseholdChanges, code: str) -> None:
    household = registered()

    with pytest.raises(DomainError) as refused:
        amend_household(household.id, changes, actor=office, version=1)

    assert (refused.value.code, Household.objects.get().version) == (code, 1)


def test_number_is_refused_when_another_household_has_it(office: Actor) -> None:
    household, other = registered(), registered()

    with pytest.raises(Conflict, match="on file"):
        amend_household(household.id, {"number": other.number}, actor=office, version=1)

    assert Household.objects.get(pk=household.id).number == household.number


def test_new_document_decides_sex_and_birth_when_a_placeholder_gets_one(office: Actor) -> None:
    child = PersonDraftFactory.build(document_number="", sex_code="0", relation_code="04")
    registered(members=(PersonDraftFactory.build(relation_code="01"), child))
    person = Person.objects.get(is_placeholder=True)

    amended = amend_person(
        person.id, {"document_number": document_number(502, birth="20190203")}, actor=office, version=1
    )

    assert (amended.is_placeholder, amended.sex_code, amended.birth_on) == (False, "2", date(2019, 2, 3))
    assert amended.document_code == "1"


@pytest.mark.parametrize("marks", ["44", "4401"])
def test_disability_card_replaces_the_identity_card_when_it_is_the_same_person(office: Actor, marks: str) -> None:
    household = registered()
    person = Membership.objects.get(household=household, relation_code="02").person
    number = reveal_of_person(person.id, "document", actor=office, reason="核对身份")

    amended = amend_person(person.id, {"document_number": number + marks}, actor=office, version=1)
    again = amend_person(person.id, {"document_number": number + marks}, actor=office, version=2)

    assert reveal_of_person(person.id, "document", actor=office, reason="核对身份") == number + marks
    assert (amended.document_code, amended.version, again.version) == ("2", 2, 2)


def test_disability_card_replaces_another_one_when_it_was_issued_again(office: Actor) -> None:
    card = document_number(7) + "44"
    head = PersonDraftFactory.build(relation_code="01", document_number=card)
    registered(members=(head,))

    amended = amend_person(Person.objects.get().id, {"document_number": card + "01"}, actor=office, version=1)

    assert reveal_of_person(amended.id, "document", actor=office, reason="核对身份") == card + "01"


def test_document_is_refused_when_another_person_has_it(office: Actor) -> None:
    household = registered()
    head, spouse = (Membership.objects.get(household=household, relation_code=code).person for code in ("01", "02"))
    number = reveal_of_person(head.id, "document", actor=office, reason="核对身份")

    with pytest.raises(Conflict) as refused:
        amend_person(spouse.id, {"document_number": number + "44"}, actor=office, version=1)

    assert refused.value.code == "database.person_document_once_a_tenant"


def test_birth_is_refused_when_it_contradicts_the_document(office: Actor) -> None:
    household = registered()
    person = Membership.objects.get(household=household, relation_code="02").person

    with pytest.raises(DomainError) as refused:
        amend_person(person.id, {"birth_on": date(1999, 9, 9)}, actor=office, version=1)

    assert refused.value.code == "document.decides"


@pytest.mark.parametrize(
    ("changes", "kept"),
    [
        ({"identified_on": date(2017, 12, 5)}, (date(2017, 12, 5), "day")),
        ({"identified_on": date(2017, 12, 1), "identified_precision": "month"}, (date(2017, 12, 1), "month")),
        ({"identified_on": None}, (None, "")),
    ],
)
def test_precision_follows_the_date_when_amended(
    office: Actor, changes: HouseholdChanges, kept: tuple[date | None, str]
) -> None:
    household = registered(identified_on=date(2016, 1, 1), identified_precision="month")

    amended = amend_household(household.id, changes, actor=office, version=1)

    assert (amended.identified_on, amended.identified_precision) == kept


def test_birth_is_refused_when_the_person_is_a_member_from_before(office: Actor) -> None:
    child = PersonDraftFactory.build(
        document_number="", sex_code="1", relation_code="03", birth_on=date(2018, 1, 1), starts_on=date(2018, 1, 1)
    )
    registered(members=(PersonDraftFactory.build(relation_code="01"), child))
    person = Person.objects.get(is_placeholder=True)

    with pytest.raises(DomainError) as refused:
        amend_person(person.id, {"birth_on": date(2018, 1, 2)}, actor=office, version=1)
    amended = amend_person(person.id, {"birth_on": date(2017, 12, 30)}, actor=office, version=1)

    assert (refused.value.code, amended.birth_on, amended.birth_precision) == (
        "date.before_birth",
        date(2017, 12, 30),
        "day",
    )


def test_year_is_refused_when_nobody_lived_in_the_household(office: Actor) -> None:
    facts = YearDraft(
        year=2020,
        period_start=date(2020, 1, 1),
        period_end=date(2021, 1, 1),
        person_count=0,
        wage_income_yuan=Decimal(0),
        business_income_yuan=Decimal(0),
        property_income_yuan=Decimal(0),
        transfer_income_yuan=Decimal(0),
        business_cost_yuan=Decimal(0),
    )
    household = registered()

    with pytest.raises(DomainError) as refused:
        record_household_year(household.id, facts, actor=office)
    record_household_year(household.id, replace(facts, person_count=1), actor=office)

    assert refused.value.code == "money.no_persons"


def test_year_is_computed_from_its_classes_when_recorded(office: Actor) -> None:
    household = registered()
    classes = YearDraft(
        year=2021,
        period_start=date(2020, 10, 1),
        period_end=date(2021, 10, 1),
        person_count=2,
        wage_income_yuan=Decimal(8000),
        business_income_yuan=Decimal(3000),
        property_income_yuan=Decimal(0),
        transfer_income_yuan=Decimal(1200),
        business_cost_yuan=Decimal(1500),
        net_per_head_yuan=Decimal(1),
    )

    row = record_household_year(household.id, classes, actor=office, version=1)

    assert (row.net_per_head_yuan, Household.objects.get().version) == (Decimal("5350.00"), 2)


def test_year_is_refused_when_income_is_declared_without_a_source(office: Actor) -> None:
    household = registered()

    with pytest.raises(Conflict) as refused:
        record_household_year(household.id, replace(FACTS, source=""), actor=office)
    record_household_year(household.id, FACTS, actor=office)

    assert refused.value.code == "database.householdyear_income_is_computed_or_declared"
    assert HouseholdYear.objects.count() == 1


def test_person_year_is_overwritten_when_recorded_again(office: Actor) -> None:
    household = registered()
    person = Membership.objects.get(household=household, relation_code="02").person
    record_person_year(person.id, PersonYearDraft(year=2021, education_code="2"), actor=office)

    record_person_year(person.id, PersonYearDraft(year=2021, education_code="3"), actor=office, version=2)

    assert list(PersonYear.objects.values_list("education_code", flat=True)) == ["3"]


def test_year_is_refused_when_the_household_or_person_changed_meanwhile(office: Actor) -> None:
    household = registered()
    person = Membership.objects.get(household=household, relation_code="02").person
    record_household_year(household.id, FACTS, actor=office, version=1)
    record_person_year(person.id, PersonYearDraft(year=2021, education_code="2"), actor=office, version=1)

    with pytest.raises(StaleVersion):
        record_household_year(household.id, replace(FACTS, safe_water=False), actor=office, version=1)
    with pytest.raises(StaleVersion):
        record_person_year(person.id, PersonYearDraft(year=2021, education_code="3"), actor=office, version=1)

    assert (HouseholdYear.objects.get().safe_water, PersonYear.objects.get().education_code) == (True, "2")


def test_year_counts_no_version_up_when_nothing_differs(office: Actor) -> None:
    household = registered(facts=FACTS)

    record_household_year(household.id, FACTS, actor=office, version=1)

    assert Household.objects.get().version == 1


def test_reveal_is_audited_without_the_value_when_a_reason_is_given(db: None) -> None:
    with tenant_scope(county_office()) as actor:
        household = registered()
        person = Membership.objects.get(household=household, relation_code="01").person
    with tenant_scope(actor):
        number = reveal_of_person(person.id, "document", actor=actor, reason="核对身份")

    with tenant_scope(actor_of(Role.AUDIT_ADMINISTRATOR)):
        event = AuditEvent.objects.get(verb="households.reveal")
    with tenant_scope(actor):
        detail = AuditDetail.objects.get(event=event.id)
    assert (event.field_names, event.reason, event.object_id) == (["document_sealed"], "核对身份", person.id)
    assert number not in str((detail.before, detail.after))


def test_reveal_is_refused_when_reason_or_right_is_missing(office: Actor) -> None:
    household = registered(phone="17910000001")
    sector = actor_of(Role.SECTOR_CLERK)

    with pytest.raises(DomainError, match="reason"):
        reveal_of_household(household.id, "phone", actor=office, reason=" ")
    with tenant_scope(sector), pytest.raises(NotAllowed):
        reveal_of_household(household.id, "phone", actor=sector, reason="查询")
