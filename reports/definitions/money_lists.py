"""Columns of the lists of money: collective income, funds, payments, project assets.

Source: domain facts 0 (yearly income of a village's collective), 5 (funds, project assets). The columns are our own,
after the ledgers of the register.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from reports.definitions.assistance_lists import UNIT_YUAN
from reports.definitions.layout import Column
from reports.definitions.register_columns import (
    HOUSEHOLD,
    NAME,
    TOWNSHIP,
    VILLAGE,
    ListDefinition,
    choice,
    code,
    day,
    text,
    yes_no,
    yuan,
)
from reports.definitions.text import Text

_OWN: Final = Text("自有收入", "Own income")
_AID: Final = Text("补助和捐赠", "Subsidies and gifts")
_COLLECTIVE: Final = ListDefinition(
    title=Text("村集体经济收入统计表", "Income of the villages' collectives"),
    columns=(TOWNSHIP, VILLAGE),
    notes=(
        Text(
            "是否达标只看自有收入，目标为每村每年 {goal} 元。",
            "Own income alone meets the goal of {goal} yuan.",
        ),
        Text("“年报数”为行政村年度表所填。", "Stated is what the yearly form of the village says."),
    ),
    unit=UNIT_YUAN,
)


def collective(own: Sequence[tuple[str, Text]], aid: Sequence[tuple[str, Text]], goal: str) -> ListDefinition:
    """Give the columns of a year: one for each source of the list, then sums, goal and the form's own figure."""
    columns: tuple[Column, ...] = (
        *_COLLECTIVE.columns,
        *(replace(yuan(key, label.zh, label.en), group=_OWN) for key, label in own),
        yuan("own_yuan", "自有收入合计", "Own income", group=_OWN),
        *(replace(yuan(key, label.zh, label.en), group=_AID) for key, label in aid),
        yuan("aid_yuan", "补助捐赠合计", "Subsidies and gifts", group=_AID),
        yuan("cost_yuan", "支出", "Costs"),
        yuan("balance_yuan", "当年结余", "Left of the year"),
        yes_no("meets_goal", "是否达标", "Meets the goal"),
        yuan("stated_yuan", "年报数", "Stated"),
    )
    added_up = tuple(column.key for column in columns if column.key.endswith("_yuan"))
    places = {"goal": goal}
    notes = tuple(Text(note.zh.format(**places), note.en.format(**places)) for note in _COLLECTIVE.notes)
    return replace(_COLLECTIVE, columns=columns, added_up=added_up, notes=notes)


