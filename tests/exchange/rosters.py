"""Small invented rosters: a household of two in the first village, and ways to spoil it."""

import csv
import io
from collections.abc import Sequence
from typing import Final

import xlsxwriter

from exchange.domain.applying import apply_batch
from exchange.domain.checking import check_batch
from exchange.domain.decisions import approve_roster, upload_roster
from exchange.models import ImportBatch, ImportRow
from exchange.sheets.columns import BY_NAME
from exchange.sheets.problems import Problem
from registry.jobs import Progress
from registry.tenancy.context import Actor
from tests.factories.households import document_number
from tests.factories.tenants import VILLAGE_CODE

Cells = dict[str, str]
DATA_DATE: Final = "2020-12-15"
_COMMON: Final = {
    "data_date": DATA_DATE,
    "village_code": VILLAGE_CODE,
    "group_name": "2组",
    "household_number": "54990100000001",
    "person_count": "2",
    "health": "健康",
    "skill": "普通劳动力",
    "has_basic_medical": "是",
    "standard": "国家标准",
    "attribute": "低保脱贫户",
    "main_cause": "因病",
    "other_cause_1": "缺水",
    "dangerous_housing": "否",
    "safe_water": "是",
    "net_per_head": "6762.95",
    "household_phone": "17910000000",
    "identified_on": "2017-12",
    "starts_on": "2017-12",
    "household_kind": "脱贫户",
    "helper_name": "示例干部025",
    "helper_unit_name": "示例县单位25",
    "helper_phone": "17930000025",
}


def head(**changes: str) -> Cells:
    """Give the row of the head: a woman born in 1966."""
    own = {"person_number": "5499010000000101", "name": "央金罗布", "relation": "户主", "sex": "女"}
    return _COMMON | own | {"document_number": document_number(744, birth="19661223")} | changes


def spouse(**changes: str) -> Cells:
    """Give the row of the spouse: a man born in 1963."""
    own = {"person_number": "5499010000000102", "name": "普布曲珍", "relation": "配偶", "sex": "男"}
    return _COMMON | own | {"document_number": document_number(97, birth="19630525")} | changes


def other_household(**changes: str) -> Cells:
    """Give the only row of another household, which nothing is wrong with."""
    own = {
        "household_number": "54990100000002",
        "person_number": "5499010000000201",
        "person_count": "1",
        "name": "索朗",
        "relation": "户主",
        "sex": "男",
        "document_number": document_number(11, birth="19700101"),
        "household_phone": "17910000001",
    }
    return _COMMON | own | changes


def table(*rows: Cells) -> list[list[str]]:
    """Give header and rows with the columns that the rows have."""
    names = [name for name in BY_NAME if any(name in row for row in rows)]
    return [[BY_NAME[name].label for name in names], *([row.get(name, "") for name in names] for row in rows)]


def csv_of(*rows: Cells, encoding: str = "utf-8", titles: tuple[str, ...] = ("示例县花名册",)) -> bytes:
    """Write a roster as .csv, with title rows above the header and a row of totals below."""
    text = io.StringIO(newline="")
    csv.writer(text).writerows([*([title] for title in titles), *table(*rows), ["合计", str(len(rows))]])
    return text.getvalue().encode(encoding)


def xlsx_of(rows: Sequence[Sequence[object]], *, first_row: int = 0, sheets: tuple[str, ...] = ("Sheet1",)) -> bytes:
    """Write rows of cells into the last of the sheets of a workbook."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True, "strings_to_formulas": False}) as workbook:
        sheet = [workbook.add_worksheet(name) for name in sheets][-1]
        for number, row in enumerate(rows, start=first_row):
            sheet.write_row(number, 0, row)
    return stream.getvalue()


def workbook_of(*sheets: Sequence[Sequence[object]]) -> bytes:
    """Write a workbook with several sheets."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True, "strings_to_formulas": False}) as workbook:
        for rows in sheets:
            sheet = workbook.add_worksheet()
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    return stream.getvalue()


def checked(content: bytes, actor: Actor, *, name: str = "roster.csv") -> ImportBatch:
    """Bring a roster in and check it."""
    batch = upload_roster(content, name=name, actor=actor)
    return check_batch(batch.pk, actor=actor, progress=Progress())


def applied(content: bytes, actor: Actor) -> ImportBatch:
    """Bring a roster in, check it and apply it."""
    batch = checked(content, actor)
    approve_roster(batch.pk, actor=actor, version=batch.version)
    return apply_batch(batch.pk, actor=actor, progress=Progress())


def verdicts(batch: ImportBatch) -> dict[str, str]:
    """Give the verdict on each household by its number."""
    return dict(batch.households.values_list("number", "verdict"))


def problems(batch: ImportBatch) -> list[tuple[int, str, str]]:
    """Give row, column and code of what was refused."""
    rows = ImportRow.objects.filter(batch=batch).order_by("row").values_list("problems", flat=True)
    found = [Problem.from_text(text) for texts in rows for text in texts]
    return [(problem.row, problem.column, problem.code) for problem in found]


def warnings(batch: ImportBatch) -> list[tuple[int, str, str]]:
    """Give row, column and code of what was warned about."""
    rows = ImportRow.objects.filter(batch=batch).order_by("row").values_list("warnings", flat=True)
    found = [Problem.from_text(text) for texts in rows for text in texts]
    return [(warning.row, warning.column, warning.code) for warning in found]


def notes(batch: ImportBatch) -> list[tuple[str, str]]:
    """Give household number and code of what was listed and not applied."""
    rows = batch.households.order_by("first_row").values_list("number", "notes")
    return [(number, Problem.from_text(text).code) for number, texts in rows for text in texts]
