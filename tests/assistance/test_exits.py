"""Whether a village may exit: counted on a day, each condition with its derivation, and decided by the county."""

import json
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from assistance.domain.exits import StandardDraft, add_standard, amend_standard, decide_exit
from assistance.models import VillageExit
from assistance.queries.exits import ExitCheck, exit_check, shipped_standard, standard_of
from registry.enums import Role
from registry.lib.errors import Conflict, DomainError, NotAllowed
from registry.tenancy.context import Actor
from registry.tenancy.scope import savepoint, tenant_scope
from tests.factories.households import FIRST_DAY, registered
from tests.factories.tenants import NEXT_VILLAGE_CODE, TOWNSHIP_CODE, actor_of, county_office
from tests.factories.villages import VillageFactory
from tests.registry.people import client_of, person, token_of
from villages.domain.years import record_village_facts
from villages.models import Village

DAY = date(2021, 6, 1)
GOOD: dict[str, Any] = {
    "person_count": 400,
    "household_count": 100,
    "collective_income_yuan": Decimal(50000),
    "unsafe_water_household_count": 0,
    "dangerous_housing_household_count": 0,
    **dict.fromkeys(("has_road", "has_water", "has_electricity", "has_internet", "has_health", "has_culture"), True),
}
OWN = StandardDraft(
    from_year=2021,
    poverty_ratio_below=Decimal("0.02"),
    collective_income_least_yuan=Decimal(60000),
    source="示例县2021年办法",
    needed_facts=("has_bus",),
)


def village(actor: Actor, *, year: int = 2021, **facts: Any) -> Village:
    made = VillageFactory.create()
    record_village_facts(made.id, year, {**GOOD, **facts}, actor=actor)
    return made


def line(check: ExitCheck, fact: str) -> tuple[Any, Any, Any]:
    found = next(one for one in check.conditions if one.fact == fact)
    return found.value, found.is_met, found.facts_of


def refusal(*given: Any, **named: Any) -> str:
    try:
        with savepoint():
            decide_exit(*given, **named)
    except DomainError as error:
        return error.code
    return ""


def test_poor_are_members_of_filed_and_returned_households_when_counted(office: Actor) -> None:
    checked = village(office)
    registered(status="filed")
    registered(status="returned")
    registered(status="lifted")
    registered(status="ordinary")
    registered(status="filed", village_code=NEXT_VILLAGE_CODE)

    check = exit_check(checked, DAY)

    assert check.poor_household_count == 2
    assert check.poor_person_count == 4
    assert line(check, "poverty_ratio") == (Decimal("0.0100"), True, 2021)


def test_nobody_is_poor_before_the_register_counts_the_household(office: Actor) -> None:
    checked = village(office)
    registered(status="filed")

    assert exit_check(checked, date(FIRST_DAY.year - 1, 1, 1)).poor_person_count == 0


@pytest.mark.parametrize(
    ("persons", "shown", "is_met"),
    [(67, Decimal("0.0299"), True), (66, Decimal("0.0303"), False), (0, None, None), (None, None, None)],
)
def test_incidence_is_compared_exactly_and_unknown_without_persons(
    office: Actor, persons: int | None, shown: Decimal | None, is_met: bool | None
) -> None:
    checked = village(office, person_count=persons, household_count=None)
    registered(status="filed")

    check = exit_check(checked, DAY)

    assert line(check, "poverty_ratio")[:2] == (shown, is_met)


@pytest.mark.parametrize(
    ("changes", "fact", "shown"),
    [
        ({}, "collective_income_yuan", (Decimal(50000), True, 2021)),
        ({"collective_income_yuan": Decimal("49999.99")}, "collective_income_yuan", (Decimal("49999.99"), False, 2021)),
        ({"collective_income_yuan": None}, "collective_income_yuan", (None, None, None)),
        ({"has_road": False}, "has_road", (False, False, 2021)),
        ({"has_road": None}, "has_road", (None, None, None)),
        ({"unsafe_water_household_count": 1}, "unsafe_water_household_count", (1, False, 2021)),
    ],
)
def test_condition_says_what_is_missing_and_what_is_not_met(
    office: Actor, changes: dict[str, Any], fact: str, shown: tuple[Any, Any, Any]
) -> None:
    check = exit_check(village(office, **changes), DAY)

    assert line(check, fact) == shown
    assert check.may_exit == (shown[1] is True)


def test_facts_of_the_year_before_count_and_older_ones_do_not(office: Actor) -> None:
    checked = village(office, year=2020)

    assert line(exit_check(checked, DAY), "has_road") == (True, True, 2020)
    assert line(exit_check(checked, date(2022, 6, 1)), "has_road") == (None, None, None)


