"""Cards of households: they say what the register says, to those who may see the household, for the day asked."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assistance.domain.helper import link_login
from assistance.models import HelpVisit, Measure, Pairing, PlannedMeasure
from households.models import HouseholdYear, IncomeLine, Membership, PersonYear
from households.queries.income import income_derivation
from registry.enums import Role
from registry.lib.errors import DomainError, NotFound
from registry.tenancy.context import Actor
from registry.tenancy.scope import tenant_scope
from reports.definitions.layout import Fields
from tests.factories.tenants import NEXT_VILLAGE_CODE, VILLAGE_CODE, actor_of, county_office
from tests.registry.people import at_work, person
from tests.reports.register.ground import Ground, laid_out, records
from tests.reports.register.people import home

BOOK = "assistance-handbook"


def values_of(fields: object) -> dict[str, object]:
    """Give the values of a card by their Chinese labels."""
    assert isinstance(fields, Fields)
    return {item.label.zh: item.value for item in fields.items}


def test_handbook_equals_the_register_when_each_part_is_compared(ground: Ground, office: Actor) -> None:
    (sheet,) = laid_out(BOOK, actor=office, household_id=ground.first.pk)
    members, helpers, planned, measures, income, visits = (records(sheet, part) for part in (2, 3, 5, 6, 7, 8))

    kept = Membership.objects.filter(household=ground.first).select_related("person").order_by("relation_code")
    skills = {row.person_id: row for row in PersonYear.objects.all()}
    assert [
        (one["person_name"], one["relation_code"], one["birth_on"], one["skill_code"], one["has_basic_medical"])
        for one in members
    ] == [
        (
            one.person.name, one.relation_code, one.person.birth_on, skills[one.person_id].skill_code,
            skills[one.person_id].has_basic_medical,
        )
        for one in kept
    ]  # fmt: skip
    pairing = Pairing.objects.select_related("helper__unit").get(household=ground.first)
    assert pairing.helper is not None
    assert pairing.helper.unit is not None
    assert [(one["helper_name"], one["unit_name"], one["starts_on"], one["ends_on"]) for one in helpers] == [
        (pairing.helper.name, pairing.helper.unit.name, pairing.starts_on, pairing.ends_on)
    ]
    assert [(one["what"], one["planned_yuan"], one["due_on"]) for one in planned] == list(
        PlannedMeasure.objects.filter(household=ground.first).values_list("what", "planned_yuan", "due_on")
    )
    begun = Measure.objects.filter(household=ground.first, starts_on__lte=date(2021, 6, 30))
    assert [(one["measure_category_code"], one["starts_on"], one["money_yuan"]) for one in measures] == list(
        begun.values_list("category_code", "starts_on", "money_yuan")
    )
    year = HouseholdYear.objects.get(household=ground.first)
    assert [(one["year"], one["net_per_head_yuan"], one["business_cost_yuan"]) for one in income] == [
        (str(year.year), year.net_per_head_yuan, year.business_cost_yuan)
    ]
    assert [(one["visited_on"], one["found"]) for one in visits] == list(
        HelpVisit.objects.filter(household=ground.first).values_list("visited_on", "found")
    )


def test_family_equals_the_household_when_it_is_compared(ground: Ground, office: Actor) -> None:
    (sheet,) = laid_out(BOOK, actor=office, household_id=ground.first.pk)
    family = values_of(sheet.parts[0])

    labels = ("户编号", "自然村（组）", "户类型", "主要致贫原因", "联系电话", "家庭人口", "劳动力")
    assert [family[label] for label in labels] == [
        ground.first.number, ground.first.group_name, ground.first.status, ground.first.main_cause_code,
        "179****5678", 2, 1,
    ]  # fmt: skip


def test_income_card_equals_lines_and_derivation_when_it_is_compared(ground: Ground, office: Actor) -> None:
    (sheet,) = laid_out("income-card", actor=office, household_id=ground.first.pk)
    items, costs, totals = records(sheet, 1), records(sheet, 2), values_of(sheet.parts[3])

    found = income_derivation(ground.first, 2020)
    assert found is not None
    lines = IncomeLine.objects.filter(household=ground.first).order_by("item_code", "product", "month", "id")
    assert sorted((row["item_code"], row["amount_yuan"], row["own_consumed_yuan"]) for row in items) == sorted(
        lines.values_list("item_code", "amount_yuan", "own_consumed_yuan")
    )
    assert [(row["item_code"], row["cost_yuan"]) for row in costs] == [
        (step.item_code, step.cost_yuan) for step in found.costs
    ]
    assert (totals["纯收入"], totals["人均纯收入"], totals["年收入合计"]) == (
        found.net_yuan, found.net_per_head_yuan, found.gross_yuan,
    )  # fmt: skip
    assert len(sheet.signatures) == 4


def test_register_of_income_adds_months_up_when_items_have_them(ground: Ground, office: Actor) -> None:
    (sheet,) = laid_out("income-register", actor=office, household_id=ground.first.pk)
    rows = {row["item_code"]: row for row in records(sheet, 1)}

    assert (rows["101"]["month_3"], rows["101"]["month_4"], rows["101"]["total_yuan"]) == (12000, 8000, 20000)
    assert str(rows["202"]["without_month"]) == str(rows["202"]["total_yuan"]) == "3500.50"


def test_card_says_so_when_no_income_is_on_file(ground: Ground, office: Actor) -> None:
    (sheet,) = laid_out("income-card", actor=office, household_id=ground.far.pk)

    assert sheet.notes[0] == "本户没有登记收入。"


def test_cards_of_a_village_equal_those_of_its_households_when_printed_together(ground: Ground, office: Actor) -> None:
    together = laid_out("assistance-handbooks", actor=office, area_code=VILLAGE_CODE)
    alone = [laid_out(BOOK, actor=office, household_id=one.pk)[0] for one in (ground.first, ground.second)]

    assert together == alone


def test_card_is_of_the_village_of_its_day_when_the_household_lives_elsewhere(ground: Ground, office: Actor) -> None:
    (sheet,) = laid_out(BOOK, actor=office, household_id=ground.first.pk, area_code=NEXT_VILLAGE_CODE)

    assert values_of(sheet.parts[0])["行政村"] == "示例100200村"


def test_card_is_refused_when_the_register_did_not_count_the_household_yet(ground: Ground, office: Actor) -> None:
    with pytest.raises(DomainError) as refused:
        laid_out(BOOK, actor=office, household_id=ground.first.pk, as_of=date(2019, 1, 1))

    assert (refused.value.code, refused.value.field) == ("report.household_not_counted", "as_of")


def test_helper_has_cards_of_paired_households_alone_when_they_are_asked_for(ground: Ground, office: Actor) -> None:
    account = person(Role.HELPER)
    link_login(ground.helper.pk, account.username, actor=office)
    helper = at_work(account)
    with tenant_scope(helper):
        own = [sheet.key for sheet in laid_out("assistance-handbooks", actor=helper, area_code=VILLAGE_CODE)]
        with pytest.raises(NotFound):
            laid_out(BOOK, actor=helper, household_id=ground.second.pk)

    assert own == [ground.first.number]


def test_team_has_no_card_of_another_village_when_it_asks_for_one(ground: Ground, office: Actor) -> None:
    team = actor_of(Role.VILLAGE_TEAM, area=NEXT_VILLAGE_CODE)

    with tenant_scope(team), pytest.raises(NotFound):
        laid_out(BOOK, actor=team, household_id=ground.first.pk)


def test_queries_do_not_grow_when_a_village_has_more_households(ground: Ground, office: Actor) -> None:
    with CaptureQueriesContext(connection) as with_two:
        laid_out("assistance-handbooks", actor=office, area_code=VILLAGE_CODE)
    clerk = county_office()
    with tenant_scope(clerk):
        for number in range(20, 23):
            home(number, VILLAGE_CODE, status="filed")
    with CaptureQueriesContext(connection) as with_five:
        sheets = laid_out("assistance-handbooks", actor=office, area_code=VILLAGE_CODE)

    assert (len(sheets), len(with_five)) == (5, len(with_two))


def test_paper_is_missing_or_not_needed_by_what_the_household_is_when_its_file_is_listed(
    ground: Ground, office: Actor
) -> None:
    rows = {row["household_number"]: row for row in records(laid_out("file-index", actor=office)[0])}
    first, second = rows[ground.first.number], rows[ground.second.number]

    assert (first["plan"], first["income_sheet"], first["facts_last"], first["facts_this"]) == (
        "on_file", "on_file", "on_file", "missing",
    )  # fmt: skip
    assert (first["exit_papers"], second["exit_papers"], second["loan"], first["loan"], second["post"]) == (
        "missing", "not_needed", "missing", "not_needed", "missing",
    )  # fmt: skip
    assert first["missing_count"] == len(str(first["missing_names"]).split("、"))
