"""What readers above the counties see of each division: tables by subject, their columns shared by all doors.

Labels stand here in both languages, as those of other official tables do.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from oversight.definitions.figures import (
    CAUSES,
    COVERAGE,
    FLOWS,
    MONITORING,
    POSTINGS,
    QUALITY,
    STOCKS,
    WORK,
    Numbers,
    number,
)
from reports.definitions.layout import CellKind
from reports.definitions.text import Text

Source = Mapping[str, Numbers | None] | None
Figure = int | Decimal | None
Reckoner = Callable[[Source], Figure]
_FEN: Final = 100


@dataclass(frozen=True, slots=True)
class FigureColumn:
    """One column: what it says of a division; None where nothing was published, or it is withheld."""

    key: str
    label: Text
    reckon: Reckoner
    kind: CellKind = CellKind.COUNT
    group: Text | None = None


@dataclass(frozen=True, slots=True)
class Subject:
    """A table by its subject; `reads` names the sections of figures that it takes, `lead` the column that is drawn."""

    key: str
    label: Text
    columns: tuple[FigureColumn, ...]
    reads: tuple[str, ...]
    lead: str
    note: Text | None = None


# What people call a published number, where a column shows it as it is.
NUMBER_LABELS: Final[dict[tuple[str, str], tuple[Text | None, Text]]] = {}


def _count(key: str, label: Text, section: str, name: str, group: Text | None = None) -> FigureColumn:
    NUMBER_LABELS.setdefault((section, name), (group, label))
    return FigureColumn(key, label, lambda source: number(source, section, name), group=group)


def _share(key: str, label: Text, section: str, of: tuple[str, str], group: Text | None = None) -> FigureColumn:
    def reckon(source: Source) -> Figure:
        part, whole = of
        return share(number(source, section, part), number(source, section, whole))

    return FigureColumn(key, label, reckon, CellKind.RATIO, group)


def share(part: int | None, whole: int | None) -> Decimal | None:
    """Give a part as a share of the whole, rounded to four places; none of nothing. Units: 0 to 1."""
    if part is None or not whole:
        return None
    return (Decimal(part) / Decimal(whole)).quantize(Decimal("0.0001"))


def _opening(stock: str, part: str) -> Reckoner:
    """Reckon back: what stood there at the end, less what came in, plus what went out."""

    def reckon(source: Source) -> Figure:
        closing = number(source, STOCKS, f"{stock}_{part}")
        came, went = number(source, FLOWS, f"{stock}_{part}_in"), number(source, FLOWS, f"{stock}_{part}_out")
        return None if closing is None or came is None or went is None else closing - came + went

    return reckon


STOCK_LABELS: Final = {
    "not_lifted": Text("未脱贫户", "Not lifted"),
    "lifted": Text("脱贫户", "Lifted"),
    "monitored": Text("监测户（风险未消除）", "Monitored, risk not removed"),
}


def _late(stock: str, side: str, label: Text) -> FigureColumn:
    return _count(f"{stock}_late_{side}", label, FLOWS, f"{stock}_late_households_{side}", STOCK_LABELS[stock])


def _stock(stock: str) -> tuple[FigureColumn, ...]:
    group = STOCK_LABELS[stock]
    opening = FigureColumn(f"{stock}_opening", Text("期初户数", "Opening"), _opening(stock, "households"), group=group)
    return (
        opening,
        _count(f"{stock}_in", Text("增加", "In"), FLOWS, f"{stock}_households_in", group),
        _late(stock, "in", Text("其中补录增加", "In, recorded late")),
        _count(f"{stock}_out", Text("减少", "Out"), FLOWS, f"{stock}_households_out", group),
        _late(stock, "out", Text("其中补录减少", "Out, recorded late")),
        _count(f"{stock}_households", Text("期末户数", "Closing"), STOCKS, f"{stock}_households", group),
        _count(f"{stock}_persons", Text("期末人数", "Persons"), STOCKS, f"{stock}_persons", group),
    )


_STEP_LABELS: Final = {
    "decision": Text("线索核实认定", "Decision on leads"),
    "measure": Text("落实首项措施", "First measure"),
    "development": Text("落实开发式措施", "Development measure"),
}


def _step(step: str) -> tuple[FigureColumn, ...]:
    group = _STEP_LABELS[step]
    return (
        _count(f"{step}_due", Text("到期", "Due"), MONITORING, f"{step}_due", group),
        _count(f"{step}_met", Text("按期完成", "In time"), MONITORING, f"{step}_met", group),
        _count(f"{step}_late", Text("逾期完成", "Late"), MONITORING, f"{step}_late", group),
        _count(f"{step}_open", Text("未完成", "Not done"), MONITORING, f"{step}_open", group),
        _share(f"{step}_share", Text("按期率", "Share in time"), MONITORING, (f"{step}_met", f"{step}_due"), group),
    )


def _less(key: str, label: Text, whole: tuple[str, str], part: tuple[str, str]) -> FigureColumn:
    def reckon(source: Source) -> Figure:
        all_, some = number(source, *whole), number(source, *part)
        return None if all_ is None or some is None else all_ - some

    return FigureColumn(key, label, reckon)


def _overdue(source: Source) -> Figure:
    parts = [number(source, MONITORING, f"{step}_open") for step in _STEP_LABELS]
    known = [part for part in parts if part is not None]
    return sum(known) if known else None


ANOMALIES: Final = (
    _less(
        "without_helper",
        Text("缺帮扶责任人户", "Households without a helper"),
        (COVERAGE, "must"),
        (COVERAGE, "helped"),
    ),
    _less(
        "without_team", Text("无工作队村", "Villages without a team"), (COVERAGE, "villages"), (COVERAGE, "with_team")
    ),
    FigureColumn("overdue", Text("监测逾期未办", "Monitoring steps not done"), _overdue),
    _count("findings_late", Text("逾期疑点", "Findings past their day"), QUALITY, "late"),
    _count("findings_refuse", Text("严重疑点", "Findings that entry refuses"), QUALITY, "severity_refuse"),
    _less(
        "under_goal",
        Text("集体收入未达标村", "Villages under the goal"),
        (WORK, "income_villages"),
        (WORK, "income_met"),
    ),
    _count("postings_late", Text("补录", "Recorded late"), POSTINGS, "late"),
)


NUMBER_LABELS[QUALITY, "late_refuse"] = (None, Text("逾期严重疑点", "Findings that entry refuses, past their day"))


def anomalies_of(source: Source) -> int | None:
    """Add up what is open in a division, a finding once: the order of the table of anomalies."""
    values = [column.reckon(source) for column in ANOMALIES]
    known = [int(value) for value in values if value is not None]
    return sum(known) - (number(source, QUALITY, "late_refuse") or 0) if known else None


def _yuan(source: Source) -> Figure:
    fen = number(source, WORK, "income_fen")
    return None if fen is None else Decimal(fen) / _FEN


def _per_hundred(source: Source) -> Figure:
    found, households = number(source, QUALITY, "open"), number(source, STOCKS, "any_households")
    if found is None or not households:
        return None
    return (Decimal(found) * 100 / Decimal(households)).quantize(Decimal("0.01"))


SUBJECTS: Final = (
    Subject(
        "stocks",
        Text("台账", "Accounts"),
        (*_stock("not_lifted"), *_stock("lifted"), *_stock("monitored")),
        (STOCKS, FLOWS),
        "monitored_households",
        Text(
            "单位：户、人。增减以当期入账为准，补录计入入账当期。",
            "Households and persons, by the books of the period.",
        ),
    ),
    Subject(
        "anomalies",
        Text("待处理异常", "Open anomalies"),
        (FigureColumn("all", Text("合计", "All"), anomalies_of), *ANOMALIES),
        (COVERAGE, MONITORING, QUALITY, WORK, POSTINGS),
        "all",
        Text("按异常合计从多到少排列。", "The divisions with most of them come first."),
    ),
    Subject(
        "monitoring",
        Text("监测时限", "Monitoring deadlines"),
        (*_step("decision"), *_step("measure"), *_step("development")),
        (MONITORING,),
        "decision_share",
        Text("统计期内到期的各环节。", "Steps that were due in the period."),
    ),
    Subject(
        "coverage",
        Text("帮扶与驻村", "Helpers and teams"),
        (
            _count("must", Text("应帮扶户", "To be helped"), COVERAGE, "must"),
            _count("helped", Text("有帮扶责任人", "With a helper"), COVERAGE, "helped"),
            _share("helped_share", Text("帮扶覆盖率", "Share with a helper"), COVERAGE, ("helped", "must")),
            _count("villages", Text("行政村", "Villages"), COVERAGE, "villages"),
            _count("with_team", Text("有工作队村", "With a team"), COVERAGE, "with_team"),
            _share("team_share", Text("驻村覆盖率", "Share with a team"), COVERAGE, ("with_team", "villages")),
            _count("team_members", Text("工作队员", "Members of teams"), COVERAGE, "team_members"),
        ),
        (COVERAGE,),
        "helped_share",
    ),
    Subject(
        "quality",
        Text("数据质量", "Data quality"),
        (
            _count("households", Text("在册户", "Households"), STOCKS, "any_households"),
            _count("open", Text("未销疑点", "Open findings"), QUALITY, "open"),
            FigureColumn("rate", Text("每百户疑点", "For 100 households"), _per_hundred, CellKind.DECIMAL),
            _count("refuse", Text("禁止类", "Refused at entry"), QUALITY, "severity_refuse"),
            _count("warn", Text("提醒类", "Warnings"), QUALITY, "severity_warn"),
            _count("suspicion", Text("疑似类", "Suspicions"), QUALITY, "severity_suspicion"),
            _count("late", Text("逾期", "Past their day"), QUALITY, "late"),
        ),
        (STOCKS, QUALITY),
        "rate",
        Text(
            "村级只在同一严重程度的各规则均不少于5户时报具体规则。",
            "Of a village the rules of a severity are published where each has 5 households or more.",
        ),
    ),
    Subject(
        "timeliness",
        Text("时效", "Timeliness"),
        (
            _count("booked", Text("当期入账", "Postings booked"), POSTINGS, "booked"),
            _count("late", Text("其中补录", "Recorded late"), POSTINGS, "late"),
            _share("late_share", Text("补录占比", "Share recorded late"), POSTINGS, ("late", "booked")),
        ),
        (POSTINGS,),
        "late_share",
    ),
    Subject(
        "work",
        Text("培训与集体经济", "Training and collectives"),
        (
            _count("trained", Text("参训人数", "Persons trained"), WORK, "trained_persons"),
            _count("certified", Text("取证人数", "With a certificate"), WORK, "certified_persons"),
            _count("income_villages", Text("有收入目标村", "Villages with a goal"), WORK, "income_villages"),
            _count("income_met", Text("达标村", "Goal met"), WORK, "income_met"),
            _share("income_share", Text("达标率", "Share that meets it"), WORK, ("income_met", "income_villages")),
            FigureColumn("income_yuan", Text("集体收入（元）", "Collective income (yuan)"), _yuan, CellKind.YUAN),
        ),
        (WORK,),
        "income_share",
    ),
)
CAUSES_KEY: Final = "causes"


def causes_subject(causes: Mapping[str, str]) -> Subject:
    """Make the table of causes from the code list: households and their share by main cause.

    A division that withholds its causes has none, and so no figures here.
    """
    columns: list[FigureColumn] = []
    for code, label in [*causes.items(), ("none", "")]:
        group = Text(label, label) if label else Text("未填", "Not stated")
        columns.append(_count(f"main_{code}", Text("户数", "Households"), CAUSES, f"main_{code}_households", group))
        columns.append(FigureColumn(f"share_{code}", Text("占比", "Share"), _cause_share(code), CellKind.RATIO, group))
    return Subject(
        CAUSES_KEY,
        Text("致贫原因", "Causes of poverty"),
        tuple(columns),
        (CAUSES, STOCKS),
        "",
        Text(
            "按主要致贫原因。任一原因不足5户的村不公布原因构成，相邻村一并不公布。",
            "By main cause. A village with fewer than 5 households of any cause withholds all, and another with it.",
        ),
    )


def _cause_share(code: str) -> Reckoner:
    def reckon(source: Source) -> Figure:
        return share(number(source, CAUSES, f"main_{code}_households"), number(source, STOCKS, "filed_households"))

    return reckon
