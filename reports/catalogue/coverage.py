"""The coverage lists, each with its totals by division: who is not reached yet, and how many of how many."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any, ClassVar, Final

from typing_extensions import override

from reports.catalogue.base import Choice, Picture, Theme, enter
from reports.catalogue.lists import PicturedList, PicturedReport
from reports.catalogue.totals import DEPTH, VILLAGE_RIGHT, Sums, bars_of, division_table, share
from reports.definitions import coverage as gaps
from reports.definitions import lists as words
from reports.definitions.coverage import Gap
from reports.definitions.layout import CellKind, Column, Sheet, Value
from reports.definitions.pictured import Pictured
from reports.definitions.text import Language, Text
from reports.enums import RowLevel
from reports.queries.pictured import BASE, Listing, counts_by
from reports.queries.pictured_columns import titled_columns

_GAPS: Final = {gap.id: gap for gap in gaps.GAPS}
_ONLY: Final = Choice(
    "only",
    Text("范围", "Which of them"),
    (
        ("all", Text("未覆盖和未填写的", "Missing and not on file")),
        ("missing", Text("仅未覆盖的", "Missing only")),
        ("unknown", Text("仅未填写的", "Not on file only")),
    ),
)
_JOINS: Final = frozenset({"h"})


class _Lists:
    """The list of each gap, for the totals that lead to it."""

    by_gap: ClassVar[dict[str, "_GapList"]] = {}


class _GapList(PicturedList):
    """A list of those who lack something, or of whom it is not on file."""

    right: ClassVar = "reports.view_persons"
    theme: ClassVar = Theme.COVERAGE
    choices: ClassVar = (_ONLY,)
    gap: ClassVar[Gap]

    @override
    def __init_subclass__(cls, *, of: str, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        cls.gap = _GAPS[of]
        cls.id, cls.title, cls.level = of, cls.gap.title, cls.gap.level
        cls.holds_persons = cls.gap.level != RowLevel.VILLAGE
        cls.has_sealed = cls.holds_persons
        _Lists.by_gap[of] = cls()

    @override
    def columns(self, picture: Picture) -> tuple[Pictured, ...]:
        return titled_columns(self.level, self.gap.columns)

    @override
    def narrowed(self, picture: Picture) -> tuple[str, frozenset[str]]:
        chosen = {
            "all": f"({self.gap.missing} OR {self.gap.unknown})",
            "missing": f"({self.gap.missing})",
            "unknown": f"({self.gap.unknown})",
        }[picture.option("only", "all")]
        return f"{self.gap.asked} AND {chosen}", frozenset() if self.level == RowLevel.VILLAGE else _JOINS


class _GapTotals(PicturedReport):
    """How many lack something, of how many it is not on file, and how many are counted, by division."""

    right: ClassVar = "reports.view_area"
    village_right: ClassVar = VILLAGE_RIGHT
    theme: ClassVar = Theme.COVERAGE
    holds_persons: ClassVar = False
    choices: ClassVar = (DEPTH,)
    gap: ClassVar[Gap]

    @override
    def __init_subclass__(cls, *, of: str, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        cls.gap = _GAPS[of]
        cls.id, cls.title = f"{of}-totals", cls.gap.total_title
        cls.list_id = of

    @override
    def sheets(self, picture: Picture, *, title: str, language: Language) -> Iterable[Sheet]:
        table = division_table(self.id.replace("-", "_"), picture, _columns(self.gap), self._figures(picture), _line)
        unit = Text(f"单位：{self.gap.counted.zh}", f"Unit: {self.gap.counted.en}")
        chart = bars_of(table, "missing", title=title, unit=self.gap.counted)
        notes = tuple(self.notes(picture, language))
        yield Sheet("totals", words.TOTALS, title, (table,), unit, notes, charts=(chart,))

    @override
    def behind(self, picture: Picture, table_key: str, column_key: str) -> Listing | None:
        if column_key not in {"missing", "unknown"}:
            return None
        listed = _Lists.by_gap[self.gap.id]
        return listed.listing(replace(picture, options=(("only", column_key),)))

    def _figures(self, picture: Picture) -> dict[str, Sums]:
        """Give for each village: who is counted, who lacks it, of whom it is not on file."""
        level = self.gap.level
        listing = Listing(
            level=level,
            snapshot_id=self.snapshot(picture),
            area_code=picture.area_code,
            as_of=picture.as_of,
            narrowed=self.gap.asked,
            joins=frozenset() if level == RowLevel.VILLAGE else _JOINS,
        )
        measures = [
            "count(*)",
            f"count(*) FILTER (WHERE {self.gap.missing})",
            f"count(*) FILTER (WHERE {self.gap.unknown})",
        ]
        counted = counts_by(listing, [f"{BASE[level]}.village_code"], measures)
        return {code: tuple(map(int, sums)) for code, *sums in counted}


def _columns(gap: Gap) -> tuple[Column, ...]:
    unit_zh, unit_en = gap.counted.zh, gap.counted.en
    return (
        Column("counted", Text(f"应统计{unit_zh}数", f"Counted {unit_en}"), CellKind.COUNT, 12),
        Column("missing", Text(f"未覆盖{unit_zh}数", f"Missing {unit_en}"), CellKind.COUNT, 12),
        Column("unknown", Text(f"未填写{unit_zh}数", f"Not on file {unit_en}"), CellKind.COUNT, 12),
        Column("ratio", Text("未覆盖占比", "Share missing"), CellKind.RATIO, 10),
    )


def _line(sums: Sums) -> tuple[Value, ...]:
    counted, missing, unknown = sums
    return counted, missing, unknown, share(missing, counted)


@enter
class WithoutIncomePath(_GapList, of="without-income-path"):
    """Households in which nobody works and nothing else brings an income. Source: house rule, docs/decisions/0245."""


@enter
class AbleWithoutWork(_GapList, of="able-without-work"):
    """Members who are able to work, are not at school, and are not at work. Source: house rule, docs/decisions/0245."""


@enter
class WithoutBasicMedical(_GapList, of="without-basic-medical"):
    """Residents with neither of the two basic medical insurances. Source: rules 18 and 19 of the provincial checks."""


@enter
class WithoutSeriousIllnessCover(_GapList, of="without-serious-illness-cover"):
    """Residents without cover of serious illness. Source: rule 19 of the provincial checks."""


@enter
class WithoutPension(_GapList, of="without-pension"):
    """Residents from 16 on, not at school, with neither pension insurance. Source: house rule, docs/decisions/0245."""


@enter
class VillagesUnderGoal(_GapList, of="villages-under-goal"):
    """Villages whose own collective income is below the goal of the year. Source: economy.definitions.goals."""

    right: ClassVar = "reports.view_area"
    unit: ClassVar = words.UNIT_YUAN


@enter
class IncomePathTotals(_GapTotals, of="without-income-path"):
    """Totals of `without-income-path`."""


@enter
class WorkTotals(_GapTotals, of="able-without-work"):
    """Totals of `able-without-work`."""


@enter
class BasicMedicalTotals(_GapTotals, of="without-basic-medical"):
    """Totals of `without-basic-medical`."""


@enter
class SeriousIllnessTotals(_GapTotals, of="without-serious-illness-cover"):
    """Totals of `without-serious-illness-cover`."""


@enter
class PensionTotals(_GapTotals, of="without-pension"):
    """Totals of `without-pension`."""


@enter
class GoalTotals(_GapTotals, of="villages-under-goal"):
    """Totals of `villages-under-goal`."""
