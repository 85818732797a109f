"""Any layout as Parquet, read back by another reader than the one that wrote it."""

import zipfile
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import duckdb
import pytest

from reports.renderers.formats import render
from reports.renderers.parquet import render_parquet
from tests.reports.layouts import LONG_NUMBER, ROWS, card_layout, list_layout

pytestmark = pytest.mark.django_db


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Give the list as a file."""
    path = tmp_path / "list.parquet"
    path.write_bytes(render(list_layout(), "parquet").content)
    return path


@pytest.fixture
def reader() -> Iterator[duckdb.DuckDBPyConnection]:
    """Give the other reader."""
    with duckdb.connect() as connection:
        yield connection


def test_columns_have_their_keys_and_types_when_read_back(file: Path, reader: duckdb.DuckDBPyConnection) -> None:
    found = reader.execute("SELECT column_name, column_type FROM (DESCRIBE SELECT * FROM read_parquet(?))", [str(file)])

    assert dict(found.fetchall()) == {
        "division": "VARCHAR",
        "division_code": "VARCHAR",
        "households": "BIGINT",
        "share": "DOUBLE",
        "income": "DECIMAL(18,2)",
        "area": "DECIMAL(18,2)",
        "identified_on": "DATE",
        "month": "VARCHAR",
        "is_monitored": "BOOLEAN",
        "status": "VARCHAR",
        "status_label": "VARCHAR",
        "causes": "VARCHAR[]",
        "causes_label": "VARCHAR",
    }


def test_values_are_those_of_the_layout_when_read_back(file: Path, reader: duckdb.DuckDBPyConnection) -> None:
    rows = reader.execute("SELECT * FROM read_parquet(?)", [str(file)]).fetchall()

    assert rows == [
        ("示例县", "549901000000", 1234, 1.0, Decimal("12345.60"), Decimal("3.25"), date(2014, 4, 1), "2020-12", True,
         "lifted", "已脱贫", ["01", "07"], "因病、缺技术"),
        ("示例镇", "549901100000", 1000, 0.81, Decimal("-12.50"), None, date(2015, 6, 1), "2020-11", False,
         "returned", "返贫", [], ""),
        ("=1+1", "549901100200", 234, 0.19, None, Decimal("0.00"), date(1899, 1, 1), None, None,
         "unknown", "unknown", None, None),
    ]  # fmt: skip


def test_file_says_what_it_is_when_its_metadata_is_read(file: Path, reader: duckdb.DuckDBPyConnection) -> None:
    found = reader.execute("SELECT decode(key), decode(value) FROM parquet_kv_metadata(?)", [str(file)]).fetchall()

    assert {key: value for key, value in found if key != "ARROW:schema"} == {
        "report_id": "sample-list",
        "title": "示例县建档立卡户名单",
        "as_of": "2020-12-31",
        "area_name": "示例县",
        "language": "zh-hans",
        "known_at": "2021-01-05T02:30:00+00:00",
    }


def test_every_row_is_there_when_they_take_several_batches(tmp_path: Path, reader: duckdb.DuckDBPyConnection) -> None:
    path = tmp_path / "long.parquet"
    rows = (("甲村", str(number), number, *ROWS[0][3:]) for number in range(12_001))
    path.write_bytes(render_parquet(list_layout(rows, total=None)).content)

    found = reader.execute("SELECT count(*), sum(households), min(division_code) FROM read_parquet(?)", [str(path)])
    assert found.fetchone() == (12_001, 12_000 * 12_001 // 2, "0")


def test_money_is_rounded_half_up_when_it_has_more_than_two_places(
    tmp_path: Path, reader: duckdb.DuckDBPyConnection
) -> None:
    path = tmp_path / "money.parquet"
    path.write_bytes(render_parquet(list_layout([(*ROWS[0][:4], Decimal("1.005"), *ROWS[0][5:])])).content)

    assert reader.execute("SELECT income FROM read_parquet(?)", [str(path)]).fetchone() == (Decimal("1.01"),)


def test_same_layout_gives_the_same_file_when_rendered_twice() -> None:
    assert render(list_layout(), "parquet") == render(list_layout(), "parquet")


def test_cards_are_a_zip_of_tables_when_rendered(tmp_path: Path, reader: duckdb.DuckDBPyConnection) -> None:
    rendered = render(card_layout(), "parquet")

    with zipfile.ZipFile(BytesIO(rendered.content)) as archive:
        archive.extractall(tmp_path)
        names = archive.namelist()
    assert (rendered.suffix, names) == (
        "zip",
        ["card-1-fields.parquet", "card-1-members.parquet", "card-1-fields-2.parquet"],
    )
    found = reader.execute("SELECT document FROM read_parquet(?)", [str(tmp_path / names[1])]).fetchall()
    assert found == [(LONG_NUMBER,), (LONG_NUMBER,)]
