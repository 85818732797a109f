"""The papers of a household's file (一户一档): which are asked for, of whom, and what counts as on file.

Source: domain facts 5, item 10 (入户普查表, 信息采集表(连续三年), 收入核算表, 申请书, 帮扶计划书, 扶贫手册, 明白卡,
脱贫光荣证), and 1.9 (supporting documents), which are asked for where the household has what they prove. What the
register itself prints (handbook, income card) is on file where it holds what they say.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from reports.definitions.layout import Column
from reports.definitions.register_columns import (
    GROUP,
    HEAD,
    HOUSEHOLD,
    KIND,
    MONITORING,
    TOWNSHIP,
    VILLAGE,
    ListDefinition,
    choice,
    count,
    text,
)
from reports.definitions.text import Text

Facts = Mapping[str, Any]
ON_FILE: Final = "on_file"
MISSING: Final = "missing"
NOT_NEEDED: Final = "not_needed"
STATES: Final = {
    ON_FILE: Text("有", "On file"),
    MISSING: Text("缺", "Missing"),
    NOT_NEEDED: Text("—", "—"),
}


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper: its name, when a household needs it, and when it is on file."""

    key: str
    label: Text
    is_on_file: Callable[[Facts], bool]
    is_needed: Callable[[Facts], bool] = lambda _facts: True

    def state(self, facts: Facts) -> str:
        """Say how the paper stands; one that is on file is shown also where nobody asks for it."""
        if self.is_on_file(facts):
            return ON_FILE
        return MISSING if self.is_needed(facts) else NOT_NEEDED


def _filed(*kinds: str) -> Callable[[Facts], bool]:
    """Ask for evidence of one of the kinds of the list `evidence_kind`."""
    return lambda facts: not set(kinds).isdisjoint(facts["kinds"])


def _said(name: str) -> Callable[[Facts], bool]:
    return lambda facts: bool(facts[name])


def _either(*ways: Callable[[Facts], bool]) -> Callable[[Facts], bool]:
    return lambda facts: any(way(facts) for way in ways)


def _facts_of(before: int) -> Callable[[Facts], bool]:
    return lambda facts: facts["of_year"] - before in facts["fact_years"]


def _income(facts: Facts) -> bool:
    return not {facts["of_year"], facts["of_year"] - 1}.isdisjoint(facts["income_years"])


def _is_filed(facts: Facts) -> bool:
    """Tell whether the household was filed or monitored: an ordinary one has no procedure behind it."""
    return facts["status"] in {"filed", "returned", "lifted"} or bool(facts["category_code"])


PAPERS: Final = (
    Paper("visit_form", Text("入户普查表", "Visit form"), _either(_said("was_visited"), _filed("32"))),
    Paper("facts_before_last", Text("信息采集表（前年）", "Facts of the year before last"), _facts_of(2)),
    Paper("facts_last", Text("信息采集表（上年）", "Facts of last year"), _facts_of(1)),
    Paper("facts_this", Text("信息采集表（本年）", "Facts of this year"), _facts_of(0)),
    Paper("income_sheet", Text("收入核算表", "Income sheet"), _either(_income, _filed("01"))),
    Paper("application", Text("申请书", "Application"), _either(_said("applied"), _filed("31", "39")), _is_filed),
    Paper("consent", Text("承诺授权书", "Consent to enquiries"), _either(_said("consented"), _filed("39")), _is_filed),
    Paper("meeting", Text("评议记录", "Minutes"), _either(_said("was_voted_on"), _filed("33")), _is_filed),
    Paper("notice", Text("公示公告材料", "Notice"), _either(_said("was_noticed"), _filed("34", "35")), _is_filed),
    Paper("plan", Text("帮扶计划书", "Plan"), _said("has_plan"), _is_filed),
    Paper("handbook", Text("帮扶手册", "Handbook"), _said("has_visits"), _is_filed),
    Paper("income_card", Text("收入明白卡", "Income card"), _income, _is_filed),
    Paper(
        "exit_papers",
        Text("脱贫确认材料", "Agreement to the exit"),
        _either(_said("checked_for_exit"), _filed("38")),
        lambda facts: facts["status"] == "lifted",
    ),
    Paper(
        "exit_certificate",
        Text("脱贫光荣证", "Certificate of exit"),
        _filed("41"),
        lambda facts: facts["status"] == "lifted",
    ),
    Paper("disability", Text("残疾证", "Disability certificate"), _filed("20"), _said("has_disabled")),
    Paper("allowance", Text("低保证", "Minimum living certificate"), _filed("18"), _said("has_allowance")),
    Paper("special", Text("特困供养证", "Special support certificate"), _filed("19"), _said("has_special")),
    Paper(
        "training",
        Text("培训证明", "Training record"),
        _either(_said("has_certificate"), _filed("08")),
        _said("was_trained"),
    ),
    Paper("post", Text("公益岗位合同", "Contract of the post"), _filed("10"), _said("has_post")),
    Paper("loan", Text("小额贷款证明", "Loan record"), _filed("12"), _said("has_loan")),
    Paper("relocation", Text("搬迁协议", "Relocation consent"), _filed("15"), _said("was_relocated")),
)
TITLE: Final = Text("一户一档目录", "Index of the household's file")
OF_AREA: Final = Text("一户一档目录（汇总）", "Index of the households' files")
INDEX: Final = ListDefinition(
    title=OF_AREA,
    columns=(
        TOWNSHIP,
        VILLAGE,
        GROUP,
        HOUSEHOLD,
        HEAD,
        KIND,
        MONITORING,
        *(choice(paper.key, paper.label.zh, paper.label.en, STATES, 9) for paper in PAPERS),
        count("on_file_count", "在档份数", "On file"),
        count("missing_count", "缺少份数", "Missing"),
        text("missing_names", "缺少的材料", "What is missing", 40),
    ),
    notes=(
        Text(
            "“—”为该户不需要的材料。手册、明白卡由系统打印，系统有内容即算在档。",
            "— is not needed of the household. Handbook and income card are printed from the register.",
        ),
    ),
)
CARD: Final[tuple[Column, ...]] = (
    count("number", "序号", "No.", 6),
    text("paper", "材料名称", "Paper", 28),
    choice("state", "是否在档", "On file", STATES, 12),
)