def test_county_sets_its_own_standard_from_a_year_on(office: Actor) -> None:
    row = add_standard(OWN, actor=office)
    with pytest.raises(Conflict):
        add_standard(OWN, actor=office)

    assert (standard_of(2020), standard_of(2022).poverty_ratio_below) == (shipped_standard(), Decimal("0.02"))
    assert line(exit_check(village(office), DAY), "has_bus") == (None, None, None)
    amend_standard(row.id, OWN, actor=office, version=1)
    row.refresh_from_db()
    assert row.version == 1


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"poverty_ratio_below": Decimal(3)}, "exit.ratio"),
        ({"poverty_ratio_below": Decimal(0)}, "exit.ratio"),
        ({"collective_income_least_yuan": Decimal(-1)}, "exit.income"),
        ({"source": " "}, "exit.source_missing"),
        ({"needed_facts": ("person_count",)}, "code.unknown"),
        ({"zero_facts": ("has_road",)}, "code.unknown"),
        ({"from_year": 1999}, "exit.year"),
    ],
)
def test_standard_is_refused_when_it_cannot_be(office: Actor, changes: dict[str, Any], code: str) -> None:
    values = {name: getattr(OWN, name) for name in OWN.__dataclass_fields__} | changes

    with pytest.raises(DomainError) as refused:
        add_standard(StandardDraft(**values), actor=office)

    assert refused.value.code == code


def test_decision_keeps_the_check_of_its_day_when_figures_change_later(office: Actor) -> None:
    checked = village(office)
    registered(status="filed")

    row = decide_exit(checked.id, on=DAY, is_exit=True, reason="县委会议", actor=office)
    record_village_facts(checked.id, 2021, {"collective_income_yuan": Decimal(1)}, actor=office)

    row.refresh_from_db()
    kept = {one["fact"]: one for one in row.conditions}
    assert (row.poor_person_count, row.rural_person_count) == (2, 400)
    assert kept["collective_income_yuan"]["value"] == "50000.00"
    assert kept["poverty_ratio"] == {
        "fact": "poverty_ratio",
        "comparison": "below",
        "threshold": "0.0300",
        "value": "0.0050",
        "is_met": True,
        "facts_of": 2021,
        "source": shipped_standard().source,
        "told_by": "form",
    }


def test_exit_is_refused_when_a_condition_fails_and_a_stay_is_not(office: Actor) -> None:
    checked = village(office, has_road=False)

    assert refusal(checked.id, on=DAY, is_exit=True, reason="会议", actor=office) == "exit.not_met"
    assert refusal(checked.id, on=DAY, is_exit=False, reason=" ", actor=office) == "reason.missing"
    assert refusal(checked.id, on=date(2100, 1, 1), is_exit=False, reason="会议", actor=office) == "date.in_future"
    assert refusal(checked.id, on=DAY, is_exit=False, reason="会议", actor=office) == ""
    record_village_facts(checked.id, 2021, {"has_road": True}, actor=office)
    assert refusal(checked.id, on=date(2021, 5, 1), is_exit=True, reason="会议", actor=office) == "exit.before_last"
    assert refusal(checked.id, on=DAY, is_exit=True, reason="会议", actor=office) == ""
    assert refusal(checked.id, on=DAY, is_exit=True, reason="会议", actor=office) == "exit.decided"


def test_township_sees_the_check_and_does_not_decide(office: Actor) -> None:
    checked = village(office)

    with tenant_scope(actor_of(Role.TOWNSHIP_CLERK, area=TOWNSHIP_CODE)) as clerk:
        assert exit_check(checked, DAY).may_exit
        with pytest.raises(NotAllowed):
            decide_exit(checked.id, on=DAY, is_exit=True, reason="会议", actor=clerk)
        with pytest.raises(NotAllowed):
            add_standard(OWN, actor=clerk)

    assert VillageExit.objects.count() == 0


@pytest.mark.django_db
def test_check_and_decision_are_reached_by_page_and_program() -> None:
    with tenant_scope(county_office()) as actor:
        checked = village(actor, has_road=None)
    office = person(Role.COUNTY_OFFICE)
    browser = client_of(office)
    token = token_of(office, Role.COUNTY_OFFICE)
    program = Client(headers={"authorization": f"Bearer {token}", "accept-language": "en"})
    decision = {"village_id": str(checked.id), "on": "2021-06-01", "is_exit": False, "reason": "会议"}

    page = browser.get(f"/admin/villages/{checked.id}/exit/?on=2021-06-01").content.decode()
    check = program.get(f"/api/v1/villages/{checked.id}/exit-check/?on=2021-06-01").json()
    wrong = program.get(f"/api/v1/villages/{checked.id}/exit-check/?on=1.6.2021")
    sent = program.post("/api/v1/village-exits/", json.dumps(decision), "application/json")
    form = {"on": "2021-06-01", "is_exit": "yes", "reason": "会议"}
    listed = browser.get("/admin/villages/exits/").content.decode()
    refused = browser.post(f"/admin/villages/village/{checked.id}/do/decide-exit/", form)
    kept = browser.get(f"/admin/assistance/villageexit/{sent.json()['id']}/change/").content.decode()

    assert ("Not every condition is met or known." in page, check["may_exit"], wrong.status_code) == (True, False, 422)
    assert [one["is_met"] for one in check["conditions"]] == [True, True, None, *[True] * 7]
    assert (sent.status_code, refused.status_code) == (201, 200)
    assert f"/admin/villages/{checked.id}/exit/" in listed
    assert "2021-06-01: The village stays" in listed
    assert "hardened road: Not known" in kept
