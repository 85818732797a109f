"""The results of a sample check as a workbook: rates by stratum, what was wrong, and the households drawn."""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from django.utils.translation import get_language

from registry.access import require
from registry.audit import record
from registry.queries.divisions import division_names
from registry.tenancy.context import Actor
from reports.definitions.layout import CellKind, Column, Layout, Row, Sheet, Table
from reports.definitions.text import Text, language_of
from reports.enums import Format
from reports.renderers.formats import Rendered, file_name, render
from sampling.enums import Group, Section
from sampling.models import SampleCheck
from sampling.queries.samples import VIEW, StratumLine, groups_of_cells, households_drawn, lines_of, sections_found

# What stands in no name of a file, on any system.
_NO_NAME: Final = re.compile(r'[\\/:*?"<>|]')
_TITLE = Text("抽样核查结果", "Results of the sample check")
_HOUSEHOLDS = Text("抽中户", "Households drawn")
_SECTIONS = Text("错误内容", "What was wrong")
_ALL = Text("合计", "All strata")
_UNIT = Text("单位：户", "Households")
_RESULT_COLUMNS = (
    Column("township_code", Text("乡镇代码", "Township code"), CellKind.IDENTIFIER, 14),
    Column("township", Text("乡镇", "Township"), width=16),
    Column("group", Text("层", "Group"), width=18),
    Column("households", Text("名单户数", "On the list"), CellKind.COUNT),
    Column("drawn", Text("抽中户数", "Drawn"), CellKind.COUNT),
    Column("checked", Text("已核查户数", "Checked"), CellKind.COUNT),
    Column("wrong", Text("有误户数", "Wrong"), CellKind.COUNT),
    Column("rate", Text("差错率", "Error rate"), CellKind.RATIO),
    Column("low", Text("95%区间下限", "Interval, lower end"), CellKind.RATIO),
    Column("high", Text("95%区间上限", "Interval, upper end"), CellKind.RATIO),
    Column("covered_ratio", Text("覆盖比例", "Share covered"), CellKind.RATIO),
)
_SECTION_COLUMNS = (
    Column("section", _SECTIONS, width=24),
    Column("households", Text("户数", "Households"), CellKind.COUNT),
)
_DRAWN_COLUMNS = (
    Column("number", Text("户编号", "Household number"), CellKind.IDENTIFIER, 18),
    Column("village_code", Text("村代码", "Village code"), CellKind.IDENTIFIER, 14),
    Column("village", Text("村", "Village"), width=16),
    Column("group", Text("层", "Group"), width=18),
    Column("place", Text("层内抽取顺序", "Place in the draw"), CellKind.COUNT),
    Column("outcome", Text("核查结果", "Result"), width=18),
    Column("wrong", _SECTIONS, width=30),
    Column("checked_on", Text("核查日期", "Checked on"), CellKind.DAY),
)
_SEED = Text("随机种子：{seed}", "Seed: {seed}")
_DIGEST = Text("名单校验值：{digest}", "Digest of the list: {digest}")
_WEIGHTED = Text(
    "差错率按各层名单户数加权；未见到人的户计入抽中，不计入已核查。",
    "Rates weigh each stratum by its households; households where nobody was met count as drawn and not checked.",
)


def results_file(sample: SampleCheck, *, actor: Actor) -> tuple[str, Rendered]:
    """Give name and content of the workbook of a check, for the actor's area; the handing out is audited.

    It names households by their numbers and no person. Raises: NotAllowed.
    """
    require(actor, VIEW)
    language = language_of(get_language() or "")
    title = f"{sample.name} · {_TITLE.in_language(language)}"
    notes = [_SEED.in_language(language, seed=sample.seed), _WEIGHTED.in_language(language)]
    if sample.frame_digest:
        notes.insert(1, _DIGEST.in_language(language, digest=sample.frame_digest))
    *strata, whole = lines_of(sample)
    names = division_names({line.township_code for line in strata})
    results = Table(
        "results",
        _RESULT_COLUMNS,
        [_result(line, names) for line in strata],
        ("", _ALL.in_language(language), "", *_figures(whole)),
    )
    labels = dict(Section.choices)
    found: list[Row] = [(str(labels[code]), count) for code, count in sorted(sections_found(sample).items())]
    parts = (
        Sheet("results", _TITLE, title, (results,), unit=_UNIT, notes=tuple(notes)),
        Sheet("sections", _SECTIONS, title, (Table("sections", _SECTION_COLUMNS, found),), unit=_UNIT),
        Sheet("households", _HOUSEHOLDS, title, (Table("households", _DRAWN_COLUMNS, _drawn(sample)),)),
    )
    name = _NO_NAME.sub("_", f"{title}-{sample.frame_on.isoformat()}")
    layout = Layout("sample-check", title, sample.frame_on, language, holds_persons=True, sheets=parts, file_name=name)
    rendered = render(layout, Format.XLSX)
    record("sampling.export", sample, actor=actor)
    return file_name(layout, rendered.suffix), rendered


def _result(line: StratumLine, names: dict[str, str]) -> Row:
    group = str(dict(Group.choices).get(line.group, line.group))
    return (line.township_code, names.get(line.township_code, line.township_code), group, *_figures(line))


def _figures(line: StratumLine) -> Row:
    shown = line.shown
    rates = (shown.rate, shown.low, shown.high, shown.covered_ratio)
    return (shown.households, shown.drawn, shown.checked, shown.wrong, *(_ratio(rate) for rate in rates))


def _ratio(rate: float | None) -> Decimal | None:
    return None if rate is None else Decimal(rate).quantize(Decimal("0.0001"))


def _drawn(sample: SampleCheck) -> Iterator[Row]:
    """Give the households drawn, village by village, in the words of the language at work."""
    groups, labels = dict(Group.choices), dict(Section.choices)
    rows, cells = list(households_drawn(sample)), groups_of_cells(sample)
    names = division_names({row.village_code for row in rows})
    for row in rows:
        wrong = "、".join(str(labels[code]) for code in row.wrong_codes)
        village = names.get(row.village_code, row.village_code)
        group = str(groups.get(cells.get(row.cell_id, ""), ""))
        yield (
            row.household.number, row.village_code, village, group, row.place, str(row.get_outcome_display()), wrong,
            row.checked_on,
        )  # fmt: skip
