"""Work records: months that never overlap, bulk writes that may be repeated, withdrawal, who sees and writes them."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError
from pytest_django.fixtures import DjangoAssertNumQueries

from households.domain.move import move_household
from households.domain.work import WorkDraft, amend_work, record_work, record_work_of_many, withdraw_work
from households.models import Membership, Person, WorkRecord
from registry.enums import Role
from registry.lib.errors import Conflict, DomainError, NotAllowed, NotFound, StaleVersion
from registry.tenancy.context import Actor
from registry.tenancy.scope import savepoint, tenant_scope
from tests.factories.households import registered
from tests.factories.tenants import (
    COUNTY_CODE,
    FAR_VILLAGE_CODE,
    NEXT_VILLAGE_CODE,
    OTHER_COUNTY_CODE,
    OTHER_VILLAGE_CODE,
    VILLAGE_CODE,
    actor_of,
    county,
    county_office,
)
from tests.factories.villages import VillageFactory
from tests.households.test_api import client, household, post

MARCH, MAY, JULY = date(2021, 3, 1), date(2021, 5, 1), date(2021, 7, 1)
WORK = WorkDraft(
    starts_on=MARCH,
    ends_on=JULY,
    division_code=COUNTY_CODE,
    employer="示例企业",
    industry_code="E",
    monthly_income_yuan=Decimal("3500.00"),
    channel_code="1",
    is_point_to_point=True,
    transport_subsidy_yuan=Decimal("300.00"),
    service_codes=("3",),
)


def somebody(**values: Any) -> Person:
    found: Person = (
        Membership.objects.select_related("person").get(household=registered(**values), relation_code="01").person
    )
    return found


def test_record_keeps_what_was_stated(office: Actor) -> None:
    row = record_work(somebody().pk, WORK, actor=office)

    row.refresh_from_db()
    kept = {name: getattr(row, name) for name in WorkDraft.__dataclass_fields__}
    assert kept == {name: getattr(WORK, name) for name in kept} | {"service_codes": ["3"]}
    assert (row.year, row.scope_code, row.version) == (2021, VILLAGE_CODE, 1)


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"starts_on": date(2021, 3, 2)}, "work.whole_months", "starts_on"),
        ({"ends_on": date(2021, 5, 31)}, "work.whole_months", "starts_on"),
        ({"ends_on": MARCH}, "work.ends_before_start", "ends_on"),
        ({"ends_on": date(2022, 2, 1)}, "work.beyond_year", "ends_on"),
        ({"starts_on": date(2099, 1, 1), "ends_on": None}, "work.in_future", "starts_on"),
        ({"division_code": VILLAGE_CODE}, "work.division", "division_code"),
        ({"industry_code": "Z"}, "code.unknown", "industry_code"),
        ({"service_codes": ("77",)}, "code.unknown", "service_codes"),
        ({"monthly_income_yuan": Decimal(-1)}, "database.workrecord_money_is_not_negative", None),
    ],
)
def test_record_is_refused_with_its_field_when_it_cannot_be(
    office: Actor, changes: dict[str, Any], code: str, field: str | None
) -> None:
    person = somebody()

    with pytest.raises(DomainError) as refused:
        record_work(person.pk, replace(WORK, **changes), actor=office)

    assert (refused.value.code, refused.value.field) == (code, field)
    assert not WorkRecord.objects.exists()


@pytest.mark.parametrize("first", [WORK, replace(WORK, ends_on=None)])
def test_second_record_is_refused_when_it_shares_a_month(office: Actor, first: WorkDraft) -> None:
    person = somebody()
    record_work(person.pk, first, actor=office)

    with pytest.raises(Conflict) as refused:
        record_work(person.pk, WorkDraft(starts_on=MAY), actor=office)

    assert refused.value.code == "database.workrecord_one_a_month"


def test_records_stand_side_by_side_when_months_kind_or_year_differ(office: Actor) -> None:
    person = somebody()
    record_work(person.pk, WORK, actor=office)

    record_work(person.pk, WorkDraft(starts_on=JULY), actor=office)
    record_work(person.pk, WorkDraft(starts_on=MAY, is_planned=True), actor=office)
    record_work(person.pk, WorkDraft(starts_on=date(2022, 1, 1)), actor=office)

    assert WorkRecord.objects.filter(person=person).count() == 4


def test_database_refuses_part_of_a_month_when_nobody_checked_it(office: Actor) -> None:
    row = record_work(somebody().pk, WORK, actor=office)

    with pytest.raises(IntegrityError), savepoint():
        WorkRecord.objects.filter(pk=row.pk).update(ends_on=date(2021, 6, 30))


# --- many at once -----------------------------------------------------------------------------------------------------
def test_same_list_changes_nothing_when_it_comes_again(office: Actor) -> None:
    people = [somebody(), somebody()]
    drafts = [(person.pk, WORK) for person in people]
    first = record_work_of_many(drafts, actor=office)

    again = record_work_of_many(drafts, actor=office)

    assert [row.pk for row in again] == [row.pk for row in first]
    assert list(WorkRecord.objects.values_list("version", flat=True)) == [1, 1]


def test_list_brings_a_record_up_to_date_when_its_first_month_is_on_file(office: Actor) -> None:
    person = somebody()
    row = record_work(person.pk, replace(WORK, ends_on=None), actor=office)

    record_work_of_many([(person.pk, WORK)], actor=office)

    row.refresh_from_db()
    assert (row.ends_on, row.version) == (JULY, 2)


def test_list_is_refused_as_a_whole_when_one_record_is_wrong(office: Actor) -> None:
    drafts = [(somebody().pk, WORK), (somebody().pk, replace(WORK, industry_code="Z"))]

    with pytest.raises(DomainError) as refused:
        record_work_of_many(drafts, actor=office)

    assert refused.value.field == "records.1.industry_code"
    assert str(refused.value.message).startswith("Record 2 of the list: ")
    assert not WorkRecord.objects.exists()


@pytest.mark.parametrize("count", [1, 3])
def test_list_costs_the_same_when_it_is_longer(
    office: Actor, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    drafts = [(somebody().pk, WORK) for _number in range(count)]

    # Divisions, persons, records on file, savepoint, insert, release.
    with django_assert_num_queries(8):
        record_work_of_many(drafts, actor=office)


# --- afterwards -------------------------------------------------------------------------------------------------------
def test_amendment_is_refused_when_somebody_else_was_first(office: Actor) -> None:
    row = record_work(somebody().pk, WORK, actor=office)
    amend_work(row.pk, replace(WORK, ends_on=MAY), actor=office, version=1)

    with pytest.raises(StaleVersion):
        amend_work(row.pk, WORK, actor=office, version=1)

    row.refresh_from_db()
    assert (row.ends_on, row.version) == (MAY, 2)


def test_withdrawn_record_leaves_its_months_free_and_stays_on_file(office: Actor) -> None:
    person = somebody()
    row = record_work(person.pk, WORK, actor=office)

    withdraw_work(row.pk, actor=office, reason="登记有误", version=1)
    record_work(person.pk, WORK, actor=office)

    row.refresh_from_db()
    assert (row.ends_on, WorkRecord.objects.count()) == (MARCH, 2)


def test_withdrawal_is_refused_when_no_reason_is_given(office: Actor) -> None:
    row = record_work(somebody().pk, WORK, actor=office)

    with pytest.raises(DomainError, match="reason"):
        withdraw_work(row.pk, actor=office, reason=" ")

    row.refresh_from_db()
    assert row.ends_on == JULY


def test_record_moves_along_when_the_household_moves(office: Actor) -> None:
    VillageFactory.create(code=NEXT_VILLAGE_CODE)
    member = Membership.objects.get(household=registered(), relation_code="01")
    row = record_work(member.person_id, WORK, actor=office)

    move_household(member.household_id, NEXT_VILLAGE_CODE, actor=office, on=date(2021, 8, 1), reason="搬迁")

    row.refresh_from_db()
    assert row.scope_code == NEXT_VILLAGE_CODE


def test_record_of_another_county_is_not_found(office: Actor) -> None:
    with tenant_scope(county_office(county(OTHER_COUNTY_CODE))) as other:
        row = record_work(somebody(village_code=OTHER_VILLAGE_CODE).pk, WORK, actor=other)

    with pytest.raises(NotFound):
        amend_work(row.pk, WORK, actor=office)


def test_helper_is_refused_when_entering_work(office: Actor) -> None:
    person = somebody()

    with tenant_scope(actor_of(Role.HELPER)) as helper, pytest.raises((NotAllowed, NotFound)):
        record_work(person.pk, WORK, actor=helper)


# --- REST -------------------------------------------------------------------------------------------------------------
def test_program_enters_lists_amends_and_withdraws_work(db: None) -> None:
    with tenant_scope(county_office()):
        person = somebody()
    caller = client()
    body = {"person_id": str(person.pk), "starts_on": "2021-03-01", "division_code": COUNTY_CODE}

    made = post(caller, "work-records/", {"records": [body]})
    (id_,) = made.json()["ids"]
    listed = caller.get(f"/api/v1/work-records/?person={person.pk}&month=2021-06-01").json()["results"]
    headers = {"if-match": '"1"'}
    ended = caller.put(
        f"/api/v1/work-records/{id_}/",
        {"starts_on": "2021-03-01", "ends_on": "2021-05-01"},
        content_type="application/json",
        headers=headers,
    )
    later = caller.get(f"/api/v1/work-records/?person={person.pk}&month=2021-06-01").json()["results"]
    taken = post(caller, f"work-records/{id_}/withdrawal/", {"reason": "登记有误"}, version=2)

    assert (made.status_code, [row["id"] for row in listed], later) == (201, [id_], [])
    assert (ended.status_code, ended.json()["ends_on"], ended["ETag"]) == (200, "2021-05-01", '"2"')
    assert (taken.status_code, taken.json()["ends_on"]) == (200, "2021-03-01")


def test_village_team_sees_no_work_of_another_township(db: None) -> None:
    far = household(village_code=FAR_VILLAGE_CODE)
    with tenant_scope(county_office()) as actor:
        person_id = Membership.objects.get(household=far, relation_code="01").person_id
        record_work(person_id, WORK, actor=actor)

    seen = [client(role).get("/api/v1/work-records/").json()["results"] for role in (Role.VILLAGE_TEAM, Role.HELPER)]

    assert (seen, len(client().get("/api/v1/work-records/").json()["results"])) == ([[], []], 1)


def test_record_keeps_what_the_list_does_not_know_when_the_list_comes_again(office: Actor) -> None:
    one = somebody()
    record_work(one.pk, WORK, actor=office)
    monthly = WorkDraft(starts_on=MARCH, monthly_income_yuan=Decimal("3600.00"))

    (row,) = record_work_of_many([(one.pk, monthly)], actor=office)

    row.refresh_from_db()
    assert (row.ends_on, row.employer, row.service_codes) == (JULY, "示例企业", ["3"])
    assert (row.monthly_income_yuan, row.is_point_to_point, row.version) == (Decimal("3600.00"), True, 2)


def test_two_lines_of_one_month_add_up_when_they_stand_in_one_list(office: Actor) -> None:
    one = somebody()

    first, second = record_work_of_many(
        [(one.pk, WORK), (one.pk, WorkDraft(starts_on=MARCH, employer="示例工地"))], actor=office
    )

    assert first.pk == second.pk
    assert WorkRecord.objects.values_list("employer", "industry_code").get() == ("示例工地", "E")


def test_withdrawn_record_stays_withdrawn_when_it_is_amended(office: Actor) -> None:
    row = record_work(somebody().pk, WORK, actor=office)
    withdraw_work(row.pk, actor=office, reason="登记有误")

    with pytest.raises(Conflict) as refused:
        amend_work(row.pk, WORK, actor=office)

    row.refresh_from_db()
    assert (refused.value.code, row.ends_on) == ("work.withdrawn", MARCH)