# Whether the budgets of the year alone are listed, and what was allocated of them.
THIS_YEAR: Final = "this_year"
THIS_YEAR_LABEL: Final = Text("只列当年指标", "Budgets of the year alone")
_PURPOSES: Final = {
    "programme": Text("发放项目", "A payment programme"),
    "project": Text("某类项目", "Projects of a kind"),
    "area": Text("整个区域", "The division as a whole"),
}
_BUDGET: Final = (
    text("year", "年度", "Year", 8),
    code("source_code", "资金来源", "Source of the money", "fund_source", 18),
    text("budget_name", "指标名称", "Budget", 20),
    text("notice_number", "文号", "Number of the notice", 18),
)
BUDGETS: Final = ListDefinition(
    title=Text("资金指标台账", "Budgets"),
    name=Text("资金指标", "Budgets"),
    columns=(
        *_BUDGET,
        day("notice_on", "下达日期", "Date of the notice"),
        yuan("amount_yuan", "指标金额", "Amount"),
        yuan("allocated_yuan", "已分配", "Allocated"),
        yuan("unallocated_yuan", "未分配", "Not allocated"),
    ),
    notes=(
        Text(
            "资金指标属全县，乡镇、村的台账只列分配。",
            "Budgets are the county's alone.",
        ),
    ),
    added_up=("amount_yuan", "allocated_yuan", "unallocated_yuan"),
    unit=UNIT_YUAN,
)
ALLOCATIONS: Final = ListDefinition(
    title=Text("资金分配和支付台账", "Allocations and payments"),
    name=Text("分配和支付", "Allocations"),
    columns=(
        *_BUDGET,
        text("division", "分配到", "Allocated to", 16),
        choice("purpose", "用途", "Purpose", _PURPOSES),
        text("programme_name", "发放项目", "Payment programme", 18),
        code("project_kind_code", "项目类型", "Kind of project", "plan_project_kind", 14),
        day("allocated_on", "分配日期", "Allocated on"),
        text("paper", "分配文件", "Paper", 20),
        yuan("amount_yuan", "分配金额", "Allocated"),
        yuan("moved_back_yuan", "收回", "Moved back"),
        yuan("paid_yuan", "已支付", "Paid"),
        yuan("returned_yuan", "银行退回", "Returned by the bank"),
        yuan("left_yuan", "未支付", "Not paid"),
    ),
    notes=(
        Text("未支付＝分配金额－收回－已支付＋银行退回。", "Not paid = allocated - moved back - paid + returned."),
        Text("支付按发放清册的支付日期计算。", "Payments are those of payment lists, by their day."),
    ),
    added_up=("amount_yuan", "moved_back_yuan", "paid_yuan", "returned_yuan", "left_yuan"),
    unit=UNIT_YUAN,
)
PAYMENTS: Final = ListDefinition(
    title=Text("补助资金发放明细表", "Payments to households and persons"),
    columns=(
        TOWNSHIP,
        VILLAGE,
        HOUSEHOLD,
        text("head_name", "户主姓名", "Head", 12),
        NAME,
        text("programme_name", "发放项目", "Payment programme", 18),
        code("kind_code", "资金类别", "Kind of payment", "payment_kind", 14),
        choice("period", "发放期间", "Period", {"once": Text("一次性", "Once")}, 10),
        code("reason_code", "发放原因", "Why it is paid", "payment_reason", 14),
        yuan("amount_yuan", "发放金额", "Amount"),
        day("paid_on", "支付日期", "Paid on"),
        day("returned_on", "退回日期", "Returned on"),
        code("return_code", "退回原因", "Returned because", "return_reason", 14),
        yuan("kept_yuan", "实际到账", "Received"),
    ),
    notes=(
        Text(
            "乡镇、村为支付时户所在的村；发给个人的，填领款人姓名。",
            "The village is that of the household when it was paid; a person is named where a person is paid.",
        ),
    ),
    added_up=("amount_yuan", "kept_yuan"),
    unit=UNIT_YUAN,
)
_OWNERS: Final = {
    "village": Text("村集体", "Collective of a village"),
    "township": Text("乡镇", "Township"),
    "county": Text("县", "County"),
    "cooperative": Text("合作社", "Cooperative"),
}
_ASSET_STATES: Final = {
    "in_use": Text("在用", "In use"),
    "idle": Text("闲置", "Idle"),
    "disposed": Text("已处置", "Disposed of"),
}
ASSETS: Final = ListDefinition(
    title=Text("扶贫（衔接）项目资产台账", "Project assets"),
    columns=(
        text("project_name", "项目名称", "Project", 20),
        code("project_kind_code", "项目类型", "Kind of project", "industry_project_kind", 14),
        text("library_year", "入库年度", "Year of the library", 9),
        text("asset_name", "资产名称", "Asset", 18),
        code("kind_code", "资产类别", "Kind of asset", "project_asset_kind", 14),
        yuan("value_yuan", "资产原值", "Value"),
        day("acquired_on", "形成日期", "Acquired on"),
        choice("owner", "产权归属", "Owner", _OWNERS),
        text("owner_shown", "产权单位", "Name of the owner", 18),
        text("custodian", "管护责任人", "In the care of", 14),
        choice("state", "资产状态", "State", _ASSET_STATES, 10),
        text("keeper", "后续管护单位", "Kept up by", 16),
        code("upkeep_source_code", "管护经费来源", "Source of the upkeep", "funding_source", 16),
        yuan("yearly_yuan", "年管护经费", "Upkeep a year"),
        day("disposed_on", "处置日期", "Disposed of on"),
        yuan("disposed_yuan", "处置收入", "Received for it"),
    ),
    notes=(Text("状态和管护为所问之日的情况。", "State and upkeep are those of the day."),),
    added_up=("value_yuan", "yearly_yuan", "disposed_yuan"),
    unit=UNIT_YUAN,
)
