"""The member form: what excludes what, where somebody works, and the marks of a disability certificate."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError

from households.domain.amend import amend_person
from households.domain.facts import PersonYearDraft, record_person_year
from households.domain.members import add_person
from households.domain.person_facts import FACT_COLUMNS, PersonFacts
from households.domain.register import register_households
from households.domain.visits import VisitDraft, record_visit
from households.enums import PostingKind
from households.models import Membership, Person, PersonYear, Visit
from households.queries.lists import person_years
from registry.lib.errors import DomainError
from registry.lib.periods import today
from registry.tenancy.context import Actor
from registry.tenancy.scope import savepoint
from tests.factories.households import HouseholdDraftFactory, PersonDraftFactory, document_number, registered
from tests.factories.tenants import COUNTY_CODE, VILLAGE_CODE
from tests.factories.villages import VillageFactory
from tests.households.test_visits import settle_findings

CARD = document_number(211, birth="19700101")
FULL = PersonYearDraft(
    year=2020,
    education_code="3",
    health_codes=("2", "4"),
    dropout_reason_code="9",
    disability_card_year=2015,
    skill_code="2",
    work_place="示例镇",
    work_division_code=COUNTY_CODE,
    works_abroad=False,
    work_months=Decimal("6.5"),
    employer="示例企业",
    employment_channel_code="1",
    industry_code="E",
    public_post_code="01",
    public_post_months=Decimal("3.0"),
    minimum_living_allowance_code="1",
    special_support_code="0",
    has_basic_medical=True,
    has_employee_medical=False,
    receives_medical_assistance=True,
    is_in_military_service=False,
    is_unsupported_child=False,
    graduate_unemployed_reason="待业",
)


def somebody() -> Person:
    found: Person = Membership.objects.get(household=registered(), relation_code="01").person
    return found


def test_every_fact_is_a_column_of_the_draft_tables_in_its_order() -> None:
    assert list(FACT_COLUMNS) == list(PersonFacts.__dataclass_fields__)


def test_year_keeps_every_fact_when_it_is_recorded(office: Actor) -> None:
    person = somebody()

    record_person_year(person.pk, FULL, actor=office)

    row = PersonYear.objects.get(person=person)
    kept = {name: getattr(row, name) for name in FACT_COLUMNS}
    assert kept == {name: getattr(FULL, name) for name in FACT_COLUMNS} | {"health_codes": ["2", "4"]}


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"school_code": "21"}, "person.education_of_student", "education_code"),
        ({"health_codes": ("1", "2")}, "person.healthy_and_ill", "health_codes"),
        ({"works_abroad": True}, "person.abroad_in_division", "work_division_code"),
        ({"work_division_code": VILLAGE_CODE}, "work.division", "work_division_code"),
        ({"work_division_code": "110000"}, "work.division", "work_division_code"),
        ({"work_division_code": "999999000000"}, "work.division", "work_division_code"),
        ({"public_post_code": "77"}, "code.unknown", "public_post_code"),
        ({"public_post_months": Decimal("12.5")}, "database.personyear_post_months_are_twelve_at_most", None),
        ({"disability_card_year": 1980}, "database.personyear_card_year_is_plausible", None),
    ],
)
def test_year_is_refused_with_its_field_when_facts_cannot_be_true(
    office: Actor, changes: dict[str, Any], code: str, field: str | None
) -> None:
    person = somebody()

    with pytest.raises(DomainError) as refused:
        record_person_year(person.pk, replace(FULL, **changes), actor=office)

    assert (refused.value.code, refused.value.field) == (code, field)
    assert not PersonYear.objects.exists()


@pytest.mark.parametrize(
    "changes",
    [
        {"education_code": "3", "school_code": "21"},
        {"health_codes": ["1", "4"]},
        {"works_abroad": True, "work_division_code": COUNTY_CODE},
        {"work_division_code": "54"},
    ],
)
def test_database_refuses_a_year_when_nobody_checked_it(office: Actor, changes: dict[str, Any]) -> None:
    person = somebody()
    record_person_year(person.pk, PersonYearDraft(year=2020), actor=office)

    with pytest.raises(IntegrityError), savepoint():
        PersonYear.objects.filter(person=person).update(**changes)


@pytest.mark.parametrize("school", ["", "00"])
def test_year_is_taken_when_the_person_is_not_at_school(office: Actor, school: str) -> None:
    record_person_year(somebody().pk, replace(FULL, school_code=school), actor=office)

    assert PersonYear.objects.get().education_code == "3"


# --- marks of a disability certificate --------------------------------------------------------------------------------
def marks(person: Person) -> tuple[str, str]:
    person.refresh_from_db()
    return person.disability_category_code, person.disability_grade_code


@pytest.mark.parametrize(("tail", "read"), [("", ("", "")), ("42", ("4", "2")), ("71B1", ("7", "1"))])
def test_marks_are_read_when_a_household_is_registered(office: Actor, tail: str, read: tuple[str, str]) -> None:
    VillageFactory.create(code=VILLAGE_CODE)
    head = PersonDraftFactory.build(relation_code="01", document_number=CARD + tail)
    draft = HouseholdDraftFactory.build(members=(head,))

    register_households([draft], actor=office, on=date(2020, 12, 15), kind=PostingKind.FILED)

    assert marks(Person.objects.get()) == read


@pytest.mark.parametrize(("tail", "read"), [("", ("", "")), ("13", ("1", "3"))])
def test_marks_are_read_when_a_person_joins(office: Actor, tail: str, read: tuple[str, str]) -> None:
    household = registered()
    draft = PersonDraftFactory.build(document_number=CARD + tail)

    joined = add_person(household.pk, draft, actor=office, on=date(2021, 2, 1), reason_code="12")

    assert marks(joined.person) == read


def test_marks_follow_the_document_when_it_is_replaced_and_replaced_again(office: Actor) -> None:
    person = somebody()

    amend_person(person.pk, {"document_number": f"{CARD}42"}, actor=office, version=1)
    as_certificate = marks(person)
    amend_person(person.pk, {"document_number": CARD}, actor=office, version=2)

    assert (as_certificate, marks(person)) == (("4", "2"), ("", ""))


def test_database_refuses_marks_when_the_document_is_an_identity_card(office: Actor) -> None:
    person = somebody()

    with pytest.raises(IntegrityError), savepoint():
        Person.objects.filter(pk=person.pk).update(disability_category_code="4", disability_grade_code="2")


def visit_to(person: Person, actor: Actor, visited_on: date, **values: Any) -> Visit:
    household = Membership.objects.get(person=person).household_id
    told = {"source": "户主口述", "living": {"fuel_code": "2"}, **values}
    return record_visit(household, VisitDraft(year=visited_on.year, visited_on=visited_on, **told), actor=actor)


def test_year_names_the_visit_when_it_is_told_in_it(office: Actor) -> None:
    person = somebody()
    earlier, of_today = visit_to(person, office, date(2021, 11, 1)), visit_to(person, office, today())
    named = replace(FULL, year=2021)

    record_person_year(person.pk, named, actor=office, visit_id=earlier.id)
    record_person_year(person.pk, replace(FULL, year=today().year), actor=office)
    record_person_year(person.pk, FULL, actor=office)

    visits = dict(PersonYear.objects.values_list("year", "visit_id"))
    assert visits == {2020: None, 2021: earlier.id, today().year: of_today.id}
    shown = {row["year"]: row for row in person_years(person.pk)}[2021]
    assert (shown["visited_on"], shown["visit_source"]) == (date(2021, 11, 1), "户主口述")
    assert shown["collector_name"] == earlier.collector_name


def test_year_leaves_its_visit_only_when_the_facts_change_outside_one(office: Actor) -> None:
    person = somebody()
    visit = visit_to(person, office, date(2021, 11, 1))
    told = replace(FULL, year=2021)
    record_person_year(person.pk, told, actor=office, visit_id=visit.id)
    version = Person.objects.get(pk=person.pk).version

    record_person_year(person.pk, told, actor=office)
    assert (PersonYear.objects.get().visit_id, Person.objects.get(pk=person.pk).version) == (visit.id, version)

    record_person_year(person.pk, replace(told, work_place="拉萨"), actor=office)
    assert PersonYear.objects.get().visit_id is None


def test_carried_years_name_the_visit_when_members_are_confirmed(office: Actor) -> None:
    person = somebody()
    visit_to(person, office, date(2021, 11, 1))
    record_person_year(person.pk, replace(FULL, year=2021), actor=office)

    settle_findings()
    visit = visit_to(person, office, date(2022, 11, 1), confirmed=("members",))

    assert PersonYear.objects.get(year=2022).visit_id == visit.id
    assert PersonYear.objects.get(year=2021).visit_id is None


def test_visit_is_refused_when_it_is_of_another_household_or_year(office: Actor) -> None:
    person, other = somebody(), somebody()
    visit = visit_to(person, office, date(2021, 11, 1))

    for who, year in ((other, 2021), (person, 2020)):
        with pytest.raises(DomainError) as refused:
            record_person_year(who.pk, replace(FULL, year=year), actor=office, visit_id=visit.id)
        assert (refused.value.code, refused.value.field) == ("visit.of_nobody_here", "visit_id")
    assert not PersonYear.objects.exists()
