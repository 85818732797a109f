"""Cells: what each kind of column takes, and by which code it refuses the rest."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from exchange.sheets.cells import readers
from exchange.sheets.columns import BY_NAME, COLUMNS, Level
from exchange.sheets.problems import SENTENCES, Problem
from households.queries.drafts import DIFFERENCES, PROBLEMS
from registry.domain.codes import code_list
from registry.lib.column_labels import labels
from registry.lib.periods import LooseDate, Precision
from tests.factories.households import document_number

pytestmark = pytest.mark.django_db
DAY = date(2020, 12, 15)
DECEMBER = LooseDate(date(2017, 12, 1), Precision.MONTH)
GOOD = document_number(744, birth="19661223")


def read(column: str, cell: str) -> tuple[Any, str]:
    """Read one cell; give its value and the code of what is wrong with it."""
    lists = {known.scheme: code_list(known.scheme, on=DAY) for known in COLUMNS if known.scheme}
    lists["household_status"] = code_list("household_status", on=DAY)
    values, faults = readers(lists, on=DAY)[column].read([cell])
    return values[0], faults.get(0, "")


@pytest.mark.parametrize(
    ("column", "cell", "value"),
    [
        ("household_number", ' ="54990100000001"', "54990100000001"),
        ("household_number", "54990100000001.0", "54990100000001"),
        ("person_number", "无", ""),
        ("name", "　次仁 • 卓玛 ", "次仁·卓玛"),
        ("name", "𬱖𠮷", "𬱖𠮷"),
        ("village_code", "549901100200", "549901100200"),
        ("relation", "之 女", "04"),
        ("relation", "本人", "01"),
        ("health", "残疾+慢性病", ("4", "2")),
        ("health", "", None),
        ("household_kind", "脱贫户", "lifted"),
        ("household_kind", "未脱贫", "filed"),
        ("household_kind", "返贫", "returned"),
        ("household_kind", "1", "lifted"),
        ("risk_removed", "否", "identified"),
        ("risk_removed", "是", "removed"),
        ("has_basic_medical", "√", True),
        ("has_basic_medical", "无", False),
        ("has_basic_medical", "", None),
        ("identified_on", "2017-12", DECEMBER),
        ("identified_on", "2017/12/01", DECEMBER),
        ("identified_on", "2017年12月", DECEMBER),
        ("identified_on", "201712", DECEMBER),
        ("identified_on", "2017.12.01", DECEMBER),
        ("identified_on", "/", None),
        ("net_per_head", "6,762.945", Decimal("6762.95")),
        ("person_count", "６人", 6),
        ("work_months", "7.5个月", Decimal("7.5")),
        ("household_phone", "+86 179-1000-0000", "17910000000"),
    ],
)
def test_cell_is_read_when_it_is_spelled_as_offices_do(column: str, cell: str, value: object) -> None:
    assert read(column, cell) == (value, "")


@pytest.mark.parametrize(
    ("column", "cell", "code"),
    [
        ("household_number", "", "cell.empty"),
        ("household_number", "5.49901E+13", "number.scientific_notation"),
        ("household_number", "甲1", "number.characters"),
        ("name", "=HYPERLINK(A1)", "cell.formula"),
        ("name", "@SUM(A1)", "cell.formula"),
        ("name", "#REF!", "cell.formula"),
        ("name", "#NAME?", "cell.formula"),
        ("work_place", "#VALUE!", "cell.formula"),
        ("name", "123", "name.letters"),
        ("name", "", "cell.empty"),
        ("name", "央" * 61, "cell.too_long"),
        ("group_name", "+A1+1", "cell.formula"),
        ("village_code", "54990110020", "village.malformed"),
        ("document_number", "", "document.empty"),
        ("document_number", "5.49901E+17", "document.scientific_notation"),
        ("document_number", GOOD[:17], "document.length"),
        ("document_number", f"{GOOD[:17]}{'0' if GOOD[17] != '0' else '1'}", "document.check_digit"),
        ("document_number", document_number(1, birth="20210101"), "document.birth"),
        ("document_number", f"{GOOD}91", "document.disability_marks"),
        ("document_number", "549901661223074", "document.old_number"),
        ("relation", "邻居", "code.unknown"),
        ("relation", "", "cell.empty"),
        ("main_cause", "因懒", "code.unknown"),
        ("main_cause", "其他", "code.unknown"),
        ("monitoring_category", "突发严重困难户", "code.unknown"),
        ("health", "残疾+未知", "code.unknown"),
        ("household_kind", "已销户", "code.unknown"),
        ("has_basic_medical", "也许", "code.unknown"),
        ("identified_on", "2017", "date.year_only"),
        ("identified_on", "2017-13", "date.impossible"),
        ("identified_on", "2017.1", "date.ambiguous"),
        ("net_per_head", "0.7万", "money.scaled"),
        ("net_per_head", "many", "money.unreadable"),
        ("person_count", "0", "count.unreadable"),
        ("person_count", "51", "count.unreadable"),
        ("work_months", "13", "months.unreadable"),
        ("household_phone", "1791000", "phone.malformed"),
        ("account", "12", "account.malformed"),
    ],
)
def test_cell_is_refused_when_it_cannot_be_read(column: str, cell: str, code: str) -> None:
    _value, found = read(column, cell)

    assert found == code
    assert found in SENTENCES


@pytest.mark.parametrize("code", [*PROBLEMS, *DIFFERENCES, "member_absent"])
def test_finding_of_drafts_has_its_sentences(code: str) -> None:
    problem = Problem(1, "", code)

    assert problem.wrong.endswith(".")
    assert problem.remedy.endswith(".")


@pytest.mark.parametrize("code", SENTENCES)
def test_sentences_are_whole_when_they_are_shown(code: str) -> None:
    problem = Problem(1, "", code, other_row=17)

    assert "%" not in problem.wrong + problem.remedy


def test_problem_is_the_same_when_it_was_kept_as_text() -> None:
    problem = Problem(12, "name", "cell.formula", other_row=3)

    assert Problem.from_text(problem.to_text()) == problem


def test_every_label_leads_to_a_column_when_it_is_kept() -> None:
    kept = {label.column for label in labels().values() if label.column}

    assert kept == set(BY_NAME)


def test_only_the_data_date_concerns_the_sheet_as_a_whole() -> None:
    assert [column.name for column in COLUMNS if column.level is Level.SHEET] == ["data_date"]
