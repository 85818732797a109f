"""The planned year of lifting, the cause of a return to poverty, and the living conditions of years side by side."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError

from households.admin.living import SECTIONS
from households.domain.amend import amend_household
from households.domain.change_requests import approve_change
from households.domain.change_rules import set_change_rule
from households.domain.move import move_household
from households.domain.status import change_status
from households.domain.status_requests import propose_status
from households.models import Household, HouseholdSpell, HouseholdYear
from households.models.years import LIVING_FACTS
from households.queries.lists import cause_of_return, is_to_be_lifted, to_be_lifted
from households.queries.timeline import Wanted, timeline_page
from registry.domain.codes import code_list
from registry.enums import Role
from registry.lib.errors import DomainError
from registry.lib.periods import today
from registry.tenancy.context import Actor
from registry.tenancy.scope import savepoint, tenant_scope
from tests.factories.households import FIRST_DAY, registered
from tests.factories.tenants import FAR_VILLAGE_CODE, county_office
from tests.factories.villages import VillageFactory
from tests.households.test_admin import made, send
from tests.households.test_api import client, household, post
from tests.households.test_change_requests import somebody
from tests.registry.people import client_of, person

DAY = FIRST_DAY + timedelta(days=20)
CAUSE = "01"


def returned(one: Household, office: Actor, on: date = DAY, cause: str = CAUSE) -> Household:
    return change_status(one.id, "return", actor=office, on=on, reason="公告", cause_code=cause)


def causes() -> list[tuple[str, str]]:
    return list(HouseholdSpell.objects.order_by("starts_on").values_list("status", "cause_code"))


def test_cause_stands_on_the_spell_when_a_household_returns(office: Actor) -> None:
    one = registered(status="lifted")

    returned(one, office)

    label = code_list("poverty_cause").label_of(CAUSE)
    entries = timeline_page(one, actor=office, wanted=Wanted()).entries
    assert (causes(), cause_of_return(one)) == ([("lifted", ""), ("returned", CAUSE)], CAUSE)
    assert any(label in entry.text for entry in entries)


def test_cause_stays_when_the_household_moves_and_not_when_it_is_lifted(office: Actor) -> None:
    one = registered(status="lifted")
    VillageFactory.create(code=FAR_VILLAGE_CODE)
    returned(one, office)

    move_household(one.id, FAR_VILLAGE_CODE, actor=office, on=DAY + timedelta(days=1), reason="搬迁")
    change_status(one.id, "lift", actor=office, on=DAY + timedelta(days=2), reason="公告")

    assert causes() == [("lifted", ""), ("returned", CAUSE), ("returned", CAUSE), ("lifted", "")]
    assert cause_of_return(one) == CAUSE


@pytest.mark.parametrize(("status", "name", "cause"), [("lifted", "return", "none"), ("filed", "lift", CAUSE)])
def test_cause_is_refused_when_it_is_unknown_or_of_no_return(office: Actor, status: str, name: str, cause: str) -> None:
    one = registered(status=status)

    with pytest.raises(DomainError) as refused, savepoint():
        change_status(one.id, name, actor=office, on=DAY, reason="公告", cause_code=cause)

    assert (refused.value.field, causes()) == ("code", [(status, "")])


def test_database_refuses_a_cause_when_the_household_did_not_return(office: Actor) -> None:
    registered(status="filed")

    with pytest.raises(IntegrityError), savepoint():
        HouseholdSpell.objects.update(cause_code=CAUSE)

    assert causes() == [("filed", "")]


def test_second_person_decides_on_the_cause_too_when_the_county_says_so(office: Actor) -> None:
    one = registered(status="lifted")
    set_change_rule({"status_by_two": True}, actor=office)

    asked = propose_status(one.id, "return", actor=office, on=DAY, reason="公告", version=1, code=CAUSE)
    approve_change(asked.id, actor=somebody(), version=1)

    assert causes() == [("lifted", ""), ("returned", CAUSE)]


def test_household_is_to_be_lifted_when_it_is_planned_for_this_year_and_not_lifted(office: Actor) -> None:
    year = today().year
    one, lifted = registered(status="filed"), registered(status="lifted")
    for home in (one, lifted):
        amend_household(home.id, {"planned_lifting_year": year}, actor=office, version=1)

    found = list(to_be_lifted(Household.objects.all(), year))

    assert (found, is_to_be_lifted(found[0])) == ([one], True)
    assert list(to_be_lifted(Household.objects.all(), year + 1)) == []


@pytest.mark.django_db
def test_return_and_plan_are_entered_and_told_when_a_program_asks() -> None:
    one = household(status="lifted", planned_lifting_year=today().year)
    office = client(Role.COUNTY_OFFICE)
    values = {"transition": "return", "on": str(DAY), "reason": "公告", "code": CAUSE}

    changed = post(office, f"households/{one.id}/status/", values, version=1)
    listed = office.get(f"/api/v1/households/?planned_lifting_year={today().year}").json()["results"]

    shown = changed.json()
    assert (changed.status_code, shown["return_cause_code"], shown["is_to_be_lifted_this_year"]) == (200, CAUSE, True)
    assert [row["planned_lifting_year"] for row in listed] == [today().year]


@pytest.mark.django_db
def test_return_and_list_of_the_plan_work_when_an_office_uses_the_pages() -> None:
    one = made(status="lifted", planned_lifting_year=today().year)
    office = client_of(person(Role.COUNTY_OFFICE))
    where = f"households/household/{one.id}"

    status = send(office, f"{where}/do/return/", on=str(DAY), reason="公告", code=CAUSE, version="1")
    page = office.get(f"/admin/{where}/change/").content.decode()
    listed = office.get(f"/admin/households/household/?lifting={today().year}").content.decode()
    later = office.get(f"/admin/households/household/?lifting={today().year + 1}").content.decode()

    with tenant_scope(county_office()):
        label = code_list("poverty_cause").label_of(CAUSE)
    assert (status, label in page) == (302, True)
    assert (one.number in listed, one.number in later) == (True, False)


@pytest.mark.django_db
def test_living_conditions_stand_side_by_side_when_the_page_is_opened() -> None:
    one = made()
    office = client_of(person(Role.COUNTY_OFFICE))
    empty = office.get(f"/admin/households/{one.id}/living/").content.decode()
    with tenant_scope(county_office()):
        common = {"tenant_id": one.tenant_id, "scope_code": one.scope_code, "household_id": one.id}
        HouseholdYear.objects.create(**common, year=2020, cropland_mu="12.50", fuel_code="1")
        HouseholdYear.objects.create(**common, year=2021, cropland_mu="13.75", has_broadcast=True)
        fuel = code_list("fuel").label_of("1")

    page = office.get(f"/admin/households/{one.id}/living/").content.decode()

    assert "<tbody>" not in empty
    assert [text in page for text in ("12.50", "13.75", fuel, "2020", "2021")] == [True] * 5


def test_page_of_living_conditions_leaves_none_out_when_it_is_compared_with_the_form() -> None:
    shown = [name for _title, names in SECTIONS for name in names]

    assert sorted(shown) == sorted(LIVING_FACTS)
