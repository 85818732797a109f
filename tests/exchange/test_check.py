"""The check: what it refuses, what it warns about, and that it changes nothing."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from exchange.enums import BatchState
from exchange.sheets.columns import BY_NAME, Level
from exchange.sheets.problems import Problem
from households.models import Household, Person, Posting
from registry.lib.errors import DomainError
from registry.tenancy.context import Actor
from tests.exchange.rosters import (
    Cells,
    checked,
    csv_of,
    head,
    other_household,
    problems,
    spouse,
    table,
    verdicts,
    warnings,
    xlsx_of,
)
from tests.factories.households import document_number
from tests.factories.tenants import OTHER_VILLAGE_CODE

FIRST, SECOND = "54990100000001", "54990100000002"
GOOD = document_number(744, birth="19661223")
WRONG_CHECK = GOOD[:17] + ("0" if GOOD[17] != "0" else "1")


@pytest.mark.parametrize(
    ("changes", "column", "code"),
    [
        ({"document_number": GOOD[:16]}, "document_number", "document.length"),
        ({"document_number": WRONG_CHECK}, "document_number", "document.check_digit"),
        ({"document_number": "5.49901E+17"}, "document_number", "document.scientific_notation"),
        ({"sex": "男"}, "sex", "sex.differs"),
        ({"birth_on": "1966-12-24"}, "birth_on", "birth.differs"),
        ({"name": "=1+1"}, "name", "cell.formula"),
        ({"relation": "邻居"}, "relation", "code.unknown"),
        ({"main_cause": "因懒"}, "main_cause", "code.unknown"),
        ({"village_code": OTHER_VILLAGE_CODE}, "village_code", "village.other_county"),
        ({"village_code": "549901999999"}, "village_code", "village.unknown"),
        ({"village_code": "12345"}, "village_code", "village.malformed"),
        ({"starts_on": "1950-01"}, "starts_on", "starts_before_birth"),
        ({"starts_on": "2021-01"}, "starts_on", "starts_after_the_day"),
        ({"household_kind": "普通农户"}, "monitoring_category", "ordinary_unmonitored"),
        ({"risk_removed": "否"}, "monitoring_category", "monitoring.category_missing"),
        (
            {"monitoring_category": "边缘户", "risk_removed": "否", "risk_removed_on": "2020-10"},
            "risk_removed",
            "monitoring.removal_missing",
        ),
    ],
)
def test_check_refuses_the_household_only_when_its_head_is_wrong(
    changes: Cells, column: str, code: str, office: Actor
) -> None:
    batch = checked(csv_of(head(**changes), spouse(), other_household()), office)

    assert verdicts(batch) == {FIRST: "refused", SECOND: "new"}
    assert (3, column, code) in problems(batch)
    assert Household.objects.count() == 0


def test_check_accepts_when_nothing_is_wrong(office: Actor) -> None:
    batch = checked(csv_of(head(), spouse(), other_household()), office)

    assert verdicts(batch) == {FIRST: "new", SECOND: "new"}
    assert (problems(batch), warnings(batch)) == ([], [])


def test_check_names_every_row_of_a_refused_household_when_one_is_wrong(office: Actor) -> None:
    batch = checked(csv_of(head(), spouse(name="")), office)

    assert problems(batch) == [(3, "", "household.another_row"), (4, "name", "cell.empty")]


@pytest.mark.parametrize(
    ("second", "found"),
    [
        ({"relation": "户主"}, [(3, "", "household.another_row"), (4, "relation", "household.two_heads")]),
        ({"document_number": GOOD}, [(3, "document_number", "person.twice"), (4, "document_number", "person.twice")]),
        (
            {"person_number": "5499010000000101"},
            [(3, "person_number", "person_number.twice"), (4, "person_number", "person_number.twice")],
        ),
    ],
)
def test_check_refuses_the_household_when_two_rows_contradict(
    second: Cells, found: list[tuple[int, str, str]], office: Actor
) -> None:
    same_sex = {"sex": "女"} if second.get("document_number") else {}

    batch = checked(csv_of(head(), spouse(**(second | same_sex))), office)

    assert problems(batch) == found
    assert verdicts(batch) == {FIRST: "refused"}


def test_check_refuses_when_nobody_is_the_head(office: Actor) -> None:
    batch = checked(csv_of(head(relation="之母"), spouse()), office)

    assert (3, "relation", "household.no_head") in problems(batch)


def test_check_refuses_both_when_a_person_stands_in_two_households(office: Actor) -> None:
    twice = other_household(document_number=GOOD, sex="女")

    batch = checked(csv_of(head(), spouse(), twice), office)

    assert verdicts(batch) == {FIRST: "refused", SECOND: "refused"}
    assert (5, "document_number", "person.twice") in problems(batch)


def test_check_knows_a_person_again_when_the_other_document_is_a_disability_certificate(office: Actor) -> None:
    twice = other_household(document_number=f"{GOOD}44", sex="女")

    batch = checked(csv_of(head(), spouse(), twice), office)

    assert verdicts(batch) == {FIRST: "refused", SECOND: "refused"}


def test_check_refuses_the_row_when_it_has_no_household_number(office: Actor) -> None:
    batch = checked(csv_of(head(), spouse(household_number=""), other_household()), office)

    assert verdicts(batch) == {FIRST: "new", "": "refused", SECOND: "new"}
    assert (4, "household_number", "cell.empty") in problems(batch)


@pytest.mark.parametrize(
    ("first", "second", "found"),
    [
        ({}, {"main_cause": "因学"}, [(4, "main_cause", "household_value.differs")]),
        ({}, {"main_cause": "因懒"}, [(4, "main_cause", "household_value.unreadable")]),
        ({"person_count": "3"}, {"person_count": "3"}, [(3, "person_count", "person_count.differs")]),
        ({"other_cause_1": "因病"}, {"other_cause_1": "因病"}, [(3, "other_cause_1", "cause.twice")]),
        ({"village_name": "别村"}, {"village_name": "别村"}, [(3, "village_name", "village.name_differs")]),
    ],
)
def test_check_warns_and_goes_on_when_the_row_of_the_head_is_right(
    first: Cells, second: Cells, found: list[tuple[int, str, str]], office: Actor
) -> None:
    batch = checked(csv_of(head(**first), spouse(**second)), office)

    assert warnings(batch) == found
    assert verdicts(batch) == {FIRST: "new"}


def test_check_takes_the_values_of_the_head_when_the_head_comes_last(office: Actor) -> None:
    batch = checked(csv_of(spouse(main_cause="因学"), head()), office)

    assert warnings(batch) == [(3, "main_cause", "household_value.differs")]


def test_check_warns_of_every_row_when_the_head_comes_last(office: Actor) -> None:
    child = document_number(12, birth="20100515")
    rows = [
        spouse(main_cause="因学"),
        spouse(main_cause="因学", relation="之女", sex="女", document_number=child, person_number=""),
        head(person_count="3"),
    ]

    batch = checked(csv_of(*rows), office)

    assert {(3, "main_cause", "household_value.differs"), (4, "main_cause", "household_value.differs")} <= set(
        warnings(batch)
    )


def test_check_warns_of_nothing_when_only_the_head_has_the_values_of_the_household(office: Actor) -> None:
    member = {name: value for name, value in spouse().items() if BY_NAME[name].level is Level.PERSON}

    batch = checked(csv_of(head(), member | {"household_number": FIRST}), office)

    assert (verdicts(batch), warnings(batch)) == ({FIRST: "new"}, [])


def test_check_finds_the_village_by_its_names_when_no_code_is_given(office: Actor) -> None:
    names = {"village_code": "", "township_name": "上游乡", "village_name": "上游乡3村"}

    batch = checked(csv_of(head(**names), spouse(**names)), office)

    assert batch.households.get().village_code == "549901200202"


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ([head(data_date=""), spouse(data_date="")], "sheet.data_date_missing"),
        ([head(data_date="2090-01-01")], "sheet.data_date_future"),
        ([head(data_date="1999-01-01")], "sheet.data_date_early"),
        ([head(data_date="soon")], "sheet.data_date_unreadable"),
    ],
)
def test_check_refuses_the_file_when_its_data_date_will_not_do(rows: list[Cells], code: str, office: Actor) -> None:
    with pytest.raises(DomainError) as refused:
        checked(csv_of(*rows), office)

    assert refused.value.code == code


def test_check_takes_the_data_date_of_the_title_when_there_is_no_column(office: Actor) -> None:
    content = csv_of(head(data_date=""), spouse(data_date=""), titles=("截至 2020年12月15日",))

    assert str(checked(content, office).data_date) == "2020-12-15"


def test_check_refuses_the_file_when_no_person_is_in_it(office: Actor) -> None:
    with pytest.raises(DomainError) as refused:
        checked(xlsx_of([table(head())[0], ["合计", "0"]]), office)

    assert refused.value.code in {"sheet.no_rows", "sheet.data_date_missing"}


def test_check_refuses_the_household_when_one_row_has_another_data_date(office: Actor) -> None:
    batch = checked(csv_of(other_household(), head(), spouse(data_date="2020-11-30")), office)

    assert verdicts(batch) == {FIRST: "refused", SECOND: "new"}
    assert (5, "data_date", "data_date.differs") in problems(batch)


def test_check_leaves_the_register_alone_when_it_has_judged(office: Actor) -> None:
    batch = checked(csv_of(head(), spouse()), office)

    assert batch.state == BatchState.CHECKED
    assert [model.objects.count() for model in (Household, Person, Posting)] == [0, 0, 0]


def test_check_quotes_no_value_when_it_refuses(office: Actor) -> None:
    spoilt = {"name": "=机密", "document_number": WRONG_CHECK, "main_cause": "因机密", "household_phone": "机密"}

    batch = checked(csv_of(head(**spoilt)), office)

    found = [Problem(*problem) for problem in problems(batch)]
    assert len(found) == 4
    assert not [problem for problem in found if "机密" in problem.wrong + problem.remedy + problem.to_text()]
    assert not [problem for problem in found if WRONG_CHECK[:6] in problem.wrong + problem.remedy]


def test_check_asks_as_many_questions_when_there_are_more_households(office: Actor) -> None:
    checked(csv_of(lone(0)), office)  # what is read once is remembered

    with CaptureQueriesContext(connection) as with_one:
        checked(csv_of(lone(1)), office)
    with CaptureQueriesContext(connection) as with_three:
        checked(csv_of(lone(2), lone(3), lone(4)), office)

    assert len(with_three) == len(with_one)


def lone(number: int) -> Cells:
    """Give a household of one person."""
    document = document_number(11 + 2 * number, birth="19700101")
    return other_household(household_number=f"5499010000001{number}", person_number="", document_number=document)
