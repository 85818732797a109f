"""The clear account of dynamic management (动态管理明白账): its stocks and their columns.

Each stock is opening + in - out = closing, with a column for each kind of posting that may touch it. A change of
category leaves one stock and enters another under the same kind: it is a flow between columns.
Source: house rule, docs/reports.md; the kinds are those of households.enums.PostingKind.
"""

from dataclasses import dataclass
from typing import Final, Literal

from reports.definitions.text import Text

Direction = Literal["in", "out"]

REPORT_ID: Final = "dynamic-management"
TITLE: Final = Text("建档立卡动态管理明白账", "Clear account of dynamic management")
OF_DAYS: Final = Text(
    "按生效日期统计当月1日至所选日期的增减，未经冻结，期初数由期末数推算；补录不单列。",
    "Flows are those that took effect from the first of the month to the day. Nothing of it is frozen: the opening is "
    "what is left of the closing without them, and what was recorded late has no column of its own.",
)


@dataclass(frozen=True, slots=True)
class FlowColumn:
    """A column between opening and closing: what one kind of posting added to the stock, or took from it."""

    kind: str
    direction: Direction
    label: Text

    @property
    def sign(self) -> int:
        """+1 for what comes in, -1 for what goes out."""
        return 1 if self.direction == "in" else -1


@dataclass(frozen=True, slots=True)
class StockDefinition:
    """One of the three stocks with its columns, in the order of the sheet."""

    stock: str
    label: Text
    explanation: Text
    columns: tuple[FlowColumn, ...]

    @property
    def inflows(self) -> tuple[FlowColumn, ...]:
        """The columns that add."""
        return tuple(column for column in self.columns if column.direction == "in")

    @property
    def outflows(self) -> tuple[FlowColumn, ...]:
        """The columns that take away."""
        return tuple(column for column in self.columns if column.direction == "out")


_KINDS: Final = {
    "takeover": Text("接收建账", "Taken over"),
    "filed": Text("新识别", "Newly filed"),
    "returned": Text("返贫", "Returned to poverty"),
    "lifted": Text("脱贫", "Lifted"),
    "identified": Text("新识别监测", "Identified"),
    "relapsed": Text("风险反复", "Relapsed"),
    "risk_removed": Text("风险消除", "Risk removed"),
    "natural_in": Text("自然增加", "Natural increase"),
    "natural_out": Text("自然减少", "Natural decrease"),
    "moved_in": Text("迁入", "Moved in"),
    "moved_out": Text("迁出", "Moved out"),
    "split": Text("分户", "Split"),
    "merge": Text("并户", "Merged"),
    "wrongly_filed": Text("错评清退", "Wrongly filed"),
    "correction": Text("更正", "Correction"),
}
# These touch each stock in the same way.
_COMMON_IN: Final = ("natural_in", "moved_in", "split", "merge", "correction")
_COMMON_OUT: Final = ("natural_out", "moved_out", "split", "merge", "wrongly_filed", "correction")


def _columns(inward: tuple[str, ...], outward: tuple[str, ...]) -> tuple[FlowColumn, ...]:
    return (
        *(FlowColumn(kind, "in", _KINDS[kind]) for kind in (*inward, *_COMMON_IN)),
        *(FlowColumn(kind, "out", _KINDS[kind]) for kind in (*outward, *_COMMON_OUT)),
    )


NOT_LIFTED: Final = StockDefinition(
    "not_lifted",
    Text("未脱贫", "Not lifted"),
    Text("未脱贫户和返贫户", "Households filed or returned to poverty"),
    _columns(("takeover", "filed", "returned"), ("lifted",)),
)
LIFTED: Final = StockDefinition(
    "lifted",
    Text("已脱贫", "Lifted"),
    Text("脱贫户", "Households lifted out of poverty"),
    _columns(("takeover", "lifted"), ("returned",)),
)
MONITORED: Final = StockDefinition(
    "monitored",
    Text("监测对象（风险未消除）", "Monitored, risk not removed"),
    Text("风险未消除的监测对象，含普通农户", "Monitored households whose risk is not removed, ordinary ones too"),
    _columns(("takeover", "identified", "relapsed"), ("risk_removed",)),
)
STOCKS: Final = (NOT_LIFTED, LIFTED, MONITORED)
STOCK_BY_NAME: Final = {definition.stock: definition for definition in STOCKS}
# The stocks that make up the filed households (建档立卡户); monitored ones overlap with them.
FILED_STOCKS: Final = (NOT_LIFTED.stock, LIFTED.stock)
