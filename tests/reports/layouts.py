"""Small layouts for the renderers: a list with groups, a card, and what tries to be more than a text."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

from registry.lib.periods import LooseDate, Precision
from reports.definitions.chart import Chart, ChartKind, Series
from reports.definitions.layout import CellKind, Column, Fields, Item, Layout, Row, Sheet, Table
from reports.definitions.text import Language, Text

STATUS = {"lifted": Text("已脱贫", "lifted"), "returned": Text("返贫", "returned")}
HOSTILE = ("=1+1", "+cmd|' /C calc'!A0", "@SUM(A1)", '#eval("1")<script>alert(1)</script>\\ $x$ *b*')
LONG_NUMBER = "549901202003150012"
COLUMNS = (
    Column("division", Text("区划", "Division"), width=18),
    Column("division_code", Text("行政编码", "Code"), CellKind.IDENTIFIER, 16),
    Column("households", Text("户数", "Households"), CellKind.COUNT, 10, Text("建档立卡户", "Filed households")),
    Column("share", Text("占比", "Share"), CellKind.RATIO, 10, Text("建档立卡户", "Filed households")),
    Column("income", Text("人均纯收入（元）", "Net income per person (yuan)"), CellKind.YUAN, 16),
    Column("area", Text("耕地面积（亩）", "Farmland (mu)"), CellKind.DECIMAL, 12),
    Column("identified_on", Text("识别时间", "Identified"), CellKind.DAY, 12),
    Column("month", Text("月份", "Month"), CellKind.MONTH, 10),
    Column("is_monitored", Text("监测对象", "Monitored"), CellKind.YES_NO, 10),
    Column("status", Text("状态", "Status"), CellKind.CODE, 10, labels=STATUS),
    Column("causes", Text("致贫原因", "Causes"), CellKind.CODES, 20, scheme="poverty_cause"),
)
ROWS: tuple[Row, ...] = (
    ("示例县", "549901000000", 1234, Decimal(1), Decimal("12345.60"), Decimal("3.25"), date(2014, 4, 1),
     date(2020, 12, 1), True, "lifted", "01,07"),
    ("示例镇", "549901100000", 1000, Decimal("0.81"), Decimal("-12.50"), None,
     LooseDate(date(2015, 6, 1), Precision.MONTH), "2020-11", False, "returned", ""),
    ("=1+1", "549901100200", 234, Decimal("0.19"), None, Decimal(0), date(1899, 1, 1), None, None, "unknown", None),
)  # fmt: skip
TOTAL: Row = ("合计", None, 1234, Decimal(1), None, None, None, None, None, None, None)


def list_layout(
    rows: Iterable[Row] = ROWS, *, language: Language = "zh-hans", total: Row | None = TOTAL, watermark: str = ""
) -> Layout:
    """Give a list with a column of each kind, two of them in a group."""
    table = Table("divisions", COLUMNS, rows, total=total, division_key="division_code")
    sheet = Sheet(
        "list",
        Text("名单", "List"),
        "示例县建档立卡户名单" if language == "zh-hans" else "List of filed households",
        (table,),
        unit=Text("单位：户、元", "Unit: households, yuan"),
        notes=("第一条说明。", "=2+2"),
        signatures=(Text("填表人", "Filled in by"), Text("审核人", "Checked by"), Text("单位负责人", "Head of office")),
        watermark=watermark,
    )
    return Layout(
        "sample-list",
        sheet.title,
        date(2020, 12, 31),
        language,
        holds_persons=False,
        sheets=(sheet,),
        area_name="示例县",
        known_at=datetime(2021, 1, 5, 2, 30, tzinfo=UTC),
    )


def card_layout(number: int = 1) -> Layout:
    """Give cards, each on a sheet of its own: fields, a table, fields."""
    return Layout(
        "sample-card",
        "帮扶手册",
        date(2020, 12, 31),
        "zh-hans",
        holds_persons=True,
        sheets=(_card(place) for place in range(1, number + 1)),
        area_name="示例村",
    )


def _card(place: int) -> Sheet:
    head = Fields(
        (
            Item(Text("户主", "Head"), "次仁卓玛"),
            Item(Text("户编号", "Number"), f"5499010000{place:08d}", CellKind.IDENTIFIER),
            Item(Text("人均纯收入", "Net income"), Decimal("8123.40"), CellKind.YUAN),
            Item(Text("住址", "Address"), "སྡོད་གནས། 示例镇很长很长的住址" * 6),
        ),
        a_line=2,
        title=Text("家庭情况", "Household"),
    )
    members = Table(
        "members",
        (
            Column("name", Text("姓名", "Name"), width=16),
            Column("document", Text("证件号码", "Document"), CellKind.IDENTIFIER, 22),
            Column("birth_on", Text("出生日期", "Born"), CellKind.DAY, 14),
        ),
        (("𬱖𠮷", LONG_NUMBER, date(1980, 1, 2)), (HOSTILE[1], LONG_NUMBER, None)),
        title=Text("家庭成员", "Members"),
    )
    tail = Fields((Item(Text("备注", "Remark"), None),), a_line=1)
    return Sheet(
        f"card-{place}",
        Text("手册", "Card"),
        "帮扶手册",
        (head, members, tail),
        signatures=(Text("户主签字", "Head of household"),),
        is_landscape=False,
    )


def charts() -> tuple[Chart, ...]:
    """Give a chart of each kind, and one without data."""
    unit, words = Text("户", "households"), Text("各乡镇户数", "Households by township")
    came, went = Text("增加", "In"), Text("减少", "Out")
    towns = ("示例镇", "བོད་གྲོང་བསྒྲུབས", "𬱖溪镇\U000323af")
    months = tuple(f"2020-{month:02d}" for month in range(1, 7))
    return (
        Chart(
            "bars",
            ChartKind.BARS,
            "各乡镇户数",
            towns,
            (Series(came, (10, 0, None)), Series(went, (3, 2, 1))),
            unit,
            words,
        ),
        Chart(
            "flows",
            ChartKind.STACKED,
            "本月增减",
            towns,
            (Series(came, (4, 2, 0)), Series(went, (-1, -3, 0))),
            unit,
            words,
        ),
        Chart("trend", ChartKind.LINES, "各月户数", months, (Series(came, (1, 2, None, 4, 5, 6)),), unit, words),
        Chart("nothing", ChartKind.BARS, "无数据", towns, (Series(came, (None, None, None)),), unit, words),
    )


def charted_layout(*, holds_persons: bool = False) -> Layout:
    """Give the list with charts below it."""
    layout = list_layout()
    sheets = tuple(replace(sheet, charts=charts()) for sheet in layout.sheets)
    return replace(layout, sheets=sheets, holds_persons=holds_persons)
