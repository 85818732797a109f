"""Figures of an invented county, for renderers: two townships with two villages each."""

from datetime import date

from reports.definitions.account import REPORT_ID, STOCKS, StockDefinition
from reports.definitions.figures import (
    AccountLine,
    CarryOver,
    CauseCell,
    CauseLabel,
    CauseLine,
    Count,
    CoverageLine,
    Division,
    Figures,
)

COUNTY = Division("549901000000", "示例县", "county")
DIVISIONS = (
    COUNTY,
    Division("549901100000", "示例镇", "township"),
    Division("549901100200", "=1+1村", "village"),
    Division("549901100201", "示例镇2村", "village"),
    Division("549901101000", "河谷乡", "township"),
    Division("549901101200", "河谷乡1村", "village"),
    Division("549901101201", "河谷乡2村", "village"),
)
_VILLAGES = {division.code: index for index, division in enumerate(DIVISIONS) if division.level == "village"}
CAUSES = (
    CauseLabel("01", "因病", "Illness"),
    CauseLabel("07", "缺技术", "Lack of skills"),
    CauseLabel("", "未填写", "Not stated"),
)


def sample_figures(*, carried: bool = False) -> Figures:
    """Make the figures; every line of a township or county is the sum of its villages."""
    carried_over = (CarryOver("lifted", Count(10, 40), Count(11, 44)),) if carried else ()
    return Figures(
        report_id=REPORT_ID,
        county=COUNTY,
        month="2020-12",
        as_of=date(2020, 12, 31),
        accounts={definition.stock: _lines(definition) for definition in STOCKS},
        cause_labels=CAUSES,
        causes=tuple(CauseLine(division, _causes(_below(division))) for division in DIVISIONS),
        coverage=tuple(_coverage(division) for division in DIVISIONS),
        carried_over=carried_over,
        carried_over_below=2 if carried else 0,
    )


def _below(division: Division) -> list[int]:
    prefix = {"county": 6, "township": 9, "village": 12}[division.level]
    return [index for code, index in _VILLAGES.items() if code[:prefix] == division.code[:prefix]]


def _lines(definition: StockDefinition) -> tuple[AccountLine, ...]:
    return tuple(_line(definition, division) for division in DIVISIONS)


def _line(definition: StockDefinition, division: Division) -> AccountLine:
    villages = _below(division)
    opening = sum((Count(100 * index, 400 * index) for index in villages), Count())
    flows = tuple(
        sum((Count(index + place, 4 * index + place) for index in villages), Count()) if place % 3 == 0 else Count()
        for place in range(len(definition.columns))
    )
    closing = opening
    for column, flow in zip(definition.columns, flows, strict=True):
        closing = closing + flow if column.direction == "in" else closing - flow
    return AccountLine(division, opening, flows, closing)


def _causes(villages: list[int]) -> tuple[CauseCell, ...]:
    return tuple(
        CauseCell(
            label.code, sum((3 - place) * 40 * index for index in villages), 5 * sum(villages), place * sum(villages)
        )
        for place, label in enumerate(CAUSES)
    )


def _coverage(division: Division) -> CoverageLine:
    villages = _below(division)
    return CoverageLine(division, 300 * sum(villages), sum(villages), 2, len(villages), len(villages) // 2)
