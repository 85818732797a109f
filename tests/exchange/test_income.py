"""The income of a household: by classes with its period, or declared."""

from datetime import date
from decimal import Decimal

import pytest

from households.domain.closed_years import close_year
from households.domain.income import IncomeDraft, LineDraft, record_income
from households.models import Household, HouseholdYear
from registry.tenancy.context import Actor
from tests.exchange.rosters import Cells, applied, checked, csv_of, head, notes, problems, spouse, verdicts, warnings
from tests.factories.villages import VillageFactory

CLASSES = {
    "wage_income": "12000",
    "business_income": "5,000.50",
    "property_income": "0",
    "transfer_income": "800",
    "business_cost": "1500",
}
NET = "8150.25"  # (12000 + 5000.50 + 0 + 800 - 1500) / 2


def roster(**changes: str) -> bytes:
    return csv_of(head(**(CLASSES | changes)), spouse(**(CLASSES | changes)))


def test_net_income_is_computed_when_every_class_is_known(office: Actor) -> None:
    batch = applied(roster(net_per_head=NET, net_income="16300.50"), office)

    facts = HouseholdYear.objects.get()
    assert (facts.net_per_head_yuan, facts.is_declared, facts.source) == (Decimal(NET), False, "")
    assert (facts.wage_income_yuan, facts.business_cost_yuan) == (Decimal(12000), Decimal(1500))
    assert (facts.period_start, facts.period_end) == (date(2019, 10, 1), date(2020, 10, 1))
    assert warnings(batch) == []


@pytest.mark.parametrize(
    ("start", "end", "period"),
    [
        ("2020-01", "2020-11", (date(2020, 1, 1), date(2020, 12, 1))),
        ("2020-01-01", "2020-11-30", (date(2020, 1, 1), date(2020, 12, 1))),
    ],
)
def test_period_is_that_of_the_roster_when_it_states_one(
    start: str, end: str, period: tuple[date, date], office: Actor
) -> None:
    applied(roster(income_from=start, income_until=end), office)

    facts = HouseholdYear.objects.get()
    assert (facts.period_start, facts.period_end) == period


def test_period_is_the_last_one_that_has_ended_when_the_roster_is_of_the_spring(office: Actor) -> None:
    applied(roster(data_date="2021-03-01"), office)

    assert HouseholdYear.objects.get().period_end == date(2020, 10, 1)


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({"net_per_head": "8151"}, [(3, "net_per_head", "income.differs")]),
        ({"net_per_head": "", "net_income": "16301"}, [(3, "net_income", "income.differs")]),
    ],
)
def test_declared_figure_is_a_warning_when_it_differs(
    changes: Cells, found: list[tuple[int, str, str]], office: Actor
) -> None:
    batch = applied(roster(**changes), office)

    assert warnings(batch) == found
    assert HouseholdYear.objects.get().net_per_head_yuan == Decimal(NET)


def test_declared_figure_is_kept_when_a_class_is_missing(office: Actor) -> None:
    batch = applied(roster(property_income="", net_per_head="8000"), office)

    facts = HouseholdYear.objects.get()
    assert (facts.net_per_head_yuan, facts.is_declared, facts.wage_income_yuan) == (Decimal(8000), True, None)
    assert warnings(batch) == [(3, "property_income", "income.class_missing")]


def test_net_income_of_the_household_is_shared_when_nothing_else_is_known(office: Actor) -> None:
    applied(csv_of(head(net_per_head="", net_income="10001"), spouse(net_per_head="", net_income="10001")), office)

    facts = HouseholdYear.objects.get()
    assert (facts.net_per_head_yuan, facts.is_declared, facts.source) == (Decimal("5000.50"), True, "花名册 2020-12-15")


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({"wage_income": "-1"}, (3, "wage_income", "income.negative")),
        ({"wage_income": "100000000.01"}, (3, "wage_income", "money.too_large")),
        ({"income_from": "2020-01"}, (3, "income_until", "income.period")),
        ({"income_from": "2020-02", "income_until": "2020-01"}, (3, "income_until", "income.period")),
    ],
)
def test_household_is_refused_when_its_income_cannot_be(
    changes: Cells, found: tuple[int, str, str], office: Actor
) -> None:
    batch = checked(roster(**changes), office)

    assert found in problems(batch)
    assert set(verdicts(batch).values()) == {"refused"}


def test_classes_replace_a_declared_figure_and_stay_when_rosters_follow(office: Actor) -> None:
    declared = csv_of(head(), spouse())
    applied(declared, office)

    first, second = applied(roster(), office), applied(declared, office)

    assert (first.counts["changed_households"], second.counts["same_households"]) == (1, 1)
    assert HouseholdYear.objects.get().net_per_head_yuan == Decimal(NET)


def test_income_is_listed_and_stays_when_the_year_on_file_has_lines(office: Actor) -> None:
    applied(roster(), office)
    household = Household.objects.get()
    lines = (LineDraft(item_code="101", amount_yuan=Decimal(9000)),)
    draft = IncomeDraft(
        household_id=household.pk,
        year=2020,
        period_start=date(2019, 10, 1),
        period_end=date(2020, 10, 1),
        person_count=2,
        lines=lines,
    )
    record_income([draft], actor=office)

    other = applied(roster(), office)
    same = checked(roster(**dict.fromkeys(CLASSES, ""), net_per_head="4500"), office)

    assert (notes(other), HouseholdYear.objects.get().net_per_head_yuan) == (
        [("54990100000001", "income_has_lines")],
        Decimal(4500),
    )
    assert notes(same) == []


def test_income_is_listed_and_left_out_when_its_period_is_counted_in_another_year(office: Actor) -> None:
    applied(roster(), office)

    batch = applied(roster(data_date="2021-12-15", income_from="2020-05", income_until="2021-04"), office)

    assert notes(batch) == [("54990100000001", "income_counted_elsewhere")]
    assert not HouseholdYear.objects.filter(year=2021, net_per_head_yuan__isnull=False).exists()


def test_facts_of_a_closed_year_are_listed_and_not_written(office: Actor) -> None:
    applied(roster(), office)
    close_year(2020, on=date(2021, 1, 31), actor=office)

    same = checked(roster(), office)
    other = applied(roster(wage_income="13000"), office)

    assert (notes(same), notes(other)) == ([], [("54990100000001", "year_closed")])
    assert HouseholdYear.objects.get().net_per_head_yuan == Decimal(NET)


def test_new_household_comes_on_file_without_the_facts_of_a_closed_year(office: Actor) -> None:
    VillageFactory.create()
    close_year(2020, on=date(2021, 1, 31), actor=office)

    batch = applied(roster(), office)

    assert notes(batch) == [("54990100000001", "year_closed")]
    assert (Household.objects.count(), HouseholdYear.objects.count()) == (1, 0)
