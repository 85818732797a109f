"""The income ledger: lines, coefficients, net per person, and the same figure wherever it is shown."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from pytest_django.fixtures import DjangoAssertNumQueries

from households.domain.coefficients import set_cost_coefficient, set_income_rule
from households.domain.drafts import YearDraft
from households.domain.facts import record_household_year
from households.domain.income import IncomeDraft, LineDraft, record_income
from households.domain.monitoring import identify_for_monitoring
from households.models import Household, HouseholdYear, IncomeLine
from households.queries.income import income_row, items_on
from registry.domain.codes import CodeList
from registry.enums import Role
from registry.lib.errors import Conflict, DomainError, NotAllowed, NotFound, StaleVersion
from registry.models import Code
from registry.tenancy.context import Actor
from registry.tenancy.scope import tenant_scope
from tests.factories.households import registered
from tests.factories.tenants import FAR_VILLAGE_CODE, OTHER_COUNTY_CODE, TOWNSHIP_CODE, actor_of, county, county_office

PERIOD = {"period_start": date(2020, 10, 1), "period_end": date(2021, 10, 1)}
LINES = (
    LineDraft(item_code="101", amount_yuan=Decimal(12000)),
    LineDraft(item_code="1023", amount_yuan=Decimal(6000)),
    LineDraft(item_code="201", product="青稞", amount_yuan=Decimal(3000), own_consumed_yuan=Decimal(1000)),
    LineDraft(item_code="202", product="牦牛", amount_yuan=Decimal("2500.55")),
    LineDraft(item_code="502", amount_yuan=Decimal(900)),
    LineDraft(item_code="302", amount_yuan=Decimal(800)),
    LineDraft(item_code="4043", amount_yuan=Decimal(1500)),
    LineDraft(item_code="4192", amount_yuan=Decimal(500)),
)


def draft(household: Household, **values: Any) -> IncomeDraft:
    return IncomeDraft(
        **{"household_id": household.id, "year": 2021, "person_count": 3, "lines": LINES, **PERIOD, **values}
    )


def test_net_per_head_is_what_the_hand_computes_when_lines_are_recorded(office: Actor) -> None:
    household = registered()
    set_cost_coefficient(2021, "201", "青稞", cost_ratio=Decimal("0.4"), actor=office)

    (found,) = record_income([draft(household)], actor=office)

    # Wages 12000 + 6000; business 3000 + 1000 + 2500.55; property 800; transfers 1500, the gift left out.
    gross = Decimal(18000) + Decimal("6500.55") + Decimal(800) + Decimal(1500)
    # Cost: 0.4 of the barley, those used at home too; of the yaks the household's own figure.
    cost = Decimal(4000) * Decimal("0.4") + Decimal(900)
    year = HouseholdYear.objects.get(household=household)
    assert (found.gross_yuan, found.cost_yuan, found.net_yuan) == (gross, cost, gross - cost)
    assert found.net_per_head_yuan == ((gross - cost) / 3).quantize(Decimal("0.01")) == year.net_per_head_yuan
    assert found.not_counted_yuan == Decimal(500)
    assert income_row(household, 2021)["net_per_head_yuan"] == year.net_per_head_yuan


def test_costs_name_figure_coefficient_or_neither_when_they_are_derived(office: Actor) -> None:
    household = registered()
    set_cost_coefficient(2021, "201", "", cost_ratio=Decimal("0.3"), actor=office)
    lines = (*LINES, LineDraft(item_code="209", product="客栈", amount_yuan=Decimal(100)))

    (found,) = record_income([draft(household, lines=lines)], actor=office)

    told = [(step.item_code, step.cost_yuan, step.is_own_figure, step.is_unknown) for step in found.costs]
    assert told == [
        ("201", Decimal("1200.00"), False, False),
        ("202", Decimal(900), True, False),
        ("209", Decimal(0), False, True),
    ]


def test_county_decides_what_counts_when_it_has_a_rule_of_its_own(office: Actor) -> None:
    household = registered()
    set_income_rule("4192", 2021, counts_toward_net=True, actor=office)
    set_income_rule("101", 2022, counts_toward_net=False, actor=office)

    (found,) = record_income([draft(household)], actor=office)

    assert (found.not_counted_yuan, found.classes["transfer"]) == (Decimal(0), Decimal(2000))


def test_reference_income_adds_claims_when_the_household_is_monitored(office: Actor) -> None:
    household = registered(on=date(2021, 9, 1))
    identify_for_monitoring(household.id, "1", actor=office, on=date(2021, 10, 20), reason="公示2021-10")

    (found,) = record_income(
        [draft(household, claims_yuan=Decimal(3000), self_paid_cost_yuan=Decimal(9000))], actor=office
    )

    monitoring = found.monitoring
    assert monitoring is not None
    assert monitoring.reference_yuan == found.net_yuan + 3000 - 9000
    assert monitoring.reference_per_head_yuan == (monitoring.reference_yuan / 3).quantize(Decimal("0.01"))
    assert (monitoring.expected_start, monitoring.is_before_identification) == (date(2020, 10, 1), True)


def test_lines_are_replaced_and_nothing_is_noted_when_nothing_differs(office: Actor) -> None:
    household = registered()
    record_income([draft(household)], actor=office)
    ids = dict(IncomeLine.objects.values_list("item_code", "id"))

    record_income([draft(household, lines=(*LINES[1:], LINES[1]))], actor=office)
    version = Household.objects.get().version
    record_income([draft(household, lines=(*LINES[1:], LINES[1]))], actor=office)

    kept = IncomeLine.objects.filter(id__in=ids.values())
    assert (IncomeLine.objects.count(), kept.count(), kept.filter(item_code="101").exists()) == (8, 7, False)
    assert Household.objects.get().version == version


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"lines": ()}, "income.lines"),
        ({"lines": (LineDraft(item_code="transfer", amount_yuan=Decimal(1)),)}, "code.unknown"),
        ({"lines": (LineDraft(item_code="x", amount_yuan=Decimal(1)),)}, "code.unknown"),
        ({"lines": (LineDraft(item_code="101", amount_yuan=Decimal(-1)),)}, "income.negative"),
        (
            {"lines": (LineDraft(item_code="101", amount_yuan=Decimal(1), own_consumed_yuan=Decimal(1)),)},
            "income.own_produce",
        ),
        (
            {"lines": (LineDraft(item_code="101", amount_yuan=Decimal(1), month=13),)},
            "database.incomeline_month_is_of_a_year",
        ),
        ({"person_count": 0}, "money.no_persons"),
        ({"period_end": date(2020, 10, 1)}, "income.period"),
        ({"period_end": date(2021, 9, 1), "claims_yuan": Decimal(1)}, "income.claims_period"),
        ({"year": 2999}, "year.in_future"),
    ],
)
def test_income_is_refused_when_it_cannot_be(office: Actor, values: dict[str, Any], code: str) -> None:
    household = registered()

    with pytest.raises(DomainError) as refused:
        record_income([draft(household, **values)], actor=office)

    assert (refused.value.code, IncomeLine.objects.count(), HouseholdYear.objects.count()) == (code, 0, 0)


def test_period_is_refused_when_it_overlaps_that_of_another_year(office: Actor) -> None:
    household = registered()
    record_income([draft(household)], actor=office)
    late = draft(household, year=2022, period_start=date(2021, 9, 1), period_end=date(2022, 9, 1))

    with pytest.raises(Conflict) as refused:
        record_income([late], actor=office)
    record_income(
        [draft(household, year=2022, period_start=date(2021, 10, 1), period_end=date(2022, 10, 1))], actor=office
    )

    assert refused.value.code == "database.householdyear_periods_do_not_overlap"
    assert sorted(HouseholdYear.objects.values_list("year", flat=True)) == [2021, 2022]


def test_classes_are_refused_when_they_contradict_the_lines(office: Actor) -> None:
    household = registered()
    record_income([draft(household)], actor=office)
    declared = YearDraft(year=2021, is_declared=True, net_per_head_yuan=Decimal(9999), source="口头")

    with pytest.raises(Conflict) as refused:
        record_household_year(household.id, declared, actor=office)

    assert (refused.value.code, HouseholdYear.objects.get().is_declared) == ("income.has_lines", False)


def test_nothing_is_recorded_when_one_of_several_households_is_out_of_reach(office: Actor) -> None:
    near = registered()
    with tenant_scope(county_office(county(OTHER_COUNTY_CODE))):
        far = registered(village_code=f"{OTHER_COUNTY_CODE[:6]}100200")

    with pytest.raises(NotFound):
        record_income([draft(near), draft(far)], actor=office)
    with pytest.raises(StaleVersion):
        record_income([draft(near, version=7)], actor=office)
    with pytest.raises(NotAllowed):
        record_income([draft(near)], actor=actor_of(Role.SECTOR_CLERK))

    assert IncomeLine.objects.count() == 0


def test_queries_are_as_many_when_income_of_more_households_is_recorded(
    office: Actor, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    households = [registered() for _ in range(3)]
    items_on()

    with django_assert_num_queries(13):
        record_income([draft(households[0])], actor=office)
    with django_assert_num_queries(13):
        record_income([draft(household) for household in households[1:]], actor=office)


def test_own_lines_alone_are_seen_when_two_townships_have_income(office: Actor) -> None:
    near, far = registered(), registered(village_code=FAR_VILLAGE_CODE)
    record_income([draft(near), draft(far)], actor=office)

    with tenant_scope(actor_of(Role.VILLAGE_TEAM, area=TOWNSHIP_CODE)):
        seen = set(IncomeLine.objects.values_list("household_id", flat=True))

    assert seen == {near.id}


def test_year_is_derived_by_the_items_of_that_year_when_one_is_retired_since(
    office: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    household = registered()
    (found,) = record_income([draft(household)], actor=office)
    rows = Code.objects.filter(scheme="income_item").order_by("position")
    lists = {date.max: items_on(), date(2021, 12, 31): CodeList("income_item", rows)}
    retired = CodeList("income_item", rows.exclude(code="101"))
    monkeypatch.setattr("households.queries.income.code_list", lambda _scheme, on: lists.get(on, retired))

    shown = income_row(household, 2021)
    (again,) = record_income([draft(household, period_end=date(2021, 9, 1))], actor=office)

    assert shown["net_per_head_yuan"] == again.net_per_head_yuan == found.net_per_head_yuan
