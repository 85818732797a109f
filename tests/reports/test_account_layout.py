"""The clear account as a layout: the same figures as its workbook, in every format."""

import csv
import zipfile
from dataclasses import replace
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import duckdb
import pypdfium2
import pytest
from openpyxl import load_workbook

from reports.definitions.text import Language
from reports.renderers.account_layout import account_layout
from reports.renderers.formats import render
from reports.renderers.workbook import render_workbook
from tests.reports.samples import sample_figures

pytestmark = pytest.mark.django_db
STOCK_SHEETS = ["未脱贫户数", "未脱贫人数", "已脱贫户数", "已脱贫人数", "监测对象户数", "监测对象人数", "结对覆盖"]
VILLAGES = ("=1+1村", "示例镇2村", "河谷乡1村", "河谷乡2村")


def numbers(content: bytes, sheet: str) -> dict[str, list[Any]]:
    """Give the rows of a sheet by their code, without the places that are empty."""
    rows = load_workbook(BytesIO(content))[sheet].iter_rows(values_only=True)
    return {str(row[1]): list(row[2:]) for row in rows if len(row) > 1 and str(row[1]).startswith("5499")}


def csv_files(language: Language = "zh-hans") -> dict[str, list[list[str]]]:
    """Render the account as CSV and read each file."""
    content = render(account_layout(sample_figures(), language), "csv").content
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return {name: list(csv.reader(StringIO(archive.read(name).decode("utf-8-sig")))) for name in archive.namelist()}


@pytest.mark.parametrize("sheet", STOCK_SHEETS)
def test_layout_has_the_figures_of_the_workbook_when_both_are_rendered(sheet: str) -> None:
    figures = sample_figures()

    layout = render(account_layout(figures, "zh-hans"), "xlsx").content
    workbook = render_workbook(figures)
    assert len(numbers(workbook, sheet)) == 7
    assert numbers(layout, sheet) == numbers(workbook, sheet)


def test_every_line_adds_up_when_the_csv_is_read_by_its_heads() -> None:
    files = csv_files()

    lines = [
        line for name, rows in files.items() if name.endswith(("_households.csv", "_persons.csv")) for line in rows
    ]
    heads = [line for line in lines if line[0] == "区划"]
    assert len(heads) == 6
    for name in ("not_lifted_households.csv", "monitored_persons.csv"):
        head, *rows = files[name]
        came, went = (place for place, label in enumerate(head) if label.endswith(" 合计"))
        late_in, late_out = len(head) - 3, len(head) - 2
        sums = [int(r[2]) + int(r[came]) - int(r[went]) + int(r[late_in]) - int(r[late_out]) for r in rows]
        assert sums == [int(r[-1]) for r in rows]


def test_causes_by_village_stay_away_when_the_account_is_rendered() -> None:
    files = csv_files()

    named = {row[0] for name in ("causes-main.csv", "causes-other.csv") for row in files[name]}
    assert {"示例县", "河谷乡"} <= named
    assert named.isdisjoint(VILLAGES)


def test_pdf_has_every_sheet_and_its_charts_when_rendered() -> None:
    content = render(account_layout(sample_figures(), "zh-hans"), "pdf").content

    document = pypdfium2.PdfDocument(content)
    text = "".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    titles = ["（未脱贫）", "（已脱贫）", "（监测对象（风险未消除））", "致贫原因情况统计表", "结对帮扶和驻村覆盖情况"]
    assert [title for title in titles if title not in text] == []
    assert [name for name in VILLAGES if name not in text] == []


def test_parquet_has_a_file_for_each_table_when_rendered(tmp_path: Path) -> None:
    content = render(account_layout(sample_figures(), "en"), "parquet").content

    with zipfile.ZipFile(BytesIO(content)) as archive:
        archive.extract("lifted_households.parquet", tmp_path)
    with duckdb.connect() as reader:
        path = str(tmp_path / "lifted_households.parquet")
        found = reader.execute("SELECT division_code, opening, closing FROM read_parquet(?)", [path]).fetchall()
    wanted = [
        (line.division.code, line.opening.households, line.closing.households)
        for line in sample_figures().accounts["lifted"]
    ]
    assert found == wanted


def test_trend_is_drawn_when_former_periods_are_known() -> None:
    figures = sample_figures()
    former = [replace(figures, month=f"2020-{month:02d}") for month in (10, 11)]

    summary = next(iter(account_layout(figures, "zh-hans", former=former).sheets))
    assert [chart.key for chart in summary.charts] == ["closing", "flows", "trend"]
    assert summary.charts[-1].labels == ("2020-10", "2020-11", "2020-12")


def test_same_figures_give_the_same_files_when_rendered_twice() -> None:
    first, second = (render(account_layout(sample_figures(), "zh-hans"), "pdf") for _ in range(2))

    assert first == second
